//! Following a log that one appends to oneself.

use chrono::TimeDelta;
use event_store::{EventLog, Expected, FeedFilter, Idempotency, Position, StreamName};
use futures::future::join_all;

use crate::database::{Database, noon};
use crate::events::{append, counts, one, stream};
use crate::waking::reaches;

/// Whether both say the same of the log, from wherever it is followed.
async fn assert_same_feed(ours: &dyn EventLog, theirs: &dyn EventLog, head: u64) {
    let filters = [
        vec![],
        vec!["counter"],
        vec!["gauge"],
        vec!["gauge", "none"],
    ];
    for types in filters {
        let filter = FeedFilter::only(&types);
        for after in (0..=head).step_by(3) {
            for limit in [1, 4, 1_000] {
                let ours = ours.feed(Position(after), limit, &filter).await.unwrap();
                let theirs = theirs.feed(Position(after), limit, &filter).await.unwrap();
                assert_eq!(ours, theirs, "after {after}, {limit} of {types:?}");
            }
        }
    }
}

pub(crate) async fn who_appends_follows_what_the_database_has(db: Database) {
    let ours = db.open().await;
    let later = db.open_at(noon() + TimeDelta::hours(1)).await;
    let reader = db.open().await;
    let mut known_to_us = ours.wake_ups();
    let mut known_to_reader = reader.wake_ups();
    for round in 0..6_u64 {
        let at_once = (0..5_u64).map(|number| {
            let name = format!("{round}-{number}");
            let stream = match number % 2 {
                0 => stream(&name),
                _ => StreamName::new("gauge", name),
            };
            let mut append = append(stream, Expected::Version(0), counts(1 + number % 3));
            append.idempotency = (number == 3).then(|| Idempotency {
                key: format!("key-{round}"),
                fingerprint: "the same".to_owned(),
            });
            ours.append(append)
        });
        for appended in join_all(at_once).await {
            appended.unwrap();
        }
        assert!(ours.append(one("0-0", 7)).await.is_err());
        let any = append(stream("any"), Expected::Any, counts(2));
        ours.append(any.clone()).await.unwrap();
        assert!(ours.append(any).await.unwrap().repeated);
        if round % 3 == 1 {
            later.append(one("theirs", round / 3)).await.unwrap();
        }
        ours.append(one("last", round)).await.unwrap();

        let head = ours.head().await.unwrap();
        reaches(&mut known_to_us, head.0).await;
        reaches(&mut known_to_reader, head.0).await;
        assert_same_feed(ours.as_ref(), reader.as_ref(), head.0).await;
    }
}
