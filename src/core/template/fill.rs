//! Filling of a template: the questions that its form asks, and the text that results.

use super::name::{BuiltIn, first_name, fold, title_as_name};
use super::print::nodes as printed;
use super::{Node, Template};
use crate::map::Map;

/// The most characters of an optional part that are shown beside its switch.
const EXCERPT: usize = 80;

/// The values that are known without asking. They are inserted literally: braces in them are text. Values that take time
/// are callbacks, which are called only if the reply uses them.
pub struct Values<'a> {
    /// The chat's name. If that is a number, nobody's name is known.
    pub name: Option<&'a str>,
    /// The name of the person who writes.
    pub agent: Option<&'a str>,
    /// "Good morning", as it is said at this time of the day.
    pub greeting: &'a dyn Fn() -> String,
    /// The date so many days from today, written for people.
    pub date: &'a dyn Fn(i32) -> String,
    /// The time of the day, written for people.
    pub time: &'a dyn Fn() -> String,
    /// When the customer is promised an answer.
    pub eta: &'a dyn Fn() -> Option<String>,
    /// The text of the clipboard, if it may be read.
    pub clipboard: Option<&'a str>,
    /// The value of a field of the team's, by its name in the letters of [`fold`]. Of several lines, one is chosen.
    pub field: &'a dyn Fn(&str) -> Option<String>,
}

/// The answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    texts: Map<String, String>,
    choices: Map<usize, usize>,
    parts: Map<usize, bool>,
}

impl Answers {
    /// Fills a field, wherever it stands. An empty text leaves it unfilled, unless its default is empty as well.
    pub fn write(&mut self, name: &str, text: &str) {
        self.texts.insert(fold(name), text.to_owned());
    }

    /// The text written into a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(&fold(name)).map(String::as_str)
    }

    /// Takes an option of a choice.
    pub fn choose(&mut self, choice: usize, option: usize) {
        self.choices.insert(choice, option);
    }

    /// Switches an optional part on or off.
    pub fn switch(&mut self, part: usize, on: bool) {
        self.parts.insert(part, on);
    }
}

/// Something that a reply asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// A text. A field is asked once, however often it stands in the reply.
    Text {
        /// The field's name, as written at its first place.
        name: String,
        /// The default, used when nothing is written.
        default: Option<String>,
    },
    /// Which of several texts.
    Choice {
        /// The one to [`Answers::choose`] for.
        index: usize,
        /// The field of the team's whose lines they are, as it is written where it stands first.
        name: Option<String>,
        /// The texts, as they are inserted.
        options: Vec<String>,
        /// Which one is chosen.
        chosen: usize,
    },
    /// Whether a part is inserted.
    Optional {
        /// The one to [`Answers::switch`].
        index: usize,
        /// Whether it is on.
        on: bool,
        /// Its start, as it is written in the reply.
        excerpt: String,
    },
}

/// A reply, ready to be inserted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Where the caret goes, in units of UTF-16. Without a `{cursor}` it goes behind the text.
    pub cursor: Option<usize>,
    /// The fields that stand unfilled in the text, as `{name}`. Each once.
    pub missing: Vec<String>,
}

/// The form's questions, in order of appearance. Fields in a part that is off are not asked, so ask again after each
/// [`Answers::switch`].
pub fn needs(template: &Template, values: &Values, answers: &Answers) -> Vec<Need> {
    let mut asked = Vec::new();
    Filling::new(template, values, answers).ask(&template.nodes, &mut asked);
    firsts(asked)
}

/// The text with everything filled in that is known, answered or has a default.
pub fn fill(template: &Template, values: &Values, answers: &Answers) -> Filled {
    let mut filled = Filled::default();
    let mut missing = Vec::new();
    Filling::new(template, values, answers).write(&template.nodes, &mut filled, &mut missing);
    filled.missing = firsts(missing);
    filled
}

struct Filling<'a> {
    values: &'a Values<'a>,
    answers: &'a Answers,
    /// The first default of each field that has one, by name: it holds wherever the field stands.
    defaults: Vec<(String, &'a str)>,
    /// The fields of the team's that have several lines, in order of appearance. They are asked like choices, and are
    /// counted behind those that stand in the text.
    several: Vec<(String, Vec<String>)>,
    /// How many choices stand in the text.
    choices: usize,
}

impl<'a> Filling<'a> {
    fn new(template: &'a Template, values: &'a Values<'a>, answers: &'a Answers) -> Filling<'a> {
        let mut found = Vec::new();
        collect_defaults(&template.nodes, &mut found);
        let (names, texts): (Vec<String>, Vec<&str>) = found.into_iter().unzip();
        let pair = |at: usize| names.get(at).cloned().zip(texts.get(at).copied());
        let mut defaults: Vec<(String, &str)> = order(&names).into_iter().filter_map(pair).collect();
        defaults.dedup_by(|later, first| later.0 == first.0);
        let (mut names, mut choices) = (Vec::new(), 0);
        collect_names(&template.nodes, &mut names, &mut choices);
        let several = firsts(names).into_iter().filter_map(|name| {
            let options = lines(&(values.field)(&name)?);
            (options.len() > 1).then_some((name, options))
        });
        Filling { values, answers, defaults, several: several.collect(), choices }
    }

    /// The lines of a field of the team's that has several, and which choice they are.
    fn several(&self, folded: &str) -> Option<(usize, &[String])> {
        let at = self.several.iter().position(|(name, _)| name == folded)?;
        let (_, options) = self.several.get(at)?;
        Some((self.choices + at, options))
    }

    fn default(&self, folded: &str) -> Option<&'a str> {
        let at = self.defaults.binary_search_by(|(name, _)| name.as_str().cmp(folded)).ok()?;
        self.defaults.get(at).map(|it| it.1)
    }

    /// The value of a field without asking.
    fn known(&self, folded: &str) -> Option<String> {
        let values = self.values;
        let name = || values.name.and_then(title_as_name);
        let value = match BuiltIn::of(folded) {
            Some(BuiltIn::Name) => name().map(str::to_owned),
            Some(BuiltIn::FirstName) => name().map(|it| first_name(it).to_owned()),
            Some(BuiltIn::Agent) => values.agent.map(str::to_owned),
            Some(BuiltIn::Greeting) => Some((values.greeting)()),
            Some(BuiltIn::Date) => Some((values.date)(0)),
            Some(BuiltIn::Time) => Some((values.time)()),
            Some(BuiltIn::Eta) => (values.eta)(),
            Some(BuiltIn::Clipboard) => values.clipboard.map(str::to_owned),
            Some(BuiltIn::Cursor) => None,
            None => match self.several(folded) {
                Some((index, options)) => options.get(self.chosen(index, options)).cloned(),
                None => (values.field)(folded).and_then(|value| lines(&value).into_iter().next()),
            },
        };
        value.filter(|it| !it.is_empty())
    }

    /// The value of a field: from the answers, the known values, or its default.
    fn value(&self, folded: &str) -> Option<String> {
        match self.answers.texts.get(folded) {
            Some(answer) if answer.is_empty() => {
                self.default(folded).filter(|it| it.is_empty()).map(str::to_owned)
            }
            Some(answer) => Some(answer.clone()),
            None => self.known(folded).or_else(|| self.default(folded).map(str::to_owned)),
        }
    }

    fn chosen(&self, index: usize, options: &[String]) -> usize {
        self.answers.choices.get(&index).copied().filter(|it| *it < options.len()).unwrap_or(0)
    }

    fn is_on(&self, index: usize, nodes: &[Node]) -> bool {
        self.answers.parts.get(&index).copied().unwrap_or_else(|| self.is_ready(nodes))
    }

    /// Whether nothing in here has to be asked. What stands in a part within has a switch of its own.
    fn is_ready(&self, nodes: &[Node]) -> bool {
        nodes.iter().all(|node| match node {
            Node::Field { name, .. } => {
                let folded = fold(name);
                self.default(&folded).is_some() || self.known(&folded).is_some()
            }
            Node::Include { nodes, .. } => self.is_ready(nodes),
            _ => true,
        })
    }

    fn ask(&self, nodes: &[Node], asked: &mut Vec<(String, Need)>) {
        for node in nodes {
            match node {
                Node::Field { name, .. } => {
                    let folded = fold(name);
                    if let Some((index, options)) = self.several(&folded) {
                        let (options, chosen) = (options.to_vec(), self.chosen(index, options));
                        let name = Some(name.clone());
                        asked.push((folded, Need::Choice { index, name, options, chosen }));
                    } else if self.known(&folded).is_none() {
                        let default = self.default(&folded).map(str::to_owned);
                        asked.push((folded, Need::Text { name: name.clone(), default }));
                    }
                }
                Node::Choice { index, options } => {
                    let (index, chosen) = (*index, self.chosen(*index, options));
                    // No field's name has a `|`.
                    let options = options.clone();
                    asked.push((format!("|{index}"), Need::Choice { index, name: None, options, chosen }));
                }
                Node::Part { index, nodes } => {
                    let (index, on) = (*index, self.is_on(*index, nodes));
                    let excerpt = printed(nodes).chars().take(EXCERPT).collect();
                    asked.push((format!("?{index}"), Need::Optional { index, on, excerpt }));
                    if on {
                        self.ask(nodes, asked);
                    }
                }
                Node::Include { nodes, .. } => self.ask(nodes, asked),
                Node::Text(_) | Node::Date(_) | Node::Cursor => {}
            }
        }
    }

    fn write(&self, nodes: &[Node], filled: &mut Filled, missing: &mut Vec<(String, String)>) {
        for node in nodes {
            match node {
                Node::Text(text) => filled.text.push_str(text),
                Node::Field { name, .. } => {
                    let folded = fold(name);
                    if let Some(value) = self.value(&folded) {
                        insert(&value, &mut filled.text);
                    } else {
                        filled.text.extend(["{", name, "}"]);
                        missing.push((folded, name.clone()));
                    }
                }
                Node::Date(days) => insert(&(self.values.date)(*days), &mut filled.text),
                Node::Cursor => {
                    let here = || filled.text.encode_utf16().count();
                    filled.cursor = Some(filled.cursor.unwrap_or_else(here));
                }
                Node::Choice { index, options } => {
                    let option = options.get(self.chosen(*index, options));
                    filled.text.push_str(option.map_or("", String::as_str));
                }
                Node::Part { index, nodes } if self.is_on(*index, nodes) => {
                    self.write(nodes, filled, missing);
                }
                Node::Part { .. } => {}
                Node::Include { nodes, .. } => self.write(nodes, filled, missing),
            }
        }
    }
}

fn collect_defaults<'a>(nodes: &'a [Node], defaults: &mut Vec<(String, &'a str)>) {
    for node in nodes {
        match node {
            Node::Field { name, default: Some(default) } => defaults.push((fold(name), default)),
            Node::Part { nodes, .. } | Node::Include { nodes, .. } => collect_defaults(nodes, defaults),
            _ => {}
        }
    }
}

/// The names of all fields that Baton does not fill in by itself, and how many choices there are.
fn collect_names(nodes: &[Node], names: &mut Vec<(String, String)>, choices: &mut usize) {
    for node in nodes {
        match node {
            Node::Field { name, .. } if BuiltIn::of(name).is_none() => {
                let folded = fold(name);
                names.push((folded.clone(), folded));
            }
            Node::Choice { index, .. } => *choices = (*choices).max(index + 1),
            Node::Part { nodes, .. } | Node::Include { nodes, .. } => collect_names(nodes, names, choices),
            _ => {}
        }
    }
}

/// The lines of a value that say something.
fn lines(value: &str) -> Vec<String> {
    value.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Adds a value without what could not have been typed.
fn insert(value: &str, text: &mut String) {
    text.extend(value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
}

/// The first of each key, in order of appearance.
fn firsts<T>(keyed: Vec<(String, T)>) -> Vec<T> {
    let (keys, values): (Vec<String>, Vec<T>) = keyed.into_iter().unzip();
    let mut are_first = vec![true; keys.len()];
    for pair in order(&keys).windows(2) {
        if let [first, later] = pair
            && keys.get(*first) == keys.get(*later)
            && let Some(is_first) = are_first.get_mut(*later)
        {
            *is_first = false;
        }
    }
    values.into_iter().zip(are_first).filter(|it| it.1).map(|it| it.0).collect()
}

/// The indices of keys in ascending order, stable. A linear search for each key would take quadratic time for a text full
/// of fields. Each type that is sorted adds kilobytes of Wasm, so all sorting is done here.
fn order(keys: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by(|a, b| keys.get(*a).cmp(&keys.get(*b)).then(a.cmp(b)));
    order
}

#[cfg(test)]
mod tests;
