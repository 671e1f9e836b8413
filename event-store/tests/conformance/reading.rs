//! Loading streams, following the feed.

use chrono::{DateTime, TimeDelta};
use event_store::{
    Append, EventLog, Expected, FeedFilter, Position, StreamName, Upcaster, Upcasters, position_at,
    version_of,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::database::Database;
use crate::events::{append, counts, one, stream};

pub(crate) async fn a_stream_is_read_in_pages(db: Database) {
    let log = db.open().await;
    log.append(append(stream("a"), Expected::Any, counts(5)))
        .await
        .unwrap();
    log.append(append(stream("b"), Expected::Any, counts(1)))
        .await
        .unwrap();
    log.append(append(stream("a"), Expected::Any, counts(2)))
        .await
        .unwrap();

    let versions = async |after, limit| {
        let page = log.load(&stream("a"), after, limit).await.unwrap();
        page.iter()
            .map(|recorded| recorded.version)
            .collect::<Vec<_>>()
    };

    assert_eq!(versions(0, 3).await, [1, 2, 3]);
    assert_eq!(versions(3, 3).await, [4, 5, 6]);
    assert_eq!(versions(6, 3).await, [7]);
    assert!(versions(7, 3).await.is_empty());
    assert_eq!(versions(0, usize::MAX).await.len(), 7);
}

pub(crate) async fn a_stream_of_twenty_thousand_events_loads_in_pages(db: Database) {
    let log = db.open().await;
    for version in (0..20_000).step_by(1_000) {
        let batch = append(stream("long"), Expected::Version(version), counts(1_000));
        log.append(batch).await.unwrap();
    }

    let (mut version, mut pages) = (0, 0);
    loop {
        let page = log.load(&stream("long"), version, 500).await.unwrap();
        for recorded in &page {
            version += 1;
            assert_eq!(recorded.version, version);
        }
        pages += 1;
        if page.len() < 500 {
            break;
        }
    }
    assert_eq!((version, pages), (20_000, 41));
}

/// They share queries; each gets its own part of its own stream.
pub(crate) async fn streams_loaded_at_the_same_time_are_not_mixed_up(db: Database) {
    let log = db.open().await;
    for number in 1..=9 {
        let part = append(stream(&format!("s{number}")), Expected::Any, counts(number));
        log.append(part).await.unwrap();
    }

    let parts = (0..200_u64).map(|n| (n % 10, n % 7, n % 4));
    let loads = parts.map(|(number, after, limit)| {
        let log = log.clone();
        let name = stream(&format!("s{number}"));
        tokio::spawn(async move {
            let limit_here = usize::try_from(limit).unwrap();
            let events = log.load(&name, after, limit_here).await.unwrap();
            assert!(events.iter().all(|recorded| recorded.stream == name));
            let versions: Vec<u64> = events.iter().map(|recorded| recorded.version).collect();
            let last = number.min(after + limit);
            assert_eq!(versions, (after + 1..=last).collect::<Vec<_>>());
        })
    });
    for load in loads.collect::<Vec<_>>() {
        load.await.unwrap();
    }
    assert!(log.load(&stream("s1\0"), 0, 1).await.unwrap().is_empty());
}

pub(crate) async fn an_unknown_stream_is_empty(db: Database) {
    let log = db.open().await;

    assert!(log.load(&stream("nobody"), 0, 10).await.unwrap().is_empty());
    let page = log
        .feed(Position(0), 10, &FeedFilter::default())
        .await
        .unwrap();
    assert!(page.events.is_empty() && page.at_head);
    assert_eq!(page.up_to, Position(0));
}

pub(crate) async fn the_feed_is_every_event_in_position_order(db: Database) {
    let log = db.open().await;
    for n in 0..10 {
        let three = append(stream(&format!("s{}", n % 3)), Expected::Any, counts(3));
        log.append(three).await.unwrap();
    }

    let (mut after, mut positions) = (Position(0), vec![]);
    loop {
        let page = log.feed(after, 7, &FeedFilter::default()).await.unwrap();
        positions.extend(page.events.iter().map(|recorded| recorded.position.0));
        after = page.up_to;
        if page.at_head {
            break;
        }
        assert_eq!(page.events.len(), 7);
    }
    assert_eq!(positions, (1..=30).collect::<Vec<_>>());
    let beyond = log
        .feed(Position(99), 7, &FeedFilter::default())
        .await
        .unwrap();
    assert!(beyond.events.is_empty() && beyond.at_head);
}

/// PostgreSQL copies out the pages of whoever asks for many.
pub(crate) async fn a_page_is_the_same_however_many_events_are_asked_for(db: Database) {
    let log = db.open().await;
    let kinds = ["plain", "it's", "back\\slash"];
    for kind in kinds {
        append_of(&log, kind, 2).await;
    }
    let filters = [
        FeedFilter::default(),
        FeedFilter::only(&["it's"]),
        FeedFilter::only(&["back\\slash", "plain"]),
        FeedFilter::only(&["absent"]),
    ];
    for (filter, found) in filters.iter().zip([6, 2, 4, 0]) {
        let few = log.feed(Position(0), 10, filter).await.unwrap();
        assert_eq!(few.events.len(), found, "{filter:?}");
        for after in [0, 3, 6, 99] {
            let few = log.feed(Position(after), 10, filter).await.unwrap();
            let many = log.feed(Position(after), 10_000, filter).await.unwrap();
            assert_eq!(few, many, "{filter:?} after {after}");
        }
    }
}

/// A page looks at so many positions; what is rare is found behind them, too.
pub(crate) async fn a_long_log_is_not_searched_for_a_few_events(db: Database) {
    let log = db.open().await;
    for (kind, appends) in [("many", 11), ("other", 101)] {
        for _ in 0..appends {
            append_of(&log, kind, 1_000).await;
        }
    }
    append_of(&log, "few", 2).await;
    append_of(&log, "other", 5).await;
    let few = FeedFilter::only(&["few"]);

    for limit in [2, 10, 10_000] {
        let page = log.feed(Position(0), limit, &few).await.unwrap();
        let positions = page.events.iter().map(|event| event.position.0);
        assert_eq!(positions.collect::<Vec<_>>(), [112_001, 112_002]);
        let (up_to, at_head) = if limit == 2 {
            (112_002, false)
        } else {
            (112_007, true)
        };
        assert_eq!((page.up_to, page.at_head), (Position(up_to), at_head));
    }
    let one = log.feed(Position(0), 1, &few).await.unwrap();
    assert_eq!((one.up_to, one.at_head), (Position(112_001), false));
    let many = FeedFilter::only(&["many"]);
    let none = log.feed(Position(11_000), 10, &many).await.unwrap();
    assert!(none.events.is_empty() && !none.at_head);
    assert_eq!(none.up_to, Position(111_000));
}

pub(crate) async fn a_filtered_feed_moves_on_past_what_it_leaves_out(db: Database) {
    let log = db.open().await;
    append_of(&log, "wanted", 2).await;
    append_of(&log, "other", 20).await;
    append_of(&log, "wanted", 1).await;
    append_of(&log, "other", 5).await;
    let wanted = FeedFilter::only(&["wanted", "absent"]);

    let full = log.feed(Position(0), 2, &wanted).await.unwrap();
    let rest = log.feed(full.up_to, 2, &wanted).await.unwrap();
    let none = log
        .feed(Position(0), 2, &FeedFilter::only(&["absent"]))
        .await
        .unwrap();

    let positions = |page: &event_store::FeedPage| {
        let events = page.events.iter();
        events
            .map(|recorded| recorded.position.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (positions(&full), full.up_to, full.at_head),
        (vec![1, 2], Position(2), false)
    );
    assert_eq!(
        (positions(&rest), rest.up_to, rest.at_head),
        (vec![23], Position(28), true)
    );
    assert_eq!(
        (positions(&none), none.up_to, none.at_head),
        (vec![], Position(28), true)
    );
}

async fn append_of(log: &std::sync::Arc<dyn EventLog>, aggregate_type: &str, events: u64) {
    let append: Append = append(
        StreamName::new(aggregate_type, "x"),
        Expected::Any,
        counts(events),
    );
    log.append(append).await.unwrap();
}

#[derive(Debug)]
struct CountInTens;

impl Upcaster for CountInTens {
    fn from(&self) -> (&'static str, &'static str, &'static str) {
        ("counter", "Counted", "1.0")
    }

    fn to_version(&self) -> &'static str {
        "2.0"
    }

    fn upcast(&self, payload: Value) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let by = payload["Counted"]["by"].as_u64().ok_or("no count")?;
        Ok(json!({"Counted": {"by": by * 10}}))
    }
}

pub(crate) async fn upcasters_change_what_is_read_and_not_what_is_stored(db: Database) {
    let upcasters = Upcasters::new([Box::new(CountInTens) as Box<dyn Upcaster>]);
    let log = db.open_with(upcasters).await;
    let plain = db.open_with(Upcasters::none()).await;
    log.append(one("a", 0)).await.unwrap();

    let loaded = log.load(&stream("a"), 0, 10).await.unwrap();
    let fed = log
        .feed(Position(0), 10, &FeedFilter::default())
        .await
        .unwrap();
    let stored = plain.load(&stream("a"), 0, 10).await.unwrap();

    assert_eq!(loaded[0].payload, r#"{"Counted":{"by":10}}"#);
    assert_eq!(loaded[0].event_version, "2.0");
    assert_eq!(fed.events, loaded);
    assert_eq!(stored[0].payload, r#"{"Counted":{"by":1}}"#);
    assert_eq!(stored[0].event_version, "1.0");
}

pub(crate) async fn an_event_is_found_by_its_id(db: Database) {
    let log = db.open().await;
    log.append(append(stream("a"), Expected::Version(0), counts(3)))
        .await
        .unwrap();
    let second = log.load(&stream("a"), 1, 1).await.unwrap().remove(0);
    let (id, nobodys) = (second.event_id, Uuid::from_u128(5));
    assert_eq!(log.find(id).await.unwrap(), Some(second.clone()));
    assert_eq!(log.find(nobodys).await.unwrap(), None);

    let third = log.load(&stream("a"), 2, 1).await.unwrap().remove(0);
    let ids = [third.event_id, nobodys, id];
    let mut found = log.find_all(&ids).await.unwrap();
    found.sort_by_key(|event| event.position);
    assert_eq!(found, [second, third]);
    assert_eq!(log.find_all(&[]).await.unwrap(), []);
}

pub(crate) async fn a_time_names_the_last_event_before_it(db: Database) {
    let log = db.open().await;
    let long_ago = DateTime::UNIX_EPOCH;
    assert_eq!(
        position_at(log.as_ref(), long_ago).await.unwrap(),
        Position(0)
    );
    for version in 0..5 {
        log.append(one("a", version)).await.unwrap();
    }
    let events = log.load(&stream("a"), 0, 10).await.unwrap();
    assert_eq!(
        position_at(log.as_ref(), long_ago).await.unwrap(),
        Position(0)
    );
    for event in &events {
        let at = position_at(log.as_ref(), event.recorded_at).await.unwrap();
        let last = events
            .iter()
            .rfind(|other| other.recorded_at <= event.recorded_at);
        assert_eq!(Some(at), last.map(|last| last.position));
    }
    let later = events[4].recorded_at + TimeDelta::days(1);
    assert_eq!(position_at(log.as_ref(), later).await.unwrap(), Position(5));
}

pub(crate) async fn a_stream_is_as_long_as_its_last_version(db: Database) {
    let log = db.open().await;
    assert_eq!(version_of(log.as_ref(), &stream("a")).await.unwrap(), 0);
    for length in 1..=9 {
        log.append(one("a", length - 1)).await.unwrap();
        assert_eq!(
            version_of(log.as_ref(), &stream("a")).await.unwrap(),
            length
        );
    }
}
