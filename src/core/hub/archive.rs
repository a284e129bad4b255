//! Archiving: removing the registers of old chats from the shared state, and restoring them.

use super::{Hub, minute};
use crate::replica::{Edit, Key, Register, Value};
use crate::team::chat::{ChatKey, State};

impl Hub {
    /// The registers of chats that are closed or have no holder, and that nobody has edited for `days`. Tombstones are left
    /// out.
    ///
    /// This version of Baton closes no chats: [`Key::ChatState`] is reserved for later ones.
    pub fn resting(&self, days: u32, now: u64) -> Vec<(Key, Register)> {
        let before = minute(now).saturating_sub(days.saturating_mul(24 * 60));
        let mut resting: Vec<ChatKey> = Vec::new();
        let mut about: Vec<(ChatKey, Key, &Register)> =
            self.document().iter().filter_map(|(key, it)| Some((key.chat()?, *key, it))).collect();
        about.sort_unstable_by_key(|(chat, key, _)| (*chat, *key));
        for of_chat in about.chunk_by(|a, b| a.0 == b.0) {
            let closed = Value::Number(State::Closed.number());
            let is_closed =
                of_chat.iter().any(|(_, key, it)| matches!(key, Key::ChatState(_)) && it.value == closed);
            let is_held = of_chat
                .iter()
                .any(|(_, key, it)| matches!(key, Key::ChatHolder(_)) && !it.value.is_tombstone());
            let is_old = of_chat.iter().all(|(.., register)| register.stamp.tick <= before);
            resting.extend(
                of_chat.first().filter(|_| (is_closed || !is_held) && is_old).map(|(chat, ..)| *chat),
            );
        }
        let rests = |chat: ChatKey| resting.binary_search(&chat).is_ok();
        let worth = |register: &Register| !register.value.is_tombstone();
        let kept = about.into_iter().filter(|(chat, _, register)| rests(*chat) && worth(register));
        kept.map(|(_, key, register)| (key, register.clone())).collect()
    }
}

/// The edits that remove registers, by replacing them with tombstones.
pub fn taken_away(registers: &[(Key, Register)]) -> Vec<Edit> {
    let tombstone =
        |value: &Value| if matches!(value, Value::Flag(_)) { Value::Flag(false) } else { Value::Nothing };
    registers.iter().map(|(key, register)| (*key, tombstone(&register.value))).collect()
}

/// The edits that restore removed registers, except where somebody has written another value meanwhile.
pub fn brought_back(hub: &Hub, registers: &[(Key, Register)]) -> Vec<Edit> {
    let is_free = |key: &Key| hub.document().get(key).is_none_or(|register| register.value.is_tombstone());
    let back = registers.iter().filter(|(key, _)| is_free(key));
    back.map(|(key, register)| (*key, register.value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, MemberId, TagId, TeamId};

    const DAY: u64 = 24 * 60 * 60_000;

    #[test]
    fn closed_chats_rest_and_come_back() {
        let mut hub = Hub::new(TeamId([1; 8]), DeviceId([1; 8]), MemberId([1; 8]));
        let closed = |chat: u8| (Key::ChatState(ChatKey([chat; 5])), Value::Number(State::Closed.number()));
        let tagged = |chat: u8| (Key::ChatTag(ChatKey([chat; 5]), TagId([1; 8])), Value::Flag(true));
        let held = (Key::ChatHolder(ChatKey([2; 5])), Value::Holder(MemberId([1; 8]), String::new()));
        hub.accept("s", 1, vec![closed(1), tagged(1), tagged(2), held], DAY).expect("accepted");
        hub.accept("s", 2, vec![closed(3), tagged(3)], 20 * DAY).expect("accepted");
        let resting = hub.resting(10, 21 * DAY);
        let keys: Vec<Key> = resting.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, [closed(1).0, tagged(1).0], "the closed and old one");
        hub.accept("s", 3, taken_away(&resting), 21 * DAY).expect("accepted");
        assert!(hub.resting(0, 40 * DAY).iter().all(|(key, _)| key.chat() == Some(ChatKey([3; 5]))));
        hub.accept("s", 4, vec![(tagged(1).0, Value::Flag(true))], 22 * DAY).expect("accepted");
        assert_eq!(brought_back(&hub, &resting), [closed(1)], "what was written meanwhile stands");
    }
}
