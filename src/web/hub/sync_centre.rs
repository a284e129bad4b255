//! Requests of team leads to the hub: the state of sync, packets, daily copies, and freeing space.

use std::rc::Rc;

use baton_core::hub::writer::{NotLoaded, Transport};
use baton_core::hub::{Listing, brought_back, taken_away};
use baton_core::id::DeviceId;
use baton_core::replica::{Edit, Key, Register};
use baton_core::team::chat::team_of_account;
use baton_core::wire::{self, Centre, FromHub, NoPacket, PacketRefused, Refusal, ToHub};
use wasm_bindgen::JsValue;

use super::{Context, State, Team, post};
use crate::browser::clock;
use crate::browser::idb::ARCHIVE;
use crate::browser::storage::BrowserSync;

/// How many daily copies are kept.
const COPIES: usize = 7;
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// The session id under which the hub makes its own edits.
const HUB: &str = "hub";
/// The answer when nothing changed because a write to disk failed. No op has the number 0.
const NOT_STORED: FromHub = FromHub::Refused { n: 0, why: Refusal::NotStored };

impl State {
    /// Handles a lead's request and answers it.
    pub(super) async fn sync_centre(
        &mut self,
        port: &JsValue,
        account: &str,
        asked: ToHub,
        context: &Rc<Context>,
    ) {
        let loaded = self.load(account).await;
        let Some(team) = self.teams.get_mut(account).filter(|_| loaded.is_ok()) else {
            return post(port, &NOT_STORED);
        };
        match asked {
            ToHub::SyncCentre => {
                if let Some(it) = self.ports.iter_mut().find(|it| it.port == *port) {
                    it.centre = true;
                }
            }
            ToHub::Pack => {
                let Ok(items) = team.writer.pack(clock::now()).await else { return self.fail(port, account) };
                let text = wire::encode_packet(team_of_account(account), &items);
                post(port, &FromHub::Packet { text });
            }
            ToHub::TakeIn { packet } => {
                let taken = team.take_in(account, &packet).await;
                let facts = taken.as_ref().map(|changed| changed.len() as u32).map_err(|why| *why);
                post(port, &FromHub::Took { facts });
                if facts == Err(PacketRefused::NotStored) {
                    // The team in memory differs from the disk.
                    self.teams.remove(account);
                    return;
                }
                team.publish_later(account, context);
                self.tell_changed(account, Ok(taken.unwrap_or_default())).await;
            }
            ToHub::Copy { day } => {
                // A copy that is a week old may just have been deleted. The list of remaining copies is sent below.
                match team.disk.copy(day).await {
                    Ok(Some(registers)) => post(port, &FromHub::Copy { day, registers }),
                    Ok(None) => {}
                    Err(_) => post(port, &NOT_STORED),
                }
            }
            ToHub::Retire { device } => {
                let edit = device.parse::<DeviceId>().ok().and_then(|id| team.writer.hub_mut().retire(id));
                if !self.edit(account, edit.into_iter().collect(), context).await {
                    post(port, &NOT_STORED);
                }
            }
            ToHub::Archive { days } => {
                let resting = team.writer.hub().resting(days, clock::now());
                // The archive is written to disk before the chats are removed from the shared state.
                let is_kept = team.archive(&resting).await;
                if is_kept && (resting.is_empty() || self.edit(account, taken_away(&resting), context).await)
                {
                    post(port, &FromHub::Archived { chats: chats_of(&resting) });
                } else {
                    post(port, &NOT_STORED);
                }
            }
            ToHub::Unarchive => {
                // An archive that can't be read now is left unchanged.
                let Ok(archived) = team.archived().await else { return post(port, &NOT_STORED) };
                let edits = brought_back(team.writer.hub(), &archived);
                // If the archive can't be emptied now, the same chats are restored again later, which changes nothing.
                let is_back = edits.is_empty() || self.edit(account, edits, context).await;
                match self.teams.get(account) {
                    Some(team) if is_back => drop(team.disk.keep(ARCHIVE, None).await),
                    _ => post(port, &NOT_STORED),
                }
            }
            ToHub::Tidy => {
                team.writer.tidy(clock::now());
                self.publish(account, context).await;
            }
            ToHub::Hello { .. }
            | ToHub::Op { .. }
            | ToHub::SyncNow
            | ToHub::OpenDesk
            | ToHub::Used { .. }
            | ToHub::Pin { .. }
            | ToHub::Versions { .. }
            | ToHub::Files
            | ToHub::FilePart { .. } => {}
        }
        self.tell_centre(account).await;
    }

    /// Handles a failed write: answers with the error and drops the team, which differs from the disk.
    fn fail(&mut self, port: &JsValue, account: &str) {
        self.teams.remove(account);
        post(port, &NOT_STORED);
    }

    /// Makes edits on behalf of the hub. Returns whether they are on disk.
    pub(super) async fn edit(&mut self, account: &str, edits: Vec<Edit>, context: &Rc<Context>) -> bool {
        let Some(team) = self.teams.get_mut(account) else { return false };
        if edits.is_empty() {
            return false;
        }
        let n = team.writer.hub().done(HUB) + 1;
        let Ok(accepted) = team.writer.op(HUB, n, edits, clock::now()).await else {
            self.teams.remove(account);
            return false;
        };
        // Besides the op, the writer may have state of its own to store, such as the devices that it stands in for.
        let _ = team.writer.compact().await;
        team.publish_later(account, context);
        self.tell_changed(account, Ok(accepted.registers)).await;
        true
    }

    /// Sends the full state of sync to the ports that asked for it.
    pub(super) async fn tell_centre(&self, account: &str) {
        let wants = |it: &&super::Port| it.centre && it.account.as_deref() == Some(account);
        let ports: Vec<JsValue> = self.ports.iter().filter(wants).map(|it| it.port.clone()).collect();
        let (Some(team), false) = (self.teams.get(account), ports.is_empty()) else { return };
        let centre = team.centre().await;
        for port in ports {
            post(&port, &FromHub::SyncCentre { centre: centre.clone() });
        }
    }
}

impl Team {
    async fn take_in(&mut self, account: &str, packet: &str) -> Result<Vec<(Key, Register)>, PacketRefused> {
        let items = wire::decode_packet(team_of_account(account), packet).map_err(|why| match why {
            NoPacket::Malformed => PacketRefused::Malformed,
            NoPacket::Newer => PacketRefused::Newer,
            NoPacket::OtherTeam => PacketRefused::OtherTeam,
        })?;
        self.writer.take_in(&items, clock::now()).await.map_err(|_| PacketRefused::NotStored)
    }

    async fn centre(&self) -> Centre {
        // If the transport can't be read now, the last known state is kept.
        let listing = BrowserSync.list().await.unwrap_or_else(|_| Listing::default());
        let mut copies = self.disk.copies().await.unwrap_or_default();
        let has_archive = copies.pop_if(|day| *day == ARCHIVE).is_some();
        copies.reverse();
        let archived = if has_archive { self.archived().await.unwrap_or_default() } else { Vec::new() };
        let centre = self.writer.hub().centre(&listing, clock::now());
        Centre { copies, archived: chats_of(&archived), ..centre }
    }

    /// Makes today's copy, unless there is one, and deletes copies that are too old.
    pub(super) async fn copy_today(&self) {
        let today = (clock::now() / DAY) as u32;
        let Ok(mut days) = self.disk.copies().await else { return };
        days.retain(|day| *day != ARCHIVE);
        let registers = self.writer.hub().registers();
        if days.contains(&today) || registers.is_empty() {
            return;
        }
        // A missing copy is harmless: there are copies of other days.
        let _ = self.disk.keep(today, Some(&wire::encode_registers(&registers))).await;
        let excess = (days.len() + 1).saturating_sub(COPIES);
        for day in days.into_iter().take(excess) {
            let _ = self.disk.keep(day, None).await;
        }
    }

    /// The registers archived in this browser. They are stored nowhere else.
    async fn archived(&self) -> Result<Vec<(Key, Register)>, NotLoaded> {
        match self.disk.copy(ARCHIVE).await? {
            Some(archive) => Ok(wire::decode_registers(&archive)?),
            None => Ok(Vec::new()),
        }
    }

    /// Adds registers to the archive. Returns whether they are on disk.
    async fn archive(&self, registers: &[(Key, Register)]) -> bool {
        if registers.is_empty() {
            return true;
        }
        let Ok(mut archive) = self.archived().await else { return false };
        archive.retain(|(key, _)| !registers.iter().any(|(added, _)| added == key));
        archive.extend(registers.iter().cloned());
        self.disk.keep(ARCHIVE, Some(&wire::encode_registers(&archive))).await.is_ok()
    }
}

/// The number of chats that the registers belong to.
fn chats_of(registers: &[(Key, Register)]) -> u32 {
    let mut chats: Vec<_> = registers.iter().filter_map(|(key, _)| key.chat()).collect();
    chats.sort_unstable();
    chats.dedup();
    chats.len() as u32
}
