//! From nodes to text.

use super::{Node, Template};

/// The text of a template. Reading it gives the same template, but for problems: what was no field and had to be
/// text has its `{` doubled. That goes for what could not be included, too.
pub fn print(template: &Template) -> String {
    nodes(&template.nodes)
}

/// The text of nodes that stand outside of any part.
pub(super) fn nodes(nodes: &[Node]) -> String {
    let mut text = String::new();
    write(nodes, false, &mut text);
    text
}

fn write(nodes: &[Node], in_part: bool, text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(it) if in_part => escape(it, &['\\', '}'], text),
            Node::Text(it) => escape(it, &[], text),
            Node::Field { name, default: None } => text.extend(["{", name, "}"]),
            Node::Field { name, default: Some(default) } => {
                text.extend(["{", name, "="]);
                write_option(default, text);
                text.push('}');
            }
            Node::Date(0) => text.push_str("{date}"),
            Node::Date(days) => text.push_str(&format!("{{date{days:+}}}")),
            Node::Cursor => text.push_str("{cursor}"),
            Node::Choice { options, .. } => {
                for (i, option) in options.iter().enumerate() {
                    text.push(if i == 0 { '{' } else { '|' });
                    write_option(option, text);
                }
                text.push('}');
            }
            Node::Part { nodes, .. } => {
                text.push_str("{?");
                write(nodes, true, text);
                text.push('}');
            }
            Node::Include { code, .. } => text.extend(["{;;", code, "}"]),
        }
    }
}

fn write_option(option: &str, text: &mut String) {
    for c in option.chars() {
        if matches!(c, '|' | '{' | '}' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
}

/// Writes text, its `{` doubled and the others behind a `\`.
fn escape(it: &str, others: &[char], text: &mut String) {
    for c in it.chars() {
        if c == '{' {
            text.push('{');
        } else if others.contains(&c) {
            text.push('\\');
        }
        text.push(c);
    }
}
