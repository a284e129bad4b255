//! What the desk's help offers: the keys that a person chooses, and the layout by which WhatsApp is read.

use crate::app::context::Context;
use crate::app::desk::effect::Effect;
use crate::app::keys::Keys;
use crate::words::Words;

/// What is remembered of it.
#[derive(Default)]
pub(super) struct State {
    /// The number of the layout update in use; `None`: what is built in.
    pub(super) layout: Option<u32>,
}

/// What a person does there.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Open the quick replies by these keys, in this browser.
    ChooseKeys(Keys),
    /// Which layout update is in use, if one is.
    Layout(Option<u32>),
    /// A layout update was chosen, and is in use from now on unless it can't be.
    LayoutChosen(Result<u32, LayoutUnusable>),
    /// Go back to what is built in.
    ForgetLayout,
}

/// Why a layout update is not used. What was used before stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutUnusable {
    /// It was not signed by Baton's maintainers, or changed since.
    Forged,
    /// One with a higher number is in use.
    Older,
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::ChooseKeys(keys) => {
                ctx.keys = keys;
                vec![Effect::RememberKeys(keys.write())]
            }
            Msg::Layout(number) => {
                self.layout = number;
                vec![]
            }
            Msg::LayoutChosen(Ok(number)) => {
                self.layout = Some(number);
                ctx.toast(Words::with("help_toast_layout", [&number.to_string()]), false)
            }
            Msg::LayoutChosen(Err(LayoutUnusable::Forged)) => {
                ctx.toast(Words::plain("help_toast_layout_forged"), true)
            }
            Msg::LayoutChosen(Err(LayoutUnusable::Older)) => {
                ctx.toast(Words::plain("help_toast_layout_older"), true)
            }
            Msg::ForgetLayout => {
                self.layout = None;
                let mut effects = ctx.toast(Words::plain("help_toast_layout_forgotten"), false);
                effects.push(Effect::ForgetLayout);
                effects
            }
        }
    }
}
