//! Markets, configurations and orders in few words.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use domain::execution::{OrderState, Side};
use domain::ids::{ClientOrderId, ExecutorType};
use domain::money::{Decimal, Price, Quantity};
use serde_json::{Map, Value};
use strategies::{
    Action, Book, Decision, Level, MarketRef, MarketSnapshot, OrderProposal, OwnOrder, OwnState,
    Strategist, Strategy, Ticker, built_in_strategies,
};

pub(crate) const PAIR: &str = "ETH/USDT";

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn object(json: Value) -> Map<String, Value> {
    let Value::Object(map) = json else {
        panic!("not an object: {json}")
    };
    map
}

/// `base` with the members of `changes` put over it; null removes one.
pub(crate) fn with(base: Value, changes: Value) -> Map<String, Value> {
    let mut merged = object(base);
    merged.extend(object(changes));
    merged.retain(|_, value| !value.is_null());
    merged
}

pub(crate) fn strategy(executor_type: &str) -> Arc<dyn Strategy> {
    built_in_strategies()
        .into_iter()
        .find(|strategy| strategy.executor_type() == ExecutorType::new(executor_type))
        .unwrap()
}

pub(crate) fn parsed(executor_type: &str, config: &Map<String, Value>) -> Box<dyn Strategist> {
    strategy(executor_type).parse(config).unwrap()
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Market(pub(crate) MarketSnapshot);

impl Market {
    /// One level a side, `bid/ask`; `-` is an empty side.
    pub(crate) fn book(self, exchange: &str, bid_ask: &str) -> Self {
        let (bid, ask) = bid_ask.split_once('/').unwrap();
        let side = |price: &str| match price {
            "-" => String::new(),
            price => format!("{price}x1000"),
        };
        self.depth(exchange, &side(bid), &side(ask))
    }

    /// Levels as `price x quantity`: `100x1 101x2`.
    pub(crate) fn depth(mut self, exchange: &str, bids: &str, asks: &str) -> Self {
        let levels = |text: &str| {
            text.split_whitespace()
                .map(|level| {
                    let (price, quantity) = level.split_once('x').unwrap();
                    Level {
                        price: decimal(price),
                        quantity: decimal(quantity),
                    }
                })
                .collect()
        };
        let book = Book {
            bids: levels(bids),
            asks: levels(asks),
            at: None,
        };
        self.0
            .books
            .insert(MarketRef::new(exchange, PAIR), Arc::new(book));
        self
    }

    /// `last/bid/ask`; `-` is a missing price.
    pub(crate) fn ticker(mut self, exchange: &str, last_bid_ask: &str) -> Self {
        let mut prices = last_bid_ask
            .split('/')
            .map(|price| (price != "-").then(|| decimal(price)));
        let mut next = || prices.next().flatten();
        let ticker = Ticker {
            last: next(),
            bid: next(),
            ask: next(),
        };
        self.0
            .tickers
            .insert(MarketRef::new(exchange, PAIR), ticker);
        self
    }
}

/// An acknowledged order of the run.
pub(crate) fn open_order(slot: &str, side: Side, price: &str, quantity: &str) -> OwnOrder {
    OwnOrder {
        client_order_id: ClientOrderId::new(format!("id-of-{slot}")),
        slot: slot.to_owned(),
        exchange: "binance".to_owned(),
        pair: PAIR.to_owned(),
        side,
        price: Price::try_new(decimal(price)).unwrap(),
        quantity: Quantity::try_new(decimal(quantity)).unwrap(),
        remaining: decimal(quantity),
        state: OrderState::Open,
        placed_at: DateTime::UNIX_EPOCH,
    }
}

pub(crate) fn own(live_orders: Vec<OwnOrder>) -> OwnState {
    OwnState {
        live_orders,
        ..OwnState::default()
    }
}

/// The venue's view after it carried a decision out and nothing traded.
pub(crate) fn carried_out(mut own: OwnState, decision: &Decision) -> OwnState {
    for action in &decision.actions {
        match action {
            Action::Cancel {
                client_order_id, ..
            } => own
                .live_orders
                .retain(|order| order.client_order_id != *client_order_id),
            Action::Place(order) => {
                own.executed_trades += u32::from(order.counts_trade);
                own.live_orders.push(acknowledged(order));
            }
            Action::Stop { .. } => own.live_orders.clear(),
        }
    }
    own
}

pub(crate) fn acknowledged(order: &OrderProposal) -> OwnOrder {
    OwnOrder {
        client_order_id: ClientOrderId::new(format!("id-of-{}-{}", order.slot, order.price)),
        slot: order.slot.clone(),
        exchange: order.exchange.clone(),
        pair: order.pair.clone(),
        side: order.side,
        price: order.price.clone(),
        quantity: order.quantity.clone(),
        remaining: order.quantity.amount().clone(),
        state: OrderState::Open,
        placed_at: DateTime::UNIX_EPOCH,
    }
}

pub(crate) fn placed(decision: &Decision) -> Vec<&OrderProposal> {
    decision
        .actions
        .iter()
        .filter_map(|action| match action {
            Action::Place(order) => Some(order),
            Action::Cancel { .. } | Action::Stop { .. } => None,
        })
        .collect()
}

/// `buy binance 99 @1, sell binance 101 @1`
pub(crate) fn orders(decision: &Decision) -> String {
    let orders: Vec<String> = placed(decision)
        .into_iter()
        .map(|order| {
            let (side, exchange) = (order.side.as_str(), &order.exchange);
            format!("{side} {exchange} {} @{}", order.price, order.quantity)
        })
        .collect();
    orders.join(", ")
}

/// `cancel id-of-mm-layer-1-buy, place mm-layer-1-sell, stop`
pub(crate) fn actions(decision: &Decision) -> String {
    let actions: Vec<String> = decision
        .actions
        .iter()
        .map(|action| match action {
            Action::Place(order) => format!("place {} {}", order.slot, order.price),
            Action::Cancel {
                client_order_id, ..
            } => format!("cancel {client_order_id}"),
            Action::Stop { .. } => "stop".to_owned(),
        })
        .collect();
    actions.join(", ")
}

/// Whether something is done, or it is said why not.
pub(crate) fn says_why(decision: &Decision) -> bool {
    !decision.actions.is_empty() || !decision.skipped.is_empty() || decision.idle.is_some()
}

pub(crate) fn inputs(order: &OrderProposal) -> BTreeMap<&str, String> {
    let inputs = order.basis.inputs.iter();
    inputs
        .map(|(name, price)| (name.as_str(), price.to_string()))
        .collect()
}
