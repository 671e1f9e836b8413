//! What proves to an exchange who is trading. Never shown.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    pub api_key: Secret,
    pub secret: Secret,
    /// okx calls it the passphrase; the others have none.
    pub password: Option<Secret>,
}

/// A credential. Shown as stars.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// For the exchange only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "***");
    }
}
