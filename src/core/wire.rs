//! Everything that crosses a port or is stored. Only this module knows serde.
//!
//! A port message is one text, because thousands of small objects are slow to build on both sides, and Chrome would
//! encode them as JSON once more. Inside the message all data are bytes, so only the whole message is encoded as
//! base64.
//!
//! Each feature has a file with its requests and their answers. The table at the end of this file pairs them.

mod codec;
mod file;
mod files;
mod foreign;
mod hub;
mod packet;
mod replies;
mod stored;
mod sync_centre;
mod team;

use serde::{Deserialize, Serialize};

pub use crate::hub::{Centre, DeviceState, Problem, Reason, Refusal, Sync};
pub use crate::replica::Malformed;
use crate::uses::Uses;
pub use codec::{Blob, Edits, Registers, decode_registers, encode_registers};
pub use file::{FILE_VERSION, FileField, FileMember, FileReply, FileTag, TeamFile};
pub use files::{FileNote, FilePart, PART_BYTES, ReadFilePart, ToFiles};
pub use foreign::{ForeignFile, SentWords, SkippedEntry};
pub use packet::{NoPacket, decode_packet, encode_packet, is_packet};
pub use replies::{ReadVersions, ToReplies, Versions};
pub use stored::{
    decode_accepted, decode_saved, decode_saved_and_text, decode_uses, decode_versions, encode_accepted,
    encode_saved, encode_uses, encode_versions,
};
pub use sync_centre::{
    Archive, Archived, DayCopy, FromSyncCentre, NotStored, Pack, Packet, PacketRefused, ReadCopy, TakeIn,
    Taken, ToSyncCentre,
};
pub use team::{Hello, HelloAnswer, Op, OpDone, Welcome};

/// The name of the port between the page or desk and the hub.
pub const PORT: &str = "baton";

/// A message to the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToHub {
    /// The first message on every port. It is sent again if its answer is missing.
    Hello(Hello),
    /// See [`Op`].
    Op(Op),
    /// Publish the registers that wait, and adopt those of other devices, now.
    SyncNow,
    /// Open the desk, which a page is not allowed to do itself.
    OpenDesk,
    /// A message about replies.
    Replies(ToReplies),
    /// A message about files of replies.
    Files(ToFiles),
    /// A message from the Sync centre.
    SyncCentre(ToSyncCentre),
    /// Show on the toolbar button how many chats with unread messages the person holds.
    Unread(u32),
}

/// A message from the hub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromHub {
    /// A message that both pages and desks can get.
    All(ToAll),
    /// The answer to a request that only a page makes.
    Page(ToPage),
    /// A message that only a desk can get.
    Desk(ToDesk),
}

/// A message that pages and desks handle alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToAll {
    /// The answer to [`Hello`].
    HelloAnswer(HelloAnswer),
    /// The answer to [`Op`].
    OpDone(OpDone),
    /// Registers that another tab or another device wrote.
    Changed(Registers),
    /// The state of sync. It is sent whenever the state changes.
    Sync(Sync),
    /// The use counts and pins of the person at this browser. They are sent after the first message, and whenever they
    /// change.
    Uses(Uses),
    /// All files that are attached to replies in this browser, sorted by reply and index. They are sent after the first
    /// message, and whenever they change.
    Files(Vec<FileNote>),
}

/// A message for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToPage {
    /// The answer to [`ReadFilePart`].
    FilePart(FilePart),
}

/// A message for a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToDesk {
    /// The answer to [`ReadVersions`].
    Versions(Versions),
    /// A message for the Sync centre.
    SyncCentre(FromSyncCentre),
}

/// A request. The hub sends the answer only to the port that the request came from.
pub trait Request: Into<ToHub> {
    /// The type of the answer.
    type Answer: Into<FromHub>;
}

/// Pairs requests with their answers, and names the variants that carry them.
macro_rules! requests {
    ($($request:ident in $to_hub:expr => $answer:ident in $from_hub:expr;)*) => {$(
        impl Request for $request {
            type Answer = $answer;
        }

        impl From<$request> for ToHub {
            fn from(request: $request) -> ToHub {
                $to_hub(request)
            }
        }

        impl From<$answer> for FromHub {
            fn from(answer: $answer) -> FromHub {
                $from_hub(answer)
            }
        }
    )*};
}

requests! {
    Hello in ToHub::Hello => HelloAnswer in |it| FromHub::All(ToAll::HelloAnswer(it));
    Op in ToHub::Op => OpDone in |it| FromHub::All(ToAll::OpDone(it));
    ReadVersions in |it| ToHub::Replies(ToReplies::ReadVersions(it)) => Versions in |it| FromHub::Desk(ToDesk::Versions(it));
    ReadFilePart in |it| ToHub::Files(ToFiles::ReadPart(it)) => FilePart in |it| FromHub::Page(ToPage::FilePart(it));
    Pack in |it| ToHub::SyncCentre(ToSyncCentre::Pack(it)) => Packet in |it| FromSyncCentre::Packet(it).into();
    TakeIn in |it| ToHub::SyncCentre(ToSyncCentre::TakeIn(it)) => Taken in |it| FromSyncCentre::Taken(it).into();
    ReadCopy in |it| ToHub::SyncCentre(ToSyncCentre::ReadCopy(it)) => DayCopy in |it| FromSyncCentre::Copy(it).into();
    Archive in |it| ToHub::SyncCentre(ToSyncCentre::Archive(it)) => Archived in |it| FromSyncCentre::Archived(it).into();
}

impl From<ToSyncCentre> for ToHub {
    fn from(message: ToSyncCentre) -> ToHub {
        ToHub::SyncCentre(message)
    }
}

impl From<FromSyncCentre> for FromHub {
    fn from(message: FromSyncCentre) -> FromHub {
        FromHub::Desk(ToDesk::SyncCentre(message))
    }
}

impl From<ToAll> for FromHub {
    fn from(message: ToAll) -> FromHub {
        FromHub::All(message)
    }
}

impl ToHub {
    /// Encodes the message as the text that a port carries.
    pub fn write(&self) -> String {
        codec::to_text(self)
    }

    /// Decodes a message from a port.
    pub fn read(text: &str) -> Result<ToHub, Malformed> {
        codec::whole(&codec::from_text(text)?)
    }
}

impl FromHub {
    /// Encodes the message as the text that a port carries.
    pub fn write(&self) -> String {
        codec::to_text(self)
    }

    /// Decodes a message from a port.
    pub fn read(text: &str) -> Result<FromHub, Malformed> {
        codec::whole(&codec::from_text(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{MemberId, ReplyId, TagId};
    use crate::versions::Version;

    fn uses() -> Uses {
        let mut uses = Uses::default();
        uses.note(ReplyId([1; 8]), &[TagId([2; 8])], 10);
        uses.pin(ReplyId([3; 8]), true);
        uses
    }

    fn version() -> Version {
        Version {
            at: 5,
            who: Some(MemberId([1; 8])),
            title: "a".into(),
            shortcut: "b".into(),
            body: "c".into(),
        }
    }

    #[test]
    fn messages_read_back() {
        let file = ReadFilePart { reply: "r".into(), at: 1, offset: 2 };
        let messages: [FromHub; 7] = [
            FilePart { request: file.clone(), bytes: Some(Blob((0..=255).collect())) }.into(),
            FilePart { request: file, bytes: None }.into(),
            Versions { reply: "r".into(), versions: vec![version()] }.into(),
            ToAll::Uses(uses()).into(),
            OpDone { n: 3, stored: Err(Refusal::NotStored) }.into(),
            Taken { facts: Err(PacketRefused::Newer) }.into(),
            FromSyncCentre::NotStored(NotStored).into(),
        ];
        for message in messages {
            assert_eq!(FromHub::read(&message.write()), Ok(message));
        }
    }

    #[test]
    fn an_op_whose_edits_are_unreadable_can_be_refused() {
        let op: ToHub = Op { n: 7, edits: Edits(Blob(vec![200])) }.into();
        let Ok(ToHub::Op(Op { n: 7, edits })) = ToHub::read(&op.write()) else {
            panic!("the op is readable")
        };
        assert_eq!(edits.decode(), Err(Malformed::Newer));
    }

    #[test]
    fn bytes_are_encoded_as_text_once() {
        let message = |size| FromHub::from(ToAll::Changed(Registers(Blob(vec![0; size])))).write().len();
        assert!(message(3_000) <= 4_000 + 20);
    }

    #[test]
    fn stored_uses_and_versions_keep_their_bytes() {
        let (stored_uses, stored_versions) =
            ("AgIBAQEBAQEBAQEKAAAAgD8BAgICAgICAgIAAIA/AwMDAwMDAwMAAAEAAAAAAA", "AgEFAQEBAQEBAQEBAWEBYgFj");
        assert_eq!(encode_uses(&uses()), stored_uses);
        assert_eq!(decode_uses(stored_uses), Ok(uses()));
        assert_eq!(encode_versions(&[version()]), stored_versions);
        assert_eq!(decode_versions(stored_versions), Ok(vec![version()]));
    }
}
