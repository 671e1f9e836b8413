//! An order trades before the venue has acknowledged it.

use futures::FutureExt;
use futures::future::ready;

use super::call::{Call, When};
use super::schedule::{Schedule, trade};
use super::seeds;

fn is_taken(call: &Call, when: When) -> bool {
    matches!(call, Call::Place(_)) && when == When::After
}

#[test]
fn an_order_that_trades_before_it_is_acknowledged_counts_once() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        let (moment, whole) = (schedule.dice.between(0, 30), schedule.dice.flip());
        // Acknowledged late; found by asking; or never acknowledged, and told as a trade
        let lost = schedule.dice.between(0, 3);
        let exchange = schedule.world.binance.clone();
        let race = schedule.process.race.clone();
        let early = move |call, _| {
            let Call::Place(request) = call else {
                panic!("{call:?} places nothing");
            };
            let traded = trade(&exchange, &request.client_order_id, whole);
            if lost > 0 {
                race.lose_answer();
            }
            exchange.go_dark(lost > 1);
            ready(traded).boxed()
        };
        schedule.race().plan(is_taken, moment, early);
        schedule.pass(0).await;
        for _ in 0..4 {
            schedule.refresh().await;
            schedule.world.binance.go_dark(false);
            schedule.pass(500).await;
            schedule.world.binance.go_dark(false);
        }
        let fell = schedule.race().fell();
        schedule.rest().await;
        fell
    });
}

#[test]
fn a_trade_that_is_told_while_its_order_is_being_placed_counts_once() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        schedule.pass(0).await;
        let bid = schedule.dice.between(80, 100);
        schedule.quote(bid);
        let (moment, whole) = (schedule.dice.between(0, 4), schedule.dice.flip());
        let exchange = schedule.world.binance.clone();
        let mut told = schedule.process.seen.told.clone();
        let early = move |call, _| {
            async move {
                let Call::Place(request) = call else {
                    panic!("{call:?} places nothing");
                };
                let before = *told.borrow();
                let traded = trade(&exchange, &request.client_order_id, whole);
                drop(told.wait_for(|told| *told > before).await.unwrap());
                traded
            }
            .boxed()
        };
        schedule.race().plan(is_taken, moment, early);
        schedule.now += 5000;
        schedule.world.set_time(schedule.now);
        let race = schedule.process.race.clone();
        let mut recorded = schedule.process.seen.recorded.clone();
        schedule
            .live_until(async {
                drop(recorded.wait_for(|recorded| *recorded > 0).await.unwrap());
            })
            .await;
        schedule.rest().await;
        race.fell()
    });
}
