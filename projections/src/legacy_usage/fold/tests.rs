//! Rows before + event → rows after.

use super::*;
use crate::recorded_events::{at, recorded};

fn counted(counts: &[(&str, &str, u32)]) -> LegacyUsageEvent {
    let count = |&(caller, endpoint, calls): &(&str, &str, u32)| UsageCount {
        caller: caller.to_owned(),
        endpoint: endpoint.to_owned(),
        calls,
    };
    LegacyUsageEvent::LegacyUsageCounted {
        counts: counts.iter().map(count).collect(),
        from: at(0),
        until: at(60),
    }
}

fn folded(events: &[LegacyUsageEvent]) -> Vec<(String, String, u64, u64)> {
    let mut rows = vec![];
    for (version, event) in (1..).zip(events) {
        rows = fold(
            rows,
            event,
            &recorded("legacy_usage", "2026-11-22", version),
        )
        .unwrap();
    }
    let row = |row: UsageRow| (row.caller, row.endpoint, row.calls, row.last_position.0);
    rows.into_iter().map(row).collect()
}

#[test]
fn counts_add_up_per_caller_and_endpoint() {
    let events = [
        counted(&[("a", "GET /x", 2), ("b", "GET /x", 1), ("a", "GET /x", 1)]),
        counted(&[("a", "GET /x", 4), ("a", "GET /y", 1)]),
    ];
    let row = |caller: &str, endpoint: &str, calls, position| {
        (caller.to_owned(), endpoint.to_owned(), calls, position)
    };
    let expected = [
        row("a", "GET /x", 7, 20),
        row("b", "GET /x", 1, 10),
        row("a", "GET /y", 1, 20),
    ];
    assert_eq!(folded(&events), expected);
}

#[test]
fn a_stream_that_is_no_day_is_refused() {
    let refused = fold(
        vec![],
        &counted(&[("a", "GET /x", 1)]),
        &recorded("legacy_usage", "x", 1),
    );
    assert_eq!(refused.unwrap_err().to_string(), "x is not a day");
}
