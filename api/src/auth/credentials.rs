//! The administrator's password hash and the keys that sign tokens. Neither is ever printed.

use std::fmt;

use argon2::password_hash::{PasswordHash, PasswordHashString};
use argon2::{Argon2, PasswordVerifier};

/// What a login is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// `Argon2id(sha256hex(password))`: the browser sends the inner hash.
    password: PasswordHashString,
    /// The first signs; all are accepted, so that a key can be replaced while tokens are in use.
    pub(super) signing_secrets: Vec<Vec<u8>>,
}

#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    #[error("the stored password hash is not in PHC format")]
    PasswordHash,
    #[error("there is no secret to sign tokens with")]
    NoSigningSecret,
}

impl Credentials {
    /// `password_hash` is a PHC string of Argon2id over the lower-case hex SHA-256 of the password.
    pub fn try_new(password_hash: &str, signing_secrets: Vec<Vec<u8>>) -> Result<Self, AuthError> {
        // The parser's own error could quote the hash
        let password =
            PasswordHashString::new(password_hash).map_err(|_| AuthError::PasswordHash)?;
        if signing_secrets.first().is_none_or(Vec::is_empty) {
            return Err(AuthError::NoSigningSecret);
        }
        Ok(Self {
            password,
            signing_secrets,
        })
    }

    /// As it is stored, for keys that must not outlive it.
    pub(super) fn password_hash(&self) -> &str {
        self.password.as_str()
    }

    /// Takes tens of milliseconds on purpose: never call it on an async thread.
    pub(super) fn password_matches(&self, sent: &str) -> bool {
        let hash: PasswordHash<'_> = self.password.password_hash();
        Argon2::default()
            .verify_password(sent.as_bytes(), &hash)
            .is_ok()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_printed() {
        let hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA";
        let credentials = Credentials::try_new(hash, vec![b"hush".to_vec()]).unwrap();
        let printed = format!("{credentials:?} {credentials:#?}");
        assert!(!printed.contains("argon2id") && !printed.contains("hush"));
    }

    #[test]
    fn unusable_credentials_are_refused() {
        assert!(Credentials::try_new("plain", vec![b"s".to_vec()]).is_err());
        let hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA";
        assert!(Credentials::try_new(hash, vec![]).is_err());
        assert!(Credentials::try_new(hash, vec![vec![]]).is_err());
    }
}
