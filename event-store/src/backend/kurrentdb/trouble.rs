//! What the client's errors mean to whoever runs the server.

use eventstore::{Error, GrpcConnectionError};

use crate::backend::trouble::{Kind, Trouble};

const UNREACHABLE: &str = "KurrentDB cannot be reached: check that it is running and that the \
                           connection string names it";

/// Of a question, which has no outcome to be in doubt about.
pub(super) fn explain(error: Error) -> Trouble {
    let (kind, sentence) = match &error {
        Error::AccessDenied => (
            Kind::Refused,
            "KurrentDB turns this user away: check the name and the password in the connection string, \
             and the stream's access list",
        ),
        Error::ResourceDeleted => (
            Kind::Refused,
            "the log's stream was deleted in KurrentDB: name another stream, or restore a backup of it",
        ),
        Error::UnsupportedFeature => (
            Kind::Refused,
            "what answers is not KurrentDB: check the port in the connection string",
        ),
        Error::Grpc { .. } | Error::InternalParsingError(_) | Error::InitializationError(_) => (
            Kind::Refused,
            "KurrentDB does not take what it was sent: its own log says more",
        ),
        Error::NotLeaderException(_) => (
            Kind::Unavailable,
            "KurrentDB is choosing another leader: try again in a moment",
        ),
        _ => return Trouble::new(Kind::Unavailable, UNREACHABLE, NoAnswer::from(error)),
    };
    Trouble::new(kind, sentence, error)
}

/// What kept the answer away, without the client's names for its own states.
#[derive(Debug, thiserror::Error)]
enum NoAnswer {
    #[error("nothing listens there, or one side speaks TLS and the other does not (tls=false)")]
    NoConnection,
    #[error("none of the nodes says who leads")]
    NoLeader,
    #[error("there was no answer in time")]
    TooLate,
    #[error("{0}")]
    Said(String),
}

impl From<Error> for NoAnswer {
    fn from(error: Error) -> Self {
        use GrpcConnectionError::{Grpc, MaxDiscoveryAttemptReached};
        match error {
            Error::GrpcConnectionError(Grpc(_)) => Self::NoConnection,
            Error::GrpcConnectionError(MaxDiscoveryAttemptReached(_)) => Self::NoLeader,
            Error::DeadlineExceeded => Self::TooLate,
            Error::ServerError(status) => Self::Said(message_of(&status).to_owned()),
            error => Self::Said(error.to_string()),
        }
    }
}

/// A status is written down with all that came with it.
fn message_of(status: &str) -> &str {
    let message = status.split_once("message: \"").map(|(_, rest)| rest);
    let message = message.and_then(|rest| rest.split_once("\", details:"));
    message.map_or(status, |(message, _)| message)
}

/// Of an append: where the answer got lost, the events may be stored.
pub(super) fn explain_append(error: Error) -> Trouble {
    let sent = matches!(error, Error::ServerError(_) | Error::DeadlineExceeded);
    let trouble = explain(error);
    if sent {
        return trouble.of_kind(Kind::Lost);
    }
    trouble
}

/// The client gave its connection up for good: it takes a new one.
pub(super) fn is_the_clients_end(error: &Error) -> bool {
    matches!(
        error,
        Error::ConnectionClosed | Error::GrpcConnectionError(_)
    )
}

/// What stands in the stream and cannot be the log's.
#[derive(Debug, thiserror::Error)]
pub(super) enum Foreign {
    #[error("event {revision} of the stream {stream} has no metadata of ours")]
    NotOurs {
        stream: String,
        revision: u64,
        #[source]
        source: serde_json::Error,
    },
    #[error("the stream {stream} goes on with event {found}, not {expected}")]
    Gone {
        stream: String,
        expected: u64,
        found: u64,
    },
    #[error(
        "the mirror's last event is {ours}, and the stream {stream} has another there, or none"
    )]
    AnotherHistory { stream: String, ours: uuid::Uuid },
}

impl From<Foreign> for Trouble {
    fn from(foreign: Foreign) -> Self {
        let sentence = match &foreign {
            Foreign::NotOurs { .. } => {
                "something else wrote into the log's stream in KurrentDB: name a stream that only \
                 Strategos writes to"
            }
            Foreign::Gone { .. } => {
                "events are gone from the log's stream in KurrentDB: it must not be truncated; restore \
                 a backup of it"
            }
            Foreign::AnotherHistory { .. } => {
                "the mirror (mirror=) is one of another log: delete its file, or name another; where \
                 KurrentDB was restored from a backup, the mirror may hold what was lost, so keep it"
            }
        };
        Self::new(Kind::Refused, sentence, foreign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: Error) -> String {
        domain::ErrorChain(&explain(error)).to_string()
    }

    #[test]
    fn what_keeps_an_answer_away_is_said_in_words() {
        let status =
            r#"status: Unknown, message: "client error (Connect)", details: [], metadata: {}"#;
        let refused = GrpcConnectionError::Grpc(status.to_owned());

        assert_eq!(
            told(Error::GrpcConnectionError(refused)),
            format!(
                "{UNREACHABLE}: nothing listens there, or one side speaks TLS and the other does not \
                 (tls=false)"
            )
        );
        assert_eq!(
            told(Error::ServerError(status.to_owned())),
            format!("{UNREACHABLE}: client error (Connect)")
        );
        let whole = told(Error::ServerError("connection reset".to_owned()));
        assert_eq!(whole, format!("{UNREACHABLE}: connection reset"));
    }

    #[test]
    fn only_what_was_sent_is_in_doubt() {
        let nowhere =
            Error::GrpcConnectionError(GrpcConnectionError::MaxDiscoveryAttemptReached(3));

        assert_eq!(explain_append(nowhere).kind, Kind::Unavailable);
        assert_eq!(explain_append(Error::AccessDenied).kind, Kind::Refused);
        assert_eq!(explain_append(Error::DeadlineExceeded).kind, Kind::Lost);
        let broken = Error::ServerError("connection reset".to_owned());
        assert_eq!(explain_append(broken).kind, Kind::Lost);
    }
}
