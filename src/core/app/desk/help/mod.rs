//! The desk's help: the choice of keys, and the layout update.

use crate::app::context::Context;
use crate::app::desk::effect::Effect;
use crate::app::keys::{Action, Chord, Keys};
use crate::words::Words;

/// The state of the help.
#[derive(Default)]
pub(super) struct State {
    /// The number of the layout update in use; `None` if only the built-in locators are used.
    pub(super) layout: Option<u32>,
}

/// A message about the help.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Give an action this chord, in this browser.
    ChooseKey(Action, Chord),
    /// Open the palette by typing this sign twice, in this browser.
    ChooseSign(char),
    /// Use the keys that Baton comes with.
    ResetKeys,
    /// The layout update in use, if there is one.
    Layout(Option<u32>),
    /// A layout update was chosen. It is in use from now on unless it was refused.
    LayoutChosen(Result<u32, LayoutUnusable>),
    /// Remove the layout update and use the built-in locators.
    ForgetLayout,
}

/// Why a layout update was refused. The previous one stays in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutUnusable {
    /// It was not signed by Baton's maintainers, or was changed after signing.
    Forged,
    /// An update with a higher number is in use.
    Older,
}

fn choose(ctx: &mut Context, keys: Keys) -> Vec<Effect> {
    ctx.keys = keys;
    vec![Effect::RememberKeys(keys.write())]
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::ChooseKey(action, chord) => {
                let Some((keys, swapped)) = ctx.keys.with(action, chord) else { return vec![] };
                let mut effects = choose(ctx, keys);
                if let Some(other) = swapped {
                    effects.extend(ctx.toast(Words::with("help_toast_swapped", [&keys.label(other)]), false));
                }
                effects
            }
            Msg::ChooseSign(sign) => {
                let mut keys = ctx.keys;
                keys.sign = sign;
                choose(ctx, keys)
            }
            Msg::ResetKeys => {
                let keys = Keys::usual(ctx.keys.mac);
                choose(ctx, keys)
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
