//! Loss guards: what trips them, what a run may do then, and what a person's reset gives back.

mod actions;
mod measuring;
mod scopes;

use domain::event::Event;
use domain::execution::Side;
use domain::guard::{
    GuardAction, GuardCommand, GuardEvent, GuardRule, GuardScope, RISK_GUARDS_ID, ResetGuard,
    RiskGuards, SetGuard, Trip,
};
use domain::ids::{GuardName, StrategyKey};
use event_store::{Actor, CommandGateway, FeedFilter, Metadata, Position, Role, Source};
use executors::Runtime;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Exchange, World, config, decimal};

const PMM: &str = "pureMarketMaking";

fn name() -> GuardName {
    GuardName::new("desk")
}

/// Trips at a loss of 0.3 USDT.
pub(crate) fn rule(scope: GuardScope, action: GuardAction) -> GuardRule {
    GuardRule {
        scope,
        currency: "USDT".to_owned(),
        loss: Some(decimal("0.3")),
        drawdown: None,
        action,
    }
}

async fn command(world: &World, command: GuardCommand) {
    let actor = Actor::new("tester", Role::Admin);
    let metadata = Metadata::new(actor, Source::Rest, Uuid::nil()).because("a test");
    CommandGateway::<RiskGuards>::new(world.log.clone(), ())
        .execute(RISK_GUARDS_ID, command, metadata)
        .await
        .unwrap();
}

pub(crate) async fn set(world: &World, rule: GuardRule) {
    let set = SetGuard {
        name: name(),
        rule,
        set_at: world.clock_now(),
    };
    command(world, GuardCommand::Set(set)).await;
}

async fn reset(world: &World) {
    let reset = ResetGuard {
        name: name(),
        reset_at: world.clock_now(),
    };
    command(world, GuardCommand::Reset(reset)).await;
}

async fn trips(world: &World) -> Vec<Trip> {
    let filter = FeedFilter::only(&["risk_guards"]);
    let page = world.log.feed(Position(0), 1000, &filter).await.unwrap();
    let events = page.events.iter().map(|event| event.decode().unwrap());
    let trips = events.filter_map(|event| match event {
        Event::RiskGuards(GuardEvent::GuardTripped { trip, .. }) => Some(trip),
        _ => None,
    });
    trips.collect()
}

fn buy_of(exchange: &Exchange) -> crate::support::Placed {
    let open = exchange.open();
    let buy = open.iter().find(|order| order.is(Side::Buy));
    buy.unwrap().clone()
}

async fn seconds(world: &World, runtime: &mut Runtime, which: std::ops::Range<i64>) {
    for second in which {
        world.step(runtime, second * 1000).await;
    }
}

/// An instance that bought 0.01 at 90.45 on binance, which quotes 50 / 51 from then on: it lost
/// nearly 0.4.
async fn losing(world: &World, user: &str, runtime: &mut Runtime) -> StrategyKey {
    let key = world.start(user, PMM, config(PMM, json!({}))).await;
    world.step(runtime, 0).await;
    let buy = buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.binance.quote("50", "51");
    key
}
