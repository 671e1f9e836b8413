//! What a monitor sees of a guard that trips.

use domain::guard::{GuardAction, GuardScope};

use super::{losing, rule, seconds, set};
use crate::support::{Counted, World};

#[tokio::test]
async fn a_trip_is_counted_once() {
    let trips = Counted::of("risk_guard_trips_total");
    let _listening = trips.listen();
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    losing(&world, "u", &mut runtime).await;
    assert_eq!(trips.so_far(), 0);
    seconds(&world, &mut runtime, 1..60).await;
    assert_eq!(trips.so_far(), 1);
}
