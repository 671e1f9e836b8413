//! Doing it again does nothing more.

use event_store::{Append, AppendError, Appended, Expected, Idempotency, Position, StoreError};
use futures::future::join_all;

use crate::database::Database;
use crate::events::{append, counted, counts, one, stream};

fn key(fingerprint: &str) -> Idempotency {
    Idempotency {
        key: "admin/start/k1".to_owned(),
        fingerprint: fingerprint.to_owned(),
    }
}

fn keyed(id: &str, version: u64, fingerprint: &str) -> Append {
    let mut keyed = append(stream(id), Expected::Version(version), counts(2));
    keyed.idempotency = Some(key(fingerprint));
    keyed
}

pub(crate) async fn a_repeated_key_gets_the_first_answer_and_stores_nothing(db: Database) {
    let log = db.open().await;
    assert_eq!(log.earlier_answer(&key("f")).await.unwrap(), None);
    let first = log.append(keyed("a", 0, "f")).await.unwrap();
    log.append(one("a", 2)).await.unwrap();

    let again = log.append(keyed("a", 0, "f")).await.unwrap();
    let looked_up = log.earlier_answer(&key("f")).await.unwrap();
    let elsewhere = db.open().await.append(keyed("a", 0, "f")).await.unwrap();

    let earlier = Appended {
        repeated: true,
        ..first
    };
    assert!(!first.repeated);
    assert_eq!(
        (again, looked_up, elsewhere),
        (earlier, Some(earlier), earlier)
    );
    assert_eq!(log.head().await.unwrap(), Position(3));
    let recorded = &log.load(&stream("a"), 0, 1).await.unwrap()[0];
    let told = recorded.metadata().unwrap().idempotency_key;
    assert_eq!(told.as_deref(), Some("admin/start/k1"));
}

pub(crate) async fn a_key_used_for_another_request_is_refused(db: Database) {
    let log = db.open().await;
    log.append(keyed("a", 0, "f")).await.unwrap();

    let refused = log.append(keyed("b", 0, "g")).await.unwrap_err();
    let looked_up = log.earlier_answer(&key("g")).await.unwrap_err();

    assert!(matches!(refused, AppendError::KeyReused), "{refused:?}");
    assert!(matches!(looked_up, AppendError::KeyReused), "{looked_up:?}");
    assert_eq!(log.head().await.unwrap(), Position(2));
}

pub(crate) async fn one_key_sent_many_times_at_once_stores_one_event(db: Database) {
    let logs = [db.open().await, db.open().await];

    let sent = (0..60).map(|n| logs[n % 2].append(keyed("a", 0, "f")));
    let answers: Vec<Appended> = join_all(sent)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();

    let first = answers.iter().filter(|appended| !appended.repeated);
    assert_eq!(first.count(), 1);
    let same = |appended: &Appended| (appended.position, appended.version) == (Position(2), 2);
    assert!(answers.iter().all(same), "{answers:?}");
    assert_eq!(logs[0].head().await.unwrap(), Position(2));
}

pub(crate) async fn a_refused_append_does_not_use_up_its_key(db: Database) {
    let log = db.open().await;

    let refused = log.append(keyed("a", 5, "f")).await.unwrap_err();
    let accepted = log.append(keyed("a", 0, "f")).await.unwrap();

    assert!(
        matches!(refused, AppendError::Conflict { .. }),
        "{refused:?}"
    );
    assert!(!accepted.repeated);
}

pub(crate) async fn repeated_event_ids_get_the_first_answer(db: Database) {
    let log = db.open().await;
    let sent = append(stream("a"), Expected::Version(0), counts(2));
    let mut anywhere = append(stream("b"), Expected::Any, counts(2));
    anywhere.idempotency = None;
    let first = log.append(sent.clone()).await.unwrap();
    let second = log.append(anywhere.clone()).await.unwrap();

    let again = log.append(sent).await.unwrap();
    let at_once = join_all((0..9).map(|_| log.append(anywhere.clone()))).await;

    assert_eq!(
        again,
        Appended {
            repeated: true,
            ..first
        }
    );
    for answer in at_once {
        assert_eq!(
            answer.unwrap(),
            Appended {
                repeated: true,
                ..second
            }
        );
    }
    assert_eq!(log.head().await.unwrap(), Position(4));
}

pub(crate) async fn an_event_id_of_another_stream_is_refused(db: Database) {
    let log = db.open().await;
    let event = counted(1);
    let first = append(stream("a"), Expected::Any, vec![event.clone()]);
    log.append(first).await.unwrap();

    let refused = log
        .append(append(stream("b"), Expected::Any, vec![event]))
        .await;

    assert!(
        matches!(refused, Err(AppendError::Store(StoreError::Failed(_)))),
        "{refused:?}"
    );
    assert_eq!(log.head().await.unwrap(), Position(1));
}

pub(crate) async fn half_repeated_event_ids_are_refused(db: Database) {
    let log = db.open().await;
    let event = counted(1);
    let first = append(stream("a"), Expected::Any, vec![event.clone()]);
    log.append(first).await.unwrap();

    for events in [vec![event.clone(), counted(2)], vec![counted(2), event]] {
        let refused = log.append(append(stream("a"), Expected::Any, events)).await;

        assert!(
            matches!(refused, Err(AppendError::Store(StoreError::Failed(_)))),
            "{refused:?}"
        );
    }
    assert_eq!(log.head().await.unwrap(), Position(1));
}
