//! Files on their way to WhatsApp: those of a reply, and those that are dropped on the sidebar. A reply's are for the chat
//! that was open when the text went in, and for no other; fetching them takes a while, and whoever opens another chat
//! meanwhile is told.

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

/// What is remembered of them.
#[derive(Default)]
pub struct State {
    /// The files of the reply that was inserted last, on their way to WhatsApp.
    attaching: Option<Attaching>,
}

struct Attaching {
    /// They are for what was open then, and for nothing else.
    visit: Option<u32>,
    files: Vec<FileNote>,
    /// Whether they wait until the text is filled in: nothing holds Send where WhatsApp shows them.
    waits: bool,
}

/// A reply whose text is in the composer.
pub(super) struct Landed {
    /// The files that follow.
    pub(super) files: Vec<FileNote>,
    /// The visit to the chat that it was meant for.
    pub(super) visit: Option<u32>,
    /// Whether something in it is not filled in.
    pub(super) gaps: bool,
}

/// What happens to files.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The files of a reply that were being fetched are here.
    Here,
    /// A file of a reply could not be read.
    Gone,
    /// Attach the files that wait until the text is filled in.
    AttachWaiting,
    /// The files of a reply are in WhatsApp's preview.
    Attached,
    /// Files were dropped on the sidebar: they are for the open chat.
    Dropped,
    /// WhatsApp took none of the files that were dropped.
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
                // A colleague may have taken the chat since the page was read.
                let mut effects = self.check(ctx, screen);
                if self.is_fetching() {
                    self.attaching = None;
                    effects.push(Effect::GiveFiles);
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
            Msg::Dropped => vec![Effect::GiveFiles],
            Msg::NotAttached => ctx.toast(Words::plain("attachments_toast_not_attached"), true),
        }
    }

    /// The text of a reply is in the composer: its files follow. Nothing holds Send where WhatsApp shows them, so they
    /// wait while the text has gaps.
    pub(super) fn follow(&mut self, ctx: &mut Context, screen: &Screen, landed: Landed) -> Vec<Effect> {
        let Landed { files, visit, gaps } = landed;
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

    /// Lets go of files that are not for what is open now, or are for a chat that a colleague has taken meanwhile. Who
    /// has emptied the draft does not want what waited for it.
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
