//! What the server would bring: executors, prices, time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::{GuardMeasures, StartPriceError, StartPrices};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::config::Violation;
use domain::guard::Measure;
use domain::ids::{ExecutorType, GuardName};
use domain::money::Decimal;
use serde_json::{Map, Value};

/// The three executors, accepting whatever a schema accepts.
#[derive(Debug)]
pub(crate) struct ThreeExecutors;

impl ExecutorCatalogue for ThreeExecutors {
    fn executor_types(&self) -> Vec<ExecutorType> {
        ["arbitrage", "pureMarketMaking", "volume"]
            .map(ExecutorType::new)
            .to_vec()
    }

    fn validate_config(&self, _: &ExecutorType, _: &Map<String, Value>) -> Vec<Violation> {
        vec![]
    }
}

/// Knows one exchange, `binance`, where everything costs 100.5; another, `broken`, never answers.
#[derive(Debug, Default)]
pub(crate) struct OneExchange {
    pub(crate) asked: AtomicUsize,
}

#[async_trait]
impl StartPrices for OneExchange {
    async fn start_price(
        &self,
        executor_type: &ExecutorType,
        config: &Map<String, Value>,
    ) -> Result<Decimal, StartPriceError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let member = match executor_type.as_str() {
            "arbitrage" => "exchangeAName",
            _ => "exchangeName",
        };
        match config.get(member).and_then(Value::as_str) {
            Some("binance") => Ok("100.5".parse().unwrap()),
            Some("broken") => Err(StartPriceError::Unavailable("it is down".into())),
            other => Err(StartPriceError::UnknownExchange(
                other.unwrap_or("?").to_owned(),
            )),
        }
    }
}

/// Shows for every guard that is armed for the first time the profit that a test says.
#[derive(Debug, Default)]
pub(crate) struct Measured(pub(crate) Mutex<Option<Decimal>>);

impl GuardMeasures for Measured {
    fn of(&self, _: &GuardName, arming: u64) -> Option<Measure> {
        let profit = self.0.lock().unwrap().clone().filter(|_| arming == 1)?;
        let mut measure = Measure::default();
        measure.earn(&profit);
        Some(measure)
    }
}

/// A clock that moves when it is told to.
#[derive(Debug)]
pub(crate) struct MovingClock(Mutex<DateTime<Utc>>);

impl MovingClock {
    pub(crate) fn starting(text: &str) -> Self {
        Self(Mutex::new(text.parse().unwrap()))
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for MovingClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}
