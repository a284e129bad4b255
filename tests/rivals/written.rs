//! A month as any library is told it: a map for each group, in it a map for each thing, in that a scalar for each field.
//!
//! One flat map of long names was tried as well, and made the documents of all of them longer.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use baton_core::replica::{Edit, Key, Shape, Value};
use baton_reference::Action;

/// The name of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// What kind of thing it is a field of.
    pub(crate) group: &'static str,
    /// Which thing: its id.
    pub(crate) thing: String,
    /// Which field; of a tag on a chat, the id of the tag.
    pub(crate) field: String,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Nothing,
    Flag(bool),
    Number(u32),
    Text(String),
}

/// The groups that there are.
pub(crate) const GROUPS: [&str; 4] = ["members", "tags", "replies", "chats"];

/// Edits as fields and scalars.
pub(crate) fn written(edits: &[Edit]) -> Result<Vec<(Name, Scalar)>> {
    edits.iter().map(|(key, value)| Ok((name(key)?, scalar(value)?))).collect()
}

fn name(key: &Key) -> Result<Name> {
    let (thing, second) = match key.parts().1 {
        Shape::Id(bytes) => (id(&bytes), String::new()),
        Shape::Chat(chat) => (id(&chat.0), String::new()),
        Shape::ChatAnd(chat, other) => (id(&chat.0), id(&other)),
    };
    let (group, field) = match key {
        Key::MemberName(_) => ("members", "name"),
        Key::MemberInitials(_) => ("members", "initials"),
        Key::MemberColour(_) => ("members", "colour"),
        Key::TagName(_) => ("tags", "name"),
        Key::TagColour(_) => ("tags", "colour"),
        Key::TagPlace(_) => ("tags", "place"),
        Key::ReplyTitle(_) => ("replies", "title"),
        Key::ReplyShortcut(_) => ("replies", "shortcut"),
        Key::ReplyBody(_) => ("replies", "body"),
        Key::ReplyPlace(_) => ("replies", "place"),
        Key::ChatHolder(_) => ("chats", "holder"),
        Key::ChatState(_) => ("chats", "state"),
        Key::ChatNote(_) => ("chats", "note"),
        Key::ChatSnooze(_) => ("chats", "snooze"),
        Key::ChatTag(..) => ("chats", second.as_str()),
        other => bail!("the month has no {other:?}"),
    };
    let field = field.to_owned();
    Ok(Name { group, thing, field })
}

fn scalar(value: &Value) -> Result<Scalar> {
    Ok(match value {
        Value::Nothing => Scalar::Nothing,
        Value::Flag(flag) => Scalar::Flag(*flag),
        Value::Number(number) => Scalar::Number(*number),
        Value::Text(text) => Scalar::Text(text.clone()),
        Value::Holder(member, reason) => {
            Scalar::Text(format!("{} {reason}", id(&member.0)).trim_end().to_owned())
        }
        other => bail!("the month has no {other:?}"),
    })
}

/// Eleven characters for the eight bytes of an id, seven for the five of a chat; hexadecimal digits would make every
/// library's documents longer.
fn id(bytes: &[u8]) -> String {
    BASE64_STANDARD_NO_PAD.encode(bytes)
}

/// What everything must be in the end.
pub(crate) struct Expected {
    /// What was written last.
    pub(crate) fields: BTreeMap<Name, Scalar>,
    contested: BTreeSet<String>,
}

impl Expected {
    /// The end of a month of which so many actions at a time were done without knowing of each other.
    pub(crate) fn of(month: &[Action], concurrent: usize) -> Result<Expected> {
        let mut expected = Expected { fields: BTreeMap::new(), contested: BTreeSet::new() };
        for round in month.chunks(concurrent) {
            let mut writers: BTreeMap<String, usize> = BTreeMap::new();
            for action in round {
                for (name, scalar) in written(&action.edits)? {
                    let writer = *writers.entry(name.thing.clone()).or_insert(action.device);
                    if writer != action.device {
                        expected.contested.insert(name.thing.clone());
                    }
                    expected.fields.insert(name, scalar);
                }
            }
        }
        Ok(expected)
    }

    /// Whether two devices ever wrote to the thing at once: who of them wins is the library's to say.
    pub(crate) fn is_contested(&self, name: &Name) -> bool {
        self.contested.contains(&name.thing)
    }
}
