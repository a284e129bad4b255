//! The Sync centre: the state of sync, making room, packets that are carried by hand, and backups.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot};
use crate::app::desk::typed::{Field, Typed};
use crate::codes::{self, NotTaken, Parts};
use crate::hub::DeviceState;
use crate::id::DeviceId;
use crate::replica::{Key, Register, Value};
use crate::restore::{self, Backup, Comparison, NoBackup};
use crate::team::chat::team_of_account;
use crate::wire::{
    self, Archive, Archived, Centre, DayCopy, FromSyncCentre, NotStored, Pack, Packet, PacketRefused,
    ReadCopy, TakeIn, Taken, ToSyncCentre,
};
use crate::words::Words;

/// The default number of days after which a closed chat can be archived.
const DAYS: u32 = 30;

/// The state of the Sync centre.
#[derive(Default)]
pub(super) struct State {
    /// The browser's name and version, and Baton's version.
    about: String,
    /// Whether the person prefers reduced motion.
    still: bool,
    /// The state of sync that the hub last sent.
    centre: Option<Centre>,
    /// The device in the question whether to retire it.
    asked: Option<DeviceId>,
    /// How the requested packet is to be carried.
    wanted: Option<Carry>,
    /// The QR codes on screen.
    codes: Option<Codes>,
    /// The codes that were read so far.
    parts: Parts,
    /// The number of unusable pictures: those without a code, and (`others`) those with a code of another packet.
    unread: usize,
    others: usize,
    /// The result of importing the last packet.
    taken: Option<Result<u32, PacketRefused>>,
    /// The chosen backup.
    restoring: Option<Result<Restoring, NoBackup>>,
    /// Whether items that were changed since the backup are restored too.
    with_changed: bool,
}

/// A way to carry a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// As a file.
    File,
    /// On the clipboard.
    Clipboard,
    /// As QR codes.
    Codes,
}

struct Codes {
    codes: Vec<String>,
    at: usize,
    /// Whether the codes advance automatically, and the number of the timer for it.
    plays: bool,
    timer: u32,
}

struct Restoring {
    /// The time of the backup, or the day of the copy.
    of: Of,
    registers: Vec<(Key, Register)>,
    comparison: Comparison,
}

/// The source of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A moment, in milliseconds since the epoch.
    Moment(u64),
    /// A day, in days since the epoch.
    Day(u32),
}

/// A message about the Sync centre.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The names of this browser and of its versions, and whether the person prefers reduced motion.
    About(String, bool),
    /// Open the question whether to retire a device, or close it.
    Ask(Option<DeviceId>),
    /// Retire the device in the question.
    Retire,
    /// Archive closed chats that have rested for the typed number of days.
    Archive,
    /// Share archived chats again.
    Unarchive,
    /// Drop tombstones that no device needs.
    Tidy,
    /// Request a packet of everything.
    Pack(Carry),
    /// The packet was copied to the clipboard, or copying failed.
    Copied(bool),
    /// The code that draws QR codes was loaded, or loading failed.
    CodesReady(bool),
    /// Show the previous (-1) or the next (1) code.
    Step(i32),
    /// Start or stop advancing the codes automatically.
    Play(bool),
    /// The timer with this number fired: show the next code.
    Turn(u32),
    /// Close the codes.
    CloseCodes,
    /// A packet, or the text of a code, was pasted or read from a file.
    TakeIn(String),
    /// A file was chosen that can't be a packet.
    NoPacket,
    /// These codes were read from pictures; `None` stands for a picture without a code.
    Read(Vec<Option<String>>),
    /// Forget the codes that were read.
    StartOver,
    /// Save a backup.
    Backup,
    /// A backup was chosen and read, or can't be used.
    Chosen(Result<Backup, NoBackup>),
    /// Preview the copy of a day.
    Day(u32),
    /// Whether to restore items that were changed since the backup too.
    WithChanged(bool),
    /// Restore the items in the preview.
    Restore,
    /// Close the preview.
    Cancel,
}

impl State {
    /// The browsers of the team, once the hub has told.
    pub(super) fn devices(&self) -> &[DeviceState] {
        self.centre.as_ref().map(|centre| centre.devices.as_slice()).unwrap_or_default()
    }

    /// Handles a message about the Sync centre.
    pub(super) fn update(&mut self, ctx: &mut Context, typed: &Typed, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::About(about, still) => (self.about, self.still) = (about, still),
            Msg::Ask(device) => {
                let before = core::mem::replace(&mut self.asked, device);
                let spot = before.map_or(Spot::Section, Spot::Device);
                return vec![Effect::Focus(if device.is_some() { Spot::Retire } else { spot })];
            }
            Msg::Retire => {
                let device = self.asked.take().map(|device| device.to_string());
                let send = device.map(|device| Effect::Send(ToSyncCentre::Retire { device }.into()));
                return send.into_iter().chain([Effect::Focus(Spot::Section)]).collect();
            }
            Msg::Archive => {
                // Text that is not a number counts as the largest number of days, so that nothing is archived by
                // mistake.
                let days = days(typed).trim().parse().unwrap_or(u32::MAX);
                return vec![Effect::Send(Archive { days }.into())];
            }
            Msg::Unarchive => return vec![Effect::Send(ToSyncCentre::Unarchive.into())],
            Msg::Tidy => return vec![Effect::Send(ToSyncCentre::Tidy.into())],
            Msg::Pack(carry) => {
                self.wanted = Some(carry);
                return vec![Effect::Send(Pack.into())];
            }
            Msg::Copied(true) => return ctx.toast(Words::plain("sync_centre_toast_packet_copied"), false),
            Msg::Copied(false) => {
                return ctx.toast(Words::plain("sync_centre_toast_packet_not_copied"), true);
            }
            Msg::CodesReady(true) => {}
            Msg::CodesReady(false) => {
                self.codes = None;
                return ctx.toast(Words::plain("sync_centre_toast_no_codes"), true);
            }
            Msg::Step(by) => {
                let next = self.turn(by);
                if let Some(codes) = &mut self.codes {
                    // A person who turns the codes by hand wants to look at one, so the automatic advance stops.
                    codes.plays = false;
                }
                return next;
            }
            Msg::Play(plays) => {
                let Some(codes) = &mut self.codes else { return vec![] };
                codes.plays = plays;
                return self.timer();
            }
            Msg::Turn(timer) => {
                let due = |codes: &&mut Codes| codes.plays && codes.timer == timer;
                if self.codes.as_mut().filter(due).is_some() {
                    let mut effects = self.turn(1);
                    effects.extend(self.timer());
                    return effects;
                }
            }
            Msg::CloseCodes => {
                self.codes = None;
                return vec![Effect::Focus(Spot::ShowCodes)];
            }
            Msg::TakeIn(text) => {
                self.taken = None;
                return if codes::is_code(text.trim_start()) {
                    self.read(vec![Some(text.trim_start().to_owned())])
                } else {
                    vec![Effect::Send(TakeIn { packet: text }.into())]
                };
            }
            Msg::NoPacket => self.taken = Some(Err(PacketRefused::Malformed)),
            Msg::Read(read) => return self.read(read),
            Msg::StartOver => {
                (self.parts, self.unread, self.others) = Default::default();
                return vec![Effect::Focus(Spot::Section)];
            }
            Msg::Backup => {
                let Some((account, _)) = &ctx.naming else { return vec![] };
                return vec![Effect::SaveBackup(Backup {
                    version: restore::BACKUP_VERSION,
                    team: team_of_account(account).to_string(),
                    made: ctx.now,
                    registers: wire::encode_registers(&ctx.optimistic.registers()),
                })];
            }
            Msg::Chosen(backup) => {
                let team = ctx.naming.as_ref().map(|(account, _)| team_of_account(account));
                let read = backup.and_then(|backup| {
                    let team = team.ok_or(NoBackup::OtherTeam)?;
                    Ok((Of::Moment(backup.made), restore::open(&backup, team)?))
                });
                return self.chosen(ctx, read);
            }
            Msg::Day(day) => return vec![Effect::Send(ReadCopy { day }.into())],
            Msg::WithChanged(with) => self.with_changed = with,
            Msg::Restore => {
                let Some(Ok(Restoring { comparison, .. })) = self.restoring.take() else {
                    return vec![];
                };
                let mut edits = comparison.missing.edits;
                let mut count = comparison.missing.lines.len();
                if self.with_changed {
                    edits.extend(comparison.changed.edits);
                    count += comparison.changed.lines.len();
                }
                let mut effects =
                    ctx.edit_with_undo(edits, Words::count("sync_centre_toast_restored", count));
                effects.push(Effect::Focus(Spot::Section));
                return effects;
            }
            Msg::Cancel => {
                self.restoring = None;
                return vec![Effect::Focus(Spot::Section)];
            }
        }
        vec![]
    }

    /// Handles a message of the hub for the Sync centre.
    pub(super) fn on_hub(&mut self, ctx: &mut Context, message: FromSyncCentre) -> Vec<Effect> {
        match message {
            FromSyncCentre::Centre(centre) => self.on_centre(ctx, centre),
            FromSyncCentre::Packet(Packet { text }) => self.packed(&text),
            FromSyncCentre::Archived(Archived { chats: 0 }) => {
                ctx.toast(Words::plain("sync_centre_toast_nothing_rests"), false)
            }
            FromSyncCentre::Archived(Archived { chats }) => {
                ctx.toast(Words::count("sync_centre_toast_archived", chats as usize), false)
            }
            FromSyncCentre::Taken(Taken { facts }) => {
                self.taken = Some(facts);
                vec![]
            }
            FromSyncCentre::Copy(DayCopy { day, registers: Some(registers) }) => {
                let read = registers.decode().map_err(|_| NoBackup::Malformed);
                self.chosen(ctx, read.map(|registers| (Of::Day(day), registers)))
            }
            // The copy no longer exists. The hub also sends the new list of copies.
            FromSyncCentre::Copy(DayCopy { registers: None, .. }) => vec![],
            FromSyncCentre::NotStored(NotStored) => ctx.toast(Words::plain("edit_toast_not_stored"), true),
        }
    }

    fn on_centre(&mut self, ctx: &mut Context, centre: Centre) -> Vec<Effect> {
        let mut effects = vec![];
        let me = centre.devices.iter().find(|device| device.is_me).and_then(|device| device.id.parse().ok());
        if let Some(me) = me
            && !self.about.is_empty()
            && ctx.team().device(me) != Some(&self.about)
        {
            let about = Value::Text(self.about.clone());
            effects.extend(ctx.edit(vec![(Key::DeviceAbout(me), about)]));
        }
        self.centre = Some(centre);
        effects
    }

    fn packed(&mut self, text: &str) -> Vec<Effect> {
        match self.wanted.take() {
            Some(Carry::File) => vec![Effect::SavePacket(text.to_owned())],
            Some(Carry::Clipboard) => vec![Effect::Copy(text.to_owned())],
            Some(Carry::Codes) => {
                let codes = codes::split(text);
                let plays = codes.len() > 1 && !self.still;
                self.codes = Some(Codes { codes, at: 0, plays, timer: 0 });
                let mut effects = vec![Effect::LoadCodes, Effect::Focus(Spot::Codes)];
                effects.extend(self.timer());
                effects
            }
            None => vec![],
        }
    }

    fn turn(&mut self, by: i32) -> Vec<Effect> {
        if let Some(codes) = &mut self.codes {
            let of = codes.codes.len().max(1);
            codes.at = (codes.at + of).saturating_add_signed(by as isize) % of;
        }
        vec![]
    }

    /// Starts the timer for the next code, if the codes advance automatically.
    fn timer(&mut self) -> Vec<Effect> {
        let Some(codes) = self.codes.as_mut().filter(|codes| codes.plays) else { return vec![] };
        codes.timer += 1;
        vec![Effect::TurnTimer(codes.timer)]
    }

    /// Collects codes, and imports the packet once it is complete.
    fn read(&mut self, read: Vec<Option<String>>) -> Vec<Effect> {
        (self.taken, self.unread, self.others) = (None, 0, 0);
        for code in read {
            match code.map_or(Err(NotTaken::NoCode), |code| self.parts.take(&code)) {
                Ok(()) => {}
                Err(NotTaken::NoCode) => self.unread += 1,
                Err(NotTaken::Other) => self.others += 1,
            }
        }
        let Some(whole) = self.parts.text() else { return vec![] };
        self.parts = Parts::default();
        match whole {
            Ok(packet) => vec![Effect::Send(TakeIn { packet }.into())],
            Err(_) => {
                self.taken = Some(Err(PacketRefused::Malformed));
                vec![]
            }
        }
    }

    fn chosen(&mut self, ctx: &Context, read: Result<(Of, Vec<(Key, Register)>), NoBackup>) -> Vec<Effect> {
        self.with_changed = false;
        self.restoring = Some(read.map(|(of, registers)| {
            let comparison = restore::compare(&ctx.optimistic, &registers);
            Restoring { of, registers, comparison }
        }));
        vec![Effect::Focus(Spot::Restore)]
    }

    /// Recomputes the preview after the team changed, so that restoring does exactly what it shows.
    pub(super) fn compare_again(&mut self, ctx: &Context) {
        if let Some(Ok(restoring)) = &mut self.restoring {
            restoring.comparison = restore::compare(&ctx.optimistic, &restoring.registers);
        }
    }

    /// Closes the innermost open element, if there is one.
    pub(super) fn back(&mut self, ctx: &mut Context, typed: &Typed) -> Option<Vec<Effect>> {
        let msg = if self.asked.is_some() {
            Msg::Ask(None)
        } else if self.codes.is_some() {
            Msg::CloseCodes
        } else {
            return None;
        };
        Some(self.update(ctx, typed, msg))
    }
}

/// Requests the state of the Sync centre from the hub. A hub that was stopped has forgotten which ports want it.
pub(super) fn watch() -> Effect {
    Effect::Send(ToSyncCentre::Watch.into())
}

/// Returns the text of the field for days.
fn days(typed: &Typed) -> String {
    typed.or(Field::Days, || DAYS.to_string())
}

/// Describes this browser to colleagues, such as "Chrome 137, Baton 0.1.0".
pub fn about(user_agent: &str, version: &str) -> String {
    // User agents also name the browsers that they derive from. The most specific name is first in this list.
    let names = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Vivaldi/", "Vivaldi"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
    ];
    let browser = names.iter().find_map(|(mark, name)| {
        let (_, rest) = user_agent.split_once(mark)?;
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Some([name, " ", &number].concat())
    });
    let baton = ["Baton ", version].concat();
    browser.map_or(baton.clone(), |browser| [&browser, ", ", &baton].concat())
}
