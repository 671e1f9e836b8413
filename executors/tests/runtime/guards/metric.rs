//! What a monitor sees of a guard that trips.

use std::sync::Arc;

use domain::guard::{GuardAction, GuardScope};
use metrics::atomics::AtomicU64;
use metrics::{
    Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
    set_default_local_recorder,
};

use super::{losing, rule, seconds, set};
use crate::support::World;

/// Counts the trips, and nothing else.
#[derive(Debug, Default)]
struct Trips(Arc<AtomicU64>);

impl Recorder for Trips {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        if key.name() == "risk_guard_trips_total" {
            Counter::from_arc(self.0.clone())
        } else {
            Counter::noop()
        }
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[tokio::test]
async fn a_trip_is_counted_once() {
    let trips = Trips::default();
    let counted = || trips.0.load(std::sync::atomic::Ordering::SeqCst);
    // Of this thread, on which the whole runtime runs here
    let _recorder = set_default_local_recorder(&trips);
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    losing(&world, "u", &mut runtime).await;
    assert_eq!(counted(), 0);
    seconds(&world, &mut runtime, 1..60).await;
    assert_eq!(counted(), 1);
}
