//! `strategos admin`: the administrator's credentials.

use crate::credentials::{CredentialStore, CredentialsError, Password};
use crate::data_folder::DataFolder;
use crate::terminal::{is_watched, say};

/// Variables that overrule what is stored.
const OVERRULING: [&str; 4] = [
    "ADMIN_PASSWORD",
    "ADMIN_PASSWORD_FILE",
    "ADMIN_PASSWORD_HASH",
    "JWT_SECRET",
];

/// Replaces the password and the signing key.
pub(crate) fn reset_password(folder: &DataFolder) -> Result<(), CredentialsError> {
    let store = CredentialStore::of(folder);
    let password = store.reset_password()?;
    say(
        "The admin password and the key that signs tokens were replaced. A running server goes by \
         them now: its sessions and tokens are void.",
    );
    // What a server's environment says is not known here
    say(
        "Except where a server has JWT_SECRET set: its tokens stay valid until they expire. Give it \
         another one and restart it to end them.",
    );
    tell(&store, &password);
    for name in OVERRULING {
        if std::env::var_os(name).is_some() {
            say(format!(
                "Mind that {name} is set here: where it is set, it counts instead."
            ));
        }
    }
    Ok(())
}

/// Shows a new password to a person; anybody else is told where it is.
pub(crate) fn tell(store: &CredentialStore, password: &Password) {
    if is_watched() {
        say(format!("Admin password: {}", password.expose()));
    }
    say(format!(
        "The admin password is in {}; delete that file once you have kept it elsewhere.",
        store.password_file().display()
    ));
}
