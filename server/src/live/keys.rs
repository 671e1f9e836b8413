//! Reads the keys of an account from where its section says they are. No message shows any of them.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, bail};
use executors::venue::{Credentials, Secret};

use crate::config::{AccountSettings, SecretPlace};

const OTHERS: u32 = 0o077;

pub(crate) fn read_keys(account: &AccountSettings) -> anyhow::Result<Credentials> {
    let variable = |name: &str| std::env::var(name).ok();
    let section = account.exchange.as_str();
    let read = |place: &SecretPlace, what: &str| {
        let text = secret(place, variable);
        text.map(Secret::new)
            .with_context(|| format!("accounts.{section} has no {what}"))
    };
    Ok(Credentials {
        api_key: read(&account.api_key, "API key")?,
        secret: read(&account.secret, "secret")?,
        password: match &account.password {
            Some(place) => Some(read(place, "password")?),
            None => None,
        },
    })
}

fn secret(
    place: &SecretPlace,
    variable: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<String> {
    let text = match place {
        SecretPlace::File(path) => own_file(path)?,
        SecretPlace::Variable(name) => {
            variable(name).with_context(|| format!("the environment has no {name}"))?
        }
    };
    match text.trim() {
        "" => bail!("it is empty"),
        text => Ok(text.to_owned()),
    }
}

/// A file that only the user of this process can read.
fn own_file(path: &Path) -> anyhow::Result<String> {
    let shown = path.display();
    let metadata = fs::metadata(path).with_context(|| format!("{shown} cannot be read"))?;
    if metadata.permissions().mode() & OTHERS != 0 {
        bail!("others may read {shown}: run `chmod 600 {shown}`");
    }
    if metadata.uid() != user()? {
        bail!(
            "{shown} belongs to somebody else: run `chown \"$(id -u)\" {shown}` as the server's user"
        );
    }
    fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))
}

/// The owner of whatever this process makes.
fn user() -> anyhow::Result<u32> {
    let made = tempfile::tempfile().context("no temporary file can be made")?;
    Ok(made.metadata()?.uid())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(mode: u32, text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        file
    }

    fn from(file: &tempfile::NamedTempFile) -> Result<String, String> {
        let place = SecretPlace::File(file.path().to_owned());
        secret(&place, |_| None).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_with_what_to_do() {
        assert_eq!(from(&file(0o600, "the-key\n")).unwrap(), "the-key");
        for mode in [0o640, 0o604, 0o644, 0o610] {
            let refused = file(mode, "the-key");
            let told = from(&refused).unwrap_err();
            let command = format!("chmod 600 {}", refused.path().display());
            assert!(told.contains(&command), "{told}");
            assert!(!told.contains("the-key"), "{told}");
        }
    }

    #[test]
    fn a_key_that_is_not_there_is_missed_by_name() {
        assert!(from(&file(0o600, " \n")).unwrap_err().contains("empty"));
        let nowhere = SecretPlace::File("/nowhere/key".into());
        let told = secret(&nowhere, |_| None).unwrap_err().to_string();
        assert!(told.contains("/nowhere/key"), "{told}");
        let unset = SecretPlace::Variable("BINANCE_KEY".to_owned());
        let told = secret(&unset, |_| None).unwrap_err().to_string();
        assert!(told.contains("BINANCE_KEY"), "{told}");
        let set = secret(&unset, |name| {
            (name == "BINANCE_KEY").then(|| "k".to_owned())
        });
        assert_eq!(set.unwrap(), "k");
    }
}
