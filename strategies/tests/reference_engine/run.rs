//! A run on a venue that fills orders whole, at their own price.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::{History, OrderIntent, OrderState, Side};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use serde_json::Value;
use strategies::{Action, Book, MarketSnapshot, OrderProposal, OwnOrder, OwnState, Strategist};

use crate::cases::{book, decimal};
use crate::translation::{market, rules, strategist};

pub(crate) struct Run {
    strategist: Box<dyn Strategist>,
    snapshot: MarketSnapshot,
    fee: Decimal,
    start: (Decimal, Decimal),
    pub(crate) second: i64,
    placed: u64,
    pub(crate) own: OwnState,
}

impl Run {
    pub(crate) fn of(case: &Value, replacement: &str) -> Self {
        let mut snapshot = MarketSnapshot::default();
        snapshot.rules.insert(market(), rules(case));
        let mut run = Self {
            strategist: strategist(case, replacement),
            snapshot,
            fee: decimal(&case["maker_fee"]),
            start: (
                decimal(&case["base_balance"]),
                decimal(&case["quote_balance"]),
            ),
            second: 0,
            placed: 0,
            own: OwnState {
                net_base: Some(Decimal::zero()),
                net_quote: Some(Decimal::zero()),
                ..OwnState::default()
            },
        };
        run.set_book(book(&case["bids"], &case["asks"]));
        run
    }

    fn set_book(&mut self, book: Arc<Book>) {
        self.snapshot.books.insert(market(), book);
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.second)
    }

    pub(crate) fn tick(&mut self) {
        let book = self.snapshot.books[&market()].clone();
        let (bid, ask) = (book.best_bid().unwrap(), book.best_ask().unwrap());
        self.fill(|order| match order.side {
            Side::Buy => ask <= order.price.amount(),
            Side::Sell => bid >= order.price.amount(),
        });
        self.second += 1;
        self.own.now = self.now();
        self.decide();
    }

    fn decide(&mut self) {
        let decision = self.strategist.decide(&self.snapshot, &self.own);
        if decision.band.is_some() {
            self.own.history.band = decision.band;
        }
        for action in decision.actions {
            match action {
                Action::Place(order) => self.place(order),
                Action::Cancel {
                    client_order_id, ..
                } => self
                    .own
                    .live_orders
                    .retain(|order| order.client_order_id != client_order_id),
                Action::Stop { reason } => panic!("{reason}"),
            }
        }
        let refill = decision.unfinished && !self.own.refill;
        self.own.refill = refill;
        if refill {
            self.decide();
            self.own.refill = false;
        }
    }

    /// Whether another look at the same moment would place something.
    pub(crate) fn could_quote(&self) -> bool {
        let decision = self.strategist.decide(&self.snapshot, &self.own);
        let mut actions = decision.actions.iter();
        actions.any(|action| matches!(action, Action::Place(_)))
    }

    fn place(&mut self, order: OrderProposal) {
        self.placed += 1;
        let now = self.now();
        let live = &self.own.live_orders;
        self.own.history.intended(now, |batch| {
            live.iter().any(|order| order.placed_at == batch)
        });
        self.own.live_orders.push(OwnOrder {
            client_order_id: ClientOrderId::new(self.placed.to_string()),
            slot: order.slot,
            exchange: order.exchange,
            pair: order.pair,
            side: order.side,
            price: order.price,
            remaining: order.quantity.amount().clone(),
            quantity: order.quantity,
            state: OrderState::Open,
            placed_at: now,
        });
    }

    /// The fee of a buy comes off what is bought for, the fee of a sale off what it brings.
    fn fill(&mut self, trades: impl Fn(&OwnOrder) -> bool) {
        let now = self.now();
        let (filled, live): (Vec<_>, Vec<_>) = self
            .own
            .live_orders
            .drain(..)
            .partition(|order| trades(order));
        self.own.live_orders = live;
        for order in filled {
            let value = order.price.notional(&order.quantity);
            let fee = &value * &self.fee;
            let (base, quote) = match order.side {
                Side::Buy => (order.quantity.amount().clone(), -&value),
                Side::Sell => (-order.quantity.amount(), &value - &fee),
            };
            let add =
                |net: &Option<Decimal>, change: &Decimal| Some(net.as_ref().unwrap() + change);
            self.own.net_base = add(&self.own.net_base, &base);
            self.own.net_quote = add(&self.own.net_quote, &quote);
            let history = &mut self.own.history;
            history.traded(order.side, &order.price, &order.quantity);
            complete(history, order, now);
        }
    }

    pub(crate) fn apply_book(&mut self, events: &[Value]) {
        let second = self.second;
        let mut books = events.iter().filter(|event| event[0] == second);
        if let Some(event) = books.find(|event| event[1] == "book") {
            self.set_book(book(&event[2], &event[3]));
        }
    }

    pub(crate) fn apply_events(&mut self, events: &[Value]) {
        let second = self.second;
        for event in events.iter().filter(|event| event[0] == second) {
            if event[1] == "book" {
                self.set_book(book(&event[2], &event[3]));
                continue;
            }
            let price = decimal(&event[3]);
            let bought = event[2] == "buy";
            self.fill(|order| match order.side {
                Side::Buy => !bought && *order.price.amount() > price,
                Side::Sell => bought && *order.price.amount() < price,
            });
        }
    }

    pub(crate) fn side(&self, side: Side) -> Vec<(Decimal, Decimal)> {
        let orders = self
            .own
            .live_orders
            .iter()
            .filter(|order| order.side == side);
        let mut orders: Vec<_> = orders
            .map(|order| (order.price.amount().clone(), order.remaining.clone()))
            .collect();
        orders.sort();
        orders
    }

    pub(crate) fn balances(&self) -> (Decimal, Decimal) {
        let (base, quote) = &self.start;
        (
            base + self.own.net_base.as_ref().unwrap(),
            quote + self.own.net_quote.as_ref().unwrap(),
        )
    }
}

fn complete(history: &mut History, order: OwnOrder, at: DateTime<Utc>) {
    let intent = OrderIntent {
        client_order_id: order.client_order_id,
        slot: order.slot,
        exchange: order.exchange,
        pair: order.pair,
        side: order.side,
        basis: domain::execution::DecisionBasis {
            reference_price: order.price.amount().clone(),
            inputs: std::collections::BTreeMap::new(),
        },
        price: order.price,
        quantity: order.quantity,
        post_only: true,
        executed_trades: None,
        tick_at: order.placed_at,
        seen: None,
    };
    history.completed(&intent, at);
}
