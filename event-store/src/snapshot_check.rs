//! Whether a saved state is what its stream's events make, for whoever checks the database.

use cqrs_es::Aggregate;
use domain::definition::Definition;
use domain::event::aggregate_type;
use domain::execution::Execution;
use domain::guard::RiskGuards;
use domain::installation::Installation;
use domain::instance::Instance;
use domain::legacy_record::LegacyRecord;
use domain::legacy_usage::LegacyUsage;
use domain::login::Logins;
use domain::projection::Projection;

use crate::command_gateway::Loaded;
use crate::error::StoreError;
use crate::log::EventLog;
use crate::reader_check;
use crate::reader_state::REACTION;
use crate::rebuild::{PAGE, fold, raw, shape};
use crate::recorded::StreamName;
use crate::sealed_state;
use crate::stored_rows::StoredSnapshot;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnapshotVerdict {
    Holds,
    /// It is what was saved, where only its maker can say what the events make: what guards measured.
    Sealed,
    /// This release believes it as little as it can check it.
    OfAnotherRelease,
    /// What is wrong with it.
    Wrong(String),
}

/// Folds the stream anew, as far as the snapshot says it goes.
pub async fn check_snapshot(
    log: &dyn EventLog,
    stored: &StoredSnapshot,
) -> Result<SnapshotVerdict, StoreError> {
    match stored.stream.aggregate_type.as_str() {
        aggregate_type::DEFINITION => check::<Definition>(log, stored).await,
        aggregate_type::INSTANCE => check::<Instance>(log, stored).await,
        aggregate_type::EXECUTION => check::<Execution>(log, stored).await,
        aggregate_type::INSTALLATION => check::<Installation>(log, stored).await,
        aggregate_type::LEGACY_RECORD => check::<LegacyRecord>(log, stored).await,
        aggregate_type::LEGACY_USAGE => check::<LegacyUsage>(log, stored).await,
        aggregate_type::LOGIN => check::<Logins>(log, stored).await,
        aggregate_type::PROJECTION => check::<Projection>(log, stored).await,
        aggregate_type::RISK_GUARDS => check::<RiskGuards>(log, stored).await,
        REACTION => reader_check::check(log, stored).await,
        _ => Ok(SnapshotVerdict::OfAnotherRelease),
    }
}

async fn check<A: Aggregate + Clone>(
    log: &dyn EventLog,
    stored: &StoredSnapshot,
) -> Result<SnapshotVerdict, StoreError> {
    let (stream, snapshot) = (&stored.stream, &stored.snapshot);
    if snapshot.shape != shape::<A>()? {
        return Ok(SnapshotVerdict::OfAnotherRelease);
    }
    let Some(saved) = sealed_state::read(stream, snapshot) else {
        let why = "it is not what was saved".to_owned();
        return Ok(SnapshotVerdict::Wrong(why));
    };
    let Some((folded, last_event)) = folded::<A>(log, stream, snapshot.version).await? else {
        let why = format!("the stream has no event of version {}", snapshot.version);
        return Ok(SnapshotVerdict::Wrong(why));
    };
    if last_event != saved.last_event {
        let why = format!("another event is version {}", snapshot.version);
        return Ok(SnapshotVerdict::Wrong(why));
    }
    if folded.get() != saved.aggregate.get() {
        let why = format!(
            "the stream's first {} events make another state",
            snapshot.version
        );
        return Ok(SnapshotVerdict::Wrong(why));
    }
    Ok(SnapshotVerdict::Holds)
}

/// The state at a version, and the id of the event that made it so; `None` where the stream is shorter.
async fn folded<A: Aggregate + Clone>(
    log: &dyn EventLog,
    stream: &StreamName,
    version: u64,
) -> Result<Option<(Box<serde_json::value::RawValue>, uuid::Uuid)>, StoreError> {
    let mut loaded = Loaded::<A>::beginning();
    let mut last_event = None;
    while loaded.version < version {
        let mut page = log.load(stream, loaded.version, PAGE).await?;
        page.retain(|event| event.version <= version);
        if page.is_empty() {
            return Ok(None);
        }
        last_event = fold(&mut loaded, page)?;
    }
    let state = raw(&loaded.aggregate)?;
    Ok(last_event.map(|last_event| (state, last_event)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::DateTime;
    use domain::clock::FixedClock;
    use domain::installation::INSTALLATION_ID;
    use uuid::Uuid;

    use super::*;
    use crate::log::{Append, Expected, NewEvent, Snapshot};
    use crate::metadata::{Actor, Metadata, Role, Source};

    const SWITCHED: &str =
        r#"{"DynamicFlowSwitched":{"on":false,"switched_at":"2026-11-22T09:00:00Z"}}"#;

    fn name() -> StreamName {
        StreamName::new(aggregate_type::INSTALLATION, INSTALLATION_ID)
    }

    fn sealed(installation: &Installation, version: u64, last_event: Uuid) -> Snapshot {
        let (shape, state) = (shape::<Installation>(), raw(installation));
        let (shape, state) = (shape.unwrap(), state.unwrap());
        sealed_state::seal(&name(), shape, version, last_event, state).unwrap()
    }

    #[tokio::test]
    async fn a_state_that_was_edited_and_sealed_anew_is_not_what_its_events_make() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
        let clock = Arc::new(FixedClock(DateTime::UNIX_EPOCH));
        let log = crate::open(&url, clock).await.unwrap();
        let last_event = Uuid::from_u128(9);
        log.append(Append {
            stream: name(),
            expected: Expected::Any,
            events: vec![NewEvent {
                event_id: last_event,
                event_type: "DynamicFlowSwitched".to_owned(),
                event_version: "1.0".to_owned(),
                payload: SWITCHED.to_owned(),
            }],
            metadata: Metadata::new(Actor::new("bob", Role::Admin), Source::Seed, Uuid::nil()),
            unchanged: vec![],
            idempotency: None,
        })
        .await
        .unwrap();
        let check = async |snapshot| {
            let stream = name();
            let stored = StoredSnapshot { stream, snapshot };
            check_snapshot(log.as_ref(), &stored).await.unwrap()
        };
        let truth = Installation {
            dynamic_flow: false,
            ..Installation::default()
        };
        let lie = Installation::default();

        assert_eq!(
            check(sealed(&truth, 1, last_event)).await,
            SnapshotVerdict::Holds
        );
        for wrong in [
            sealed(&lie, 1, last_event),
            sealed(&truth, 1, Uuid::nil()),
            sealed(&truth, 2, last_event),
        ] {
            let told = check(wrong).await;
            assert!(matches!(told, SnapshotVerdict::Wrong(_)), "{told:?}");
        }
    }
}
