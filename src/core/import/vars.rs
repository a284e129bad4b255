//! Converts espanso's variables to Baton's fields. <https://espanso.org/docs/matches/extensions/>

use std::collections::HashMap;

use super::build::{Build, asked, built_in, choice};
use super::sink::{Fixed, bare};
use super::tree::{Tree, What};
use super::{Why, dates};
use crate::template::{BuiltIn, Node, parse};

/// How deep variables may be nested.
const DEPTH: usize = 8;
/// The seconds of a day.
const DAY: i64 = 86_400;
/// The most bytes that are processed for one match. Variables that refer to others twice would grow exponentially.
const BYTES: usize = 1 << 20;
/// The most bytes of a variable's name.
const NAME_BYTES: usize = 200;

/// Variables by name.
pub(super) type Vars<'a> = HashMap<&'a str, &'a Tree, Fixed>;

/// The variables of a file by name.
pub(super) type Global = HashMap<String, Tree, Fixed>;

/// The variables of a list.
pub(super) fn vars(list: Option<&Tree>) -> Vars<'_> {
    let mut vars = Vars::default();
    for var in list.map(Tree::list).unwrap_or_default() {
        vars.entry(var.text_of(&["name"])).or_insert(var);
    }
    vars
}

/// Converts the text of a match.
pub(super) struct Filler<'a> {
    /// The match's own variables, which take precedence over `global`.
    pub own: Vars<'a>,
    pub global: &'a Global,
    /// The fields of the form, if the text is a form.
    pub fields: Option<Vars<'a>>,
    /// How many bytes were processed.
    pub looked: usize,
}

/// The fields of a form by name.
pub(super) fn form_fields(fields: Option<&Tree>) -> Vars<'_> {
    let mut by_name = Vars::default();
    for (name, field) in fields.map(Tree::pairs).unwrap_or_default() {
        by_name.entry(name).or_insert(field);
    }
    by_name
}

impl<'a> Filler<'a> {
    /// Adds a text in espanso's grammar: `{{variable}}`, `{{form.field}}`, `$|$`, and in a form `[[field]]`.
    pub(super) fn fill(&mut self, text: &str, build: &mut Build, depth: usize) -> Result<(), Why> {
        if depth > DEPTH {
            return Err(Why::Unsupported("{{…}}".to_owned()));
        }
        self.look(text.len())?;
        let mut rest = text;
        while let Some(at) = rest.find(['{', '[', '$', '\\']) {
            let (before, sign) = rest.split_at(at);
            build.text(before);
            if let Some(behind) = sign.strip_prefix("$|$") {
                build.push(Node::Cursor);
                rest = behind;
            } else if let Some((brace, behind)) = escaped(sign) {
                build.text(brace);
                rest = behind;
            } else if let Some((name, behind)) = variable(sign) {
                self.variable(name, build, depth)?;
                rest = behind;
            } else if let Some((name, behind)) = self.field_of_form(sign) {
                let spec = self.fields.as_ref().and_then(|it| it.get(name).copied());
                build.push(field(name, spec)?);
                rest = behind;
            } else {
                let len = sign.chars().next().map_or(0, char::len_utf8);
                let (sign, behind) = sign.split_at(len);
                build.text(sign);
                rest = behind;
            }
        }
        build.text(rest);
        Ok(())
    }

    fn look(&mut self, bytes: usize) -> Result<(), Why> {
        self.looked += bytes;
        if self.looked > BYTES { Err(Why::TooLong) } else { Ok(()) }
    }

    fn field_of_form<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.fields.as_ref()?;
        between(text, "[[", "]]")
    }

    fn variable(&mut self, name: &str, build: &mut Build, depth: usize) -> Result<(), Why> {
        let (name, field_name) = name.split_once('.').map_or((name, None), |it| (it.0, Some(it.1)));
        let unknown = || Why::UnknownVariable(name.to_owned());
        let var = self.own.get(name).copied().or_else(|| self.global.get(name)).ok_or_else(unknown)?;
        self.look(size(var))?;
        let kind = var.text_of(&["type"]);
        let param = |name: &str| var.get("params").and_then(|it| it.get(name));
        let text = |name: &str| param(name).map_or("", Tree::text);
        let unsupported = |what: &str| Why::Unsupported(what.to_owned());
        match kind {
            "date" => build.extend(&date(text("format"), text("offset"), text("tz"))?),
            "clipboard" => build.push(built_in(BuiltIn::Clipboard)),
            "echo" => self.fill(text("echo"), build, depth + 1)?,
            "choice" => build.push(options(param("values")).ok_or_else(|| unsupported("choice"))?),
            "random" => build.push(options(param("choices")).ok_or_else(|| unsupported("random"))?),
            "form" => {
                let fields = param("fields").map(Tree::pairs).unwrap_or_default();
                let Some(name) = field_name else { return Err(unsupported("form")) };
                build.push(field(name, fields.iter().find(|it| it.0 == name).map(|it| &it.1))?);
            }
            "match" => {
                let text = ["{;;", &bare(text("trigger")), "}"].concat();
                match parse(&text, &|_| Some(String::new())).nodes.as_slice() {
                    [node @ Node::Include { .. }] => build.push(node.clone()),
                    _ => return Err(unsupported("match")),
                }
            }
            "" => return Err(unknown()),
            other => return Err(unsupported(other)),
        }
        Ok(())
    }
}

/// Splits off the content of the brackets at the start of a text, and returns it with the rest. The search for the closing
/// bracket is bounded, because names are short.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let inside = text.strip_prefix(open)?;
    let end =
        inside.as_bytes().windows(close.len()).take(NAME_BYTES).position(|it| it == close.as_bytes())?;
    Some((inside.get(..end)?.trim(), inside.get(end + close.len()..)?))
}

/// The cost of processing a tree, in bytes and values.
fn size(tree: &Tree) -> usize {
    let inside = match &tree.what {
        What::Nothing => 0,
        What::Text(text) => text.len(),
        What::List(list) => list.iter().map(size).sum(),
        What::Map(pairs) => pairs.iter().map(|it| size(&it.1)).sum(),
    };
    inside + 1
}

/// The escaped braces at the start of a text, and the rest.
fn escaped(text: &str) -> Option<(&'static str, &str)> {
    let open = text.strip_prefix("\\{\\{").map(|it| ("{{", it));
    open.or_else(|| text.strip_prefix("\\}\\}").map(|it| ("}}", it)))
}

/// The name in `{{name}}` or `{{form.field}}` at the start of a text, and the rest.
fn variable(text: &str) -> Option<(&str, &str)> {
    let (name, behind) = between(text, "{{", "}}")?;
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let words = name.split('.').count();
    (words <= 2 && name.split('.').all(is_word)).then_some((name, behind))
}

fn date(format: &str, offset: &str, zone: &str) -> Result<Vec<Node>, Why> {
    if !zone.is_empty() {
        return Err(Why::Unsupported(["tz ", zone].concat()));
    }
    let seconds: Option<i64> = if offset.is_empty() { Some(0) } else { offset.parse().ok() };
    let days = seconds.filter(|it| it % DAY == 0).and_then(|it| i32::try_from(it / DAY).ok());
    let Some(days) = days.filter(|it| it.unsigned_abs() <= 9_999) else {
        return Err(Why::Unsupported(["offset ", offset].concat()));
    };
    dates::percent(format, days)
        .filter(|it| !it.is_empty())
        .ok_or_else(|| Why::Unsupported(format.to_owned()))
}

/// A field of a form.
fn field(name: &str, spec: Option<&Tree>) -> Result<Node, Why> {
    let Some(spec) = spec else { return asked(name, None) };
    let default = spec.text_of(&["default"]);
    if matches!(spec.text_of(&["type"]), "choice" | "list") {
        let values = texts(spec.get("values")).and_then(|it| choice(it, default));
        return values.ok_or_else(|| Why::Unsupported(["[[", name, "]]"].concat()));
    }
    asked(name, Some(default))
}

fn options(values: Option<&Tree>) -> Option<Node> {
    choice(texts(values)?, "")
}

/// The texts of a choice: from a list of texts or of `{label, id}`, or from the lines of a text. `None` if they depend on
/// other variables.
fn texts<'a>(values: Option<&'a Tree>) -> Option<Vec<&'a str>> {
    let texts: Vec<&str> = match values.map(|it| &it.what)? {
        What::List(list) => {
            let value = |it: &'_ Tree| !matches!(it.what, What::List(_) | What::Nothing);
            if !list.iter().all(value) {
                return None;
            }
            let text = |it: &'a Tree| match it.text() {
                "" => it.text_of(&["id", "label"]),
                text => text,
            };
            list.iter().map(text).collect()
        }
        What::Text(text) => text.lines().map(str::trim).filter(|it| !it.is_empty()).collect(),
        What::Map(_) | What::Nothing => return None,
    };
    texts.iter().all(|it| !it.contains("{{")).then_some(texts)
}
