//! `explain` takes a decision again: of a market maker that quoted, and quoted anew when the price moved.

use serde_json::{Value, json};

use crate::database::Database;
use crate::maker::{Maker, opened};

/// Four quotes, and four others when the price has moved.
async fn a_maker_that_quoted_twice(database: &Database) {
    let mut maker = Maker::started(database).await;
    maker.record(vec![opened()]).await;
    maker.tick(1000, 0, false).await;
    maker.tick(1100, 2, false).await;
    maker.tick(1100, 2, true).await;
    assert_eq!(maker.orders, 8);
}

pub(crate) async fn a_decision_that_is_taken_again_gives_the_same(database: Database) {
    a_maker_that_quoted_twice(&database).await;

    let first = database.replay(&["explain", "order-3"]).fine();
    let second = database.replay(&["explain", "order-8"]).fine();

    let on = "BTC/USDT on binance (2 bids, 1 asks)";
    assert!(
        first.contains(&format!(
            "the decision, taken again on the run's first 1 events, {on}\n"
        )),
        "{first}"
    );
    let same = "ok      gives the same: orders 4, cancellations 0\n";
    assert!(first.ends_with(same), "{first}");
    assert!(second.ends_with(same), "{second}");
    let third = database.replay(&["explain", "order-3", "--format", "json"]);
    let told: Value = third.fine().parse().unwrap();
    assert_eq!(told["again"]["same"], true);
    assert_eq!(told["again"]["orders"], 4);
    assert_eq!(told["again"]["saw"]["version"], 1);
}

pub(crate) async fn quotes_that_were_written_down_while_others_stood_are_decided_again(
    database: Database,
) {
    let mut maker = Maker::started(&database).await;
    maker.record(vec![opened()]).await;
    maker.tick(1000, 0, false).await;
    maker.replace(1010, 2).await;
    assert_eq!(maker.orders, 8);

    let told = database.replay(&["explain", "order-8"]).fine();

    let same = "ok      gives the same: orders 4, cancellations 0\n";
    assert!(told.ends_with(same), "{told}");
}

pub(crate) async fn a_decision_is_taken_again_with_the_values_it_had(database: Database) {
    let mut maker = Maker::started(&database).await;
    maker.record(vec![opened()]).await;
    maker.tick(1000, 0, false).await;
    maker.reconfigure("bidSpread", json!(0.02)).await;
    maker.tick(1000, 2, false).await;
    maker.tick(1000, 2, true).await;

    let before = database.replay(&["explain", "order-1"]).fine();
    let after = database.replay(&["explain", "order-5"]).fine();

    assert!(before.contains("buy 0.33 BTC/USDT at 990 "), "{before}");
    assert!(after.contains("buy 0.33 BTC/USDT at 980 "), "{after}");
    for told in [&before, &after] {
        assert!(told.contains("ok      gives the same"), "{told}");
    }
    assert!(!before.contains("given other values"), "{before}");
    let given = after
        .split_once("  given other values at position ")
        .unwrap()
        .1;
    assert!(given.contains("\"bidSpread\":0.02"), "{given}");
}

pub(crate) async fn a_decision_that_was_recorded_otherwise_is_told_of(database: Database) {
    a_maker_that_quoted_twice(&database).await;
    let (json, back) = if database.is_postgres() {
        ("::text", "::json")
    } else {
        ("", "")
    };
    let edit = |of: &str, from: &str, to: &str| {
        format!(
            "UPDATE events SET payload = replace(payload{json}, '{from}', '{to}'){back} \
             WHERE payload{json} LIKE '%\"client_order_id\":\"{of}\"%' AND event_type = 'OrderIntended'"
        )
    };
    database
        .tamper(&[
            &edit("order-2", "0.33", "0.34"),
            &edit("order-5", "\"1100\"", "\"1101\""),
        ])
        .await;

    let told = database.replay(&["explain", "order-1"]).wrong();
    assert!(
        told.contains("FAILED  mm-layer-1-sell: then sell 0.34 at 1010, now sell 0.33 at 1010\n"),
        "{told}"
    );
    let told = database.replay(&["explain", "order-6"]).wrong();
    assert!(
        told.contains(
            "FAILED  mm-layer-1-buy: the same order, but on other prices than were recorded\n"
        ),
        "{told}"
    );
}
