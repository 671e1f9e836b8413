//! What an exchange says, without what must never be shown: credentials, and what was signed.

use crate::venue::Secret;

/// What an exchange's own words may not hold when they are shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Redaction(Vec<Secret>);

/// No reason needs more; an exchange in trouble answers with a page of HTML.
const LONGEST: usize = 300;

impl Redaction {
    pub(super) fn of(secrets: impl IntoIterator<Item = Secret>) -> Self {
        let told = |secret: &Secret| !secret.expose().is_empty();
        Self(secrets.into_iter().filter(told).collect())
    }

    /// Without credentials, without what follows the path of an address, and not too long.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut text = without_queries(text);
        for secret in &self.0 {
            text = text.replace(secret.expose(), "***");
        }
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

/// Queries are signed, and name the order and the account.
fn without_queries(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, address) = rest.split_at(start);
        shown.push_str(before);
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '<' | '>');
        let end = address.find(ends).unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        let path = address.find(['?', '#']).unwrap_or(address.len());
        shown.push_str(&address[..path]);
        rest = after;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_is_not_repeated() {
        let redaction = Redaction::of([Secret::new("KEY"), Secret::new("")]);
        let text = "error for url (https://x.example/api/v3/order?symbol=A&signature=ab12) key KEY";
        assert_eq!(
            redaction.apply(text),
            "error for url (https://x.example/api/v3/order) key ***"
        );
        let twice = "http://a/b?c=1 and http://d/e#f";
        assert_eq!(redaction.apply(twice), "http://a/b and http://d/e");
    }

    #[test]
    fn a_page_of_html_is_cut_off() {
        let page = "<p>ö".repeat(1000);
        assert_eq!(Redaction::default().apply(&page).chars().count(), 301);
    }
}
