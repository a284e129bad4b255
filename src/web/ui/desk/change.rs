//! The list item of a change in a preview: the name of the thing, and each part before and after.

use baton_core::app::chip::colour_name;
use baton_core::team::describe::Content;
use web_sys::HtmlElement;

use super::text;
use crate::browser::i18n::{full_time, tr};
use crate::dom::{Build, append, el};

/// A part that would change.
pub(super) struct Part<'a> {
    /// The message that names the part.
    pub(super) name: &'static str,
    /// The present value; `None` for a new thing.
    pub(super) before: Option<&'a Content>,
    /// The new value.
    pub(super) after: &'a Content,
}

/// Creates a list item. `state` and `kind` are names of messages.
pub(super) fn change<'a>(
    state: Option<&'static str>,
    kind: &'static str,
    name: &str,
    parts: impl Iterator<Item = Part<'a>>,
) -> HtmlElement {
    let head = el("div").class("row");
    if let Some(state) = state {
        append(&head, &text("span", state).class("badge").attr("data-state", state));
    }
    append(&head, &text("span", kind).class("muted"));
    append(&head, &el("strong").attr("dir", "auto").text(name));
    let list = el("dl");
    let nothing = Content::Text(String::new());
    for part in parts {
        let value = el("dd");
        if let Some(before) = part.before.filter(|before| **before != nothing && *before != part.after) {
            append(&value, &content("del", before));
            append(&value, &el("span").class("to").attr("aria-hidden", "true").text("→"));
        }
        append(&value, &content("ins", part.after));
        append(&list, &text("dt", part.name));
        append(&list, &value);
    }
    el("li").with(&[&head, &list])
}

/// Draws the value of a part in an element with this tag: `ins` for an added value, `del` for a removed one.
pub(super) fn content(tag: &str, content: &Content) -> HtmlElement {
    match content {
        Content::Text(text) if text.is_empty() => el(tag).class("none").text(&tr("import_empty")),
        Content::Text(text) => el(tag).attr("dir", "auto").text(text),
        Content::Message(name) => text(tag, name),
        Content::Time(at) => el(tag).text(&full_time(*at)),
        Content::Colour(colour) => {
            let dot = el("span").class("dot").attr("data-colour", colour.name());
            el(tag).with(&[&dot, &text("span", colour_name(*colour))])
        }
    }
}
