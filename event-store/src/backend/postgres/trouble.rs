//! What PostgreSQL's failures mean, in the words of somebody who can do something about them.

use crate::backend::trouble::{Kind, Trouble};

pub(super) fn explain(error: sqlx::Error) -> Trouble {
    let (kind, sentence) = match &error {
        sqlx::Error::Database(database) => by_code(database.code().as_deref().unwrap_or("")),
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
            (Kind::Lost, "the connection to PostgreSQL broke")
        }
        sqlx::Error::PoolTimedOut => (
            Kind::Unavailable,
            "no connection to PostgreSQL became free in time",
        ),
        sqlx::Error::PoolClosed => (Kind::Unavailable, "the event store is closed"),
        sqlx::Error::Tls(_) => (
            Kind::Unavailable,
            "no secure connection to PostgreSQL could be made",
        ),
        sqlx::Error::Configuration(_) => (Kind::Refused, "the database's URL cannot be understood"),
        _ => (Kind::Refused, "PostgreSQL did not do what was asked"),
    };
    Trouble::new(kind, sentence, error)
}

/// Without a connection there was nothing whose outcome could be in doubt.
pub(super) fn explain_connecting(error: sqlx::Error) -> Trouble {
    if let sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut = error {
        let sentence =
            "PostgreSQL does not answer: is it running, and are host and port of the URL right";
        return Trouble::new(Kind::Unavailable, sentence, error);
    }
    let trouble = explain(error);
    match trouble.kind {
        Kind::Lost => trouble.of_kind(Kind::Unavailable),
        Kind::Unavailable | Kind::Refused => trouble,
    }
}

fn by_code(code: &str) -> (Kind, &'static str) {
    match code {
        "57P03" => (
            Kind::Unavailable,
            "PostgreSQL is starting up or shutting down",
        ),
        "53300" => (Kind::Unavailable, "PostgreSQL has no connections left"),
        "40001" | "40P01" | "55P03" | "57014" => (
            Kind::Unavailable,
            "PostgreSQL could not get a lock in time: another transaction holds it",
        ),
        "25006" => (
            Kind::Unavailable,
            "this PostgreSQL server takes no writes: it is a standby, or set to read-only",
        ),
        "53100" => (
            Kind::Refused,
            "the disk of PostgreSQL is full: free some space, nothing was half-written",
        ),
        "3D000" => (
            Kind::Refused,
            "the database does not exist: create it first",
        ),
        "42501" => (
            Kind::Refused,
            "this PostgreSQL user lacks a right the event store needs",
        ),
        "42P01" | "42883" => (
            Kind::Refused,
            "the event store's tables are missing: migrate the database",
        ),
        code if code.starts_with("28") => (
            Kind::Refused,
            "PostgreSQL does not let this user in: check name and password",
        ),
        code if code.starts_with("08") || code.starts_with("57P") => {
            (Kind::Lost, "PostgreSQL ended the connection")
        }
        code if code.starts_with("XX") || code.starts_with("58") => (
            Kind::Refused,
            "PostgreSQL found its own files damaged or unreadable",
        ),
        _ => (Kind::Refused, "PostgreSQL did not do what was asked"),
    }
}
