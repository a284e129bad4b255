//! What the hub says, and what follows from it.

use crate::app::model::{Link, Model};
use crate::app::update::{Effect, op};
use crate::wire::{self, FromHub, Refusal};
use crate::words::Words;

impl Model {
    pub(super) fn hear(&mut self, said: FromHub) -> Vec<Effect> {
        let minute = self.minute();
        // The hub is of the same package and cannot send what this page can't read, except while an update is under
        // way; the page is then cut off (see Msg::Gone) and what is unreadable meanwhile is nothing to act on.
        let read = |registers: &str| wire::decode_registers(registers).unwrap_or_default();
        match said {
            FromHub::Welcome { account, member, done, registers, sync } => {
                if self.naming.as_ref().is_some_and(|(known, _)| *known != account) {
                    return vec![];
                }
                self.link = Link::Met;
                self.me = member.parse().ok();
                self.sync = sync;
                self.shared.welcome(done, read(&registers), minute);
                self.saving.retain(|(n, _)| *n > done);
                self.renew_palette();
                let mut again: Vec<Effect> =
                    self.shared.unacknowledged().map(|(n, edits)| op(n, edits)).collect();
                again.extend(self.move_over());
                return again;
            }
            FromHub::NoTeam => {}
            FromHub::Accepted { n, registers } => {
                self.saving.retain(|(saved, _)| *saved != n);
                self.shared.accepted(n, read(&registers), minute);
            }
            FromHub::Refused { n, why } => {
                self.shared.refused(n);
                self.not_saved(n);
                let words = match why {
                    Refusal::TooManyTags => "toast_too_many_tags",
                    Refusal::NotStored => "toast_not_stored",
                    Refusal::NotUnderstood => "toast_not_understood",
                };
                return self.tell(Words::plain(words), true, vec![]);
            }
            FromHub::Changed { registers } => {
                self.shared.changed(read(&registers), minute);
                self.renew_palette();
                return self.move_over();
            }
            FromHub::Sync { sync } => self.sync = sync,
            FromHub::Files { files } => self.files = files,
            FromHub::Uses { uses } => {
                self.uses = wire::decode_uses(&uses).unwrap_or_default();
                self.renew_palette();
            }
            // The desk's.
            FromHub::Centre { .. }
            | FromHub::Packet { .. }
            | FromHub::Took { .. }
            | FromHub::Copy { .. }
            | FromHub::FilePart { .. }
            | FromHub::Versions { .. } => {}
        }
        vec![]
    }
}
