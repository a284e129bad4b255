//! The form for the questions of a reply, shown instead of the palette's list before the reply is inserted.

use baton_core::app::Msg;
use baton_core::app::palette::Msg as In;
use baton_core::app::palette::form::Answer;
use baton_core::app::palette::view::{FormView, Question};
use baton_core::id::ReplyId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::show_pieces;
use crate::browser::i18n::{tr, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_state, set_text, set_value};
use crate::ui::widget::{Button, Send, sends, show};

/// The form of a reply.
pub(crate) struct Form {
    pub(crate) node: HtmlElement,
    title: HtmlElement,
    list: HtmlElement,
    /// The rows of the questions. Their nodes are kept while the same reply asks the same questions.
    rows: Rows<(ReplyId, String), Asked>,
    preview: HtmlElement,
    missing: HtmlElement,
    insert: Button,
    _back: Button,
    send: Send,
}

/// The row of a question.
struct Asked {
    node: HtmlElement,
    /// The inputs of the question: one for a text or a part, one for each option of a choice.
    inputs: Vec<HtmlInputElement>,
    _listeners: Vec<Listener>,
}

impl Row for Asked {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Form {
    pub(crate) fn new(send: &Send) -> Form {
        let title = el("h2").attr("dir", "auto");
        let list = el("div").class("questions");
        let preview = el("p").class("reads").attr("dir", "auto");
        set_attr(&preview, "aria-label", Some(&tr("replies_preview")));
        let missing = el("span").class("hint").attr("role", "status");
        let insert =
            Button::text("primary", &tr("palette_form_insert"), sends(send, Msg::Palette(In::SubmitAnyway)));
        let back = Button::text("quiet", &tr("palette_form_back"), sends(send, Msg::Back));
        let row = el("div").class("row").with(&[&missing, &back.node, &insert.node]);
        let node = el("div").class("form-page").attr("role", "form").with(&[&title, &list, &preview, &row]);
        set_attr(&node, "aria-label", Some(&tr("palette_form_label")));
        let rows = Rows::new(&list);
        Form { node, title, list, rows, preview, missing, insert, _back: back, send: send.clone() }
    }

    pub(crate) fn show(&mut self, view: Option<&FormView>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        set_text(&self.title, &view.title);
        let send = &self.send;
        self.rows.show(
            &view.questions,
            |question| (view.reply, key(question)),
            |question| Asked::new(question, send),
            |asked, question| asked.show(question),
        );
        show_pieces(&self.preview, &view.preview);
        set_text(&self.missing, &if view.missing { tr("palette_form_missing") } else { String::new() });
        let name = if view.missing { "palette_form_insert_anyway" } else { "palette_form_insert" };
        self.insert.rename(&tr(name));
        // Leaving a required field blank is possible, but is not what the form suggests.
        set_attr(&self.insert.node, "class", Some(if view.missing { "" } else { "primary" }));
    }

    /// The first required field that is empty, or else the first field. Of radio buttons it is the checked one.
    pub(crate) fn first(&self) -> Option<HtmlElement> {
        let all = || (0..).map_while(|at| self.rows.get(at)).flat_map(|row| row.inputs.iter());
        let empty = all().find(|input| input.get_attribute("aria-invalid").as_deref() == Some("true"));
        let checked = || all().find(|input| input.type_() != "radio" || input.checked());
        let first = empty.or_else(checked)?;
        Some(first.clone().unchecked_into())
    }

    /// Enter in a field inserts the reply, or goes to the first field that is empty.
    pub(crate) fn submit(&self) {
        (self.send)(Msg::Palette(In::Submit));
    }

    /// Whether a node is one of the fields.
    pub(crate) fn has_field(&self, node: &Element) -> bool {
        node.tag_name() == "INPUT" && self.list.contains(Some(node))
    }
}

/// Returns a key that is unique among the questions of a reply.
fn key(question: &Question) -> String {
    match question {
        Question::Text { name, .. } => name.clone(),
        // The options are part of the key, because a colleague may change them while the form is open.
        Question::Choice { index, options, .. } => format!("|{index}\n{}", options.join("\n")),
        Question::Part { index, .. } => format!("?{index}"),
    }
}

impl Asked {
    fn new(question: &Question, send: &Send) -> Asked {
        match question {
            Question::Text { name, .. } => {
                let input = field("text").attr("dir", "auto").attr("autocomplete", "off");
                let label = el("span").text(name).attr("dir", "auto");
                let node = el("label").class("labelled").with(&[&label, &input]);
                let input: HtmlInputElement = input.unchecked_into();
                let typed = {
                    let (send, input, name) = (send.clone(), input.clone(), name.clone());
                    on(&input.clone(), "input", move |_| {
                        send(answer(Answer::Text(name.clone(), input.value())));
                    })
                };
                Asked { node, inputs: vec![input], _listeners: vec![typed] }
            }
            Question::Choice { index, name, options, .. } => {
                let (index, group) = (*index, format!("choice-{index}"));
                let node = el("fieldset").class("choices");
                let legend = name.clone().unwrap_or_else(|| tr("palette_form_choose"));
                append(&node, &el("legend").text(&legend).attr("dir", "auto"));
                let (mut inputs, mut listeners) = (Vec::new(), Vec::new());
                for (at, option) in options.iter().enumerate() {
                    let input: HtmlInputElement = field("radio").attr("name", &group).unchecked_into();
                    // Native radio buttons support the arrow keys.
                    listeners.push({
                        let send = send.clone();
                        on(&input, "change", move |_| send(answer(Answer::Choice(index, at))))
                    });
                    let words = if option.is_empty() { tr("palette_form_nothing") } else { option.clone() };
                    let text = el("span").text(&words).attr("dir", "auto");
                    append(&node, &el("label").with(&[&input, &text]));
                    inputs.push(input);
                }
                Asked { node, inputs, _listeners: listeners }
            }
            Question::Part { index, excerpt, .. } => {
                let index = *index;
                let input: HtmlInputElement = field("checkbox").unchecked_into();
                let change = {
                    let (send, input) = (send.clone(), input.clone());
                    on(&input.clone(), "change", move |_| send(answer(Answer::Part(index, input.checked()))))
                };
                let text = el("span").text(&tr_with("palette_form_part", &[excerpt])).attr("dir", "auto");
                let node = el("label").class("part").with(&[&input, &text]);
                Asked { node, inputs: vec![input], _listeners: vec![change] }
            }
        }
    }

    fn show(&self, question: &Question) {
        match question {
            Question::Text { value, missing, .. } => {
                for input in &self.inputs {
                    set_value(input, value);
                    set_state(input, "aria-invalid", *missing);
                }
            }
            Question::Choice { chosen, .. } => {
                for (at, input) in self.inputs.iter().enumerate() {
                    check(input, at == *chosen);
                }
            }
            Question::Part { on, .. } => self.inputs.iter().for_each(|input| check(input, *on)),
        }
    }
}

fn field(kind: &str) -> HtmlElement {
    el("input").attr("type", kind)
}

fn check(input: &HtmlInputElement, on: bool) {
    if input.checked() != on {
        input.set_checked(on);
    }
}

fn answer(answer: Answer) -> Msg {
    Msg::Palette(In::Answer(answer))
}
