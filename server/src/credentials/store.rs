//! The credentials file, what the environment says instead, and the first start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::secret::check_hash;
use super::{CredentialsError, Password, Secrets};
use crate::data_folder::{DataFolder, write_private};

pub(crate) const CREDENTIALS_FILE: &str = "credentials.json";
/// Holds a password that was made here, until somebody deletes it.
pub(crate) const PASSWORD_FILE: &str = "admin-password";

/// The credentials of one data folder.
#[derive(Debug, Clone)]
pub(crate) struct CredentialStore {
    credentials: PathBuf,
    password: PathBuf,
}

/// What to use, and the password to tell if one was made just now.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) secrets: Secrets,
    pub(crate) new_password: Option<Password>,
}

impl CredentialStore {
    pub(crate) fn of(folder: &DataFolder) -> Self {
        Self {
            credentials: folder.file(CREDENTIALS_FILE),
            password: folder.file(PASSWORD_FILE),
        }
    }

    /// Where a password that was made here is written.
    pub(crate) fn password_file(&self) -> &Path {
        &self.password
    }

    /// Makes credentials unless there are some, then lets the environment overrule them for this
    /// process. What is stored never changes here.
    pub(crate) fn prepare(
        &self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Prepared, CredentialsError> {
        let given = GivenSecrets::read(environment)?;
        let (stored, new_password) = match self.load()? {
            Some(stored) => (stored, None),
            None => self.initialise(&given)?,
        };
        Ok(Prepared {
            secrets: given.overrule(stored)?,
            new_password,
        })
    }

    /// What is stored now, overruled by the environment as at the start; `None` where nothing is.
    pub(crate) fn current(
        &self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Secrets>, CredentialsError> {
        let given = GivenSecrets::read(environment)?;
        let stored = self.load()?;
        stored.map(|stored| given.overrule(stored)).transpose()
    }

    /// Where what logins are checked against is kept.
    pub(super) fn credentials_file(&self) -> &Path {
        &self.credentials
    }

    /// Replaces the admin's password by a random one and signs everybody out: with a new key, no
    /// token from before is valid.
    pub(crate) fn reset_password(&self) -> Result<Password, CredentialsError> {
        let password = Password::random();
        self.save_password(&password)?;
        self.save(&Secrets {
            admin_password_hash: password.hash()?,
            signing_key: Secrets::random_signing_key(),
        })?;
        Ok(password)
    }

    pub(crate) fn load(&self) -> Result<Option<Secrets>, CredentialsError> {
        let text = match fs::read_to_string(&self.credentials) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CredentialsError::File(self.credentials.clone(), error)),
        };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| CredentialsError::Damaged(self.credentials.clone(), error))
    }

    fn initialise(
        &self,
        given: &GivenSecrets,
    ) -> Result<(Secrets, Option<Password>), CredentialsError> {
        let signing_key = given.signing_key.clone();
        let signing_key = signing_key.unwrap_or_else(Secrets::random_signing_key);
        let (admin_password_hash, new_password) = if let Some(hash) = given.password_hash()? {
            (hash, None)
        } else {
            let password = Password::random();
            (password.hash()?, Some(password))
        };
        let secrets = Secrets {
            admin_password_hash,
            signing_key,
        };
        // The password first: credentials nobody knows the password of would lock everybody out
        if let Some(password) = &new_password {
            self.save_password(password)?;
        }
        self.save(&secrets)?;
        Ok((secrets, new_password))
    }

    fn save(&self, secrets: &Secrets) -> Result<(), CredentialsError> {
        let damaged = |error| CredentialsError::Damaged(self.credentials.clone(), error);
        let text = serde_json::to_string_pretty(secrets).map_err(damaged)?;
        write_private(&self.credentials, &format!("{text}\n"))
            .map_err(|error| CredentialsError::File(self.credentials.clone(), error))
    }

    fn save_password(&self, password: &Password) -> Result<(), CredentialsError> {
        write_private(&self.password, &format!("{}\n", password.expose()))
            .map_err(|error| CredentialsError::File(self.password.clone(), error))
    }
}

/// Secrets from the environment.
struct GivenSecrets {
    password: Option<Password>,
    password_hash: Option<String>,
    signing_key: Option<String>,
}

impl GivenSecrets {
    fn read(environment: impl Fn(&str) -> Option<String>) -> Result<Self, CredentialsError> {
        let given = |name: &'static str| match environment(name) {
            Some(value) if value.trim().is_empty() => Err(CredentialsError::Empty(name)),
            value => Ok(value),
        };
        let password_hash = given("ADMIN_PASSWORD_HASH")?;
        if let Some(hash) = &password_hash {
            check_hash(hash)?;
        }
        let password = match (given("ADMIN_PASSWORD")?, given("ADMIN_PASSWORD_FILE")?) {
            (Some(password), _) => Some(Password::given(password)),
            (None, Some(file)) => Some(password_in(Path::new(&file))?),
            (None, None) => None,
        };
        if password.as_ref().is_some_and(Password::is_short) {
            tracing::warn!(
                "the admin password that was given is easy to guess: take 12 characters or more"
            );
        }
        Ok(Self {
            password,
            password_hash,
            signing_key: given("JWT_SECRET")?,
        })
    }

    /// The most specific variable wins: a hash over a password.
    fn password_hash(&self) -> Result<Option<String>, CredentialsError> {
        match (&self.password_hash, &self.password) {
            (Some(hash), _) => Ok(Some(hash.clone())),
            (None, Some(password)) => password.hash().map(Some),
            (None, None) => Ok(None),
        }
    }

    fn overrule(self, stored: Secrets) -> Result<Secrets, CredentialsError> {
        // Hashed anew, the same password would end every session at each start
        let same = self.password_hash.is_none()
            && self
                .password
                .as_ref()
                .is_some_and(|given| given.opens(&stored.admin_password_hash));
        let given = if same { None } else { self.password_hash()? };
        Ok(Secrets {
            admin_password_hash: given.unwrap_or(stored.admin_password_hash),
            signing_key: self.signing_key.unwrap_or(stored.signing_key),
        })
    }
}

fn password_in(file: &Path) -> Result<Password, CredentialsError> {
    let text =
        fs::read_to_string(file).map_err(|error| CredentialsError::File(file.to_owned(), error))?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(CredentialsError::Empty("ADMIN_PASSWORD_FILE")),
        password => Ok(Password::given(password)),
    }
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHash, PasswordVerifier};
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::data_folder::is_private;

    fn store() -> (tempfile::TempDir, CredentialStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = CredentialStore::of(&DataFolder::open(folder.path()).unwrap());
        (folder, store)
    }

    fn opens(secrets: &Secrets, password: &str) -> bool {
        let sent = format!("{:x}", Sha256::digest(password.as_bytes()));
        let hash = PasswordHash::new(&secrets.admin_password_hash).unwrap();
        argon2::Argon2::default()
            .verify_password(sent.as_bytes(), &hash)
            .is_ok()
    }

    #[test]
    fn the_first_start_makes_a_password_and_the_second_does_not() {
        let (_folder, store) = store();
        let first = store.prepare(|_| None).unwrap();
        let password = first.new_password.unwrap();
        assert_eq!(password.expose().len(), 48);
        assert!(opens(&first.secrets, password.expose()));
        assert!(is_private(&store.credentials).unwrap());
        assert!(is_private(&store.password).unwrap());
        let stored = fs::read_to_string(&store.credentials).unwrap();
        assert!(!stored.contains(password.expose()));
        let second = store.prepare(|_| None).unwrap();
        assert_eq!(second.new_password, None);
        assert_eq!(second.secrets, first.secrets);
    }

    #[test]
    fn the_environment_overrules_without_changing_what_is_stored() {
        let (_folder, store) = store();
        let stored = store.prepare(|_| None).unwrap().secrets;
        let environment = |name: &str| match name {
            "ADMIN_PASSWORD" => Some("from the environment".to_owned()),
            "JWT_SECRET" => Some("an old key".to_owned()),
            _ => None,
        };
        let prepared = store.prepare(environment).unwrap();
        assert!(opens(&prepared.secrets, "from the environment"));
        assert_eq!(prepared.secrets.signing_key, "an old key");
        assert_eq!(store.load().unwrap(), Some(stored));
    }

    #[test]
    fn a_given_password_is_initialised_without_a_password_file() {
        let (folder, store) = store();
        let file = folder.path().join("given");
        fs::write(&file, "from a file\n").unwrap();
        let environment =
            |name: &str| (name == "ADMIN_PASSWORD_FILE").then(|| file.display().to_string());
        let prepared = store.prepare(environment).unwrap();
        assert_eq!(prepared.new_password, None);
        assert!(!store.password.exists());
        assert!(opens(&store.load().unwrap().unwrap(), "from a file"));
    }

    #[test]
    fn the_same_password_given_again_is_not_hashed_again() {
        let (_folder, store) = store();
        let given = |name: &str| (name == "ADMIN_PASSWORD").then(|| "given".to_owned());
        let first = store.prepare(given).unwrap().secrets;
        assert_eq!(store.prepare(given).unwrap().secrets, first);
    }

    #[test]
    fn a_reset_changes_password_and_key() {
        let (_folder, store) = store();
        let before = store.prepare(|_| None).unwrap().secrets;
        let password = store.reset_password().unwrap();
        let after = store.load().unwrap().unwrap();
        assert!(opens(&after, password.expose()));
        assert_ne!(after.signing_key, before.signing_key);
    }

    #[test]
    fn values_nobody_could_log_in_with_are_refused() {
        let (_folder, store) = store();
        for (name, value) in [
            ("ADMIN_PASSWORD", ""),
            ("ADMIN_PASSWORD_HASH", "hunter2"),
            ("ADMIN_PASSWORD_FILE", "/nowhere"),
            ("JWT_SECRET", " "),
        ] {
            let refused = store.prepare(|asked| (asked == name).then(|| value.to_owned()));
            let refused = refused.unwrap_err().to_string();
            assert!(!refused.contains("hunter2"), "{refused}");
        }
        assert_eq!(store.load().unwrap(), None);
    }

    #[test]
    fn a_damaged_file_is_never_replaced() {
        let (_folder, store) = store();
        fs::write(&store.credentials, "{\"admin").unwrap();
        assert!(store.prepare(|_| None).is_err());
        assert_eq!(fs::read_to_string(&store.credentials).unwrap(), "{\"admin");
    }
}
