//! What happens at the desk, and what follows from it.

use crate::app::context;
use crate::app::desk::import::Format;
use crate::app::desk::{Desk, Effect, Field, Section, fields, replies, sync_centre, tags};
use crate::app::keys::Keys;
use crate::id::ReplyId;
use crate::map::Map;
use crate::team::chat::NamingKey;
use crate::team::tag::Colour;
use crate::team_file::Unusable;
use crate::wire::{ForeignFile, FromHub, Said, TeamFile};

/// Everything that can happen at the desk.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Something that happens on the page as well.
    Context(context::Msg),
    /// Escape: one level back.
    Back,
    /// Show a section.
    Go(Section),
    /// Somebody typed into a field; this is all of its text.
    Type(Field, String),
    /// A field was left, or the desk is out of sight: what was typed is saved.
    Left,
    /// A colour was chosen for me.
    MyColour(Colour),
    /// Something among the tags.
    Tags(tags::Msg),
    /// Open a reply, or close the one that is open.
    OpenReply(Option<ReplyId>),
    /// Begin a reply. The id is random.
    NewReply(ReplyId),
    /// Move a reply up (-1) or down (1), or any number of places.
    MoveReply(ReplyId, i32),
    /// Delete a reply.
    DeleteReply(ReplyId),
    /// Something else among the replies.
    Replies(replies::Msg),
    /// Something among the fields.
    Fields(fields::Msg),
    /// Export the team.
    Export,
    /// Export the replies for another tool.
    ExportReplies(Format),
    /// A file of Baton's was chosen and read.
    Chosen(Result<TeamFile, Unusable>),
    /// A file of another tool's is being read: how far that is, in hundredths.
    Reading(usize),
    /// A file of another tool's was read, or why it can't be.
    Brought(Result<ForeignFile, Said>),
    /// Which layout update is in use, if one is.
    Layout(Option<u32>),
    /// A layout update was chosen, and is in use from now on unless it can't be.
    LayoutChosen(Result<u32, LayoutUnusable>),
    /// Go back to what is built in.
    ForgetLayout,
    /// Make the changes that the preview shows.
    Apply,
    /// Put the file away.
    Cancel,
    /// Take a file away from a reply, by its place.
    DropFile(ReplyId, u32),
    /// A file was taken away from a reply, from this place; it has this name.
    FileTaken(ReplyId, u32, String),
    /// Files were attached to a reply, or not.
    FilesKept(Result<(), FileRefused>),
    /// Open the quick replies by these keys, in this browser.
    ChooseKeys(Keys),
    /// Something in the Sync centre.
    SyncCentre(sync_centre::Msg),
}

/// Why a file was not attached to a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefused {
    /// It is larger than this browser keeps.
    TooBig,
    /// This browser's disk did not take it.
    NotStored,
}

/// Why a layout update is not used. What was used before stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutUnusable {
    /// It was not signed by Baton's maintainers, or changed since.
    Forged,
    /// One with a higher number is in use.
    Older,
}

impl Desk {
    /// Takes in what happened at `now` (milliseconds since the epoch) and says what to do about it.
    pub fn update(&mut self, msg: Msg, now: u64) -> Vec<Effect> {
        self.ctx.now = now;
        self.on_action(msg)
    }

    /// Takes in what happens on the page as well.
    pub(super) fn on_context(&mut self, msg: context::Msg) -> Vec<Effect> {
        let mut heard = vec![];
        let mut moves = false;
        if let context::Msg::Hub(message) = &msg {
            heard = self.on_hub(message);
            match message {
                FromHub::NoTeam => self.no_team = true,
                FromHub::Welcome { account, .. } => {
                    self.no_team = false;
                    // From now on this desk is of this account, whichever one WhatsApp is logged in to later.
                    let naming = || (account.clone(), NamingKey::of_account(account));
                    self.ctx.naming.get_or_insert_with(naming);
                }
                _ => {}
            }
            moves = matches!(message, FromHub::Welcome { .. } | FromHub::Changed { .. });
        }
        let mut effects = self.ctx.update(msg);
        if moves {
            effects.extend(self.ctx.move_chats(&Map::default()));
        }
        effects.extend(heard);
        self.look_again();
        effects
    }
}
