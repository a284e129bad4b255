//! What the hub says, and what follows from it.

use crate::app::model::{Link, Model};
use crate::app::update::Effect;
use crate::wire::{self, FromHub, Refusal, ToHub};
use crate::words::Words;

impl Model {
    /// What opens a port, once the account is known: a greeting, and every op that the hub has not acknowledged. The hub
    /// takes an op for one that it has when it has a later one, so none may overtake those before it.
    pub fn opening(&self) -> Vec<ToHub> {
        self.hello().into_iter().chain(self.unacknowledged()).collect()
    }

    fn unacknowledged(&self) -> impl Iterator<Item = ToHub> {
        self.shared.unacknowledged().map(|(n, edits)| ToHub::Op { n, edits: wire::encode_edits(edits) })
    }

    /// The port closed. A hub that rests has said what it had to; one that was killed may not have heard everything.
    pub(super) fn closed(&mut self) -> Vec<Effect> {
        // One that dies as soon as it is woken has a minute's rest.
        if core::mem::take(&mut self.answered) { self.ask_again() } else { vec![] }
    }

    /// Greets the hub once more if it owes an answer.
    pub(super) fn ask_again(&self) -> Vec<Effect> {
        let owes = match self.link {
            Link::Gone => false,
            Link::Waiting => true,
            Link::Met => !self.shared.is_saved(),
        };
        self.hello().filter(|_| owes).map(Effect::Send).into_iter().collect()
    }

    pub(super) fn hear(&mut self, said: FromHub) -> Vec<Effect> {
        let minute = self.minute();
        self.answered = true;
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
                self.offer_changed = true;
                let mut again: Vec<Effect> = self.unacknowledged().map(Effect::Send).collect();
                again.extend(self.move_over());
                return again;
            }
            // What is still said of the former account after another one was read.
            FromHub::Accepted { .. } | FromHub::Changed { .. } if self.link != Link::Met => {}
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
                self.offer_changed = true;
                return self.move_over();
            }
            FromHub::Sync { sync } => self.sync = sync,
            FromHub::Files { files } => self.files = files,
            FromHub::Uses { uses } => {
                self.uses = wire::decode_uses(&uses).unwrap_or_default();
                self.offer_changed = true;
            }
            // The desk's.
            FromHub::SyncCentre { .. }
            | FromHub::Packet { .. }
            | FromHub::Archived { .. }
            | FromHub::Took { .. }
            | FromHub::Copy { .. }
            | FromHub::FilePart { .. }
            | FromHub::Versions { .. } => {}
        }
        vec![]
    }
}
