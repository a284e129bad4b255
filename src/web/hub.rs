//! The hub: the background context that stores, publishes and adopts, for all pages of this profile.
//!
//! The browser may kill it at any moment. What it decides is in `baton_core::hub`; here is the order of things: an op is
//! on disk before it is acknowledged, events are worked off one at a time, and nothing runs while nothing happens.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use baton_core::chat::team_of_account;
use baton_core::hub::Hub;
use baton_core::id::{DeviceId, MemberId};
use baton_core::map::Map;
use baton_core::replica::shard::Items;
use baton_core::replica::{Key, Register};
use baton_core::wire::{self, FromHub, Problem, Refusal, Sync, ToHub};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use crate::browser::idb::{Disk, DiskFailed};
use crate::browser::{alarms, clock, random, runtime, storage};

/// The local key that holds the account last used, for the desk.
const ACCOUNT: &str = "baton.account";
/// How many ops the journal gathers before they are folded into the team's record.
const JOURNAL: u32 = 64;

thread_local! {
    static CONTEXT: Rc<Context> = Rc::default();
}

/// What happens to the hub.
enum Event {
    Connected(JsValue),
    Said(JsValue, ToHub),
    Disconnected(JsValue),
    /// Something changed in `storage.sync`.
    Sync,
    /// Time to publish what an account's team has waiting.
    Publish(String),
}

#[derive(Default)]
struct Context {
    queue: RefCell<VecDeque<Event>>,
    running: Cell<bool>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    disk: Option<Disk>,
    teams: Map<String, Team>,
    ports: Vec<Port>,
    revision: u32,
}

/// A team whose account has been used since the hub woke.
struct Team {
    hub: Hub,
    /// Its name on disk.
    name: String,
    journal: u32,
    /// When it is to be published, in milliseconds since the epoch, and what does that.
    timer: Option<(u64, Timeout)>,
    /// Whether an alarm is set.
    alarm: bool,
}

/// A page or the desk.
struct Port {
    port: JsValue,
    account: Option<String>,
    session: String,
}

/// What the bootstrap heard: `connect`, `message` and `disconnect` with their port, `sync`, or `alarm` with its name.
pub(crate) fn hear(kind: &str, port: JsValue, message: JsValue) {
    let event = match kind {
        "connect" => Event::Connected(port),
        "disconnect" => Event::Disconnected(port),
        "sync" => Event::Sync,
        "alarm" => match message.as_string() {
            Some(account) => Event::Publish(account),
            None => return,
        },
        // A message of another version than ours: that page is about to be replaced.
        _ => match ToHub::read(&message.as_string().unwrap_or_default()) {
            Ok(message) => Event::Said(port, message),
            Err(_) => return,
        },
    };
    CONTEXT.with(|context| context.push(event));
}

impl Context {
    /// Queues an event. One is worked off at a time, so that there is one writer.
    fn push(self: &Rc<Self>, event: Event) {
        self.queue.borrow_mut().push_back(event);
        if self.running.replace(true) {
            return;
        }
        let context = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            loop {
                let next = context.queue.borrow_mut().pop_front();
                let Some(event) = next else { break };
                // Only this task touches the state, and it takes it back out before the next event.
                let mut state = context.state.take();
                state.handle(event, &context).await;
                context.state.replace(state);
            }
            context.running.set(false);
        });
    }
}

impl State {
    async fn handle(&mut self, event: Event, context: &Rc<Context>) {
        match event {
            Event::Connected(port) => self.ports.push(Port { port, account: None, session: String::new() }),
            Event::Disconnected(port) => self.ports.retain(|it| it.port != port),
            Event::Said(port, ToHub::Hello { account, session }) => {
                self.greet(&port, account, session, context).await
            }
            Event::Said(port, ToHub::Op { n, edits }) => self.op(&port, n, &edits, context).await,
            Event::Said(port, ToHub::SyncNow) => {
                if let Some(account) = self.account_of(&port) {
                    self.publish(&account, context).await;
                }
            }
            Event::Said(_, ToHub::OpenDesk) => {
                // A browser that can't open it now offers the desk in its extensions menu all the same.
                let _ = runtime::open_desk().await;
            }
            Event::Sync => self.adopt(context).await,
            Event::Publish(account) => {
                if self.load(&account).await.is_ok() {
                    self.publish(&account, context).await;
                }
            }
        }
    }

    async fn greet(
        &mut self,
        port: &JsValue,
        account: Option<String>,
        session: String,
        context: &Rc<Context>,
    ) {
        let known = account.is_some();
        let used_last = async { if known { account } else { storage::local_get(ACCOUNT).await } };
        // The browser does both at once; one after the other would be a tenth of waking. A disk that does not open now is
        // tried again when the team is loaded, and told then.
        let (account, opened) = both(used_last, self.open()).await;
        drop(opened);
        let Some(account) = account else { return post(port, &FromHub::NoTeam) };
        let fresh = !self.teams.contains_key(&account);
        if self.load(&account).await.is_err() {
            let sync = Sync { problem: Some(Problem::Disk), ..Sync::default() };
            return post(port, &FromHub::Sync { sync });
        }
        if let Some(it) = self.ports.iter_mut().find(|it| it.port == *port) {
            (it.account, it.session) = (Some(account.clone()), session.clone());
        }
        let Some(team) = self.teams.get(&account) else { return };
        let welcome = FromHub::Welcome {
            member: team.hub.member().to_string(),
            done: team.hub.done(&session),
            registers: wire::encode_registers(&team.hub.registers()),
            sync: team.hub.sync(),
            account: account.clone(),
        };
        post(port, &welcome);
        // What others did meanwhile comes after the greeting: the browser takes its time to tell what it synced.
        if fresh {
            self.adopt(context).await;
        }
        if known {
            storage::local_set(ACCOUNT, &account).await;
        }
    }

    async fn op(&mut self, port: &JsValue, n: u32, edits: &str, context: &Rc<Context>) {
        let from = self.ports.iter().find(|it| it.port == *port);
        let Some((account, session)) = from.and_then(|it| Some((it.account.clone()?, it.session.clone())))
        else {
            return;
        };
        let refuse = |why| post(port, &FromHub::Refused { n, why });
        let Ok(edits) = wire::decode_edits(edits) else { return refuse(Refusal::NotUnderstood) };
        if self.load(&account).await.is_err() {
            return refuse(Refusal::NotStored);
        }
        let (Some(disk), Some(team)) = (self.disk.clone(), self.teams.get_mut(&account)) else { return };
        let accepted = match team.hub.accept(&session, n, edits, clock::minute()) {
            Ok(accepted) => accepted,
            Err(why) => return refuse(why),
        };
        team.journal += 1;
        let stored = if team.journal > JOURNAL {
            team.fold(&disk).await
        } else {
            disk.append(&team.name, team.journal, &wire::encode_accepted(&accepted)).await
        };
        if stored.is_err() {
            // What is in memory is not on disk: read it anew when it is next needed.
            self.teams.remove(&account);
            return refuse(Refusal::NotStored);
        }
        team.publish_later(&account, context);
        let registers = wire::encode_registers(&accepted.registers);
        post(port, &FromHub::Accepted { n, registers });
        self.tell_others(&account, Some(port), &accepted.registers);
        self.tell_sync(&account);
        self.ring().await;
    }

    /// Reads the transport and takes in what is new, for every team in use.
    async fn adopt(&mut self, context: &Rc<Context>) {
        let items = match storage::sync_all().await {
            Ok(items) => items,
            Err(_) => {
                self.teams.values_mut().for_each(|team| team.hub.refused());
                self.teams.keys().for_each(|account| self.tell_sync(account));
                return;
            }
        };
        let accounts: Vec<String> = self.teams.keys().cloned().collect();
        for account in accounts {
            let (Some(disk), Some(team)) = (self.disk.clone(), self.teams.get_mut(&account)) else {
                continue;
            };
            let changed = team.hub.adopt(&items, clock::minute());
            team.hub.heard(clock::now());
            team.publish_later(&account, context);
            // If the disk fails here, the transport still holds what was adopted, and it is adopted again.
            if !changed.is_empty() && team.fold(&disk).await.is_ok() {
                self.tell_others(&account, None, &changed);
                self.ring().await;
            }
            self.tell_sync(&account);
        }
    }

    async fn publish(&mut self, account: &str, context: &Rc<Context>) {
        self.adopt(context).await;
        let items = storage::sync_all().await;
        let (Some(disk), Some(team)) = (self.disk.clone(), self.teams.get_mut(account)) else { return };
        team.timer = None;
        match items {
            Err(_) => team.hub.refused(),
            Ok(items) => team.write(&items, &disk).await,
        }
        team.publish_later(account, context);
        self.tell_sync(account);
    }

    /// Makes sure that a team is in memory.
    async fn load(&mut self, account: &str) -> Result<(), DiskFailed> {
        if self.teams.contains_key(account) {
            return Ok(());
        }
        let disk = self.open().await?;
        let id = team_of_account(account);
        let name = id.to_string();
        let (record, journal) = disk.load(&name).await?;
        let hub = match record {
            None => {
                let hub = Hub::new(id, DeviceId(random::bytes()), MemberId(random::bytes()));
                disk.replace(&name, &wire::encode_saved(&hub.save())).await?;
                hub
            }
            Some(record) => {
                let saved = wire::decode_saved(&record).map_err(|_| DiskFailed)?;
                let ops: Result<Vec<_>, _> = journal.iter().map(|op| wire::decode_accepted(op)).collect();
                Hub::restore(id, saved, ops.map_err(|_| DiskFailed)?)
            }
        };
        let journal = u32::try_from(journal.len()).unwrap_or(JOURNAL);
        self.teams.insert(account.to_owned(), Team { hub, name, journal, timer: None, alarm: false });
        Ok(())
    }

    /// The disk, opened if it is not yet.
    async fn open(&mut self) -> Result<Disk, DiskFailed> {
        let disk = match &self.disk {
            Some(disk) => disk.clone(),
            None => Disk::open().await?,
        };
        self.disk = Some(disk.clone());
        Ok(disk)
    }

    fn account_of(&self, port: &JsValue) -> Option<String> {
        self.ports.iter().find(|it| it.port == *port)?.account.clone()
    }

    fn tell_others(&self, account: &str, except: Option<&JsValue>, registers: &[(Key, Register)]) {
        let changed = FromHub::Changed { registers: wire::encode_registers(registers) };
        self.tell(account, except, &changed);
    }

    fn tell_sync(&self, account: &str) {
        if let Some(team) = self.teams.get(account) {
            self.tell(account, None, &FromHub::Sync { sync: team.hub.sync() });
        }
    }

    fn tell(&self, account: &str, except: Option<&JsValue>, message: &FromHub) {
        for it in &self.ports {
            if it.account.as_deref() == Some(account) && Some(&it.port) != except {
                post(&it.port, message);
            }
        }
    }

    /// Tells pages whose port rests that there is news.
    async fn ring(&mut self) {
        self.revision += 1;
        storage::local_set(storage::REVISION, &format!("{}.{}", clock::now(), self.revision)).await;
    }
}

impl Team {
    /// Writes to the transport what this device wins and it does not hold.
    async fn write(&mut self, items: &Items, disk: &Disk) {
        let Some(plan) = self.hub.plan(items) else { return };
        let written = async {
            self.fold(disk).await.ok()?;
            storage::sync_set(&plan.set).await.ok()?;
            if plan.remove.is_empty() { Some(()) } else { storage::sync_remove(&plan.remove).await.ok() }
        };
        match written.await {
            Some(()) => self.hub.published(plan, clock::now()),
            None => self.hub.refused(),
        }
        // If the disk fails here, the next start finds more in the transport than it remembers putting there, and
        // publishes once more.
        let _ = self.fold(disk).await;
    }

    /// Writes everything as one record and begins the journal anew.
    async fn fold(&mut self, disk: &Disk) -> Result<(), DiskFailed> {
        disk.replace(&self.name, &wire::encode_saved(&self.hub.save())).await?;
        self.journal = 0;
        Ok(())
    }

    /// Publishes after a while, if anything waits; the alarm does it if the hub is killed before that.
    fn publish_later(&mut self, account: &str, context: &Rc<Context>) {
        let Some(delay) = self.hub.delay(clock::now()) else {
            self.timer = None;
            if core::mem::take(&mut self.alarm) {
                alarms::clear(account);
            }
            return;
        };
        let due = clock::now() + delay;
        if self.timer.as_ref().is_some_and(|(at, _)| *at <= due) {
            return;
        }
        self.alarm = true;
        alarms::set(account, (delay as f64 / 60_000.0 + 0.5).max(1.0));
        let (context, account) = (context.clone(), account.to_owned());
        let delay = u32::try_from(delay).unwrap_or(u32::MAX);
        self.timer = Some((due, Timeout::new(delay, move || context.push(Event::Publish(account)))));
    }
}

/// Waits for two things at once.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(it) = a.as_mut().poll(context)
        {
            first = Some(it);
        }
        if second.is_none()
            && let Poll::Ready(it) = b.as_mut().poll(context)
        {
            second = Some(it);
        }
        match (first.take(), second.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (a, b) => {
                (first, second) = (a, b);
                Poll::Pending
            }
        }
    })
    .await
}

/// Sends to a page. One that has gone meanwhile will say hello again when it comes back.
fn post(port: &JsValue, message: &FromHub) {
    let _ = runtime::method(port, "postMessage", &[message.write().into()]);
}
