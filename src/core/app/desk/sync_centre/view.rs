//! View of the Sync centre.

use super::{Of, State, days};
use crate::app::context::Context;
use crate::app::desk::typed::Typed;
use crate::hub;
use crate::id::DeviceId;
use crate::restore::{Group, Kind, Line, NoBackup};
use crate::team::describe::{self, Content};
use crate::wire::{Centre, DeviceState, PacketRefused, Problem, Reason, Sync};
use crate::words::Words;

const DAY: u64 = 24 * 60 * 60 * 1_000;
/// A device that was not seen for this long can be retired.
const WEEK: u64 = 7 * DAY;
/// The largest number of codes that a person can be expected to show one after the other.
const FEW_CODES: usize = 40;
/// How many items of a group are listed.
const LISTED: usize = 50;

/// The Sync centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The state of the transport.
    pub sync: Sync,
    /// The number of registers that wait to be published.
    pub waiting: usize,
    /// The size of this device's shard and its limit, in bytes, and the writes left in this minute and in this hour.
    pub part: Option<(u32, u32, (u32, u32))>,
    /// Ways to make room, if there is little.
    pub room: Option<Room>,
    /// How many chats are archived in this browser.
    pub archived: usize,
    /// All devices, this one first.
    pub devices: Vec<Device>,
    /// The name of the device in the question whether to retire it.
    pub asked: Option<String>,
    /// Registers that two people wrote concurrently within the last day.
    pub conflicts: Vec<Conflict>,
    /// The QR code on screen.
    pub codes: Option<Code>,
    /// The progress of reading codes.
    pub reading: Option<Words>,
    /// The results of importing packets and reading pictures.
    pub taken: Vec<Words>,
    /// The days of which there is a copy.
    pub copies: Vec<u32>,
    /// The chosen backup.
    pub restore: Option<Restore>,
}

/// Ways to make room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether there is no room left, rather than little.
    pub full: bool,
    /// The typed number of days of rest.
    pub days: String,
    /// The number of tombstones that no device needs.
    pub needless: usize,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The device's id.
    pub id: DeviceId,
    /// The device's description, or the beginning of its id.
    pub name: String,
    /// Whether it is this device.
    pub is_me: bool,
    /// When this browser last received data from it, in milliseconds since the epoch. 0: never.
    pub seen: u64,
    /// The version of its shard, and the shard's size in bytes.
    pub version: (u32, u32),
    /// The messages that describe its state.
    pub states: Vec<&'static str>,
    /// Whether the person can retire it.
    pub retirable: bool,
}

/// A register that two people wrote concurrently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// When the conflict was noticed.
    pub at: u64,
    /// The message that names the register's kind.
    pub fact: &'static str,
    /// The name of the register's subject, if the values do not show it.
    pub about: String,
    /// The value that won.
    pub kept: Content,
    /// The value that lost.
    pub lost: Content,
}

/// The QR code on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The encoded text.
    pub text: String,
    /// The number of the code, and the number of codes.
    pub at: (usize, usize),
    /// Whether the codes advance automatically; `None` if the person prefers reduced motion, or there is one code.
    pub plays: Option<bool>,
    /// Whether there are so many codes that a file is better.
    pub many: bool,
}

/// The chosen backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restore {
    /// The backup can't be restored.
    Refused(Words),
    /// The preview of the changes.
    Preview {
        /// The source of the backup.
        of: Of,
        /// Items of the backup that are missing here.
        missing: Listed,
        /// Items that were changed since the backup.
        changed: Listed,
        /// Whether the changed items are restored too.
        with_changed: bool,
        /// The number of items that can't be restored.
        left_out: usize,
    },
}

/// A group of items: the count of each kind, and the first items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The number of items of each kind.
    pub counts: Vec<Words>,
    /// The first items.
    pub lines: Vec<Line>,
    /// The number of further items.
    pub more: usize,
}

/// Returns the view of the Sync centre.
pub(in crate::app::desk) fn shown(ctx: &Context, typed: &Typed, state: &State) -> Shown {
    let sync = ctx.sync.clone();
    let none = Centre::default();
    let centre = state.centre.as_ref().unwrap_or(&none);
    let full = sync.problem == Some(Problem::Full);
    let is_tight = full || (sync.limit > 0 && sync.used >= sync.limit / 10 * 9);
    let now = ctx.now;
    let mut devices: Vec<Device> = centre.devices.iter().filter_map(|it| device(ctx, it, now)).collect();
    tell_apart(&mut devices);
    let asked = state.asked.and_then(|id| devices.iter().find(|it| it.id == id));
    let recent = centre.conflicts.iter().filter(|it| it.at + DAY > now);
    let codes = state.codes.as_ref().map(|it| Code {
        text: it.codes.get(it.at).cloned().unwrap_or_default(),
        at: (it.at + 1, it.codes.len()),
        plays: (it.codes.len() > 1 && !state.still).then_some(it.plays),
        many: it.codes.len() > FEW_CODES,
    });
    Shown {
        waiting: centre.waiting as usize,
        part: state.centre.as_ref().map(|it| (it.mine, it.share, it.writes_left)),
        room: is_tight.then(|| Room { full, days: days(typed), needless: centre.needless as usize }),
        archived: centre.archived as usize,
        asked: asked.map(|it| it.name.clone()),
        devices,
        conflicts: recent.map(|it| conflict(ctx, it)).collect(),
        codes,
        reading: reading(state),
        taken: taken(state),
        copies: centre.copies.clone(),
        restore: state.restoring.as_ref().map(|it| match it {
            Err(why) => Restore::Refused(Words::plain(match why {
                NoBackup::Malformed => "sync_centre_restore_malformed",
                NoBackup::Newer => "sync_centre_restore_newer",
                NoBackup::OtherTeam => "sync_centre_restore_other_team",
            })),
            Ok(it) => Restore::Preview {
                of: it.of,
                missing: listed(&it.comparison.missing),
                changed: listed(&it.comparison.changed),
                with_changed: state.with_changed,
                left_out: it.comparison.left_out,
            },
        }),
        sync,
    }
}

fn device(ctx: &Context, it: &DeviceState, now: u64) -> Option<Device> {
    let id: DeviceId = it.id.parse().ok()?;
    let about = ctx.team().device(id).filter(|about| !about.is_empty());
    let mut states = Vec::new();
    if it.retired {
        states.push("sync_centre_device_retired");
    }
    if it.lost {
        states.push("sync_centre_device_lost");
    }
    states.extend(it.unreadable.map(|why| match why {
        Reason::Incomplete => "sync_centre_device_incomplete",
        Reason::Corrupt => "sync_centre_device_corrupt",
        Reason::Newer if it.is_me => "sync_centre_device_newer_here",
        Reason::Newer => "sync_centre_device_newer",
    }));
    let member = ctx.team().member_at(id).map(|member| member.name);
    Some(Device {
        id,
        name: match (member, about) {
            (Some(member), Some(about)) => [&member, " · ", about].concat(),
            (Some(member), None) => member,
            (None, Some(about)) => about.to_owned(),
            (None, None) => short(&it.id),
        },
        is_me: it.is_me,
        seen: it.seen,
        version: (it.seq, it.bytes),
        states,
        retirable: !it.is_me && !it.retired && it.seen > 0 && it.seen + WEEK < now,
    })
}

/// Appends the beginning of the id to each device name that several devices have.
fn tell_apart(devices: &mut [Device]) {
    let names: Vec<String> = devices.iter().map(|it| it.name.clone()).collect();
    for device in devices {
        if names.iter().filter(|name| **name == device.name).count() > 1 {
            device.name = [&device.name, " (", &short(&device.id.to_string()), ")"].concat();
        }
    }
}

fn short(id: &str) -> String {
    id.chars().take(6).collect()
}

fn conflict(ctx: &Context, it: &hub::Conflict) -> Conflict {
    let (team, key) = (ctx.team(), &it.key);
    let kept = describe::content(team, key, &it.kept.value);
    let lost = describe::content(team, key, &it.lost.value);
    let mut about = describe::subject(team, key);
    if kept == Content::Text(about.clone()) {
        about.clear();
    }
    Conflict { at: it.at, fact: key.kind().message, about, kept, lost }
}

/// Describes how many codes have been read, and which are missing.
fn reading(state: &State) -> Option<Words> {
    let parts = &state.parts;
    let missing = parts.missing();
    if missing.is_empty() {
        return None;
    }
    let first: Vec<String> = missing.iter().take(12).map(usize::to_string).collect();
    let more = if missing.len() > first.len() { ", …" } else { "" };
    let here = (parts.of() - missing.len()).to_string();
    Some(Words::with(
        "sync_centre_packet_missing",
        [&here, &parts.of().to_string(), &(first.join(", ") + more)],
    ))
}

fn taken(state: &State) -> Vec<Words> {
    let mut all = Vec::new();
    all.extend(state.taken.map(|taken| match taken {
        Ok(0) => Words::plain("sync_centre_packet_nothing_new"),
        Ok(facts) => Words::count("sync_centre_packet_taken", facts as usize),
        Err(PacketRefused::Malformed) => Words::plain("sync_centre_packet_malformed"),
        Err(PacketRefused::Newer) => Words::plain("sync_centre_packet_newer"),
        Err(PacketRefused::OtherTeam) => Words::plain("sync_centre_packet_other_team"),
        Err(PacketRefused::NotStored) => Words::plain("sync_centre_packet_not_stored"),
    }));
    let counted = [("sync_centre_packet_unread", state.unread), ("sync_centre_packet_others", state.others)];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    all.extend(counted.map(|(name, count)| Words::count(name, count)));
    all
}

fn listed(group: &Group) -> Listed {
    let kinds = [
        (Kind::Tag, "sync_centre_restore_tags"),
        (Kind::Reply, "sync_centre_restore_replies"),
        (Kind::Field, "sync_centre_restore_fields"),
        (Kind::Member, "sync_centre_restore_members"),
        (Kind::Chat, "sync_centre_restore_chats"),
        (Kind::Setting, "sync_centre_restore_settings"),
    ];
    let counts = kinds.into_iter().filter_map(|(kind, name)| {
        let count = group.lines.iter().filter(|line| line.kind == kind).count();
        (count > 0).then(|| Words::count(name, count))
    });
    Listed {
        counts: counts.collect(),
        lines: group.lines.iter().take(LISTED).cloned().collect(),
        more: group.lines.len().saturating_sub(LISTED),
    }
}
