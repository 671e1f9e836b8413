//! A password that was reset while the server runs counts from then on.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use api::AppState;
use domain::ErrorChain;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::{CredentialStore, CredentialsError, Secrets};

const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A file that is replaced gets another number; one that is edited another time.
type Seen = Option<(u64, i64, i64)>;

/// Until `stop`. A file that cannot be read changes nothing: what counted before counts on.
pub(crate) async fn follow_credentials(
    store: CredentialStore,
    mut counting: Secrets,
    state: AppState,
    stop: CancellationToken,
) {
    let mut seen = look(&store);
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let found = look(&store);
        if found == seen {
            continue;
        }
        seen = found;
        let reading = store.clone();
        // Comparing a password takes tens of milliseconds
        let read = spawn_blocking(move || reading.current(|name| std::env::var(name).ok())).await;
        match read {
            Ok(Ok(Some(secrets))) => {
                replace(&state, &counting, &secrets);
                counting = secrets;
            }
            Ok(Ok(None)) => tracing::warn!("the credentials file is gone; the last ones count on"),
            Ok(Err(error)) => unreadable(&error),
            Err(error) => tracing::error!(%error, "the credentials could not be read"),
        }
    }
}

fn look(store: &CredentialStore) -> Seen {
    let found = fs::metadata(store.credentials_file()).ok()?;
    Some((found.ino(), found.mtime(), found.mtime_nsec()))
}

fn replace(state: &AppState, before: &Secrets, secrets: &Secrets) {
    match secrets.credentials() {
        Ok(credentials) => {
            state.auth.replace_credentials(credentials);
            let effect = effect(before, secrets);
            tracing::info!("the stored credentials were replaced: {effect}");
        }
        Err(error) => {
            let error = ErrorChain(&error);
            tracing::error!(%error, "the new credentials cannot be used; the last ones count on");
        }
    }
}

/// What the environment says counts on, whatever is stored.
fn effect(before: &Secrets, now: &Secrets) -> &'static str {
    let password_stays = before.admin_password_hash == now.admin_password_hash;
    let key_stays = before.signing_key == now.signing_key;
    match (password_stays, key_stays) {
        (false, false) => "every login is void",
        (false, true) => {
            "sessions are void; tokens are signed with JWT_SECRET and stay valid until they expire"
        }
        (true, false) => "every login is void; the password is still the one of the environment",
        (true, true) => "nothing changes, the environment overrules them",
    }
}

fn unreadable(error: &CredentialsError) {
    let error = ErrorChain(error);
    tracing::error!(%error, "the new credentials cannot be read; the last ones count on");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(hash: &str, key: &str) -> Secrets {
        Secrets {
            admin_password_hash: hash.to_owned(),
            signing_key: key.to_owned(),
        }
    }

    #[test]
    fn no_token_is_said_to_be_void_that_is_valid() {
        let before = secrets("a hash", "JWT_SECRET's");
        let reset = effect(&before, &secrets("another", "another"));
        assert_eq!(reset, "every login is void");
        let overruled = effect(&before, &secrets("another", "JWT_SECRET's"));
        assert!(overruled.contains("stay valid"), "{overruled}");
    }
}
