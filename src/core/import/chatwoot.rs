//! Import of Chatwoot's canned responses. <https://developers.chatwoot.com/api-reference/canned-responses/>

use super::build::{Build, asked, built_in};
use super::sink::Sink;
use super::tree::Tree;
use super::{ImportedReply, ReadError, Why};
use crate::template::{BuiltIn, Node};

/// The most bytes of a command that are quoted in a message.
const TOLD_BYTES: usize = 100;

/// The canned responses of an API response: a list, or a list in an envelope.
pub(super) fn entries(file: Tree) -> Result<std::vec::IntoIter<Tree>, ReadError> {
    Ok(file.into_list(&["payload", "data", "canned_responses"])?.into_iter())
}

pub(super) fn read(entry: &Tree, sink: &mut Sink) {
    let code = entry.text_of(&["short_code"]);
    if entry.pairs().is_empty() || code.is_empty() && entry.get("content").is_none() {
        return sink.skip(entry.line, entry.text(), Why::Malformed);
    }
    match body(entry.text_of(&["content"])) {
        Ok(body) => {
            let shortcut = code.to_owned();
            sink.take(ImportedReply { shortcut, body, line: entry.line, ..Default::default() });
        }
        Err(why) => sink.skip(entry.line, code, why),
    }
}

/// The text, with its variables as fields. The syntax is Liquid's; `{{ a || 'b' }}` is Chatwoot's own addition.
/// <https://www.chatwoot.com/docs/user-guide/features/template-variables/>
fn body(content: &str) -> Result<String, Why> {
    let mut build = Build::default();
    let mut rest = content;
    while let Some(at) = rest.find('{') {
        let (before, sign) = rest.split_at(at);
        build.text(before);
        if sign.starts_with("{%") {
            let end = sign.get(..TOLD_BYTES).unwrap_or(sign).find("%}").map_or(2, |it| it + 2);
            return Err(Why::Unsupported(sign.get(..end).unwrap_or_default().to_owned()));
        }
        if let Some((variable, len)) = variable(sign) {
            build.push(field(variable)?);
            rest = sign.get(len..).unwrap_or_default();
        } else {
            build.text("{");
            rest = sign.get(1..).unwrap_or_default();
        }
    }
    build.text(rest);
    Ok(build.finish())
}

/// The content of `{{…}}` at the start of a text, and its length in bytes with the braces.
fn variable(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find(['{', '}'])?;
    let (variable, behind) = inside.split_at_checked(end)?;
    behind.starts_with("}}").then(|| (variable.trim(), end + 4))
}

fn field(variable: &str) -> Result<Node, Why> {
    let unsupported = || Why::Unsupported(["{{", variable, "}}"].concat());
    let (name, default) = match (variable.split_once("||"), variable.split_once('|')) {
        (Some((name, default)), _) => (name, Some(default)),
        (None, Some((name, filter))) => {
            let default = filter.trim().strip_prefix("default").map(str::trim_start);
            (name, Some(default.and_then(|it| it.strip_prefix(':')).ok_or_else(unsupported)?))
        }
        (None, None) => (variable, None),
    };
    let default = default.map(|it| it.trim().trim_matches(['\'', '"']));
    let with_default = |which: BuiltIn| match (built_in(which), default) {
        (Node::Field { name, .. }, Some(default)) => Node::Field { name, default: Some(default.to_owned()) },
        (node, _) => node,
    };
    match name.trim() {
        "contact.name" => Ok(with_default(BuiltIn::Name)),
        "contact.first_name" => Ok(with_default(BuiltIn::FirstName)),
        "agent.name" | "agent.first_name" => Ok(with_default(BuiltIn::Agent)),
        "" => Err(unsupported()),
        other => asked(&other.replace('_', " "), default),
    }
}

#[cfg(test)]
mod tests;
