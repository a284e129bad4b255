//! What the Sync centre shows, as plain data.

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
/// A device that was not seen for so long can be retired.
const WEEK: u64 = 7 * DAY;
/// The most codes that a person will still show one after the other.
const FEW_CODES: usize = 40;
/// How many things of a group are listed one by one.
const LISTED: usize = 50;

/// The Sync centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How the transport is doing.
    pub sync: Sync,
    /// How many facts wait to be published.
    pub waiting: usize,
    /// The bytes of this device's part, those it may have, and the writes left within this minute and this hour.
    pub part: Option<(u32, u32, (u32, u32))>,
    /// What can be done to make room, when there is little.
    pub room: Option<Room>,
    /// How many chats are archived in this browser.
    pub archived: usize,
    /// All devices, this one first.
    pub devices: Vec<Device>,
    /// The device that is asked about.
    pub asked: Option<String>,
    /// What two people wrote at once within the last day.
    pub conflicts: Vec<Conflict>,
    /// The codes on screen.
    pub codes: Option<Code>,
    /// How far the reading of codes has come.
    pub reading: Option<Words>,
    /// What became of packets and pictures.
    pub taken: Vec<Words>,
    /// Days of which there is a copy.
    pub copies: Vec<u32>,
    /// The backup that was chosen.
    pub restore: Option<Restore>,
}

/// What can be done to make room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether there is none left, rather than little.
    pub full: bool,
    /// What is typed for the days of rest.
    pub days: String,
    /// How many absences nobody needs.
    pub needless: usize,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Which.
    pub id: DeviceId,
    /// What it calls itself, or the beginning of its id.
    pub name: String,
    /// Whether it is this one.
    pub is_me: bool,
    /// When it was last heard of, in milliseconds since the epoch. 0: never.
    pub seen: u64,
    /// The version of its shard, and what that takes, in bytes.
    pub version: (u32, u32),
    /// The messages that say how it is.
    pub states: Vec<&'static str>,
    /// Whether it can be retired.
    pub retirable: bool,
}

/// What two people wrote at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// When it was noticed.
    pub at: u64,
    /// The message that names the fact.
    pub fact: &'static str,
    /// What it is about, where the values do not say it.
    pub about: String,
    /// What stands.
    pub kept: Content,
    /// What lost.
    pub lost: Content,
}

/// The code on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it says.
    pub text: String,
    /// Which of how many.
    pub at: (usize, usize),
    /// Whether the next ones follow by themselves; `None` where nothing may move by itself.
    pub plays: Option<bool>,
    /// Whether there are so many that a file is better.
    pub many: bool,
}

/// A backup that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restore {
    /// It can't be put back.
    Refused(Words),
    /// This would change.
    Preview {
        /// What it is of.
        of: Of,
        /// What is missing here.
        missing: Listed,
        /// What was changed since.
        changed: Listed,
        /// Whether that is put back as well.
        with_changed: bool,
        /// What is left out.
        left_out: usize,
    },
}

/// A group of things: how many of which kind, and the first ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// How many of which kind.
    pub counts: Vec<Words>,
    /// The first ones.
    pub lines: Vec<Line>,
    /// How many more there are.
    pub more: usize,
}

/// The Sync centre.
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

/// Adds the beginning of its id to the name of each device that is called as another is.
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

/// How many codes have been read, and which are missing.
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
