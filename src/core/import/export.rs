//! Export of replies for spreadsheets and espanso.

use std::collections::HashMap;
use std::fmt::Write;

use super::ImportedReply;
use super::csv::is_formula;
use super::sink::Fixed;
use crate::template::{BuiltIn, Node, fold, parse};

/// Writes replies as CSV (RFC 4180) with a byte order mark, without which spreadsheets garble Chinese.
///
/// A cell that a spreadsheet would evaluate as a formula gets an apostrophe before it, which [`super::Reader`] removes.
/// Reading the table gives the same replies.
pub fn to_csv(replies: &[ImportedReply]) -> String {
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
    // A formula behind apostrophes of its own gets one more, because the reader removes one.
    let mark = if is_formula(cell.trim_start_matches('\'')) { "'" } else { "" };
    let is_plain = !cell.contains(['"', ',', ';', '\t', '\n', '\r']) && cell.trim() == cell;
    if is_plain {
        table.extend([mark, cell]);
    } else {
        table.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
    }
}

/// Writes replies as an espanso match file, as far as espanso has the same features:
///
/// - fields are asked for in a form, the built-in ones as well, because espanso knows no customer;
/// - dates, times, the clipboard, choices and included replies are variables;
/// - `{cursor}` is `$|$`;
/// - optional parts are always included;
/// - double braces in text become `\{\{` and `\}\}`, as espanso escapes them;
/// - a reply without a shortcut gets `:reply-1` and so on; folders and tags are left out.
pub fn to_espanso(replies: &[ImportedReply]) -> String {
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
    /// The variables except the form, as YAML.
    vars: String,
    /// The layout of the form.
    layout: String,
    /// The fields of the form that have defaults, as YAML.
    fields: String,
    /// espanso's name of each field of the form, by folded name.
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

    /// Adds a variable, and a reference to it to the text.
    fn var(&mut self, kind: &str, params: &str) {
        self.count += 1;
        let name = format!("{kind}{}", self.count);
        self.replace.extend(["{{", &name, "}}"]);
        self.vars.extend(["      - name: ", &name, "\n        type: ", kind, "\n"]);
        if !params.is_empty() {
            self.vars.extend(["        params:\n          ", params, "\n"]);
        }
    }

    /// Adds a field to the form, and a reference to it to the text.
    fn ask(&mut self, name: &str, default: Option<&str>) {
        let next = self.asked.len() + 1;
        let asked = self.asked.entry(fold(name)).or_insert_with(|| {
            // espanso's names consist of letters, digits and `_`.
            let mut word: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
            if word != name {
                // A number keeps names apart that have become the same.
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

/// A double-quoted YAML scalar, which can represent any text.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // YAML takes some of these for line breaks, and some parsers reject the others.
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
