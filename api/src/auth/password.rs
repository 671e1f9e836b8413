//! One attempt at the administrator's password, counted against its sender's address. Both logins
//! share the counts.

use std::net::IpAddr;

use domain::ErrorChain;
use domain::login::RefuseLogin;
use event_store::{Actor, Metadata, Role, Source};
use metrics::counter;
use uuid::Uuid;

use super::{Refusal, Turn};
use crate::state::App;

/// An attempt that was made.
pub(super) struct Attempt {
    pub(super) outcome: Result<(), WrongPassword>,
    pub(super) turn: Turn,
}

/// Why a password does not log in.
pub(super) enum WrongPassword {
    Absent,
    Wrong,
    /// The check itself failed; the cause is in the log.
    Unchecked,
}

/// `sent` is the password's lower-case hex SHA-256. The error is why no attempt may be made now.
pub(super) async fn attempt(
    app: &App,
    address: Option<IpAddr>,
    sent: Result<String, WrongPassword>,
    source: Source,
) -> Result<Attempt, Refusal> {
    let turn = app.auth.throttle.take_turn(address, app.clock.now());
    let turn = turn.inspect_err(|refusal| note_refusal(address, *refusal))?;
    let outcome = match sent {
        Ok(sent) => check(app, sent).await,
        Err(wrong) => Err(wrong),
    };
    match &outcome {
        Ok(()) => {
            app.auth.throttle.record_success(address);
            count("done");
        }
        Err(WrongPassword::Wrong) => {
            let now = app.clock.now();
            let locked_until = app.auth.throttle.record_failure(address, now);
            count("wrong-password");
            tracing::warn!(client.address = %shown(address), "login failed");
            let refusal = RefuseLogin {
                address,
                refused_at: now,
                locked_until,
            };
            record(app, refusal, source).await;
        }
        Err(WrongPassword::Absent) => count("no-password"),
        Err(WrongPassword::Unchecked) => count("failed"),
    }
    Ok(Attempt { outcome, turn })
}

/// So few come here that nobody can fill the log: the others are not tried.
async fn record(app: &App, refusal: RefuseLogin, source: Source) {
    let metadata = Metadata::new(Actor::new("login", Role::System), source, Uuid::new_v4());
    let stream = refusal.stream_id();
    if let Err(error) = app.logins.execute(&stream, refusal, metadata).await {
        tracing::error!(error = %ErrorChain(&error), "a refused login could not be recorded");
    }
}

fn note_refusal(address: Option<IpAddr>, refusal: Refusal) {
    match refusal {
        Refusal::TooOften { .. } => count("too-often"),
        Refusal::Locked { .. } => count("locked"),
    }
    tracing::warn!(client.address = %shown(address), "a login was not tried: too many before it");
}

fn count(outcome: &'static str) {
    counter!("logins_total", "outcome" => outcome).increment(1);
}

fn shown(address: Option<IpAddr>) -> String {
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}

async fn check(app: &App, sent: String) -> Result<(), WrongPassword> {
    let Ok(_permit) = app.auth.checks.acquire().await else {
        return Err(WrongPassword::Unchecked);
    };
    let credentials = app.auth.credentials();
    let matches = tokio::task::spawn_blocking(move || credentials.password_matches(&sent)).await;
    match matches {
        Ok(true) => Ok(()),
        Ok(false) => Err(WrongPassword::Wrong),
        Err(error) => {
            let error = ErrorChain(&error);
            tracing::error!(%error, "a password could not be checked");
            Err(WrongPassword::Unchecked)
        }
    }
}
