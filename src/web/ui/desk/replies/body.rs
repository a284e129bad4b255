//! The text of the open reply, the buttons that insert fields, and the errors in the text.

use core::ops::Range;

use baton_core::app::desk::replies::view::OpenReply;
use baton_core::app::desk::{Field, Msg};
use baton_core::template::BuiltIn;
use baton_core::words::Words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::browser::i18n::{localise, tr};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, append, el, set_attr, set_text};
use crate::ui::desk::Send;
use crate::ui::desk::field::{Input, labelled, select};
use crate::ui::icons::{Icon, icon};
use crate::ui::palette::cut_off;
use crate::ui::widget::{Button, show};

/// The built-in fields, and the messages that explain them.
const BUILT_IN: [(BuiltIn, &str); 9] = [
    (BuiltIn::Name, "replies_field_name"),
    (BuiltIn::FirstName, "replies_field_first_name"),
    (BuiltIn::Agent, "replies_field_agent"),
    (BuiltIn::Greeting, "replies_field_greeting"),
    (BuiltIn::Date, "replies_field_date"),
    (BuiltIn::Time, "replies_field_time"),
    (BuiltIn::Eta, "replies_field_eta"),
    (BuiltIn::Clipboard, "replies_field_clipboard"),
    (BuiltIn::Cursor, "replies_field_cursor"),
];

/// The kinds of fields that are asked for: the message that names the kind, and the message with an example.
const ASKED: [(&str, &str); 3] = [
    ("replies_ask_field", "replies_ask_field_text"),
    ("replies_ask_choice", "replies_ask_choice_text"),
    ("replies_ask_part", "replies_ask_part_text"),
];

/// The text field, the buttons and the errors.
pub(super) struct Body {
    pub(super) node: HtmlElement,
    area: Input,
    fields: Rows<String, Insert>,
    cut: HtmlElement,
    problems: HtmlElement,
    /// The errors that are shown. Their buttons are recreated only when these change, so that no button disappears
    /// while the person clicks it.
    shown: Vec<(Words, Range<usize>)>,
    buttons: Vec<Button>,
    sources: HtmlElement,
    send: Send,
    _insert: Vec<Button>,
}

/// The button that inserts one of the team's fields.
struct Insert(Button);

impl Row for Insert {
    fn node(&self) -> &HtmlElement {
        &self.0.node
    }
}

impl Body {
    pub(super) fn new(send: &Send) -> Body {
        let area = Input::new("textarea", Field::Body, 1, send);
        // The browser would cut pasted text silently. The model cuts it and shows a warning.
        set_attr(&area.node, "maxlength", None);
        set_attr(&area.node, "rows", Some("7"));
        let mut insert: Vec<Button> = BUILT_IN
            .into_iter()
            .map(|(field, name)| button(&["{", field.name(), "}"].concat(), &tr(name), false, &area, send))
            .collect();
        let known = el("div").class("row inserts").with(&nodes(&insert));
        let asked: Vec<Button> =
            ASKED.into_iter().map(|(name, text)| button(&tr(text), &tr(name), true, &area, send)).collect();
        let line = el("div").class("row inserts").with(&nodes(&asked));
        insert.extend(asked);
        let teams = el("div").class("row inserts");
        let cut = el("p").class("clash").attr("role", "status");
        let problems = el("ul").class("problems");
        let told = el("div").attr("role", "status").with(&[&problems]);
        show(&problems, false);
        let sources = el("ul").class("sources");
        let tools = el("div").class("insert-tools").attr("role", "group");
        let tools = tools.attr("aria-label", &tr("replies_insert")).with(&[&known, &teams, &line]);
        let node = el("div").class("text").with(&[
            &labelled("replies_body", &area.node, None),
            &cut,
            &told,
            &tools,
            &sources,
        ]);
        Body {
            node,
            area,
            fields: Rows::new(&teams),
            cut,
            problems,
            shown: Vec::new(),
            buttons: Vec::new(),
            sources,
            send: send.clone(),
            _insert: insert,
        }
    }

    pub(super) fn show(&mut self, view: &OpenReply) {
        self.area.show(&view.body);
        set_text(&self.cut, &view.cut.then(cut_off).unwrap_or_default());
        show(&self.cut, view.cut);
        let (area, send) = (&self.area, &self.send);
        let what = tr("replies_field_team");
        let make = |name: &String| Insert(button(&["{", name, "}"].concat(), &what, false, area, send));
        self.fields.show(&view.fields, Clone::clone, make, |_, _| {});
        let sources: Vec<String> = view.sources.iter().map(localise).collect();
        show(&self.sources, !sources.is_empty());
        if self.sources.text_content().as_deref() != Some(&sources.concat()) {
            self.sources.set_text_content(None);
            for source in sources {
                append(&self.sources, &el("li").class("muted").text(&source));
            }
        }
        if self.shown != view.problems {
            self.shown.clone_from(&view.problems);
            self.problems.set_text_content(None);
            show(&self.problems, !view.problems.is_empty());
            self.buttons = view.problems.iter().map(|problem| self.problem(problem)).collect();
        }
    }

    /// Adds a line with an error. Pressing it selects the error's place.
    fn problem(&self, (words, place): &(Words, Range<usize>)) -> Button {
        let (area, place) = (self.area.node.clone(), place.clone());
        let label = el("span").text(&localise(words));
        let button = Button::of("problem", &[&label], move || select(&area, place.clone()));
        // The label is a child already, so inserting before it can't fail.
        let _ = button.node.insert_before(&icon(Icon::Alert, 16), Some(&label));
        append(&self.problems, &el("li").with(&[&button.node]));
        button
    }
}

fn nodes(buttons: &[Button]) -> Vec<&HtmlElement> {
    buttons.iter().map(|button| &button.node).collect()
}

/// A button that inserts text at the caret. If `asked`, the content of the braces is an example to overwrite.
fn button(text: &str, name: &str, asked: bool, area: &Input, send: &Send) -> Button {
    let (node, send, written) = (area.node.clone(), send.clone(), text.to_owned());
    let button = Button::text("insert", text, move || insert(&node, &written, asked, &send));
    set_attr(&button.node, "aria-label", Some(&[text, " ", name].concat()));
    set_attr(&button.node, "title", Some(name));
    button
}

/// Inserts a field at the caret. If the text is an example, the selected text replaces it.
fn insert(area: &HtmlElement, text: &str, asked: bool, send: &Send) {
    let Some(area) = area.dyn_ref::<HtmlTextAreaElement>() else { return };
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let at = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or(units.len() as u32);
    let (start, end) = (at(area.selection_start()), at(area.selection_end()));
    let selected = units.get(start as usize..end as usize).map(String::from_utf16_lossy).unwrap_or_default();
    let open = if text.starts_with("{? ") { "{? " } else { "{" };
    let text = if asked && !selected.is_empty() { [open, &selected, "}"].concat() } else { text.to_owned() };
    if area.set_range_text_with_start_and_end_and_mode(&text, start, end, "end").is_err() {
        return;
    }
    send(Msg::Type(Field::Body, area.value()));
    let _ = area.focus();
    if asked {
        let length = text.encode_utf16().count() as u32;
        let _ = area.set_selection_range(start + open.len() as u32, start + length - 1);
    }
}
