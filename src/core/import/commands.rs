//! Converts Text Blaze's commands to Baton's fields. <https://blaze.today/commands/>

use super::build::{Build, asked, built_in, choice};
use super::dates;
use super::sink::{Sink, bare};
use super::{ImportedReply, Why};
use crate::template::{BuiltIn, Node, parse};

/// The most bytes of a command.
const COMMAND_BYTES: usize = 4_000;
/// The most unsupported commands that are reported for one reply.
const TOLD: usize = 10;

/// Whether a text has commands that only Text Blaze has.
pub(super) fn are_in(text: &str) -> bool {
    let commands =
        ["{formtext", "{formmenu", "{formparagraph", "{formtoggle", "{formdate", "{time:", "{import:"];
    commands.iter().any(|it| text.contains(it))
}

/// Imports a snippet. Unsupported commands stay in it as text and are reported.
pub(super) fn take(reply: ImportedReply, text: &str, sink: &mut Sink) {
    let mut build = Build::default();
    let mut unknown: Vec<String> = Vec::new();
    let mut fields = 0;
    let mut toggles = ends(text);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, sign) = rest.split_at(at);
        build.text(before);
        let Some((command, behind)) = command(sign) else {
            build.text("{");
            rest = sign.get(1..).unwrap_or_default();
            continue;
        };
        if !apply(command, &mut build, &mut fields, &mut toggles) {
            let len = sign.len() - behind.len();
            let written = sign.get(..len).unwrap_or_default();
            build.text(written);
            if unknown.len() < TOLD && !unknown.iter().any(|it| it == written) {
                unknown.push(written.to_owned());
            }
        }
        rest = behind;
    }
    build.text(rest);
    let (line, name) = (reply.line, if reply.title.is_empty() { &reply.shortcut } else { &reply.title });
    let name = name.clone();
    let body = build.finish().trim_end_matches('\n').to_owned();
    if sink.take(ImportedReply { body, ..reply }) {
        for what in unknown {
            sink.lose(line, &name, Why::Unsupported(what));
        }
    }
}

/// The number of `endformtoggle` commands. A toggle without an end stays text.
fn ends(text: &str) -> usize {
    text.matches("{endformtoggle").count()
}

/// Splits off the command in braces at the start of a text, if there is one, and returns it with the rest. Commands may be
/// nested in the settings of others.
fn command(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('{')?;
    if !inside.starts_with(|c: char| c.is_ascii_lowercase() || c == '=') {
        return None;
    }
    let mut depth = 0;
    for (at, byte) in inside.bytes().enumerate().take(COMMAND_BYTES) {
        match byte {
            // Real commands are not nested deeper. The limit keeps the search short for many open braces.
            b'{' if depth == 8 => return None,
            b'{' => depth += 1,
            b'}' if depth == 0 => return inside.get(..at).zip(inside.get(at + 1..)),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The settings of a command: the named ones, and the others in order.
struct Settings<'a> {
    named: Vec<(&'a str, &'a str)>,
    others: Vec<&'a str>,
}

impl<'a> Settings<'a> {
    fn of(text: &'a str) -> Settings<'a> {
        let mut settings = Settings { named: Vec::new(), others: Vec::new() };
        for setting in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
            match setting.split_once('=') {
                Some((name, value)) if name.trim().bytes().all(|it| it.is_ascii_lowercase()) => {
                    settings.named.push((name.trim(), value.trim().trim_matches('"')));
                }
                _ => settings.others.push(setting.trim_matches('"')),
            }
        }
        settings
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.named.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    /// Whether there are no named settings besides these.
    fn are_only(&self, names: &[&str]) -> bool {
        // The layout of a field has no effect on the text.
        let drawn = ["cols", "rows", "width", "height", "label", "placeholder"];
        self.named.iter().all(|it| names.contains(&it.0) || drawn.contains(&it.0))
    }
}

/// Converts a command. Returns `false` if Baton has nothing like it.
fn apply(command: &str, build: &mut Build, fields: &mut usize, toggles: &mut usize) -> bool {
    let (name, settings) = command.split_once(':').unwrap_or((command, ""));
    if settings.contains(['{', '}']) {
        return false;
    }
    let settings = Settings::of(settings);
    match name.trim() {
        "formtext" | "formparagraph" | "formdate" if settings.are_only(&["name", "default", "type"]) => {
            *fields += 1;
            let unnamed = if *fields == 1 { "field".to_owned() } else { format!("field {fields}") };
            let name = settings.get("name").unwrap_or(&unnamed);
            asked(name, settings.get("default")).map(|it| build.push(it)).is_ok()
        }
        "formmenu" if settings.are_only(&["name", "default"]) => {
            let default = settings.get("default");
            // The default is an option of its own, unless the others include it.
            let missing = default.filter(|it| !settings.others.contains(it));
            let options = missing.into_iter().chain(settings.others.iter().copied());
            choice(options, default.unwrap_or_default()).map(|it| build.push(it)).is_some()
        }
        "formtoggle" if settings.are_only(&["name", "default"]) && *toggles > build.open_parts() => {
            build.begin_part()
        }
        "endformtoggle" => {
            *toggles = toggles.saturating_sub(1);
            build.end_part()
        }
        "time" if settings.are_only(&["shift"]) => {
            let days = settings.get("shift").map_or(Some(0), days);
            let nodes = days.zip(settings.others.first()).and_then(|(days, it)| dates::letters(it, days));
            nodes.map(|it| build.extend(&it)).is_some()
        }
        "cursor" => {
            build.push(Node::Cursor);
            true
        }
        "clipboard" => {
            build.push(built_in(BuiltIn::Clipboard));
            true
        }
        "enter" => {
            build.text("\n");
            true
        }
        "import" => {
            let code = bare(settings.others.first().copied().unwrap_or_default());
            let include = parse(&["{;;", &code, "}"].concat(), &|_| Some(String::new()));
            match include.nodes.as_slice() {
                [node @ Node::Include { .. }] => {
                    build.push(node.clone());
                    true
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// Parses a shift of whole days or weeks, such as `+1D` or `-2W`. Months vary in length and hours are too fine for a date,
/// so both are unsupported.
fn days(shift: &str) -> Option<i32> {
    let (number, each) = match shift.strip_suffix(['D', 'd']) {
        Some(number) => (number, 1),
        None => (shift.strip_suffix(['W', 'w'])?, 7),
    };
    let number: i32 = number.trim().trim_start_matches('+').parse().ok()?;
    number.checked_mul(each).filter(|it| it.unsigned_abs() <= 9_999)
}

#[cfg(test)]
mod tests;
