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
            Ok(Ok(Some(secrets))) => replace(&state, &secrets),
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

fn replace(state: &AppState, secrets: &Secrets) {
    match secrets.credentials() {
        Ok(credentials) => {
            state.auth.replace_credentials(credentials);
            tracing::info!("the stored credentials were replaced: every login is void");
        }
        Err(error) => {
            let error = ErrorChain(&error);
            tracing::error!(%error, "the new credentials cannot be used; the last ones count on");
        }
    }
}

fn unreadable(error: &CredentialsError) {
    let error = ErrorChain(error);
    tracing::error!(%error, "the new credentials cannot be read; the last ones count on");
}
