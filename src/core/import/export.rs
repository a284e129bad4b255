//! Replies for spreadsheets and for espanso.

use std::collections::HashMap;
use std::fmt::Write;

use super::BroughtReply;
use super::csv::is_formula;
use super::sink::Fixed;
use crate::template::{BuiltIn, Node, fold, parse};

/// The replies as a table, by RFC 4180, with a byte order mark: without it, spreadsheets read Chinese as noise.
///
/// What a spreadsheet would take for a formula gets an apostrophe before it, which [`super::Reader`] takes off again.
/// Reading the table gives the same replies.
pub fn to_csv(replies: &[BroughtReply]) -> String {
    let mut table = String::from("\u{feff}title,shortcut,text,folder,tags\r\n");
    for reply in replies {
        let tags = reply.tags.join("; ");
        let cells = [&reply.title, &reply.shortcut, &reply.body, &reply.folder, &tags];
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                table.push(',');
            }
            write_cell(cell, &mut table);
        }
        table.push_str("\r\n");
    }
    table
}

fn write_cell(cell: &str, table: &mut String) {
    // One that has apostrophes of its own would lose one when it is read.
    let mark = if is_formula(cell.trim_start_matches('\'')) { "'" } else { "" };
    let is_plain = !cell.contains(['"', ',', ';', '\t', '\n', '\r']) && cell.trim() == cell;
    if is_plain {
        table.extend([mark, cell]);
    } else {
        table.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
    }
}

/// The replies as a file of matches of espanso's, as far as espanso can do the same:
///
/// - fields are asked in a form, those that Baton fills in by itself as well: espanso knows no customers;
/// - dates, times, the clipboard, choices and included replies are variables;
/// - `{cursor}` is `$|$`;
/// - an optional part is always there;
/// - `\{\{` and `\}\}` lose their strokes: so espanso writes braces that are text;
/// - a reply without a shortcut gets `:reply-1` and so on; folders and tags are left out.
pub fn to_espanso(replies: &[BroughtReply]) -> String {
    let mut file = String::from("matches:\n");
    let mut unnamed = 0;
    for reply in replies {
        let mut entry = Match::default();
        entry.write(&parse(&reply.body, &|_| Some(String::new())).nodes);
        let trigger = if reply.shortcut.is_empty() {
            unnamed += 1;
            format!(":reply-{unnamed}")
        } else {
            [":", &reply.shortcut].concat()
        };
        file.extend(["  - trigger: ", &quoted(&trigger), "\n    label: ", &quoted(&reply.title)]);
        file.extend(["\n    replace: ", &quoted(&entry.replace), "\n"]);
        if !entry.vars.is_empty() || !entry.layout.is_empty() {
            file.push_str("    vars:\n");
            if !entry.layout.is_empty() {
                file.push_str("      - name: form1\n        type: form\n        params:\n          layout: ");
                file.extend([&quoted(&entry.layout), "\n"]);
                if !entry.fields.is_empty() {
                    file.extend(["          fields:\n", &entry.fields]);
                }
            }
            file.push_str(&entry.vars);
        }
    }
    file
}

/// A match that is being written.
#[derive(Default)]
struct Match {
    replace: String,
    /// Its variables but for the form, as YAML.
    vars: String,
    /// What the form shows.
    layout: String,
    /// The fields of the form that have something to say, as YAML.
    fields: String,
    /// The fields that are in the form, by name.
    asked: HashMap<String, String, Fixed>,
    count: usize,
}

impl Match {
    fn write(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    self.replace.push_str(&text.replace("{{", "\\{\\{").replace("}}", "\\}\\}"));
                }
                Node::Field { name, .. } if BuiltIn::of(name) == Some(BuiltIn::Time) => {
                    self.var("date", "format: \"%H:%M\"");
                }
                Node::Field { name, .. } if BuiltIn::of(name) == Some(BuiltIn::Clipboard) => {
                    self.var("clipboard", "");
                }
                Node::Field { name, default } => self.ask(name, default.as_deref()),
                Node::Date(0) => self.var("date", "format: \"%x\""),
                Node::Date(days) => {
                    let offset = i64::from(*days) * 86_400;
                    self.var("date", &format!("format: \"%x\"\n          offset: {offset}"));
                }
                Node::Cursor => self.replace.push_str("$|$"),
                Node::Choice { options, .. } => {
                    let values = options.iter().map(|it| format!("\n            - {}", quoted(it)));
                    self.var("choice", &format!("values:{}", values.collect::<String>()));
                }
                Node::Part { nodes, .. } => self.write(nodes),
                Node::Include { code, .. } => {
                    self.var("match", &format!("trigger: {}", quoted(&[":", code].concat())));
                }
            }
        }
    }

    /// Adds a variable and names it in the text.
    fn var(&mut self, kind: &str, params: &str) {
        self.count += 1;
        let name = format!("{kind}{}", self.count);
        self.replace.extend(["{{", &name, "}}"]);
        self.vars.extend(["      - name: ", &name, "\n        type: ", kind, "\n"]);
        if !params.is_empty() {
            self.vars.extend(["        params:\n          ", params, "\n"]);
        }
    }

    /// Adds a field of the form and names it in the text.
    fn ask(&mut self, name: &str, default: Option<&str>) {
        let next = self.asked.len() + 1;
        let asked = self.asked.entry(fold(name)).or_insert_with(|| {
            // espanso takes letters, digits and `_`.
            let mut word: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
            if word != name {
                // Two names may have become the same.
                let _ = write!(word, "_{next}");
            }
            let line = if self.layout.is_empty() { "" } else { "\n" };
            self.layout.extend([line, name, ": [[", &word, "]]"]);
            if let Some(default) = default.filter(|it| !it.is_empty()) {
                self.fields.extend(["            ", &word, ":\n              default: "]);
                self.fields.extend([&quoted(default), "\n"]);
            }
            word
        });
        self.replace.extend(["{{form1.", asked, "}}"]);
    }
}

/// A text in YAML's double quotes, in which everything can be written.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // YAML ends lines at these, and some readers refuse the others.
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests;
