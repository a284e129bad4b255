//! What the person should know, and what they can do about it.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::wire::ToHub;
use crate::words::Words;

/// What happens about notices.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Show the desk.
    Desk,
    /// Copy a report about the page, for whoever mends what reads it.
    CopyReport,
    /// Whether the report is on the clipboard.
    ReportCopied(bool),
    /// The browser did not let us use the clipboard.
    NotCopied,
    /// There is no message of the person's own in the open chat.
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
