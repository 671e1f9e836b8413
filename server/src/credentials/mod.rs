//! The admin password's hash and the key that signs tokens: made at the first start, kept in the
//! data folder for its owner alone, overruled by the environment.

mod follow;
mod secret;
mod store;

pub(crate) use follow::follow_credentials;
pub(crate) use secret::{Password, Secrets};
pub(crate) use store::{CREDENTIALS_FILE, CredentialStore, PASSWORD_FILE};

use std::io;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub(crate) enum CredentialsError {
    #[error("{0} cannot be read or written; check its owner and the space on its disk")]
    File(PathBuf, #[source] io::Error),
    #[error(
        "{0} is not a credentials file; restore it from a backup, or move it away and start again \
         to get a new password"
    )]
    Damaged(PathBuf, #[source] serde_json::Error),
    #[error("{0} is set but empty; give it a value or unset it")]
    Empty(&'static str),
    #[error(
        "ADMIN_PASSWORD_HASH is not an Argon2id hash; give the PHC string ($argon2id$...) of the \
         password's lower-case hex SHA-256"
    )]
    NotAHash,
    #[error("no password could be made or hashed")]
    Hashing(#[source] argon2::password_hash::Error),
}
