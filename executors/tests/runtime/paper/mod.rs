//! The paper venue: on its own, and under a runtime.

mod balances;
mod market_making;
mod orders;
mod pairs;
mod properties;
mod refusals;
mod replacement;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use executors::market::{MarketConfig, PaperMarket};
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use executors::venue::{OrderAnswer, OrderReport, OrderRequest, PlaceAnswer, TimeInForce, Venue};

use crate::support::{World, decimal};

const PAIR: &str = "WLD/USDT";

struct Paper {
    world: World,
    market: Arc<PaperMarket>,
}

impl Paper {
    async fn new() -> Self {
        let mut world = World::new().await;
        // The pretend exchange always answers, on a busy machine later
        world.settings.venue_timeout = Duration::from_mins(1);
        let epoch = world.set_time(0);
        let market = PaperMarket::try_new(MarketConfig::new(7, epoch)).unwrap();
        Self {
            market: Arc::new(market),
            world,
        }
    }

    /// The venue as a new process finds it.
    async fn venue(&self, name: &str) -> PaperVenue {
        self.venue_with(name, PaperSettings::default()).await
    }

    async fn venue_with(&self, name: &str, settings: PaperSettings) -> PaperVenue {
        let path = self.world.dir.path().join("paper.sqlite");
        PaperVenue::new(
            name,
            self.market.clone(),
            PaperLedger::open(&path).await.unwrap(),
            self.world.clock.clone(),
            settings,
        )
    }

    fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    /// Best bid and best ask.
    fn best(&self) -> (Decimal, Decimal) {
        let book = self.market.book_at("binance", PAIR, self.now()).unwrap();
        (
            book.best_bid().cloned().unwrap(),
            book.best_ask().cloned().unwrap(),
        )
    }
}

fn order(id: &str, side: Side, price: &Decimal, quantity: &str) -> OrderRequest {
    OrderRequest {
        client_order_id: ClientOrderId::new(id),
        pair: PAIR.to_owned(),
        side,
        price: Price::try_new(price.clone()).unwrap(),
        quantity: Quantity::try_new(decimal(quantity)).unwrap(),
        post_only: true,
        time_in_force: TimeInForce::GoodTilCancelled,
    }
}

fn rejection(answer: PlaceAnswer) -> String {
    match answer {
        PlaceAnswer::Rejected { reason } => reason,
        other => panic!("{other:?} is no rejection"),
    }
}

async fn report(venue: &PaperVenue, id: &str) -> OrderReport {
    match venue.order(PAIR, &ClientOrderId::new(id)).await {
        OrderAnswer::Known(report) => report,
        other => panic!("{id}: {other:?}"),
    }
}

fn filled(report: &OrderReport) -> Decimal {
    let fills = report.fills.iter();
    fills.fold(Decimal::zero(), |sum, fill| &sum + fill.quantity.amount())
}

/// Takes liquidity, and does not stay.
fn at_once(id: &str, side: Side, price: &Decimal, quantity: &str) -> OrderRequest {
    OrderRequest {
        post_only: false,
        time_in_force: TimeInForce::ImmediateOrCancel,
        ..order(id, side, price, quantity)
    }
}
