//! New quotes where others stand: no longer out of the book than the venue takes to answer, and never
//! two for one.

use domain::execution::{ExecutionEvent, OrderIntent, Side};
use domain::ids::StrategyKey;
use executors::runtime::Runtime;
use serde_json::json;

use crate::support::{Script, World, config};

const PMM: &str = "pureMarketMaking";
/// When the quotes are due to be replaced.
const DUE: i64 = 15_000;

/// In two requests to the venue, and in one.
const WAYS: [bool; 2] = [false, true];

/// Quotes on both sides, and a market that has moved away from them. The run may send two orders more
/// within the minute: what was not sent must not count.
async fn moved(at_once: bool) -> (World, StrategyKey, Runtime) {
    let mut world = World::new().await;
    world.binance.replaces_at_once(at_once);
    world.settings.limits.orders_per_minute = 4;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.binance.quote("105", "106");
    (world, key, runtime)
}

/// What was written down of that, without the first quotes.
async fn replaced(world: &World, key: &StrategyKey) -> Vec<String> {
    let story = world.story(key, 1).await;
    let first = story.iter().position(|line| line.starts_with("cancelling"));
    let kinds = story[first.unwrap()..].iter();
    kinds
        .map(|line| {
            line.split(' ')
                .next()
                .unwrap()
                .trim_end_matches(':')
                .to_owned()
        })
        .collect()
}

async fn last_intents(world: &World, key: &StrategyKey) -> Vec<OrderIntent> {
    let events = world.events(key, 1).await.into_iter();
    let intents = events.filter_map(|event| match event {
        ExecutionEvent::OrderIntended(intent) => Some(intent),
        _ => None,
    });
    let mut intents: Vec<_> = intents.collect();
    intents.split_off(intents.len() - 2)
}

#[tokio::test]
async fn what_comes_next_is_written_down_while_the_old_still_stand() {
    for at_once in WAYS {
        let (world, key, mut runtime) = moved(at_once).await;
        world.step(&mut runtime, DUE).await;

        let kinds = replaced(&world, &key).await;
        let expected = [
            "cancelling",
            "cancelling",
            "intended",
            "intended",
            "cancelled",
            "cancelled",
            "acknowledged",
            "acknowledged",
        ];
        assert_eq!(kinds, expected);
        let seen = last_intents(&world, &key).await[0].seen.clone().unwrap();
        assert!(seen.replaces, "a re-run has to leave out what was leaving");
        assert_eq!(
            world.binance.open_in_words(),
            ["buy 94.95 x 0.01", "sell 116.05 x 0.01"]
        );
        assert_eq!(world.binance.replacements(), usize::from(at_once));
    }
}

#[tokio::test]
async fn where_one_of_the_old_trades_meanwhile_it_is_decided_again() {
    for at_once in WAYS {
        let (world, key, mut runtime) = moved(at_once).await;
        world.binance.next_cancel(Script::TradeFirst);
        world.step(&mut runtime, DUE).await;

        let story = world.story(&key, 1).await;
        let reason = "it was not sent: what it replaces traded or may still be there";
        let not_sent = story.iter().filter(|line| line.contains(reason));
        assert_eq!(not_sent.count(), 2, "{story:#?}");
        let open = world.binance.open();
        for side in [Side::Buy, Side::Sell] {
            let quotes = open.iter().filter(|order| order.is(side));
            assert_eq!(quotes.count(), 1, "one for one: {story:#?}");
        }
        assert_eq!(world.execution(&key, 1).await.fills, 1);
        assert_eq!(world.binance.all().len(), 4, "nothing else was sent");
    }
}

#[tokio::test]
async fn nothing_is_sent_while_the_old_may_still_be_there() {
    let (world, key, mut runtime) = moved(false).await;
    world.binance.next_cancel(Script::LoseRequest);
    world.step(&mut runtime, DUE).await;

    assert!(world.binance.open().len() <= 2, "never two for one");
    world.step(&mut runtime, DUE + 1000).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 94.95 x 0.01", "sell 116.05 x 0.01"]
    );
    assert_eq!(world.execution(&key, 1).await.live_orders.len(), 2);
}

#[tokio::test]
async fn an_exchange_that_does_not_say_whether_it_replaced_is_asked_about_both() {
    for script in [Script::LoseRequest, Script::Hang] {
        let (world, key, mut runtime) = moved(true).await;
        world.binance.next_cancel(script);
        // They may have been sent, so the next ones have to wait until the minute is over
        for ms in (DUE..=DUE + 75_000).step_by(1000) {
            world.step(&mut runtime, ms).await;
            let open = world.binance.open();
            for side in [Side::Buy, Side::Sell] {
                let quotes = open.iter().filter(|order| order.is(side));
                assert!(quotes.count() <= 1, "never two for one");
            }
        }
        assert_eq!(
            world.binance.open_in_words(),
            ["buy 94.95 x 0.01", "sell 116.05 x 0.01"]
        );
        assert_eq!(world.execution(&key, 1).await.live_orders.len(), 2);
    }
}

#[tokio::test]
async fn new_quotes_whose_answer_was_lost_are_found() {
    let (world, key, mut runtime) = moved(true).await;
    world.binance.next_place(Script::LoseAnswer);
    world.step(&mut runtime, DUE).await;

    let open = world.binance.open_in_words();
    assert_eq!(open, ["buy 94.95 x 0.01", "sell 116.05 x 0.01"]);
    assert_eq!(world.binance.all().len(), 4, "each was sent once");
    let live = world.execution(&key, 1).await.live_orders;
    assert!(live.values().all(|order| order.venue_order_id.is_some()));
}

#[tokio::test]
async fn a_market_that_jumps_over_the_own_quotes_is_no_trade_with_oneself() {
    for at_once in WAYS {
        let (world, key, mut runtime) = moved(at_once).await;
        // The new buy is dearer than the old sell
        world.binance.quote("400", "401");
        world.step(&mut runtime, DUE).await;

        assert_eq!(
            world.binance.open_in_words(),
            ["buy 360.45 x 0.01", "sell 440.55 x 0.01"]
        );
        let story = world.story(&key, 1).await;
        assert!(
            !story.iter().any(|line| line.starts_with("skipped")),
            "{story:#?}"
        );
    }
}
