//! Random edits on few keys, so that they conflict.

use baton_core::id::{MemberId, ReplyId, TagId};
use baton_core::replica::{Edit, Key, Value};
use baton_core::team::chat::ChatKey;
use fastrand::Rng;

const WORDS: [&str; 6] =
    ["", "Returns", "Hello {name}, it's on its way.", "<ärgerlich> \"\\", "中文 😀", "later"];

fn text(rng: &mut Rng) -> Value {
    match rng.u8(..5) {
        // A text that does not compress.
        0 => Value::Text((0..rng.usize(..120)).map(|_| rng.char('!'..='~')).collect()),
        _ => Value::Text(WORDS[rng.usize(..WORDS.len())].to_owned()),
    }
}

/// Draws the edits of one action.
pub(crate) fn edits(rng: &mut Rng) -> Vec<Edit> {
    (0..=rng.usize(..3)).map(|_| edit(rng)).collect()
}

fn edit(rng: &mut Rng) -> Edit {
    let chat = ChatKey([rng.u8(1..6); 5]);
    let tag = TagId([rng.u8(1..4), 1, 1, 1, 1, 1, 0, 0]);
    let reply = ReplyId([rng.u8(1..3), 2, 2, 2, 2, 2, 0, 0]);
    let member = MemberId([rng.u8(1..4), 3, 3, 3, 3, 3, 0, 0]);
    match rng.u8(..22) {
        0..8 => (Key::ChatTag(chat, tag), Value::Flag(rng.bool())),
        8..11 => (Key::ChatHolder(chat), holder(member, rng)),
        11 => (Key::ChatState(chat), Value::Number(rng.u32(..3))),
        12 => (Key::ChatNote(chat), text(rng)),
        13 => (Key::ChatSnooze(chat), if rng.bool() { Value::Nothing } else { Value::Number(rng.u32(..)) }),
        14 => (Key::ReplyTitle(reply), text(rng)),
        15 => (Key::ReplyBody(reply), text(rng)),
        16 => (Key::TagName(tag), text(rng)),
        17 => (Key::TagGone(tag), Value::Flag(rng.bool())),
        18 => (Key::MemberName(member), text(rng)),
        19 => (Key::Setting([rng.u8(1..3); 8]), text(rng)),
        _ => {
            // Registers of a later version, of kinds that are reserved for tests: see `NEVER_USED` in `team::kinds`.
            let kind = [120, 127, 184, 191, 248, 255][rng.usize(..6)];
            let value = match rng.u8(..4) {
                0 => Value::Nothing,
                1 => Value::Id([rng.u8(..3); 8]),
                _ => Value::Unknown((0..rng.usize(..12)).map(|_| rng.u8(..)).collect()),
            };
            (Key::of_parts(kind, chat.id(), tag.0), value)
        }
    }
}

fn holder(member: MemberId, rng: &mut Rng) -> Value {
    if rng.u8(..3) == 0 {
        return Value::Nothing;
    }
    Value::Holder(member, WORDS[rng.usize(..WORDS.len())].to_owned())
}
