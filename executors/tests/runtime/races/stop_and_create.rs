//! An instance is stopped while its orders are being created.

use futures::FutureExt;
use tokio::sync::oneshot;

use super::call::{Call, When};
use super::schedule::{Schedule, start};
use super::seeds;

#[test]
fn what_is_being_created_when_its_instance_is_stopped_is_taken_off() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        let (moment, again) = (schedule.dice.between(0, 60), schedule.dice.flip());
        let (world, keys) = (schedule.world.clone(), schedule.keys.clone());
        let stop = move |call: Call, _| {
            async move {
                let key = call.owner(&world, &keys).await;
                world.stop(&key).await;
                if again {
                    let user = if key == keys[0] { "near" } else { "far" };
                    start(&world, user).await;
                }
                true
            }
            .boxed()
        };
        schedule.race().plan(Call::creates_orders, moment, stop);
        schedule.pass(0).await;
        for _ in 0..4 {
            schedule.refresh().await;
        }
        let fell = schedule.race().fell();
        schedule.rest().await;
        fell
    });
}

#[test]
fn a_turn_that_hears_of_the_stop_while_it_cancels_creates_nothing_more() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        // One request that does both is on its way before anybody hears
        schedule.world.binance.replaces_at_once(false);
        schedule.pass(0).await;
        let bid = schedule.dice.between(80, 100);
        schedule.quote(bid);
        let moment = schedule.dice.between(0, 4);
        let (world, keys) = (schedule.world.clone(), schedule.keys.clone());
        let mut read = schedule.process.seen.read.clone();
        let (tell, told) = oneshot::channel();
        let stop = move |call: Call, _| {
            async move {
                let which = call.owner(&world, &keys).await;
                world.stop(&which).await;
                let stop = world.log.head().await.unwrap();
                drop(read.wait_for(|read| *read >= stop).await.unwrap());
                tell.send(which).unwrap();
                true
            }
            .boxed()
        };
        let cancels = |call: &Call, _: When| matches!(call, Call::Cancel(_));
        schedule.race().plan(cancels, moment, stop);
        schedule.now += 5000;
        schedule.world.set_time(schedule.now);
        let before = schedule.world.binance.requests();
        let race = schedule.process.race.clone();
        let mut stopped = None;
        schedule
            .live_until(async { stopped = told.await.ok() })
            .await;
        let stopped = stopped.unwrap();
        let run = schedule.world.execution(&stopped, 1).await;
        for id in &schedule.world.binance.requests()[before.len()..] {
            let order = run.known_order(id);
            assert_eq!(order, None, "sent though its instance was stopped");
        }
        schedule.rest().await;
        race.fell()
    });
}
