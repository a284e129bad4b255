//! A small lexer for Rust and JavaScript, just enough to find names of messages.

/// A token. Comments, white space and character literals are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// An identifier, a number, or several of them with `::` or `.` between them.
    Word(String),
    /// A string, without its quotes and with its escapes as they are written.
    Text(String),
    /// Any other character.
    Mark(char),
}

impl Token {
    /// The content of a string.
    pub fn text(&self) -> Option<&str> {
        if let Token::Text(text) = self { Some(text) } else { None }
    }
}

/// Splits code into tokens.
pub fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_alphanumeric() || "_.:".contains(c))).unwrap_or(rest.len());
        let next = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(text) = rest.strip_prefix("r#\"") {
            let length = text.find("\"#").unwrap_or(text.len());
            tokens.push(Token::Text(text[..length].to_owned()));
            length + "r#\"\"#".len()
        } else if first == '"' {
            let end = closing(&rest[1..]) + 1;
            tokens.push(Token::Text(rest[1..end].to_owned()));
            end + 1
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find('\'').map_or(1, |at| at + 2)
        } else if first.is_alphanumeric() || first == '_' {
            tokens.push(Token::Word(rest[..word].trim_end_matches(['.', ':']).to_owned()));
            rest[..word].trim_end_matches(['.', ':']).len()
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = rest.get(next..).unwrap_or_default();
    }
    tokens
}

/// The index of the quote that ends a string.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == '"' && !escaped {
            return at;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// A function call.
pub struct Call<'a> {
    /// The name of the function, with its path.
    pub name: String,
    /// The arguments.
    pub args: Vec<&'a [Token]>,
}

impl Call<'_> {
    /// The strings of an argument, without those of nested calls.
    pub fn texts(&self, at: usize) -> Vec<&str> {
        let mut depth = 0;
        let mut texts = Vec::new();
        for token in self.args.get(at).copied().unwrap_or_default() {
            match token {
                Token::Mark('(' | '[') => depth += 1,
                Token::Mark(')' | ']') => depth -= 1,
                Token::Text(text) if depth == 0 => texts.push(text.as_str()),
                _ => {}
            }
        }
        texts
    }

    /// The string, if the argument is nothing else.
    pub fn only_text(&self, at: usize) -> Option<&str> {
        if let [Token::Text(text)] = self.args[at] { Some(text) } else { None }
    }
}

/// All calls in the code, including nested ones.
pub fn calls(tokens: &[Token]) -> impl Iterator<Item = Call<'_>> {
    tokens.windows(2).enumerate().filter_map(|(at, pair)| match pair {
        [Token::Word(name), Token::Mark('(')] => {
            Some(Call { name: name.clone(), args: arguments(&tokens[at + 2..]) })
        }
        _ => None,
    })
}

/// Splits at the commas until the closing bracket.
fn arguments(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut args, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') if depth > 0 => depth -= 1,
            Token::Mark(',' | ')') if depth == 0 => {
                args.push(&tokens[start..at]);
                start = at + 1;
                if *token == Token::Mark(')') {
                    break;
                }
            }
            _ => {}
        }
    }
    args
}
