//! A market maker with real orders: it quotes, trades, is killed, comes back and is stopped.

use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::Trading;
use domain::clock::Clock;
use domain::execution::{Execution, ExecutionId};
use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::instance::{
    Instance, InstanceCommand, LaunchRequest, StartInstance, StopInstance, StopMode,
    plan_direct_launch,
};
use domain::money::Decimal;
use event_store::{Actor, CommandGateway, EventLog, Metadata, Role, Source};
use executors::venue::ccxt::CcxtVenue;
use executors::venue::{LiveExchange, Venues};
use executors::{
    Alone, GuardMeasures, Runtime, RuntimeParts, RuntimeSettings, StrategyExecutorRegistry,
    built_in_executors,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::loopback::Loopback;
use crate::standing_exchange::Book;
use crate::support::{Hands, account};

const PMM: &str = "pureMarketMaking";

struct Desk {
    log: Arc<dyn EventLog>,
    registry: Arc<StrategyExecutorRegistry>,
    hands: Arc<Hands>,
}

impl Desk {
    async fn open(folder: &Path) -> Self {
        let hands = Hands::new();
        let url = format!("sqlite:{}", folder.join("log.sqlite").display());
        let live = domain::Venue {
            name: "binance".to_owned(),
            trading: Trading::Live,
        };
        let registry = StrategyExecutorRegistry::try_new(built_in_executors(), [live]).unwrap();
        Self {
            log: event_store::open(&url, hands.clone()).await.unwrap(),
            registry: Arc::new(registry),
            hands,
        }
    }

    /// A process that knows nothing of the one before.
    async fn process(&self, server: &Loopback) -> Runtime {
        let mut account = account(LiveExchange::Binance, server);
        account.patience = std::time::Duration::from_secs(5);
        let venue = CcxtVenue::try_new(&account, self.hands.clone()).unwrap();
        let venues = Venues::default().with_real("binance", Trading::Live, Arc::new(venue));
        let parts = RuntimeParts {
            log: self.log.clone(),
            registry: self.registry.clone(),
            venues: Arc::new(venues),
            clock: self.hands.clone(),
            ownership: Arc::new(Alone),
            measures: GuardMeasures::default(),
            settings: RuntimeSettings::default(),
        };
        Runtime::open(parts).await.unwrap()
    }

    async fn start(&self, config: Value) -> StrategyKey {
        let request = LaunchRequest {
            user_id: Some(UserId::new("ana")),
            client_id: Some(ClientId::new("desk")),
            market_making_order_id: None,
            overrides: config,
        };
        let plan = plan_direct_launch(&ExecutorType::new(PMM), request, self.registry.as_ref());
        let plan = plan.unwrap();
        let key = plan.strategy_key.clone();
        let start = StartInstance {
            plan,
            start_price: Some(Decimal::one()),
            started_at: self.hands.now(),
        };
        self.command(&key, InstanceCommand::Start(Box::new(start)))
            .await;
        key
    }

    async fn stop(&self, key: &StrategyKey) {
        let stop = StopInstance {
            reason: Some("enough".to_owned()),
            only_run: None,
            mode: StopMode::Cancel,
            stopped_at: self.hands.now(),
        };
        self.command(key, InstanceCommand::Stop(stop)).await;
    }

    async fn command(&self, key: &StrategyKey, command: InstanceCommand) {
        let actor = Actor::new("ana", Role::Operator);
        let metadata = Metadata::new(actor, Source::Rest, Uuid::nil()).because("a test");
        CommandGateway::<Instance>::new(self.log.clone(), self.registry.clone())
            .execute(key.as_str(), command, metadata)
            .await
            .unwrap();
    }

    async fn execution(&self, key: &StrategyKey) -> Execution {
        let id = ExecutionId::of(key, 1);
        let gateway = CommandGateway::<Execution>::new(self.log.clone(), ());
        gateway.load(id.as_str()).await.unwrap().aggregate
    }

    async fn step(&self, runtime: &mut Runtime, seconds: i64) {
        self.hands.advance(TimeDelta::seconds(seconds));
        runtime.step(self.hands.now()).await.unwrap();
    }
}

fn config() -> Value {
    json!({
        "pair": "WLD/USDT", "exchangeName": "binance", "bidSpread": 0.002, "askSpread": 0.002,
        "orderAmount": 12.3, "orderRefreshTime": 600_000, "numberOfLayers": 1,
        "priceSourceType": "mid_price",
    })
}

#[tokio::test]
async fn real_orders_are_quoted_traded_found_again_and_taken_off() {
    let (folder, book) = (tempfile::tempdir().unwrap(), Book::default());
    let server = book.open().await;
    let desk = Desk::open(folder.path()).await;
    let key = desk.start(config()).await;
    let mut runtime = desk.process(&server).await;
    desk.step(&mut runtime, 0).await;
    let quoted = book.resting();
    let prices: Vec<String> = quoted
        .iter()
        .map(|order| format!("{} {} {}", order.kind, order.side, order.price))
        .collect();
    assert_eq!(quoted.len(), 2, "{prices:?}");
    assert!(desk.execution(&key).await.trading["binance"] == Trading::Live);

    book.trade("BUY", "2.3");
    desk.step(&mut runtime, 3).await;
    let execution = desk.execution(&key).await;
    assert_eq!((execution.fills, execution.live_orders.len()), (1, 2));
    assert_eq!(
        execution.net_base.unwrap().to_string(),
        "2.3",
        "the fee was paid in BNB"
    );

    drop(runtime);
    book.trade("SELL", "1.5");
    let mut runtime = desk.process(&server).await;
    for _ in 0..3 {
        desk.step(&mut runtime, 20).await;
    }
    let execution = desk.execution(&key).await;
    assert_eq!((execution.fills, execution.live_orders.len()), (2, 2));
    assert_eq!(
        book.all().len(),
        2,
        "both orders were found again, and none was placed anew"
    );

    desk.stop(&key).await;
    for _ in 0..3 {
        desk.step(&mut runtime, 20).await;
    }
    assert!(book.resting().is_empty());
    let execution = desk.execution(&key).await;
    assert!(execution.closed);
    assert_eq!((execution.fills, execution.live_orders.len()), (2, 0));
}
