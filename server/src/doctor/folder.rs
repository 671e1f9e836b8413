//! Whether the data folder is there, private, and holds usable credentials.

use std::path::Path;

use super::checklist::Check;
use crate::config::Settings;
use crate::credentials::{CREDENTIALS_FILE, CredentialStore, PASSWORD_FILE};
use crate::data_folder::{DataFolder, is_private};

pub(super) fn check(settings: &Settings) -> Vec<Check> {
    let path = &settings.data_folder;
    if !path.is_dir() {
        return vec![Check::failed(
            "the data folder is there",
            format!("{} does not exist", path.display()),
            "run `strategos serve` once, or name the right folder with --data-folder",
        )];
    }
    let mut checks = vec![];
    for name in ["", CREDENTIALS_FILE, PASSWORD_FILE] {
        let file = path.join(name);
        if file.exists() {
            checks.push(privacy(&file));
        }
    }
    checks.push(credentials(path));
    checks
}

fn privacy(path: &Path) -> Check {
    let shown = path.display();
    let subject = "only the owner may read it";
    match is_private(path) {
        Ok(private) => Check::that(
            private,
            subject,
            shown.to_string(),
            format!("chmod go-rwx {shown}"),
        ),
        Err(error) => Check::failed(subject, format!("{shown}: {error}"), "check its owner"),
    }
}

fn credentials(folder: &Path) -> Check {
    let subject = "an admin can log in";
    let stored = DataFolder::open(folder)
        .map(|folder| CredentialStore::of(&folder))
        .map(|store| store.load());
    match stored {
        Ok(Ok(Some(_))) => Check::ok(subject, "credentials are stored"),
        Ok(Ok(None)) => Check::failed(
            subject,
            "no credentials are stored yet",
            "run `strategos serve` or `strategos admin reset-password`",
        ),
        Ok(Err(error)) => Check::failed(
            subject,
            error.to_string(),
            "restore the file from a backup, or run `strategos admin reset-password`",
        ),
        Err(error) => Check::failed(subject, error.to_string(), "check the folder's owner"),
    }
}
