//! Notices: problems that the person should know of, each with an action if there is one.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::wire::ToHub;
use crate::words::Words;

/// A message about notices.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Open the desk.
    Desk,
    /// Copy a report about the page, for the maintainers of the reader.
    CopyReport,
    /// The report was copied to the clipboard, or copying failed.
    ReportCopied(bool),
    /// The browser denied access to the clipboard.
    NotCopied,
    /// The open chat has no message of the person's own.
    NoMessage,
}

pub(super) fn update(ctx: &mut Context, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Desk => vec![Effect::Send(ToHub::OpenDesk)],
        Msg::CopyReport => vec![Effect::CopyReport],
        Msg::ReportCopied(true) => ctx.toast(Words::plain("notices_toast_report_copied"), false),
        Msg::ReportCopied(false) => ctx.toast(Words::plain("notices_toast_report_not_copied"), true),
        Msg::NoMessage => ctx.toast(Words::plain("notices_toast_no_message"), true),
        Msg::NotCopied => ctx.toast(Words::plain("notices_toast_not_copied"), true),
    }
}
