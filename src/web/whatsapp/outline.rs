//! An outline of the page for a bug report: elements, roles and tab order, without texts and without anything that
//! identifies a person.

use web_sys::Element;

use super::locators::{OURS, TOLD_NAMES, TOLD_VALUES};

/// The greatest depth. A row's badge lies less deep.
const DEPTH: usize = 24;
/// The most lines, so that the report stays small.
const LINES: usize = 1_500;
/// How many similar children of one parent are listed.
const FEW: u32 = 8;

/// The elements below `root`, one a line, indented. Siblings of equal structure are listed once, with their number. Of
/// many siblings that only begin alike, such as the rows of a list, a few are listed.
pub(super) fn outline(root: &Element) -> String {
    let mut lines = built(root, 0);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push("…".to_owned());
    }
    lines.join("\n")
}

fn built(element: &Element, depth: usize) -> Vec<String> {
    let indent = "  ".repeat(depth);
    let mut lines = vec![format!("{indent}{}", shape(element))];
    // The insides of drawings are of no interest.
    if depth >= DEPTH || element.tag_name() == "svg" {
        return lines;
    }
    let children = element.children();
    let is_long = children.length() > FEW;
    let mut told: Vec<Vec<String>> = Vec::new();
    let mut more = 0;
    for child in (0..children.length()).filter_map(|i| children.item(i)) {
        if child.has_attribute(OURS) {
            continue;
        }
        let lines_of_child =
            if is_long && told.len() >= FEW as usize { vec![] } else { built(&child, depth + 1) };
        if lines_of_child.is_empty() || told.last() == Some(&lines_of_child) {
            more += 1;
        } else {
            told.push(lines_of_child);
        }
    }
    lines.extend(told.into_iter().flatten());
    if more > 0 {
        lines.push(format!("{indent}  (and {more} more)"));
    }
    lines
}

/// An element in one line.
fn shape(element: &Element) -> String {
    let mut shape = element.tag_name().to_ascii_lowercase();
    for name in TOLD_VALUES {
        if let Some(value) = element.get_attribute(name) {
            shape.push_str(&format!("[{name}={}]", own_words(&value)));
        }
    }
    for name in TOLD_NAMES.into_iter().filter(|name| element.has_attribute(name)) {
        shape.push_str(&format!("[{name}]"));
    }
    if element.get_attribute("style").is_some_and(|style| style.contains("translate")) {
        shape.push_str("[placed]");
    }
    shape
}

/// The prefix of an attribute value that can only be WhatsApp's own word. Ids of messages and chats have digits and
/// capitals, which end it.
fn own_words(value: &str) -> String {
    // A `tabindex` and the like.
    if value.len() <= 2 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.to_owned();
    }
    let is_own = |c: char| c.is_ascii_lowercase() || "-_. ".contains(c);
    let own = value.find(|c| !is_own(c)).map_or(value, |at| &value[..at]);
    if own.len() < value.len() { format!("{own}…") } else { own.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::own_words;

    #[test]
    fn nothing_of_anybody_gets_into_a_report() {
        for (value, told) in [
            ("cell-frame-title", "cell-frame-title"),
            ("list-item-3", "list-item-…"),
            ("conv-msg-3EB038D329E20BB96E5FED", "conv-msg-…"),
            ("chatlist-message-true_4915112345678@c.us_3EB0", "chatlist-message-true_…"),
            ("10", "10"),
            ("491511", "…"),
            ("Mei Lin", "…"),
            ("مها", "…"),
            ("wa.web.chatlist", "wa.web.chatlist"),
        ] {
            assert_eq!(own_words(value), told, "{value}");
        }
    }
}
