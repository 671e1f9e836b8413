//! The log's own check-up.

use event_store::Expected;

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
