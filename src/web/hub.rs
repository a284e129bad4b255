//! The hub: the background context that stores edits, publishes them and adopts those of others, for all pages of this
//! profile.
//!
//! The browser may stop the hub at any moment. Decisions are made in `baton_core::hub`, and its `writer` orders the
//! steps so that nothing is lost. This module queues events and handles them one at a time. The hub has no polling: it
//! runs only when an event arrives.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use baton_core::hub::writer::{DiskFailed, NotLoaded, Unavailable, Writer};
use baton_core::id::{DeviceId, MemberId};
use baton_core::map::Map;
use baton_core::replica::{Key, Parts, Register};
use baton_core::team::chat::team_of_account;
use baton_core::wire::{
    FromHub, Hello, HelloAnswer, Op, OpDone, Problem, Refusal, Registers, Request, ToAll, ToHub, Welcome,
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use crate::browser::alarms::{self, Job};
use crate::browser::idb::{Database, Disk};
use crate::browser::storage::BrowserSync;
use crate::browser::{clock, random, runtime, storage};

mod replies;
mod sync_centre;

/// The key in local storage that holds the last used account. The desk shows it, and a change of sync wakes the hub for it.
const ACCOUNT: &str = "baton.account";

thread_local! {
    static CONTEXT: Rc<Context> = Rc::default();
}

/// An event that the hub handles.
enum Event {
    Connected(JsValue),
    Message(JsValue, ToHub),
    Disconnected(JsValue),
    /// The transport's content changed.
    Changed,
    /// The timer or the alarm for a job of an account has fired.
    Due(Job, String),
    /// The timer has fired for compacting an account's journal and for making today's copy if there is none.
    Compact(String),
}

#[derive(Default)]
struct Context {
    queue: RefCell<VecDeque<Event>>,
    running: Cell<bool>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    database: Option<Database>,
    teams: Map<String, Team>,
    ports: Vec<Port>,
    revision: u32,
}

/// A team whose account has been used since the hub started.
struct Team {
    writer: Writer<Disk, BrowserSync>,
    disk: Disk,
    /// When the pending changes will be published, in milliseconds since the epoch, and the timeout for it.
    timer: Option<(u64, Timeout)>,
    /// Whether an alarm is set for publishing.
    alarm: bool,
}

/// A port to a page or to the desk.
struct Port {
    port: JsValue,
    account: Option<String>,
    session: String,
    /// Whether the port asked for the full state of sync.
    watches_sync: bool,
}

/// Handles an event from the bootstrap: `connect`, `message` or `disconnect` with the port, `alarm` with its name, or
/// `changed` when the content of browser sync has changed.
pub(crate) fn handle_event(kind: &str, port: JsValue, message: JsValue) {
    let event = match kind {
        "connect" => Event::Connected(port),
        "disconnect" => Event::Disconnected(port),
        "alarm" => {
            let name = message.as_string().unwrap_or_default();
            match alarms::parse(&name) {
                Some((job, account)) => Event::Due(job, account),
                // Another version of Baton set the alarm: former ones used the bare account. It is cleared, because one
                // that repeats would go on waking the hub. Nothing is lost by it: pending changes are on disk, and the
                // hub schedules them whenever it loads the team.
                None => return alarms::clear_name(&name),
            }
        }
        "changed" => Event::Changed,
        "message" => match ToHub::read(&message.as_string().unwrap_or_default()) {
            Ok(message) => Event::Message(port, message),
            // The message is from another version of Baton: its page is about to be replaced.
            Err(_) => return,
        },
        _ => return,
    };
    CONTEXT.with(|context| context.push(event));
}

impl Context {
    /// Queues an event. Events are handled one at a time, so that there is a single writer.
    fn push(self: &Rc<Self>, event: Event) {
        let mut queue = self.queue.borrow_mut();
        // One reading of the transport finds all changes until then.
        if matches!(event, Event::Changed) && queue.iter().any(|it| matches!(it, Event::Changed)) {
            return;
        }
        queue.push_back(event);
        drop(queue);
        if self.running.replace(true) {
            return;
        }
        let context = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            loop {
                let next = context.queue.borrow_mut().pop_front();
                let Some(event) = next else { break };
                // Only this task takes the state, and it puts the state back before the next event.
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
            Event::Connected(port) => {
                self.ports.push(Port { port, account: None, session: String::new(), watches_sync: false });
            }
            Event::Disconnected(port) => self.ports.retain(|it| it.port != port),
            Event::Message(port, message) => self.on_message(&port, message, context).await,
            Event::Changed => {
                // Browsers report our own writes as well, and they can't be told from others' writes to the same account.
                // Adopting what is known already only reads, so it causes no further change.
                if self.teams.is_empty() {
                    self.load_last_used(context).await;
                }
                self.adopt(context).await;
            }
            Event::Due(Job::Publish, account) => {
                if self.load(&account).await.is_ok() {
                    self.publish(&account, context).await;
                }
            }
            Event::Compact(account) => {
                if let Some(team) = self.teams.get_mut(&account) {
                    // If the journal can't be compacted now, it is compacted after the next op.
                    if team.writer.is_journaled() {
                        let _ = team.writer.compact().await;
                    }
                    team.copy_today().await;
                    team.sweep_files().await;
                }
            }
        }
    }

    async fn on_message(&mut self, port: &JsValue, message: ToHub, context: &Rc<Context>) {
        match message {
            ToHub::Hello(request) => self.on_hello(port, request, context).await,
            ToHub::Op(request) => self.on_op(port, request, context).await,
            ToHub::SyncNow => {
                if let Some(account) = self.account_of(port) {
                    self.publish(&account, context).await;
                }
            }
            ToHub::OpenDesk => {
                // If the browser can't open the desk now, its extensions menu still offers it.
                let _ = runtime::open_desk().await;
            }
            ToHub::Replies(message) => self.on_replies(port, message, context).await,
            ToHub::Files(message) => self.on_files(port, message).await,
            ToHub::SyncCentre(message) => self.on_sync_centre(port, message, context).await,
            // If the browser refuses, the next change shows the count.
            ToHub::Unread(count) => drop(runtime::show_badge(count).await),
        }
    }

    async fn on_hello(&mut self, port: &JsValue, request: Hello, context: &Rc<Context>) {
        let known = request.account.is_some();
        let last_used =
            async { if known { request.account.clone() } else { storage::local_get(ACCOUNT).await } };
        // The two reads run at once in the browser; one after the other would add a tenth to the hub's start time. If
        // the disk can't be opened now, loading the team tries again and reports the error.
        let (account, opened) = both(last_used, self.open()).await;
        drop(opened);
        let Some(account) = account else { return respond(port, &request, HelloAnswer::NoTeam) };
        let fresh = !self.teams.contains_key(&account);
        if let Err(why) = self.load(&account).await {
            let problem = match why {
                NotLoaded::Disk => Problem::Disk,
                NotLoaded::Newer => Problem::DiskNewer,
            };
            return respond(port, &request, HelloAnswer::NotLoaded(problem));
        }
        if let Some(it) = self.ports.iter_mut().find(|it| it.port == *port) {
            (it.account, it.session) = (Some(account.clone()), request.session.clone());
        }
        let Some(team) = self.teams.get(&account) else { return };
        respond(port, &request, HelloAnswer::Welcome(team.welcome(&account, &request)));
        self.send_uses_and_files(port, &account).await;
        // Changes by others are read after the answer, because the browser takes time to return synced items.
        if fresh {
            self.adopt(context).await;
            context.push(Event::Compact(account.clone()));
        }
        if known {
            storage::local_set(ACCOUNT, &account).await;
        }
    }

    async fn on_op(&mut self, port: &JsValue, op: Op, context: &Rc<Context>) {
        let refuse = |why| respond(port, &op, OpDone { n: op.n, stored: Err(why) });
        // Without an account, the port's `Hello` failed. Skipping the op would let a later op overtake it.
        let Some(account) = self.account_of(port) else { return refuse(Refusal::NotStored) };
        let Ok(mut edits) = op.edits.decode() else { return refuse(Refusal::NotUnderstood) };
        if self.load(&account).await.is_err() {
            return refuse(Refusal::NotStored);
        }
        let session = self.ports.iter().find(|it| it.port == *port).map(|it| it.session.clone());
        let Some(team) = self.teams.get_mut(&account) else { return };
        edits.extend(team.writer.hub().introduction());
        let accepted = match team.writer.op(&session.unwrap_or_default(), op.n, edits, clock::now()).await {
            Ok(accepted) => accepted,
            Err(why) => {
                if why == Refusal::NotStored {
                    // The team in memory differs from the disk. Drop it and reload it when it is next needed. Reopen
                    // the database too, since the browser may have closed it.
                    self.teams.remove(&account);
                    self.database = None;
                }
                return refuse(why);
            }
        };
        team.schedule_publish(&account, context);
        if team.writer.is_long() {
            context.push(Event::Compact(account.clone()));
        }
        let registers = Registers::encode(&accepted.registers);
        respond(port, &op, OpDone { n: op.n, stored: Ok(registers.clone()) });
        self.broadcast(&account, Some(port), ToAll::Changed(registers));
        self.broadcast_sync(&account);
        self.notify_closed_ports();
        self.remember_versions(&account, &accepted.registers).await;
        self.send_centre(&account).await;
    }

    /// Reads the transport and takes in new changes for every loaded team.
    async fn adopt(&mut self, context: &Rc<Context>) {
        let accounts: Vec<String> = self.teams.keys().cloned().collect();
        for account in accounts {
            let Some(team) = self.teams.get_mut(&account) else { continue };
            let changed = team.writer.adopt(clock::now()).await;
            team.writer.renew(clock::now(), DeviceId(random::bytes())).await;
            team.schedule_publish(&account, context);
            self.after_sync(&account, changed).await;
            self.send_centre(&account).await;
        }
    }

    async fn publish(&mut self, account: &str, context: &Rc<Context>) {
        let Some(team) = self.teams.get_mut(account) else { return };
        team.timer = None;
        let changed = team.writer.publish(clock::now(), DeviceId(random::bytes())).await;
        team.schedule_publish(account, context);
        self.after_sync(account, changed).await;
        self.send_centre(account).await;
    }

    /// Sends the registers that changed, and the state of sync.
    async fn after_sync(&mut self, account: &str, changed: Result<Vec<(Key, Register)>, Unavailable>) {
        let changed = changed.unwrap_or_default();
        if !changed.is_empty() {
            self.broadcast(account, None, ToAll::Changed(Registers::encode(&changed)));
            self.notify_closed_ports();
            self.remember_versions(account, &changed).await;
        }
        self.broadcast_sync(account);
    }

    /// Loads the team of the last used account, for a hub that woke without a page. If that fails, the next event loads it.
    async fn load_last_used(&mut self, context: &Rc<Context>) {
        if let Some(account) = storage::local_get(ACCOUNT).await
            && self.load(&account).await.is_ok()
        {
            context.push(Event::Compact(account));
        }
    }

    /// Makes sure that a team is loaded.
    async fn load(&mut self, account: &str) -> Result<(), NotLoaded> {
        if self.teams.contains_key(account) {
            return Ok(());
        }
        let id = team_of_account(account);
        let disk = self.open().await?.of(id.to_string());
        let (device, member) = (DeviceId(random::bytes()), MemberId(random::id()));
        let loaded = Writer::load(id, disk.clone(), BrowserSync, device, member).await;
        if loaded.as_ref().is_err_and(|why| *why == NotLoaded::Disk) {
            self.database = None;
        }
        let writer = loaded?;
        self.teams.insert(account.to_owned(), Team { writer, disk, timer: None, alarm: false });
        Ok(())
    }

    /// The database, opened if it is not open yet.
    async fn open(&mut self) -> Result<Database, DiskFailed> {
        let database = match &self.database {
            Some(database) => database.clone(),
            None => Database::open().await?,
        };
        self.database = Some(database.clone());
        Ok(database)
    }

    fn account_of(&self, port: &JsValue) -> Option<String> {
        self.ports.iter().find(|it| it.port == *port)?.account.clone()
    }

    fn broadcast_sync(&self, account: &str) {
        if let Some(team) = self.teams.get(account) {
            self.broadcast(account, None, ToAll::Sync(team.writer.hub().sync()));
        }
    }

    /// Sends a message to all ports of an account, except to one.
    fn broadcast(&self, account: &str, except: Option<&JsValue>, message: ToAll) {
        let message = FromHub::All(message);
        for it in &self.ports {
            if it.account.as_deref() == Some(account) && Some(&it.port) != except {
                post(&it.port, &message);
            }
        }
    }

    /// Notifies pages whose port is closed that registers changed. The hub doesn't wait for the result.
    fn notify_closed_ports(&mut self) {
        self.revision += 1;
        let revision = format!("{}.{}", clock::now(), self.revision);
        wasm_bindgen_futures::spawn_local(async move {
            storage::local_set(storage::REVISION, &revision).await;
        });
    }
}

impl Team {
    fn welcome(&self, account: &str, request: &Hello) -> Welcome {
        let hub = self.writer.hub();
        let parts = request.known.differing(hub.document());
        let loaded = self.disk.take_loaded().filter(|_| self.writer.is_as_loaded() && parts == Parts::ALL);
        let registers = loaded.and_then(|text| Registers::of_text(&text).ok());
        Welcome {
            account: account.to_owned(),
            member: hub.member().to_string(),
            done: hub.done(&request.session),
            parts,
            registers: registers.unwrap_or_else(|| Registers::encode(&parts.registers(hub.document()))),
            sync: hub.sync(),
        }
    }

    /// Sets a timeout to publish pending changes, if there are any. An alarm publishes them if the hub is stopped
    /// before the timeout.
    fn schedule_publish(&mut self, account: &str, context: &Rc<Context>) {
        let Some(delay) = self.writer.hub_mut().delay(clock::now()) else {
            self.timer = None;
            if core::mem::take(&mut self.alarm) {
                alarms::clear(Job::Publish, account);
            }
            return;
        };
        let due = clock::now() + delay;
        if self.timer.as_ref().is_some_and(|(at, _)| *at <= due) {
            return;
        }
        self.alarm = true;
        alarms::set(Job::Publish, account, (delay as f64 / 60_000.0 + 0.5).max(1.0));
        let (context, account) = (context.clone(), account.to_owned());
        let delay = u32::try_from(delay).unwrap_or(u32::MAX);
        self.timer =
            Some((due, Timeout::new(delay, move || context.push(Event::Due(Job::Publish, account)))));
    }
}

/// Awaits two futures at once.
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

/// Sends the answer to a request.
fn respond<R: Request>(port: &JsValue, _: &R, answer: R::Answer) {
    post(port, &answer.into());
}

/// Posts a message to a port. A page whose port has closed says `Hello` again when it returns.
fn post(port: &JsValue, message: &FromHub) {
    let _ = runtime::method(port, "postMessage", &[message.write().into()]);
}
