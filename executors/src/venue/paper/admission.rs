//! Whether an order is taken, and what becomes of it in that moment.

use chrono::{DateTime, Utc};
use domain::execution::Side;
use domain::money::Decimal;
use rusqlite::Connection;
use strategies::{Book, TradingRules};

use super::account_balances::{cost, paid_with};
use super::arrival::{queue_ahead, take};
use super::exchange::Exchange;
use super::fills::NewFill;
use super::ledger::PaperError;
use super::orders::NewOrder;
use super::price_key::price_key;
use crate::market::Pair;
use crate::venue::{OrderRequest, TimeInForce};

/// An order before an exchange, inside a transaction.
#[derive(Debug)]
pub(super) struct Admission<'a> {
    pub(super) exchange: &'a Exchange,
    pub(super) order: &'a OrderRequest,
    pub(super) book: &'a Book,
    pub(super) now: DateTime<Utc>,
}

impl Admission<'_> {
    /// Why the order is not taken.
    pub(super) fn refusal(&self, connection: &Connection) -> Result<Option<String>, PaperError> {
        let (name, pair) = (&self.exchange.name, &self.order.pair);
        let rules = self.exchange.market.rules(name, pair).unwrap_or_default();
        if let Some(reason) = self.against_the_rules(&rules) {
            return Ok(Some(reason));
        }
        if self.meets_one_of_ours(connection)? {
            return Ok(Some("self-trade prevention".to_owned()));
        }
        self.beyond_the_balance(connection)
    }

    /// By the venue's rules and the book it would meet.
    fn against_the_rules(&self, rules: &TradingRules) -> Option<String> {
        let order = self.order;
        let (price, quantity) = (order.price.amount(), order.quantity.amount());
        let off_grid = |amount: &Decimal, step: &Option<Decimal>| {
            let step = step
                .as_ref()
                .filter(|step| amount.floor_to(step) != *amount);
            step.cloned()
        };
        if let Some(tick) = off_grid(price, &rules.tick) {
            return Some(format!("the price {price} is not a multiple of {tick}"));
        }
        if let Some(lot) = off_grid(quantity, &rules.lot) {
            return Some(format!(
                "the quantity {quantity} is not a multiple of {lot}"
            ));
        }
        if let Err(reason) = rules.check_minimums(&order.price, &order.quantity) {
            return Some(reason);
        }
        if !order.post_only {
            return None;
        }
        if order.time_in_force == TimeInForce::ImmediateOrCancel {
            return Some("a post-only order cannot be immediate or cancel".to_owned());
        }
        let takes = !take(order.side, price, quantity, self.book).is_empty();
        takes.then(|| "a post-only order must not take liquidity".to_owned())
    }

    /// An order that would meet one of ours is refused, whichever instance either belongs to.
    fn meets_one_of_ours(&self, connection: &Connection) -> Result<bool, PaperError> {
        let sql = match self.order.side {
            Side::Buy => {
                "SELECT number FROM paper_orders WHERE exchange = ? AND pair = ? \
                 AND side = 'sell' AND state = 'open' AND price_key <= ? LIMIT 1"
            }
            Side::Sell => {
                "SELECT number FROM paper_orders WHERE exchange = ? AND pair = ? \
                 AND side = 'buy' AND state = 'open' AND price_key >= ? LIMIT 1"
            }
        };
        let price = price_key(self.order.price.amount());
        let named = (&self.exchange.name, &self.order.pair, price);
        Ok(connection.prepare_cached(sql)?.exists(named)?)
    }

    fn beyond_the_balance(&self, connection: &Connection) -> Result<Option<String>, PaperError> {
        let Some(pair) = Pair::find(&self.order.pair) else {
            return Ok(None);
        };
        let (exchange, needed) = (self.exchange, self.most_it_may_cost());
        let currency = paid_with(self.order.side, &pair);
        let mut balances = exchange.account_balances();
        let balance = balances.balance(connection, &exchange.settings.account, currency);
        let free = balance?.free();
        Ok((needed > free).then(|| {
            format!(
                "the order may need {needed} {currency}, and {free} are free at {}",
                exchange.name
            )
        }))
    }

    /// Takes what is there within the limit; the rest gets in line or is cancelled. Returns the
    /// order's number.
    pub(super) fn admit(&self, connection: &Connection) -> Result<i64, PaperError> {
        let (exchange, order) = (self.exchange, self.order);
        let (price, quantity) = (order.price.amount(), order.quantity.amount());
        let account = exchange.settings.account.as_str();
        let mut balances = exchange.account_balances();
        let mut filled = Decimal::zero();
        for trade in take(order.side, price, quantity, self.book) {
            filled = &filled + &trade.quantity;
            let fill = NewFill {
                exchange: &exchange.name,
                account,
                pair: &order.pair,
                client_order_id: order.client_order_id.as_str(),
                side: order.side,
                price: &trade.price,
                quantity: &trade.quantity,
                fee_rate: &exchange.settings.taker_fee,
                filled_at: self.now,
            };
            fill.record(connection, &mut balances)?;
        }
        let cancelled = order.time_in_force == TimeInForce::ImmediateOrCancel && filled < *quantity;
        let resting = if cancelled {
            Decimal::zero()
        } else {
            quantity - &filled
        };
        let reserved = cost(
            order.side,
            price,
            &resting,
            &exchange.settings.highest_fee(),
        );
        if let Some(pair) = Pair::find(&order.pair) {
            let currency = paid_with(order.side, &pair);
            let change = (&Decimal::zero(), &reserved);
            balances.reserve(connection, account, currency, change)?;
        }
        balances.save(connection)?;
        let new = NewOrder {
            exchange: &exchange.name,
            account,
            request: order,
            filled: &filled,
            queue_ahead: &queue_ahead(order.side, price, self.book),
            reserved: &reserved,
            cancelled,
            placed_at: self.now,
            live_from: self.now + exchange.settings.latency,
        };
        new.insert(connection)
    }

    fn most_it_may_cost(&self) -> Decimal {
        let order = self.order;
        cost(
            order.side,
            order.price.amount(),
            order.quantity.amount(),
            &self.exchange.settings.highest_fee(),
        )
    }
}
