//! A process dies between the record of what it wants and the record of what came of it.

use std::future::pending;
use std::sync::{Arc, Mutex};

use executors::venue::{OrderRequest, Venue};
use futures::FutureExt;
use tokio::sync::Notify;

use super::call::{Call, When};
use super::schedule::Schedule;
use super::seeds;

#[test]
fn orders_whose_process_died_before_they_were_acknowledged_are_found_again() {
    seeds::play(async |dice| {
        let mut schedule = Schedule::begin(dice).await;
        let moment = schedule.dice.between(0, 60);
        // What was on its way to the venue may never arrive, or only when the next process has asked
        let arrives = schedule.dice.between(0, 3);
        let on_its_way: Arc<Mutex<Option<OrderRequest>>> = Arc::default();
        let died = Arc::new(Notify::new());
        let (leaves, tells) = (on_its_way.clone(), died.clone());
        let death = move |call, when| {
            if let (Call::Place(request), When::Before) = (call, when) {
                *leaves.lock().unwrap() = Some(request);
            }
            tells.notify_one();
            pending().boxed()
        };
        schedule.race().plan(Call::creates_orders, moment, death);
        let life = async {
            schedule.pass(0).await;
            for _ in 0..4 {
                schedule.refresh().await;
            }
        };
        tokio::select! {
            biased;
            () = died.notified() => {}
            () = life => {}
        }
        let fell = schedule.race().fell();
        schedule.replace().await;
        schedule.pass(100).await;
        for looks in 1..4 {
            let request = on_its_way.lock().unwrap().take_if(|_| looks == arrives);
            if let Some(request) = request {
                schedule.world.binance.place(&request).await;
            }
            schedule.refresh().await;
        }
        schedule.rest().await;
        fell
    });
}
