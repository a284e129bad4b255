//! What is not about a chat: members introduce themselves, and somebody sets up tags and replies.

use baton_core::id::{ReplyId, TagId};
use baton_core::optimistic_team::OptimisticTeam;
use baton_core::replica::{Edit, Minutes};
use baton_core::team::member::{self, initials};
use baton_core::team::reply::{self, Reply};
use baton_core::team::tag::{self, Colour};

use crate::{Action, WORKING_DAY, after_work, ids};

/// Title, shortcut and body of a reply a line, between tabs; `\n` is a line break.
const REPLIES: &str = include_str!("replies.tsv");

const TAGS: [&str; 20] = [
    "New order",
    "Returns",
    "Urgent",
    "待发货",
    "Refund",
    "VIP",
    "Repair",
    "Waiting for parts",
    "投诉",
    "Wholesale",
    "Booking",
    "Payment open",
    "Delivery problem",
    "换货",
    "Question",
    "Customs",
    "发票",
    "Follow up",
    "Spam",
    "已解决",
];

const NAMES: [&str; 20] = [
    "Mei Lin",
    "Ben Okafor",
    "王小明",
    "Ana de Souza",
    "Jonas Weber",
    "李娜",
    "Priya Nair",
    "陈伟",
    "Sofia Rossi",
    "Tom Baker",
    "张敏",
    "Lucía Fernández",
    "Kwame Mensah",
    "刘洋",
    "Emma Larsen",
    "赵静",
    "Omar Haddad",
    "Hana Sato",
    "周杰",
    "Nina Petrova",
];

/// What a reply ends with once somebody has improved it.
const ADDITIONS: [&str; 16] = [
    "Thank you for your patience.",
    "If anything is unclear, just ask.",
    "We are here until seven.",
    "Best regards, {agent}",
    "Sundays excepted.",
    "祝好！",
    "A photo helps.",
    "Prices include tax.",
    "You can also call us.",
    "Please answer in this chat, not by e-mail.",
    "This takes a day longer before holidays.",
    "感谢您的理解。",
    "Have a good day, {name}!",
    "Ask for {agent} when you come in.",
    "Members pay nothing for it.",
    "Let me know how it went.",
];

/// How many replies are improved after they were set up.
const IMPROVED: usize = 40;
/// Of a hundred edits of tags and replies, those by device 0 as it sets them up.
const BY_ONE: u32 = 95;

/// Members, tags and replies, oldest first.
pub(crate) fn actions(devices: usize, rng: &mut fastrand::Rng) -> Vec<Action> {
    let mut team = OptimisticTeam::default();
    let mut actions = Vec::new();
    let mut add = |device: usize, minute: Minutes, edits: Vec<Edit>, team: &mut OptimisticTeam| {
        team.edit(edits.clone(), minute);
        actions.push(Action { device, minute, edits });
    };

    for (n, minute) in minutes(devices, 0..15, rng).into_iter().enumerate() {
        let name =
            NAMES.get(n).map_or_else(|| format!("{} {n}", NAMES[n % NAMES.len()]), |name| (*name).to_owned());
        let edits = member::change(team.team(), ids::member(n), &name, &initials(&name), colour(n));
        add(n, minute, edits, &mut team);
    }

    let replies: Vec<&str> = REPLIES.lines().collect();
    let mut whens = minutes(TAGS.len() + replies.len(), 15..2 * WORKING_DAY, rng).into_iter();
    for (n, name) in TAGS.into_iter().enumerate() {
        // The team has no tag before these, and these are as many as it may have.
        let edits = tag::create(team.team(), TagId(ids::short(rng)), name, colour(n)).unwrap_or_default();
        add(somebody(devices, rng), whens.next().unwrap_or_default(), edits, &mut team);
    }
    let mut ids = Vec::new();
    for reply in replies {
        let mut fields = reply.split('\t');
        let (title, shortcut) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        let body = fields.next().unwrap_or_default().replace("\\n", "\n");
        let id = ReplyId(ids::short(rng));
        ids.push(id);
        let (title, shortcut) = (title.to_owned(), shortcut.to_owned());
        let edits = reply::create(team.team(), &Reply { title, shortcut, body, ..Reply::new(id) });
        add(somebody(devices, rng), whens.next().unwrap_or_default(), edits, &mut team);
    }

    for minute in minutes(IMPROVED, 2 * WORKING_DAY..crate::DAYS * WORKING_DAY, rng) {
        let reply = rng.choice(&ids).and_then(|id| team.team().reply(*id));
        let addition = rng.choice(ADDITIONS).unwrap_or_default();
        let Some(reply) = reply.filter(|reply| !reply.body.ends_with(addition)) else { continue };
        let body = format!("{} {addition}", reply.body);
        let edits = reply::change(team.team(), &Reply { body, ..reply });
        add(rng.usize(..devices), minute, edits, &mut team);
    }
    actions
}

/// So many minutes of chance, in order. `within` is minutes of work since the month began.
fn minutes(count: usize, within: core::ops::Range<u32>, rng: &mut fastrand::Rng) -> Vec<Minutes> {
    let mut minutes: Vec<Minutes> = (0..count).map(|_| after_work(rng.u32(within.clone()))).collect();
    minutes.sort_unstable();
    minutes
}

/// Mostly the one who sets the team up.
fn somebody(devices: usize, rng: &mut fastrand::Rng) -> usize {
    if rng.u32(..100) < BY_ONE { 0 } else { rng.usize(1..devices) }
}

fn colour(n: usize) -> Colour {
    Colour::ALL[n % Colour::ALL.len()]
}
