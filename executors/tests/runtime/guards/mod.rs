//! Loss guards: what trips them, what a run may do then, and what a person's reset gives back.

mod actions;
mod matrix;
mod measuring;
mod metric;
mod scopes;

use domain::definition::DefinitionVersion;
use domain::event::Event;
use domain::execution::Side;
use domain::guard::{
    GuardAction, GuardCommand, GuardError, GuardEvent, GuardRule, GuardScope, RISK_GUARDS_ID,
    RemoveGuard, ResetGuard, RiskGuards, SetGuard, Trip,
};
use domain::ids::{DefinitionId, DefinitionKey, GuardName, StrategyKey};
use domain::instance::DefinitionPin;
use event_store::{
    Actor, CommandError, CommandGateway, FeedFilter, Metadata, Position, Role, Source,
};
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

async fn command(world: &World, command: GuardCommand) -> Result<(), CommandError<GuardError>> {
    let actor = Actor::new("tester", Role::Admin);
    let metadata = Metadata::new(actor, Source::Rest, Uuid::nil()).because("a test");
    CommandGateway::<RiskGuards>::new(world.log.clone(), ())
        .execute(RISK_GUARDS_ID, command, metadata)
        .await
        .map(drop)
}

fn set_command(world: &World, name: GuardName, rule: GuardRule) -> GuardCommand {
    GuardCommand::Set(SetGuard {
        name,
        rule,
        set_at: world.clock_now(),
    })
}

fn reset_command(world: &World) -> GuardCommand {
    GuardCommand::Reset(ResetGuard {
        name: name(),
        reset_at: world.clock_now(),
    })
}

pub(crate) async fn set(world: &World, rule: GuardRule) {
    command(world, set_command(world, name(), rule))
        .await
        .unwrap();
}

pub(crate) async fn set_called(world: &World, name: &str, rule: GuardRule) {
    let set = set_command(world, GuardName::new(name), rule);
    command(world, set).await.unwrap();
}

/// One that has tripped stays as it is.
pub(crate) async fn set_if_armed(world: &World, rule: GuardRule) {
    refused_or_done(&command(world, set_command(world, name(), rule)).await);
}

async fn remove(world: &World) {
    let remove = RemoveGuard {
        name: name(),
        removed_at: world.clock_now(),
    };
    command(world, GuardCommand::Remove(remove)).await.unwrap();
}

async fn reset(world: &World) {
    command(world, reset_command(world)).await.unwrap();
}

pub(crate) async fn reset_if_set(world: &World) {
    refused_or_done(&command(world, reset_command(world)).await);
}

fn refused_or_done(outcome: &Result<(), CommandError<GuardError>>) {
    assert!(
        matches!(outcome, Ok(()) | Err(CommandError::Refused(_))),
        "{outcome:?}"
    );
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

pub(crate) fn buy_of(exchange: &Exchange) -> crate::support::Placed {
    let open = exchange.open();
    let buy = open.iter().find(|order| order.is(Side::Buy));
    buy.unwrap().clone()
}

pub(crate) async fn seconds(world: &World, runtime: &mut Runtime, which: std::ops::Range<i64>) {
    for second in which {
        world.step(runtime, second * 1000).await;
    }
}

/// An instance that bought 0.01 at 90.45 on binance, which quotes 50 / 51 from then on: it lost
/// nearly 0.4.
pub(crate) async fn losing(world: &World, user: &str, runtime: &mut Runtime) -> StrategyKey {
    let key = world.start(user, PMM, config(PMM, json!({}))).await;
    world.step(runtime, 0).await;
    let buy = buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.binance.quote("50", "51");
    key
}

/// Started from a definition of that key.
fn pin(key: &str) -> DefinitionPin {
    DefinitionPin {
        definition_id: DefinitionId(Uuid::nil()),
        key: DefinitionKey::new(key),
        name: "Market making".to_owned(),
        version: DefinitionVersion::first(),
        schema_digest: String::new(),
        edited_since_publish: false,
    }
}
