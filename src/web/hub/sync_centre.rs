//! Requests of team leads to the hub: the state of sync, packets, daily copies, and freeing space.

use std::rc::Rc;

use baton_core::hub::writer::{NotLoaded, Transport};
use baton_core::hub::{Listing, brought_back, taken_away};
use baton_core::id::DeviceId;
use baton_core::replica::{Edit, Key, Register};
use baton_core::team::chat::team_of_account;
use baton_core::wire::{
    self, Archived, Blob, Centre, DayCopy, FromSyncCentre, NoPacket, NotStored, Packet, PacketRefused,
    ReadCopy, Registers, Request, Taken, ToSyncCentre,
};
use wasm_bindgen::JsValue;

use super::{Context, State, Team, post, respond};
use crate::browser::clock;
use crate::browser::idb::ARCHIVE;
use crate::browser::storage::BrowserSync;

/// How many daily copies are kept.
const COPIES: usize = 7;
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// The session id under which the hub makes its own edits.
const HUB: &str = "hub";

impl State {
    /// Handles a message of the Sync centre.
    pub(super) async fn on_sync_centre(
        &mut self,
        port: &JsValue,
        message: ToSyncCentre,
        context: &Rc<Context>,
    ) {
        let Some(account) = self.account_of(port) else { return };
        if self.load(&account).await.is_err() {
            return post(port, &FromSyncCentre::NotStored(NotStored).into());
        }
        match message {
            ToSyncCentre::Watch => {
                if let Some(it) = self.ports.iter_mut().find(|it| it.port == *port) {
                    it.watches_sync = true;
                }
            }
            ToSyncCentre::Pack(request) => respond_stored(port, &request, self.pack(&account).await),
            ToSyncCentre::TakeIn(request) => {
                let taken = self.take_in(&account, &request.packet).await;
                let facts = taken.as_ref().map(|changed| changed.len() as u32).map_err(|why| *why);
                respond(port, &request, Taken { facts });
                if let Some(team) = self.teams.get_mut(&account) {
                    team.schedule_publish(&account, context);
                }
                self.after_sync(&account, Ok(taken.unwrap_or_default())).await;
            }
            ToSyncCentre::ReadCopy(request) => {
                respond_stored(port, &request, self.read_copy(&account, request).await);
            }
            ToSyncCentre::Archive(request) => {
                let archived = self.archive(&account, request.days, context).await;
                respond_stored(port, &request, archived);
            }
            ToSyncCentre::Retire { device } => {
                let retired = self.retire(&account, &device, context).await;
                report(port, retired);
            }
            ToSyncCentre::Unarchive => {
                let restored = self.unarchive(&account, context).await;
                report(port, restored);
            }
            ToSyncCentre::Tidy => {
                if let Some(team) = self.teams.get_mut(&account) {
                    team.writer.tidy(clock::now());
                }
                self.publish(&account, context).await;
            }
        }
        self.send_centre(&account).await;
    }

    async fn pack(&mut self, account: &str) -> Result<Packet, NotStored> {
        let team = self.teams.get_mut(account).ok_or(NotStored)?;
        match team.writer.pack(clock::now()).await {
            Ok(items) => Ok(Packet { text: wire::encode_packet(team_of_account(account), &items) }),
            Err(_) => {
                // The team in memory differs from the disk.
                self.teams.remove(account);
                Err(NotStored)
            }
        }
    }

    async fn take_in(&mut self, account: &str, packet: &str) -> Result<Vec<(Key, Register)>, PacketRefused> {
        let items = wire::decode_packet(team_of_account(account), packet).map_err(|why| match why {
            NoPacket::Malformed => PacketRefused::Malformed,
            NoPacket::Newer => PacketRefused::Newer,
            NoPacket::OtherTeam => PacketRefused::OtherTeam,
        })?;
        let team = self.teams.get_mut(account).ok_or(PacketRefused::NotStored)?;
        let taken = team.writer.take_in(&items, clock::now()).await;
        if taken.is_err() {
            // The team in memory differs from the disk.
            self.teams.remove(account);
        }
        taken.map_err(|_| PacketRefused::NotStored)
    }

    async fn read_copy(&self, account: &str, request: ReadCopy) -> Result<DayCopy, NotStored> {
        let team = self.teams.get(account).ok_or(NotStored)?;
        let text = team.disk.copy(request.day).await.map_err(|_| NotStored)?;
        // The desk shows that it can't decode a copy.
        let registers = text.map(|text| Registers::of_text(&text).unwrap_or(Registers(Blob::default())));
        Ok(DayCopy { day: request.day, registers })
    }

    async fn retire(&mut self, account: &str, device: &str, context: &Rc<Context>) -> Result<(), NotStored> {
        let team = self.teams.get_mut(account).ok_or(NotStored)?;
        let edit = device.parse::<DeviceId>().ok().and_then(|id| team.writer.hub_mut().retire(id));
        self.edit(account, edit.into_iter().collect(), context).await
    }

    async fn archive(
        &mut self,
        account: &str,
        days: u32,
        context: &Rc<Context>,
    ) -> Result<Archived, NotStored> {
        let team = self.teams.get(account).ok_or(NotStored)?;
        let resting = team.writer.hub().resting(days, clock::now());
        // The archive is written to disk before the chats are removed from the shared state.
        team.add_to_archive(&resting).await?;
        if !resting.is_empty() {
            self.edit(account, taken_away(&resting), context).await?;
        }
        Ok(Archived { chats: chats_of(&resting) })
    }

    async fn unarchive(&mut self, account: &str, context: &Rc<Context>) -> Result<(), NotStored> {
        let team = self.teams.get(account).ok_or(NotStored)?;
        // An archive that can't be read now is left unchanged.
        let archived = team.archived().await.map_err(|_| NotStored)?;
        let edits = brought_back(team.writer.hub(), &archived);
        if !edits.is_empty() {
            self.edit(account, edits, context).await?;
        }
        let team = self.teams.get(account).ok_or(NotStored)?;
        // If the archive can't be emptied now, the same chats are restored again later, which changes nothing.
        let _ = team.disk.keep(ARCHIVE, None).await;
        Ok(())
    }

    /// Makes edits on behalf of the hub. When this returns, they are on disk.
    pub(super) async fn edit(
        &mut self,
        account: &str,
        edits: Vec<Edit>,
        context: &Rc<Context>,
    ) -> Result<(), NotStored> {
        let team = self.teams.get_mut(account).filter(|_| !edits.is_empty()).ok_or(NotStored)?;
        let n = team.writer.hub().done(HUB) + 1;
        let Ok(accepted) = team.writer.op(HUB, n, edits, clock::now()).await else {
            self.teams.remove(account);
            return Err(NotStored);
        };
        // Besides the op, the writer may have state of its own to store, such as the devices that it stands in for.
        let _ = team.writer.compact().await;
        team.schedule_publish(account, context);
        self.after_sync(account, Ok(accepted.registers)).await;
        Ok(())
    }

    /// Sends the full state of sync to the ports that asked for it.
    pub(super) async fn send_centre(&self, account: &str) {
        let wants = |it: &&super::Port| it.watches_sync && it.account.as_deref() == Some(account);
        let ports: Vec<JsValue> = self.ports.iter().filter(wants).map(|it| it.port.clone()).collect();
        let (Some(team), false) = (self.teams.get(account), ports.is_empty()) else { return };
        let message = FromSyncCentre::Centre(team.centre().await).into();
        for port in ports {
            post(&port, &message);
        }
    }
}

impl Team {
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

    /// Adds registers to the archive. When this returns, they are on disk.
    async fn add_to_archive(&self, registers: &[(Key, Register)]) -> Result<(), NotStored> {
        if registers.is_empty() {
            return Ok(());
        }
        let mut archive = self.archived().await.map_err(|_| NotStored)?;
        archive.retain(|(key, _)| !registers.iter().any(|(added, _)| added == key));
        archive.extend(registers.iter().cloned());
        self.disk.keep(ARCHIVE, Some(&wire::encode_registers(&archive))).await.map_err(|_| NotStored)
    }
}

/// Sends the answer to a request, or that the disk failed.
fn respond_stored<R: Request>(port: &JsValue, request: &R, answer: Result<R::Answer, NotStored>) {
    match answer {
        Ok(answer) => respond(port, request, answer),
        Err(why) => report(port, Err(why)),
    }
}

/// Reports that the disk failed. Success needs no message: the state of sync, which is sent after it, shows it.
fn report(port: &JsValue, outcome: Result<(), NotStored>) {
    if let Err(why) = outcome {
        post(port, &FromSyncCentre::NotStored(why).into());
    }
}

/// The number of chats that the registers belong to.
fn chats_of(registers: &[(Key, Register)]) -> u32 {
    let mut chats: Vec<_> = registers.iter().filter_map(|(key, _)| key.chat()).collect();
    chats.sort_unstable();
    chats.dedup();
    chats.len() as u32
}
