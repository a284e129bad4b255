//! A JSON parser that records line numbers. The browser's own parser does not tell them.

use super::ReadError;
use super::tree::{DEPTH, Tree, What};

/// Reads one value. <https://www.rfc-editor.org/rfc/rfc8259>
pub(super) fn read(text: &str) -> Result<Tree, ReadError> {
    let mut json = Json { text, at: 0, line: 1 };
    let tree = json.value(0)?;
    json.space();
    if json.at == text.len() { Ok(tree) } else { json.malformed() }
}

struct Json<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Json<'_> {
    fn malformed<T>(&self) -> Result<T, ReadError> {
        Err(ReadError::Malformed { line: self.line })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) = self.peek() {
            self.line += usize::from(byte == b'\n');
            self.at += 1;
        }
    }

    /// Consumes this byte if it comes next, after white space.
    fn is_next(&mut self, byte: u8) -> bool {
        self.space();
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn need(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.is_next(byte) { Ok(()) } else { self.malformed() }
    }

    fn value(&mut self, depth: usize) -> Result<Tree, ReadError> {
        if depth > DEPTH {
            return Err(ReadError::TooDeep);
        }
        self.space();
        let line = self.line;
        let what = match self.peek() {
            Some(b'"') => What::Text(self.string()?),
            Some(b'[') => What::List(self.list(depth)?),
            Some(b'{') => What::Map(self.map(depth)?),
            _ => self.word()?,
        };
        Ok(Tree { line, what })
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Tree>, ReadError> {
        self.need(b'[')?;
        let mut list = Vec::new();
        if self.is_next(b']') {
            return Ok(list);
        }
        loop {
            list.push(self.value(depth + 1)?);
            if self.is_next(b']') {
                return Ok(list);
            }
            self.need(b',')?;
        }
    }

    fn map(&mut self, depth: usize) -> Result<Vec<(String, Tree)>, ReadError> {
        self.need(b'{')?;
        let mut pairs = Vec::new();
        if self.is_next(b'}') {
            return Ok(pairs);
        }
        loop {
            self.space();
            let key = self.string()?;
            self.need(b':')?;
            pairs.push((key, self.value(depth + 1)?));
            if self.is_next(b'}') {
                return Ok(pairs);
            }
            self.need(b',')?;
        }
    }

    /// A number, a boolean or `null`.
    fn word(&mut self) -> Result<What, ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let len = rest.bytes().position(|it| !is_part(it)).unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or_default();
        // Numbers are kept as text and only roughly checked: nobody computes with them, and a number parser brings
        // large tables.
        let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        let is_number =
            word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && word.bytes().all(is_digit);
        self.at += len;
        match word {
            "null" => Ok(What::Nothing),
            "true" | "false" => Ok(What::Text(word.to_owned())),
            _ if is_number => Ok(What::Text(word.to_owned())),
            _ => self.malformed(),
        }
    }

    fn string(&mut self) -> Result<String, ReadError> {
        if self.peek() != Some(b'"') {
            return self.malformed();
        }
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let is_special = |byte: u8| matches!(byte, b'"' | b'\\') || byte < b' ';
            let Some(len) = rest.bytes().position(is_special) else { return self.malformed() };
            string.push_str(rest.get(..len).unwrap_or_default());
            self.at += len + 1;
            match rest.as_bytes().get(len) {
                Some(b'"') => return Ok(string),
                Some(b'\\') => string.push(self.escape()?),
                _ => return self.malformed(),
            }
        }
    }

    /// The character of the escape after a `\`.
    fn escape(&mut self) -> Result<char, ReadError> {
        let byte = self.peek();
        self.at += usize::from(byte.is_some());
        Ok(match byte {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => {
                let unit = self.unit()?;
                // A high surrogate, whose low surrogate should follow.
                let is_half = (0xd800..0xdc00).contains(&unit)
                    && self.text.get(self.at..).is_some_and(|it| it.starts_with("\\u"));
                let mut units = vec![unit];
                let before = self.at;
                if is_half {
                    self.at += 2;
                    units.push(self.unit()?);
                }
                let mut chars = char::decode_utf16(units);
                match chars.next() {
                    Some(Ok(c)) => c,
                    _ => {
                        // A lone surrogate. The following escape is read again on its own.
                        self.at = before;
                        char::REPLACEMENT_CHARACTER
                    }
                }
            }
            _ => return self.malformed(),
        })
    }

    fn unit(&mut self) -> Result<u16, ReadError> {
        let digits =
            self.text.get(self.at..self.at + 4).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        self.at += 4;
        digits.and_then(|it| u16::from_str_radix(it, 16).ok()).map_or_else(|| self.malformed(), Ok)
    }
}

#[cfg(test)]
mod tests;
