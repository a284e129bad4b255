//! View of the members of the team.

use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::hub::DeviceState;
use crate::id::MemberId;

/// A member of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The member's id.
    pub id: MemberId,
    /// The member's chip.
    pub chip: Chip,
    /// Whether it is the person at this browser.
    pub is_me: bool,
    /// The number of chats that the member holds.
    pub holds: usize,
    /// Since when the member holds the chat that they have held longest, in milliseconds since the epoch.
    pub oldest: Option<u64>,
    /// When this browser last received something from a browser of the member's, in milliseconds since the epoch.
    pub seen: Option<u64>,
    /// The colleagues that the chats can be moved to.
    pub others: Vec<(MemberId, String)>,
}

/// Returns the members; the person at this browser comes first. `devices` are the browsers that the Sync centre knows.
pub(in crate::app::desk) fn members(ctx: &Context, devices: &[DeviceState]) -> Vec<MemberRow> {
    let team = ctx.team();
    let members = team.members();
    let seen = |member: MemberId| {
        let theirs = devices.iter().filter(|device| {
            let member_at = device.id.parse().ok().and_then(|id| team.member_at(id));
            member_at.is_some_and(|it| it.id == member)
        });
        theirs.map(|device| device.seen).filter(|seen| *seen > 0).max()
    };
    let mut rows: Vec<MemberRow> = members
        .iter()
        .map(|member| {
            let since = team.held_by(member.id).filter_map(|chat| Some(team.holder_of(&chat)?.since));
            let is_other = |other: &&crate::team::member::Member| other.id != member.id;
            MemberRow {
                id: member.id,
                chip: Chip::of_member(member),
                is_me: Some(member.id) == ctx.me,
                holds: team.held_by(member.id).count(),
                oldest: since.min().map(|minute| u64::from(minute) * 60_000),
                seen: seen(member.id),
                others: members.iter().filter(is_other).map(|it| (it.id, it.name.clone())).collect(),
            }
        })
        .collect();
    // The sort is stable, so the others stay sorted by name.
    rows.sort_by_key(|row| !row.is_me);
    rows
}
