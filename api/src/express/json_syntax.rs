//! Why a text is not JSON, in the words of the JavaScript engine the original ran on.

/// The engine's message for a text that is not JSON.
pub(super) fn message_for(text: &str, refusal: &serde_json::Error) -> String {
    match Scanner::new(text).document() {
        Err(problem) => problem,
        // Valid JSON that we refuse all the same: it is nested beyond reason, or no Unicode
        Ok(()) if refusal.to_string().starts_with("recursion limit") => {
            "request body is nested too deeply".to_owned()
        }
        Ok(()) => "request body is not valid Unicode".to_owned(),
    }
}

/// The parser accepted only objects and arrays; the message for anything else.
pub(super) fn refused_as_primitive(text: &str) -> Option<String> {
    let Some((at, first)) = text.char_indices().find(|(_, c)| !is_space(*c)) else {
        return Some(END.to_owned());
    };
    (!matches!(first, '{' | '[')).then(|| unexpected(first, utf16_len(&text[..at])))
}

const END: &str = "Unexpected end of JSON input";

fn unexpected(token: char, position: usize) -> String {
    format!("Unexpected token {token} in JSON at position {position}")
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Walks a text until the first character that can't be there. Keeps its own stack, so that
/// nesting costs a byte a level and never the thread's stack.
struct Scanner<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    /// In UTF-16 units, as the engine counts.
    position: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            chars: text.chars().peekable(),
            position: 0,
        }
    }

    fn document(&mut self) -> Result<(), String> {
        let mut open: Vec<char> = Vec::new();
        let mut expect = Expect::Value;
        loop {
            self.skip_space();
            if expect == Expect::CommaOrEnd && open.is_empty() {
                return if self.chars.peek().is_none() {
                    Ok(())
                } else {
                    self.refuse()
                };
            }
            let next = *self.chars.peek().ok_or(END)?;
            let in_object = open.last() == Some(&'{');
            expect = match (expect, next) {
                (Expect::Value | Expect::ValueOrEnd, '{') => {
                    self.enter(&mut open);
                    Expect::KeyOrEnd
                }
                (Expect::Value | Expect::ValueOrEnd, '[') => {
                    self.enter(&mut open);
                    Expect::ValueOrEnd
                }
                (Expect::ValueOrEnd, ']') | (Expect::KeyOrEnd, '}') => self.leave(&mut open),
                (Expect::CommaOrEnd, '}') if in_object => self.leave(&mut open),
                (Expect::CommaOrEnd, ']') if !in_object => self.leave(&mut open),
                (Expect::Value | Expect::ValueOrEnd, _) => {
                    self.scalar(next)?;
                    Expect::CommaOrEnd
                }
                (Expect::Key | Expect::KeyOrEnd, '"') => {
                    self.string()?;
                    Expect::Colon
                }
                (Expect::Colon, ':') => {
                    self.bump();
                    Expect::Value
                }
                (Expect::CommaOrEnd, ',') => {
                    self.bump();
                    if in_object {
                        Expect::Key
                    } else {
                        Expect::Value
                    }
                }
                _ => return self.refuse(),
            };
        }
    }

    fn enter(&mut self, open: &mut Vec<char>) {
        open.extend(self.bump());
    }

    fn leave(&mut self, open: &mut Vec<char>) -> Expect {
        self.bump();
        open.pop();
        Expect::CommaOrEnd
    }

    fn scalar(&mut self, first: char) -> Result<(), String> {
        match first {
            '"' => self.string(),
            't' => self.literal("true"),
            'f' => self.literal("false"),
            'n' => self.literal("null"),
            '-' | '0'..='9' => self.number(),
            _ => self.refuse(),
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), String> {
        for expected in word.chars() {
            if self.chars.peek() != Some(&expected) {
                return self.refuse();
            }
            self.bump();
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), String> {
        self.bump_if('-');
        if self.bump_if('0') {
            // A digit after a leading zero is a number where none may be
            if self.chars.peek().is_some_and(char::is_ascii_digit) {
                return self.refuse();
            }
        } else {
            self.digits()?;
        }
        if self.bump_if('.') {
            self.digits()?;
        }
        if self.bump_if('e') || self.bump_if('E') {
            let _signed = self.bump_if('+') || self.bump_if('-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), String> {
        if !self.chars.peek().is_some_and(char::is_ascii_digit) {
            return self.refuse();
        }
        while self.chars.peek().is_some_and(char::is_ascii_digit) {
            self.bump();
        }
        Ok(())
    }

    fn string(&mut self) -> Result<(), String> {
        self.bump();
        loop {
            match *self.chars.peek().ok_or(END)? {
                '"' => {
                    self.bump();
                    return Ok(());
                }
                '\\' => self.escape()?,
                control if control < ' ' => return self.refuse(),
                _ => {
                    self.bump();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<(), String> {
        self.bump();
        match self.chars.peek() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => {
                self.bump();
            }
            Some('u') => {
                self.bump();
                for _ in 0..4 {
                    if !self.chars.peek().is_some_and(char::is_ascii_hexdigit) {
                        return self.refuse();
                    }
                    self.bump();
                }
            }
            _ => return self.refuse(),
        }
        Ok(())
    }

    fn skip_space(&mut self) {
        while self.chars.peek().is_some_and(|c| is_space(*c)) {
            self.bump();
        }
    }

    fn bump_if(&mut self, wanted: char) -> bool {
        self.chars.peek() == Some(&wanted) && self.bump().is_some()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.chars.next()?;
        self.position += next.len_utf16();
        Some(next)
    }

    /// The engine names a whole number or string where it would name another character.
    fn refuse<T>(&mut self) -> Result<T, String> {
        Err(match self.chars.peek() {
            None => END.to_owned(),
            Some('0'..='9' | '-') => {
                format!("Unexpected number in JSON at position {}", self.position)
            }
            Some('"') => format!("Unexpected string in JSON at position {}", self.position),
            Some(&token) => unexpected(token, self.position),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let refusal = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        message_for(text, &refusal)
    }

    #[test]
    fn messages_are_those_of_the_engine() {
        for (text, message) in [
            ("{", END),
            (r#"{"a":"#, END),
            (r#"{"a":1"#, END),
            (r#"{"a"#, END),
            (r#"{"a":}"#, "Unexpected token } in JSON at position 5"),
            ("{a:1}", "Unexpected token a in JSON at position 1"),
            ("{'a':1}", "Unexpected token ' in JSON at position 1"),
            (r#"{"a":1,}"#, "Unexpected token } in JSON at position 7"),
            ("[1,]", "Unexpected token ] in JSON at position 3"),
            ("[1 2]", "Unexpected number in JSON at position 3"),
            (r#"{"a" "b"}"#, "Unexpected string in JSON at position 5"),
            ("[01]", "Unexpected number in JSON at position 2"),
            ("[1.]", "Unexpected token ] in JSON at position 3"),
            ("[truth]", "Unexpected token t in JSON at position 4"),
            ("{} x", "Unexpected token x in JSON at position 3"),
            (
                "[\"é\u{1}\"]",
                "Unexpected token \u{1} in JSON at position 3",
            ),
            (r#"["😀",x]"#, "Unexpected token x in JSON at position 6"),
            ("[NaN]", "Unexpected token N in JSON at position 1"),
        ] {
            assert_eq!(told(text), message, "{text}");
        }
    }

    #[test]
    fn only_objects_and_arrays_are_bodies() {
        for (text, message) in [
            ("null", "Unexpected token n in JSON at position 0"),
            ("  \"a\"", "Unexpected token \" in JSON at position 2"),
            ("5", "Unexpected token 5 in JSON at position 0"),
            (" \n", END),
        ] {
            assert_eq!(
                refused_as_primitive(text).as_deref(),
                Some(message),
                "{text}"
            );
        }
        assert_eq!(refused_as_primitive(" {"), None);
    }

    #[test]
    fn a_deep_body_does_not_exhaust_the_stack() {
        assert!(told(&"[".repeat(100_000)).starts_with(END));
    }
}
