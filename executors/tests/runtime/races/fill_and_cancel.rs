//! An order trades just as it is cancelled.

use futures::FutureExt;

use super::call::Call;
use super::schedule::{Schedule, trade};
use super::seeds;

#[test]
fn an_order_that_trades_as_it_is_cancelled_counts_once() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        let (moment, whole) = (schedule.dice.between(0, 30), schedule.dice.flip());
        let exchange = schedule.world.binance.clone();
        let cancels = |call: &Call, _| matches!(call, Call::Cancel(_));
        schedule.race().plan(cancels, moment, move |call, _| {
            let id = match call {
                Call::Cancel(id) => id,
                other => panic!("{other:?} cancels nothing"),
            };
            // Before it is cancelled, or after: then the venue tells of the trade when the cancellation
            // was confirmed without it
            std::future::ready(trade(&exchange, &id, whole)).boxed()
        });
        schedule.pass(0).await;
        for _ in 0..4 {
            schedule.refresh().await;
        }
        let fell = schedule.race().fell();
        schedule.rest().await;
        fell
    });
}
