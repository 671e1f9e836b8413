//! Another process takes over in the middle of a turn, and the one before goes on.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use domain::execution::ExecutionEvent;
use domain::ids::{ClientOrderId, StrategyKey};
use futures::FutureExt;

use super::call::{Call, When};
use super::schedule::{Process, Schedule};
use super::seeds;
use crate::support::World;

/// The next process, and what was recorded when it had taken everything up.
type Successor = Option<(Process, BTreeSet<ClientOrderId>)>;

#[test]
fn whoever_lost_the_lease_in_mid_tick_sends_nothing_that_it_had_not_recorded() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        let moment = schedule.dice.between(0, 100);
        let successor: Arc<Mutex<Successor>> = Arc::default();
        let (world, keys) = (schedule.world.clone(), schedule.keys.clone());
        let begins = successor.clone();
        let takeover = move |_, _| {
            async move {
                let mut next = Process::begin(&world).await;
                next.step(&world).await;
                let recorded = recorded(&world, &keys).await;
                *begins.lock().unwrap() = Some((next, recorded));
                true
            }
            .boxed()
        };
        let always = |_: &Call, _: When| true;
        schedule.race().plan(always, moment, takeover);
        schedule.pass(0).await;
        let mut stale: Option<(Process, BTreeSet<ClientOrderId>)> = None;
        for _ in 0..5 {
            schedule.refresh().await;
            let next = successor.lock().unwrap().take();
            if let Some((next, recorded)) = next {
                stale = Some((schedule.take_over(next), recorded));
            }
            if let Some((stale, recorded)) = &mut stale {
                stale.step(&schedule.world).await;
                let sent = stale.race.sent();
                let unknown: Vec<_> = sent.difference(recorded).collect();
                assert!(unknown.is_empty(), "sent by a stale owner: {unknown:?}");
            }
        }
        let fell = stale.is_some();
        schedule.rest().await;
        fell
    });
}

/// The orders that the log knows of.
async fn recorded(world: &World, keys: &[StrategyKey]) -> BTreeSet<ClientOrderId> {
    let mut ids = BTreeSet::new();
    for key in keys {
        let events = world.events(key, 1).await.into_iter();
        ids.extend(events.filter_map(|event| match event {
            ExecutionEvent::OrderIntended(intent) => Some(intent.client_order_id),
            _ => None,
        }));
    }
    ids
}
