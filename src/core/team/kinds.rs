//! The table of register kinds: a kind of register is declared here once.
//!
//! [`Key`], its numbers and all properties of a kind follow from the table. A new kind is one line here and one in the
//! `set` of its noun.

use crate::id::{DeviceId, FieldId, MemberId, ReplyId, TagId};
use crate::replica::{Shape, UnknownKey};
use crate::team::chat::ChatKey;

/// The entry of a kind in the table, apart from its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The meaning of the value. A value of another type reads as empty.
    pub holds: Holds,
    /// The message of `_locales` that names the fact, such as "Tag name".
    pub message: &'static str,
    /// Whether a backup restores the registers of this kind.
    pub restore: Restore,
}

/// The meaning of a value, which decides how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// Text: a fractional index, which orders things in lists.
    Place,
    /// Text: ids of tags; see [`crate::team::reply::tags_to_text`].
    Tags,
    /// Flag.
    Flag,
    /// Flag: whether the tag that the key names is on the chat.
    TagOnChat,
    /// Number.
    Number,
    /// Number: an index into [`crate::team::tag::Colour::ALL`].
    Colour,
    /// Number: a [`crate::team::chat::State`].
    State,
    /// Number: a minute since the epoch.
    Minute,
    /// Id: a member.
    Member,
    /// Id: a chat.
    Chat,
    /// Holder.
    Holder,
    /// Any value.
    Any,
}

/// Whether a backup restores the registers of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restore {
    /// They are restored.
    Fact,
    /// They are restored. If the thing was missing, they only show that it exists again, so the preview leaves them
    /// out.
    Presence,
    /// Whether the thing is deleted. A backup never deletes; restoring a deleted thing clears this flag.
    Deletion,
    /// They are not restored.
    Never,
}

/// The subject of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A person.
    Member(MemberId),
    /// A tag.
    Tag(TagId),
    /// A quick reply.
    Reply(ReplyId),
    /// A browser.
    Device(DeviceId),
    /// A team field.
    Field(FieldId),
    /// A setting of the team's, by its name.
    Setting([u8; 8]),
    /// A chat.
    Chat(ChatKey),
}

macro_rules! kinds {
    (@second) => { [0; 8] };
    (@second $second:ident) => { $second.into() };
    ($($(#[$doc:meta])* $number:literal $name:ident($first:ident: $first_type:ty $(, $second:ident: $second_type:ty)?)
        $holds:ident $message:literal $about:ident $restore:ident;)*) => {
        /// The key of a register. Each fact has its own key, so that edits of two different facts never conflict.
        ///
        /// The order is part of the stored format: by number, with unknown kinds last.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[$doc])* $name($first_type $(, $second_type)?),)*
            /// A kind of a later version of Baton: kept, merged and published, but not interpreted.
            Unknown(UnknownKey),
        }

        impl Key {
            /// The number of the kind, and the ids of the key.
            pub fn parts(&self) -> (u8, Shape) {
                match *self {
                    $(Key::$name($first $(, $second)?) => {
                        ($number, Shape::of($number, $first.into(), kinds!(@second $($second)?)))
                    })*
                    Key::Unknown(key) => key.parts(),
                }
            }

            /// Builds a key from the number of its kind. `first` is the id or the chat (see [`ChatKey::id`]); `second` is
            /// the id beside the chat, where the kind has one.
            pub fn of_parts(kind: u8, first: [u8; 8], second: [u8; 8]) -> Key {
                match kind {
                    $($number => Key::$name(first.into() $(, <$second_type>::from(second))?),)*
                    _ => Key::Unknown(UnknownKey::new(kind, first, second)),
                }
            }

            /// The subject of the register. `None` for an unknown kind.
            pub fn thing(&self) -> Option<Thing> {
                match *self {
                    $(Key::$name($first, ..) => Some(Thing::$about($first)),)*
                    Key::Unknown(_) => None,
                }
            }

            /// The entry of the table for the kind.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Key::$name(..) => {
                        Kind { holds: Holds::$holds, message: $message, restore: Restore::$restore }
                    })*
                    Key::Unknown(_) => Kind { holds: Holds::Any, message: "register_later", restore: Restore::Never },
                }
            }
        }
    };
}

// The number is part of the stored format and decides the shape of the key (see `Shape`). The lines are sorted by
// number, because that is the order of the keys. 0 stays unused. 24, 25 and 26 are reserved for the rights of members.
// New kinds start at 28 (the key is an id), 133 (a chat) and 193 (a chat and an id). Numbers 120–127, 184–191 and
// 248–255 are never used: the golden files hold them as unknown.
//
// number, key, meaning of the value, message that names it, thing it is about, whether a backup restores it
kinds! {
    /// A member exists once it has a name.
    1 MemberName(member: MemberId)          Text      "register_member_name"     Member  Presence;
    /// At most three characters.
    2 MemberInitials(member: MemberId)      Text      "register_member_initials" Member  Fact;
    /// The colour of a member's chip.
    3 MemberColour(member: MemberId)        Colour    "register_member_colour"   Member  Fact;
    /// A tag exists once it has a name and as long as it is not [`Key::TagGone`].
    4 TagName(tag: TagId)                   Text      "register_tag_name"        Tag     Presence;
    /// The colour of a tag.
    5 TagColour(tag: TagId)                 Colour    "register_tag_colour"      Tag     Fact;
    /// The position of a tag among the tags.
    6 TagPlace(tag: TagId)                  Place     "register_tag_place"       Tag     Presence;
    /// Whether a tag is deleted.
    7 TagGone(tag: TagId)                   Flag      "register_tag_gone"        Tag     Deletion;
    /// A reply exists once it has a title and as long as it is not [`Key::ReplyGone`].
    8 ReplyTitle(reply: ReplyId)            Text      "register_reply_title"     Reply   Presence;
    /// The shortcut, which is typed after `;;`.
    9 ReplyShortcut(reply: ReplyId)         Text      "register_reply_shortcut"  Reply   Fact;
    /// The template that is inserted, with its `{fields}`.
    10 ReplyBody(reply: ReplyId)            Text      "register_reply_body"      Reply   Fact;
    /// The position of a reply among the replies.
    11 ReplyPlace(reply: ReplyId)           Place     "register_reply_place"     Reply   Presence;
    /// Whether a reply is deleted.
    12 ReplyGone(reply: ReplyId)            Flag      "register_reply_gone"      Reply   Deletion;
    /// The name that a browser gives itself, and its version of Baton.
    13 DeviceAbout(device: DeviceId)        Text      "register_device"          Device  Never;
    /// The last sequence number (seq) of a device's shard that counts. A retired device no longer publishes.
    14 DeviceRetired(device: DeviceId)      Number    "register_device"          Device  Never;
    /// A setting of the team's. The key is the setting's name.
    15 Setting(setting: [u8; 8])            Any       "register_setting"         Setting Fact;
    /// The folder that a reply is kept in. Without a value, it is in no folder.
    16 ReplyFolder(reply: ReplyId)          Text      "register_reply_folder"    Reply   Fact;
    /// The tags of the chats in which a reply is offered. Without a value, it is offered in all chats.
    17 ReplyTags(reply: ReplyId)            Tags      "register_reply_tags"      Reply   Fact;
    /// The member who owns a private reply. Without a value, the reply is the team's.
    18 ReplyOwner(reply: ReplyId)           Member    "register_reply_owner"     Reply   Fact;
    /// Whether a reply is archived. An archived reply is kept, but not offered.
    19 ReplyArchived(reply: ReplyId)        Flag      "register_reply_archived"  Reply   Fact;
    /// The member at a browser.
    20 DeviceMember(device: DeviceId)       Member    "register_device"          Device  Never;
    /// How often replies were used at a browser; see [`crate::uses::Totals`].
    21 DeviceUses(device: DeviceId)         Text      "register_device"          Device  Never;
    /// The name of a team field. The field exists as long as it has a name.
    22 FieldName(field: FieldId)            Text      "register_field_name"      Field   Fact;
    /// The value of the field; several lines are choices.
    23 FieldValue(field: FieldId)           Text      "register_field_value"     Field   Fact;
    /// Whether a reply is pinned for the whole team.
    27 ReplyPinned(reply: ReplyId)          Flag      "register_reply_pinned"    Reply   Fact;
    /// The holder of a chat. Without a value, the chat is free.
    128 ChatHolder(chat: ChatKey)           Holder    "register_chat_holder"     Chat    Fact;
    /// The state of a chat's work. Reserved: it is kept, merged and shown, and nothing writes it yet.
    129 ChatState(chat: ChatKey)            State     "register_chat_state"      Chat    Fact;
    /// A note for colleagues about a chat. Reserved, as [`Key::ChatState`] is.
    130 ChatNote(chat: ChatKey)             Text      "register_chat_note"       Chat    Fact;
    /// The minute until which a chat is snoozed. Without a value, it is not. Reserved, as [`Key::ChatState`] is.
    131 ChatSnooze(chat: ChatKey)           Minute    "register_chat_snooze"     Chat    Fact;
    /// The chat's new key. A chat moves when WhatsApp reveals a more durable id for it.
    132 ChatMoved(chat: ChatKey)            Chat      "register_chat_moved"      Chat    Never;
    /// Whether the chat has the tag. Each pair has its own register, so concurrent tagging never loses a tag.
    192 ChatTag(chat: ChatKey, tag: TagId)  TagOnChat "register_chat_tag"        Chat    Fact;
}

/// The numbers that no kind ever has, because the golden files hold them as unknown: the last eight of each shape.
#[cfg(test)]
pub(crate) const NEVER_USED: [std::ops::RangeInclusive<u8>; 3] = [120..=127, 184..=191, 248..=255];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replica::Value;
    use crate::team::Team;

    fn known() -> impl Iterator<Item = Key> {
        let keys = (0..=u8::MAX).map(|kind| Key::of_parts(kind, [1; 8], [2; 8]));
        keys.filter(|key| !matches!(key, Key::Unknown(_)))
    }

    #[test]
    fn every_number_reads_back_and_says_what_the_key_is_made_of() {
        for kind in 1..=u8::MAX {
            let key = Key::of_parts(kind, [1; 8], [2; 8]);
            let (number, shape) = key.parts();
            assert_eq!(number, kind);
            let (first, second) = shape.bytes();
            assert_eq!(Key::of_parts(kind, first, second), key);
        }
        for key in known() {
            assert_eq!(matches!(key.thing(), Some(Thing::Chat(_))), key.chat().is_some(), "{key:?}");
        }
    }

    #[test]
    fn the_order_is_by_number_and_unknown_kinds_come_last() {
        let mut keys: Vec<Key> = (1..=u8::MAX).map(|kind| Key::of_parts(kind, [1; 8], [2; 8])).collect();
        keys.sort_unstable();
        let order = |key: &Key| (matches!(key, Key::Unknown(_)), key.parts().0);
        assert!(keys.is_sorted_by_key(order));
    }

    #[test]
    fn reserved_numbers_are_unknown() {
        for kind in [0, 24, 25, 26].into_iter().chain(NEVER_USED.into_iter().flatten()) {
            assert!(matches!(Key::of_parts(kind, [1; 8], [0; 8]), Key::Unknown(_)), "{kind}");
        }
    }

    #[test]
    fn every_kind_means_something_to_the_team() {
        for key in known() {
            let value = match key.kind().holds {
                Holds::Text | Holds::Place | Holds::Any => Value::Text("x".into()),
                Holds::Tags => Value::Text(TagId([3; 8]).to_string()),
                Holds::Flag | Holds::TagOnChat => Value::Flag(true),
                Holds::Number | Holds::Colour | Holds::State | Holds::Minute => Value::Number(2),
                Holds::Member | Holds::Chat => Value::Id([3; 8]),
                Holds::Holder => Value::Holder(MemberId([3; 8]), String::new()),
            };
            let team_with = |value: &Value| {
                let mut team = Team::default();
                team.set(&key, value, 1);
                format!("{team:?}")
            };
            // Only the hub uses the register that retires a device.
            let is_for_hub = matches!(key, Key::DeviceRetired(_));
            assert_eq!(team_with(&value) == team_with(&Value::Nothing), is_for_hub, "{key:?}");
        }
    }
}
