//! Races: whatever the order in which venues answer, trade and fall silent, people start, stop and
//! halt, guards trip, and processes die or are replaced.
//!
//! `STRATEGOS_SCHEDULES=5000` tries so many schedules.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::execution::{Execution, ExecutionEvent, Side};
use domain::guard::{GuardAction, GuardRule, GuardScope};
use domain::ids::{ClientOrderId, GuardName, StrategyKey};
use domain::instance::StopMode;
use domain::money::Decimal;
use executors::Runtime;
use executors::venue::ReportedState;
use proptest::prelude::*;
use serde_json::json;

use crate::guards;
use crate::halt::{halt, resume};
use crate::support::{Exchange, Placed, Script, World, config};

const SCHEDULES: u32 = 48;
const PMM: &str = "pureMarketMaking";

#[derive(Debug, Clone)]
enum Step {
    /// Time passes, and the runtime does what is due.
    Pass(i64),
    /// The market moves to so many percent of 100.
    Price(u8),
    /// Part of one of the last orders trades, at the venue's word: also of one that was cancelled.
    Trade(u8, u8),
    NextPlace(Script),
    NextCancel(Script),
    /// A venue answers nothing for a while.
    Dark(bool),
    Start(u8),
    Stop(u8),
    /// What it has at the venue stays there.
    Leave(u8),
    /// A guard that the runs may well trip.
    Guard(GuardAction),
    ResetGuard,
    Halt,
    Resume,
    /// The process dies, and another one begins.
    Kill,
    /// Another process takes over while the first one lives on for a while.
    Replace,
}

fn step() -> impl Strategy<Value = Step> {
    let script = || {
        prop::sample::select(vec![
            Script::Reject,
            Script::LoseAnswer,
            Script::LoseRequest,
        ])
    };
    prop_oneof![
        10 => (200..12_000_i64).prop_map(Step::Pass),
        3 => (80..120_u8).prop_map(Step::Price),
        8 => any::<(u8, u8)>().prop_map(|(which, part)| Step::Trade(which, part)),
        2 => script().prop_map(Step::NextPlace),
        2 => script().prop_map(Step::NextCancel),
        1 => any::<bool>().prop_map(Step::Dark),
        2 => (0..4_u8).prop_map(Step::Start),
        2 => (0..4_u8).prop_map(Step::Stop),
        1 => (0..4_u8).prop_map(Step::Leave),
        1 => prop::sample::select(vec![
            GuardAction::ReduceOnly,
            GuardAction::Pause,
            GuardAction::Flatten,
        ])
        .prop_map(Step::Guard),
        1 => Just(Step::ResetGuard),
        1 => Just(Step::Halt),
        1 => Just(Step::Resume),
        2 => Just(Step::Kill),
        1 => Just(Step::Replace),
    ]
}

/// The world, the process that runs it, and perhaps one that does not know yet that it was replaced.
struct Schedule {
    world: World,
    runtime: Runtime,
    stale: Option<Runtime>,
    now: i64,
    halted: bool,
}

impl Schedule {
    async fn begin() -> Self {
        let mut world = World::new().await;
        // So often that processes also begin where another one saved
        world.settings.save_every = 7;
        // Many answers get lost, and what takes longer is lost as well
        world.settings.venue_timeout = Duration::from_millis(20);
        guards::set_called(&world, "all", out_of_reach()).await;
        let runtime = world.runtime().await;
        let mut schedule = Self {
            world,
            runtime,
            stale: None,
            now: 0,
            halted: false,
        };
        for which in 0..4 {
            schedule.start(which).await;
        }
        schedule
    }

    async fn start(&mut self, which: u8) {
        let quotes = json!({"bidSpread": 0.01, "askSpread": 0.01, "orderAmount": 1, "orderRefreshTime": 5000});
        let (executor_type, changes) = match which {
            0 => (PMM, quotes),
            1 => (
                PMM,
                json!({"bidSpread": 0.02, "askSpread": 0.005, "orderAmount": 2, "numberOfLayers": 2}),
            ),
            2 => (
                "arbitrage",
                json!({"amountToTrade": 1, "minProfitability": 0.01, "legTimeoutSeconds": 8}),
            ),
            _ => (
                "volume",
                json!({"intervalTime": 3, "tradeAmount": 1, "numTrades": 1000}),
            ),
        };
        let user = format!("user-{which}");
        self.world
            .start(&user, executor_type, config(executor_type, changes))
            .await;
    }

    fn key(which: u8) -> StrategyKey {
        let executor_type = [
            "pureMarketMaking",
            "pureMarketMaking",
            "arbitrage",
            "volume",
        ];
        StrategyKey::new(format!(
            "user-{which}-c-{}",
            executor_type[usize::from(which)]
        ))
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Pass(ms) => self.pass(*ms).await,
            Step::Price(percent) => {
                let bid = i64::from(*percent);
                self.world
                    .binance
                    .quote(&bid.to_string(), &(bid + 1).to_string());
                self.world
                    .mexc
                    .quote(&(bid + 2).to_string(), &(bid + 3).to_string());
            }
            Step::Trade(which, part) => self.trade(*which, *part).await,
            Step::NextPlace(script) => self.world.binance.next_place(*script),
            Step::NextCancel(script) => self.world.binance.next_cancel(*script),
            Step::Dark(dark) => self.world.binance.go_dark(*dark),
            Step::Start(which) => self.start(*which).await,
            Step::Stop(which) => self.world.stop(&Self::key(*which)).await,
            Step::Leave(which) => {
                let key = Self::key(*which);
                self.world.stop_as(&key, StopMode::Leave).await;
            }
            Step::Guard(action) => {
                let rule = guards::rule(GuardScope::System, *action);
                guards::set_if_armed(&self.world, rule).await;
            }
            Step::ResetGuard => guards::reset_if_set(&self.world).await,
            Step::Halt if !self.halted => {
                self.halted = true;
                halt(&self.world).await;
            }
            Step::Resume if self.halted => {
                self.halted = false;
                resume(&self.world).await;
            }
            Step::Halt | Step::Resume => {}
            Step::Kill => {
                self.stale = None;
                self.runtime = self.world.runtime().await;
            }
            Step::Replace => {
                let next = self.world.runtime().await;
                let replaced = std::mem::replace(&mut self.runtime, next);
                self.pass(100).await;
                self.stale = Some(replaced);
            }
        }
    }

    async fn pass(&mut self, ms: i64) {
        self.now += ms;
        let (world, now) = (&self.world, self.now);
        if let Some(stale) = &mut self.stale {
            world.step(stale, now).await;
        }
        world.step(&mut self.runtime, now).await;
    }

    /// Told at once: whoever is told of a trade of a run that ended under a former process cannot know
    /// whose it is.
    async fn trade(&mut self, which: u8, part: u8) {
        let mut recent = self.orders();
        recent.retain(|(_, order)| order.left().is_positive());
        let recent = &recent[recent.len().saturating_sub(12)..];
        let Some((venue, order)) = recent.get(usize::from(which) % recent.len().max(1)) else {
            return;
        };
        if self
            .run_of(&order.request.client_order_id)
            .await
            .is_none_or(|run| run.closed)
        {
            return;
        }
        let left = order.left();
        let quantity = if part < 128 {
            left
        } else {
            &left * &"0.5".parse().unwrap()
        };
        venue.fill(&order.request.client_order_id, &quantity.to_string());
        self.world.binance.go_dark(false);
        self.pass(1).await;
    }

    /// Every order that reached a venue, in the order in which they came.
    fn orders(&self) -> Vec<(Arc<Exchange>, Placed)> {
        let mut orders = Vec::new();
        for venue in [&self.world.binance, &self.world.mexc] {
            orders.extend(venue.all().into_iter().map(|order| (venue.clone(), order)));
        }
        orders.sort_by_key(|(_, order)| order.report.placed_at);
        orders
    }

    async fn runs(&self) -> Vec<Execution> {
        let mut runs = Vec::new();
        for which in 0..4 {
            let key = Self::key(which);
            for number in 1..=self.world.runs(&key).await {
                runs.push(self.world.execution(&key, number).await);
            }
        }
        runs
    }

    async fn run_of(&self, id: &ClientOrderId) -> Option<Execution> {
        let mut runs = self.runs().await;
        let at = runs.iter().position(|run| run.known_order(id).is_some())?;
        Some(runs.swap_remove(at))
    }

    fn assert_no_order_meets_another(&self) {
        for venue in [&self.world.binance, &self.world.mexc] {
            let open = venue.open();
            let prices = |side| {
                let orders = open.iter().filter(move |order| order.is(side));
                orders.map(|order| order.request.price.clone())
            };
            if let (Some(bid), Some(ask)) = (prices(Side::Buy).max(), prices(Side::Sell).min()) {
                assert!(bid < ask, "our buy at {bid} meets our sell at {ask}");
            }
        }
    }

    /// Venues answer again, everything is stopped, and there is time.
    async fn end(&mut self) {
        self.stale = None;
        self.world.binance.go_dark(false);
        self.world.binance.forget_scripts();
        for which in 0..4 {
            self.world.stop(&Self::key(which)).await;
        }
        for _ in 0..30 {
            self.pass(2000).await;
        }
    }
}

/// Every trade of the venues is in the log exactly once, and nothing is left there.
async fn assert_agreement(schedule: &Schedule) {
    let mut bought: BTreeMap<ClientOrderId, Decimal> = BTreeMap::new();
    for (_, order) in schedule.orders() {
        let id = &order.request.client_order_id;
        assert_ne!(order.report.state, ReportedState::Open, "{id} is left open");
        let filled = order.filled();
        assert!(
            filled <= *order.request.quantity.amount(),
            "{id} traded too much"
        );
        bought.insert(id.clone(), filled);
    }
    let mut counted = BTreeMap::new();
    for which in 0..4 {
        let key = Schedule::key(which);
        for number in 1..=schedule.world.runs(&key).await {
            let run = schedule.world.execution(&key, number).await;
            assert!(run.closed || !run.opened, "run {number} of {key}");
            for event in schedule.world.events(&key, number).await {
                match event {
                    ExecutionEvent::OrderIntended(intent) => {
                        let id = intent.client_order_id;
                        let known = counted.insert(id.clone(), Decimal::zero());
                        assert!(known.is_none(), "{id} was intended twice");
                    }
                    ExecutionEvent::OrderFilled(fill) => {
                        let sum = counted.get_mut(&fill.client_order_id).unwrap();
                        *sum = &*sum + fill.quantity.amount();
                    }
                    _ => {}
                }
            }
        }
    }
    for (id, filled) in bought {
        let recorded = counted.get(&id);
        assert_eq!(
            recorded,
            Some(&filled),
            "{id}: sent without a record, or counted wrongly"
        );
    }
}

/// A guard that watches everything has measured what all runs together earned.
async fn assert_measured(schedule: &Schedule) {
    let runs = schedule.runs().await;
    let positions = runs.iter().flat_map(|run| &run.ledger.positions);
    let profits = positions.filter_map(|held| Some(held.profit_at(held.mark.as_ref()?)));
    let earned = profits.fold(Decimal::zero(), |sum, profit| &sum + &profit);
    let measured = schedule.world.measures.of(&GuardName::new("all"), 1);
    assert_eq!(measured.unwrap().profit, earned);
}

fn out_of_reach() -> GuardRule {
    GuardRule {
        loss: Some(1_000_000_000.into()),
        ..guards::rule(GuardScope::System, GuardAction::Pause)
    }
}

fn schedules() -> u32 {
    let asked = std::env::var("STRATEGOS_SCHEDULES").ok();
    asked
        .and_then(|text| text.parse().ok())
        .unwrap_or(SCHEDULES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: schedules(), ..ProptestConfig::default() })]

    #[test]
    fn every_trade_counts_once_and_no_order_is_left_or_meets_another(
        at_once in any::<bool>(),
        steps in prop::collection::vec(step(), 10..50),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut schedule = Schedule::begin().await;
            schedule.world.binance.replaces_at_once(at_once);
            for step in &steps {
                schedule.take(step).await;
                schedule.assert_no_order_meets_another();
            }
            schedule.end().await;
            assert_agreement(&schedule).await;
            assert_measured(&schedule).await;
        });
    }
}
