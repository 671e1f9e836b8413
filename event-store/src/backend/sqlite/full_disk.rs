//! A disk without room, as a file that may not grow.

use std::sync::Arc;

use chrono::DateTime;
use domain::ErrorChain;
use domain::clock::FixedClock;
use tokio::sync::watch;
use uuid::Uuid;

use super::{connect, write};
use crate::backend::appender::Appender;
use crate::error::{AppendError, StoreError};
use crate::log::{Append, Expected, NewEvent};
use crate::metadata::{Actor, Metadata, Role, Source};
use crate::recorded::{Position, StreamName};

fn append(payload: String) -> Append {
    let actor = Actor::new("tester", Role::System);
    Append {
        stream: StreamName::new("counter", "a"),
        expected: Expected::Any,
        events: vec![NewEvent {
            event_id: Uuid::new_v4(),
            event_type: "Counted".to_owned(),
            event_version: "1.0".to_owned(),
            payload,
        }],
        metadata: Metadata::new(actor, Source::CommandLine, Uuid::nil()),
        unchanged: vec![],
        idempotency: None,
    }
}

#[tokio::test]
async fn is_said_in_words_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
    connect::migrate(&url).await.unwrap();
    let small = connect::options(&url)
        .unwrap()
        .pragma("max_page_count", "40");
    let clock = Arc::new(FixedClock(DateTime::UNIX_EPOCH));
    let writer = write::Writer::connect(small, clock).await.unwrap();
    let appender = Appender::start(writer, watch::Sender::new(Position(0)));
    let large = || append(format!("\"{}\"", "x".repeat(1 << 20)));

    // At once, so that they share a transaction
    let (refused, accepted) = tokio::join!(
        appender.append(large()),
        appender.append(append("{}".to_owned()))
    );
    let again = appender.append(large()).await.unwrap_err();

    let refused = refused.unwrap_err();
    assert!(
        matches!(refused, AppendError::Store(StoreError::Failed(_))),
        "{refused:?}"
    );
    let told = ErrorChain(&again).to_string();
    assert!(told.contains("the disk is full: free some space"), "{told}");
    assert_eq!(accepted.unwrap().position, Position(1));
    let next = appender.append(append("{}".to_owned())).await.unwrap();
    assert_eq!(next.version, 2);
}
