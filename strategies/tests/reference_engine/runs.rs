//! Whole runs: after each of 25 ticks the same orders are on the book, with the same balances.
//!
//! `tests/reference/README.md` says how ticks without orders are compared.

use domain::execution::Side;

use crate::cases::{decimal, list, orders, read};
use crate::run::Run;

#[test]
fn every_tick_of_every_run_is_the_references() {
    let cases = read("pmm_25_ticks");
    let mut wrong = Vec::new();
    for case in list(&cases["cases"]) {
        let mut run = Run::of(case, "cancel_first");
        for expected in list(&case["trace"]) {
            run.tick();
            let theirs = [
                orders(&expected["buys"]),
                orders(&expected["sells"]),
                vec![(decimal(&expected["bal"][0]), decimal(&expected["bal"][1]))],
            ];
            let ours = [
                run.side(Side::Buy),
                run.side(Side::Sell),
                vec![run.balances()],
            ];
            if ours != theirs {
                let (id, tick) = (&case["id"], &expected["t"]);
                wrong.push(format!("{id} at {tick}: {ours:?}, expected {theirs:?}"));
                break;
            }
            run.apply_events(list(&case["events"]));
        }
    }
    assert!(!list(&cases["cases"]).is_empty());
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Replacing in the same tick leaves no tick without quotes that only waits for the next one: where
/// there are none, none are due, or the options leave none.
#[test]
fn overlap_has_quotes_where_cancelling_first_has_none() {
    let cases = read("pmm_25_ticks");
    let (mut gaps, mut bare) = (0, 0);
    for case in list(&cases["cases"]) {
        let mut apart = Run::of(case, "cancel_first");
        let mut overlapping = Run::of(case, "overlap");
        for _ in list(&case["trace"]) {
            for run in [&mut apart, &mut overlapping] {
                run.tick();
                run.apply_book(list(&case["events"]));
            }
            assert!(
                !overlapping.own.live_orders.is_empty() || !overlapping.could_quote(),
                "{} at {}: no quotes, though some are due",
                case["id"],
                overlapping.second
            );
            gaps += usize::from(apart.own.live_orders.is_empty());
            bare += usize::from(overlapping.own.live_orders.is_empty());
        }
    }
    assert!(
        bare < gaps,
        "{bare} ticks without orders, {gaps} without overlap"
    );
}
