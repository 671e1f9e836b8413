//! The log's own check-up.

use event_store::{Expected, HealthLine};

use crate::database::Database;
use crate::events::{append, counts, stream};

pub(crate) async fn a_sound_log_is_healthy_in_every_line(db: Database) {
    let log = db.open().await;
    log.append(append(stream("a"), Expected::Any, counts(3)))
        .await
        .unwrap();
    log.append(append(stream("b"), Expected::Any, counts(1)))
        .await
        .unwrap();

    let lines = log.health().await.unwrap();

    assert!(lines.len() >= 4, "{lines:?}");
    assert!(lines.iter().all(|line| line.healthy), "{lines:?}");
    let gapless = lines
        .iter()
        .find(|line| line.check == "positions have no gaps");
    let finding = gapless.map(|line| line.finding.as_str());
    assert_eq!(finding, Some("4 events, the last at position 4"));
}

fn unhealthy(lines: Vec<HealthLine>) -> Vec<String> {
    let unhealthy = lines.into_iter().filter(|line| !line.healthy);
    unhealthy.map(|line| line.finding).collect()
}

pub(crate) async fn triggers_that_are_gone_are_told(db: Database) {
    let log = db.open().await;
    log.append(append(stream("a"), Expected::Any, counts(3)))
        .await
        .unwrap();

    db.tamper(&[]).await;

    let told = unhealthy(log.health().await.unwrap());
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("events_are_never_changed"), "{told:?}");
}

pub(crate) async fn a_time_that_has_not_come_is_told(db: Database) {
    let log = db.open_at("2126-11-22T12:00:00Z".parse().unwrap()).await;
    log.append(append(stream("a"), Expected::Any, counts(1)))
        .await
        .unwrap();

    let told = unhealthy(log.health().await.unwrap());

    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("2126-11-22"), "{told:?}");
}
