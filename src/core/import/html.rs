//! Conversion of HTML to plain text.

/// The longest name of a character reference, in bytes.
const NAME: usize = 32;

/// Converts HTML: breaks and paragraphs become lines, list items get a dash, all other tags are removed.
pub(super) fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // Behind the last `>`, a `<` can't be a tag. Searching for its end each time would take quadratic time.
    let last_end = html.rfind('>').map_or(0, |it| it + 1);
    while let Some(at) = rest.find(['<', '&', '\n', '\r']) {
        let (before, sign) = rest.split_at(at);
        text.push_str(before);
        let (read, behind) = match sign.as_bytes().first() {
            Some(b'<') if html.len() - sign.len() < last_end => {
                let (tag, behind) = sign.split_once('>').unwrap_or((sign, ""));
                (tag_text(tag.get(1..).unwrap_or_default(), &text), behind)
            }
            Some(b'<') => ("<".to_owned(), sign.get(1..).unwrap_or_default()),
            Some(b'&') => character(sign),
            // Line breaks of the source are white space.
            _ if text.is_empty() || text.ends_with([' ', '\n']) => {
                (String::new(), sign.get(1..).unwrap_or_default())
            }
            _ => (" ".to_owned(), sign.get(1..).unwrap_or_default()),
        };
        text.push_str(&read);
        rest = behind;
    }
    text.push_str(rest);
    text.trim().to_owned()
}

fn tag_text(tag: &str, before: &str) -> String {
    let is_end = tag.starts_with('/');
    let name =
        tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let starts_line = before.is_empty() || before.ends_with('\n');
    let text = match name.to_ascii_lowercase().as_str() {
        "br" => "\n",
        "li" if !is_end && starts_line => "- ",
        "li" if !is_end => "\n- ",
        "p" | "div" | "ul" | "ol" | "tr" | "blockquote" | "h1" | "h2" | "h3" | "h4" if !starts_line => "\n",
        _ => "",
    };
    text.to_owned()
}

/// Decodes the character reference at the start of a text, and returns it with the rest. Unknown ones stay text.
fn character(text: &str) -> (String, &str) {
    let behind_sign = text.get(1..).unwrap_or_default();
    let as_it_is = ("&".to_owned(), behind_sign);
    let end = behind_sign.bytes().take(NAME).position(|it| it == b';');
    let Some(end) = end else { return as_it_is };
    let name = behind_sign.get(..end).unwrap_or_default();
    let number = name.strip_prefix('#').and_then(|it| match it.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => it.parse().ok(),
    });
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => number.and_then(char::from_u32),
    };
    c.map_or(as_it_is, |it| (it.to_string(), behind_sign.get(end + 1..).unwrap_or_default()))
}
