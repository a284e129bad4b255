//! Attaching files to the open chat: the files of an inserted reply, and files dropped on the sidebar. A reply's files
//! are only for the chat that was open when its text was inserted. Fetching them takes a while; if the person opens
//! another chat meanwhile, the files are dropped and a toast says so.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::app::reading::Composer;
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::wire::FileNote;
use crate::words::Words;

/// The attachments that are in progress.
#[derive(Default)]
pub struct State {
    /// The files of the last inserted reply, until they are attached.
    attaching: Option<Attaching>,
}

struct Attaching {
    /// The visit that the files belong to. They are never attached in another visit.
    visit: Option<u32>,
    files: Vec<FileNote>,
    /// Whether the files wait until the draft is filled in. Send can't be blocked while WhatsApp shows its file
    /// preview.
    waits: bool,
}

/// A reply whose text was inserted into the composer.
pub(super) struct InsertedReply {
    /// The reply's files, which are attached next.
    pub(super) files: Vec<FileNote>,
    /// The visit to the chat that the reply was meant for.
    pub(super) visit: Option<u32>,
    /// Whether the inserted text has unfilled fields.
    pub(super) gaps: bool,
}

/// A message about attachments.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The files of a reply were fetched.
    Here,
    /// A file of a reply could not be read.
    Gone,
    /// Attach the files that wait until the text is filled in.
    AttachWaiting,
    /// WhatsApp's preview shows the files of a reply.
    Attached,
    /// Files were dropped on the sidebar. They are for the open chat.
    Dropped,
    /// WhatsApp accepted none of the dropped files.
    NotAttached,
}

impl State {
    pub(super) fn update(
        &mut self,
        ctx: &mut Context,
        screen: &Screen,
        surfaces: &mut Surfaces,
        msg: Msg,
    ) -> Vec<Effect> {
        match msg {
            Msg::Here => {
                // The holder may have changed since the page was last read.
                let mut effects = self.check(ctx, screen);
                if self.is_fetching() {
                    self.attaching = None;
                    effects.push(Effect::PassFiles);
                }
                effects
            }
            Msg::Gone => {
                self.attaching = None;
                ctx.toast(Words::plain("attachments_toast_gone"), true)
            }
            Msg::AttachWaiting if !screen.unfilled.is_empty() => vec![Effect::SelectUnfilled],
            Msg::AttachWaiting if screen.guarded => surfaces.ask(None),
            Msg::AttachWaiting => {
                self.attaching.take().map(|it| self.attach(ctx, screen, it.files)).unwrap_or_default()
            }
            Msg::Attached => {
                ctx.toast.take_if(|toast| toast.words.name == "attachments_toast_attaching");
                vec![]
            }
            Msg::Dropped if !screen.can_write() => {
                ctx.toast(Words::plain("attachments_toast_not_attached"), true)
            }
            Msg::Dropped if screen.guarded => surfaces.ask(None),
            Msg::Dropped => vec![Effect::PassFiles],
            Msg::NotAttached => ctx.toast(Words::plain("attachments_toast_not_attached"), true),
        }
    }

    /// Attaches the files of a reply whose text was just inserted. They wait while the text has unfilled fields,
    /// because Send can't be blocked while WhatsApp shows its file preview.
    pub(super) fn follow(
        &mut self,
        ctx: &mut Context,
        screen: &Screen,
        landed: InsertedReply,
    ) -> Vec<Effect> {
        let InsertedReply { files, visit, gaps } = landed;
        if files.is_empty() {
            vec![]
        } else if visit != screen.visit() || screen.guarded {
            left_behind(ctx)
        } else if gaps {
            self.attaching = Some(Attaching { visit, files, waits: true });
            vec![]
        } else {
            self.attach(ctx, screen, files)
        }
    }

    /// Drops files that belong to another visit, or to a chat that a colleague has claimed meanwhile. Files that wait
    /// are also dropped when the draft is emptied: the person no longer wants the reply.
    pub(super) fn check(&mut self, ctx: &mut Context, screen: &Screen) -> Vec<Effect> {
        let visit = screen.visit();
        let is_empty = screen.reading.composer == Composer::Empty;
        let is_over =
            |it: &mut Attaching| it.visit != visit || if it.waits { is_empty } else { screen.guarded };
        match self.attaching.take_if(is_over) {
            Some(left) if !left.waits => left_behind(ctx),
            _ => vec![],
        }
    }

    /// Whether files of a reply are being fetched for the open chat.
    pub(super) fn is_fetching(&self) -> bool {
        self.attaching.as_ref().is_some_and(|it| !it.waits)
    }

    fn attach(&mut self, ctx: &mut Context, screen: &Screen, files: Vec<FileNote>) -> Vec<Effect> {
        let mut effects = ctx.toast(Words::count("attachments_toast_attaching", files.len()), false);
        self.attaching = Some(Attaching { visit: screen.visit(), files: files.clone(), waits: false });
        effects.push(Effect::Attach(files));
        effects
    }
}

fn left_behind(ctx: &mut Context) -> Vec<Effect> {
    ctx.toast(Words::plain("attachments_toast_left"), true)
}
