//! The person's name, initials and colour.

pub mod view;

use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::replica::{Edit, Key, Value};
use crate::team::member;
use crate::team::tag::Colour;

/// Choices that are not saved yet.
#[derive(Default)]
pub(super) struct State {
    /// The colour that was chosen before there was a name.
    colour: Option<Colour>,
}

/// A message about the person's profile, other than typing.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// The person chose a colour.
    Colour(Colour),
}

impl State {
    pub(super) fn update(&mut self, msg: Msg) {
        let Msg::Colour(colour) = msg;
        self.colour = Some(colour);
    }

    /// Returns edits of the typed and chosen profile. They wait until there is a name, which colleagues need.
    pub(super) fn edits(&mut self, ctx: &Context, typed: &mut Typed) -> Vec<Edit> {
        let is_mine = |field| matches!(field, Field::MyName | Field::MyInitials);
        if self.colour.is_none() && !typed.has(is_mine) {
            return vec![];
        }
        let Some(me) = ctx.me else { return vec![] };
        let name = text(ctx, typed, Field::MyName);
        let name = if name.trim().is_empty() { saved(ctx, Field::MyName) } else { name };
        if name.is_empty() {
            return vec![];
        }
        let initials = text(ctx, typed, Field::MyInitials);
        let mut edits = member::change(ctx.team(), me, &name, &initials, self.colour(ctx));
        edits.retain(|(key, value)| ctx.optimistic.value(key) != *value);
        self.colour = None;
        typed.forget(is_mine);
        edits
    }

    /// Returns the chosen colour, else the saved one.
    fn colour(&self, ctx: &Context) -> Colour {
        let saved = || match ctx.me.map(|me| ctx.optimistic.value(&Key::MemberColour(me))) {
            Some(Value::Number(number)) => Colour::from_number(number),
            _ => member::least_used_colour(ctx.team()),
        };
        self.colour.unwrap_or_else(saved)
    }
}

fn text(ctx: &Context, typed: &Typed, field: Field) -> String {
    typed.or(field, || saved(ctx, field))
}

fn saved(ctx: &Context, field: Field) -> String {
    let key = if field == Field::MyInitials { Key::MemberInitials } else { Key::MemberName };
    ctx.me.map(|me| ctx.text_of(&key(me))).unwrap_or_default()
}
