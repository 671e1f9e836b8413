//! Secrets in memory: never shown by `Debug`, so that no log line can hold one.

use std::fmt;

use api::auth::{AuthError, Credentials};
use argon2::Argon2;
use argon2::password_hash::rand_core::{OsRng, RngCore};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use sha2::{Digest, Sha256};

use super::CredentialsError;

const PASSWORD_BYTES: usize = 24;
const SHORTEST_GOOD: usize = 12;
const SIGNING_KEY_BYTES: usize = 32;

/// A password in the clear, on its way to the person it belongs to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Password(String);

impl Password {
    pub(crate) fn random() -> Self {
        Self(random_hex(PASSWORD_BYTES))
    }

    pub(crate) fn given(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Few enough to be tried one after the other.
    pub(super) fn is_short(&self) -> bool {
        self.0.chars().count() < SHORTEST_GOOD
    }

    /// For the terminal or the password file only.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// Argon2id over the lower-case hex SHA-256, which is what legacy clients send in the
    /// password's place.
    pub(crate) fn hash(&self) -> Result<String, CredentialsError> {
        let sent = self.sent();
        let salt = SaltString::generate(&mut OsRng);
        Argon2::default()
            .hash_password(sent.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(CredentialsError::Hashing)
    }

    /// Whether it is the one that was hashed.
    pub(super) fn opens(&self, hash: &str) -> bool {
        PasswordHash::new(hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(self.sent().as_bytes(), &hash)
                .is_ok()
        })
    }

    fn sent(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// What the server checks logins and signs tokens with.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secrets {
    /// PHC string of Argon2id over the password's hex SHA-256.
    pub(crate) admin_password_hash: String,
    pub(crate) signing_key: String,
}

impl Secrets {
    /// As the API takes them.
    pub(crate) fn credentials(&self) -> Result<Credentials, AuthError> {
        let signing_key = self.signing_key.clone().into_bytes();
        Credentials::try_new(&self.admin_password_hash, vec![signing_key])
    }

    pub(crate) fn random_signing_key() -> String {
        random_hex(SIGNING_KEY_BYTES)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(***)")
    }
}

/// Accepts what [`Password::hash`] makes.
pub(super) fn check_hash(text: &str) -> Result<(), CredentialsError> {
    let parsed = PasswordHash::new(text).map_err(|_| CredentialsError::NotAHash)?;
    if parsed.algorithm == argon2::Algorithm::Argon2id.ident() && parsed.hash.is_some() {
        Ok(())
    } else {
        Err(CredentialsError::NotAHash)
    }
}

fn random_hex(length: usize) -> String {
    let mut bytes = vec![0; length];
    OsRng.fill_bytes(&mut bytes);
    hex::encode(bytes)
}
