//! A market maker's configuration, with everything worked out that no market changes.

use std::time::Duration;

use domain::config::Violation;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};
use serde_json::{Map, Value};

use super::options::Options;
use super::spreads::Spreads;
use crate::config_checks::config_field;
use crate::config_reader::{ConfigReader, cadence};
use crate::{MarketRef, OnRestart};

/// More would only fill the book with orders that never trade.
const MOST_LAYERS: i64 = 100;
const DEFAULT_REFRESH_MS: i64 = 10_000;
/// How often timers are looked at.
const TIMED_CADENCE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct PmmConfig {
    /// Where orders go.
    pub(super) market: MarketRef,
    /// Where the reference price comes from.
    pub(super) price_market: MarketRef,
    pub(super) price_source: PriceSource,
    pub(super) order_amount: Decimal,
    pub(super) cadence: Duration,
    pub(super) layers: Vec<Layer>,
    /// No buys while the reference price is above it.
    pub(super) ceiling: Option<Decimal>,
    /// No sells while the reference price is below it.
    pub(super) floor: Option<Decimal>,
    pub(super) hanging_orders: bool,
    post_only: bool,
    /// How far, in percent, price and quantity may be off before an order is replaced.
    pub(super) tolerance_percent: Decimal,
    /// Between one layer and the next, where that is configured by itself.
    pub(super) level_spread: Option<Decimal>,
    pub(super) options: Options,
    pub(super) on_restart: OnRestart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PriceSource {
    MidPrice,
    BestBid,
    BestAsk,
    LastPrice,
    /// The price of the run's own last trade; before one, the mid price.
    LastOwnTrade,
    /// The mid price, but sells never below what the inventory cost.
    InventoryCost,
}

/// A pair of quotes, whatever the reference price will be.
#[derive(Debug)]
pub(super) struct Layer {
    /// What the reference price is multiplied by for the buy.
    pub(super) buy: Decimal,
    pub(super) sell: Decimal,
    pub(super) quantity: Decimal,
}

#[derive(Debug)]
enum QuantityStep {
    Add(Decimal),
    MultiplyBy(Decimal),
}

impl PmmConfig {
    pub(super) fn read(config: &Map<String, Value>) -> Result<Self, Vec<Violation>> {
        let mut reader = ConfigReader::new(config);
        let pair = reader.required_text("pair");
        let exchange = reader.required_text("exchangeName");
        let oracle = reader.optional_text("oracleExchangeName");
        let spreads = Spreads::read(&mut reader);
        let order_amount = reader.required_number("orderAmount");
        let refresh_ms = reader.optional_number("orderRefreshTime");
        let refresh_ms = refresh_ms.unwrap_or_else(|| Decimal::from(DEFAULT_REFRESH_MS));
        let options = Options::read(&mut reader, &refresh_ms);
        let cadence = if options.timing.is_some() {
            TIMED_CADENCE
        } else {
            cadence(&refresh_ms)
        };
        let layers = read_layer_count(&mut reader);
        let step = QuantityStep::read(&mut reader);
        let read = Self {
            price_market: MarketRef::new(oracle.unwrap_or_else(|| exchange.clone()), &pair),
            market: MarketRef::new(exchange, pair),
            price_source: PriceSource::read(&mut reader),
            cadence,
            level_spread: spreads.step.clone(),
            options,
            layers: layer_up(layers, &spreads, &order_amount, &step),
            order_amount,
            ceiling: reader.positive_number("ceilingPrice"),
            floor: reader.positive_number("floorPrice"),
            on_restart: OnRestart::read(&mut reader),
            hanging_orders: reader.flag_or("hangingOrdersEnabled", false),
            post_only: reader.flag_or("postOnly", true),
            tolerance_percent: reader
                .positive_number("orderRefreshTolerancePct")
                .unwrap_or_else(Decimal::zero),
        };
        reader.finish(read)
    }

    /// Whether the venue is to refuse orders that would trade at once.
    pub(super) fn is_post_only(&self) -> bool {
        self.post_only && self.options.take_if_crossed != Some(true)
    }
}

impl PriceSource {
    fn read(reader: &mut ConfigReader<'_>) -> Self {
        let choices = [
            ("mid_price", Self::MidPrice),
            ("best_ask", Self::BestAsk),
            ("best_bid", Self::BestBid),
            ("last_price", Self::LastPrice),
            ("last_own_trade", Self::LastOwnTrade),
            ("inventory_cost", Self::InventoryCost),
        ];
        let chosen = reader.choice("priceSourceType", &choices);
        chosen.unwrap_or(Self::MidPrice)
    }
}

impl QuantityStep {
    fn read(reader: &mut ConfigReader<'_>) -> Self {
        let change = reader.optional_number("amountChangePerLayer");
        let change = change.unwrap_or_else(Decimal::zero);
        let choices = [("fixed", false), ("percentage", true)];
        match reader.choice("amountChangeType", &choices) {
            Some(true) => Self::MultiplyBy(&Decimal::one() + &divide(&change, 100)),
            Some(false) | None => Self::Add(change),
        }
    }

    /// Percentages compound from layer to layer.
    fn apply(&self, quantity: &Decimal) -> Decimal {
        match self {
            Self::Add(change) => quantity + change,
            Self::MultiplyBy(factor) => quantity * factor,
        }
    }
}

/// Missing is none, and a fraction of a layer is none, as in the original.
fn read_layer_count(reader: &mut ConfigReader<'_>) -> i64 {
    let field = "numberOfLayers";
    let layers = reader.optional_number(field).unwrap_or_else(Decimal::zero);
    if layers > Decimal::from(MOST_LAYERS) {
        let (subject, limit) = (config_field(field), Param::text(MOST_LAYERS));
        reader.refuse(field, "maximum", Phrase::MustBeAtMost { subject, limit });
        return 0;
    }
    let whole = layers.floor_to(&Decimal::one()).to_string();
    whole.parse().unwrap_or(0)
}

fn layer_up(
    count: i64,
    spreads: &Spreads,
    order_amount: &Decimal,
    step: &QuantityStep,
) -> Vec<Layer> {
    let mut quantity = order_amount.clone();
    let mut layers = Vec::new();
    for number in 1..=count {
        if number > 1 {
            quantity = step.apply(&quantity);
        }
        let distance = Decimal::from(number);
        layers.push(Layer {
            buy: spreads.buy_factor(&distance),
            sell: spreads.sell_factor(&distance),
            quantity: quantity.clone(),
        });
    }
    layers
}

pub(super) fn divide(number: &Decimal, by: i64) -> Decimal {
    let quotient = number.checked_div(&Decimal::from(by));
    quotient.unwrap_or_else(Decimal::zero)
}
