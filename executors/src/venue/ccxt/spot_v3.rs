//! Binance, and mexc, which took over Binance's interface: `/api/v3`.

use ccxt::Value;
use chrono::{DateTime, Utc};
use domain::execution::Side;
use domain::ids::ClientOrderId;
use strategies::{Book, Ticker};

use super::answer::{Part, whole};
use super::client_ids::as_it_is;
use super::dialect::{Dialect, Found, Period, Placed, Trade, levels, no_balance};
use super::failure::Failure;
use super::listings::{Currency, Listed};
use super::session::Call;
use crate::venue::{Balance, OrderRequest, PairBalances, ReportedState, TimeInForce};

#[derive(Debug)]
pub(super) struct SpotV3 {
    /// Before an endpoint's name.
    scope: &'static str,
    markets: &'static str,
    longest_client_id: usize,
    /// What says that an order is not to rest: a type of its own, or a word beside the type.
    at_once: AtOnce,
    trades_at_most: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AtOnce {
    TimeInForce,
    Type,
}

impl SpotV3 {
    pub(super) const BINANCE: Self = Self {
        scope: "",
        markets: "fetch_markets",
        longest_client_id: 36,
        at_once: AtOnce::TimeInForce,
        trades_at_most: 1000,
    };
    pub(super) const MEXC: Self = Self {
        scope: "spot_",
        markets: "fetch_spot_markets",
        longest_client_id: 32,
        at_once: AtOnce::Type,
        trades_at_most: 100,
    };

    fn call(&self, endpoint: &str) -> Call {
        Call::to(format!("{}{endpoint}", self.scope))
    }

    fn order_type(&self, order: &OrderRequest) -> &'static str {
        match (order.post_only, order.time_in_force, self.at_once) {
            (true, ..) => "LIMIT_MAKER",
            (false, TimeInForce::ImmediateOrCancel, AtOnce::Type) => "IMMEDIATE_OR_CANCEL",
            (false, ..) => "LIMIT",
        }
    }

    /// A maker order has none: it rests.
    fn time_in_force(&self, order: &OrderRequest) -> Option<&'static str> {
        match (self.at_once, order.post_only, order.time_in_force) {
            (AtOnce::Type, ..) | (AtOnce::TimeInForce, true, _) => None,
            (AtOnce::TimeInForce, false, TimeInForce::GoodTilCancelled) => Some("GTC"),
            (AtOnce::TimeInForce, false, TimeInForce::ImmediateOrCancel) => Some("IOC"),
        }
    }
}

impl Dialect for SpotV3 {
    fn markets(&self) -> &'static str {
        self.markets
    }

    fn client_id(&self, id: &ClientOrderId) -> String {
        as_it_is(id, self.longest_client_id)
    }

    fn place(&self, market: &Listed, order: &OrderRequest, id: &str) -> Call {
        let call = self
            .call("private_post_order")
            .with("symbol", &market.id)
            .with("side", side(order.side))
            .with("type", self.order_type(order));
        let call = match self.time_in_force(order) {
            Some(time_in_force) => call.with("timeInForce", time_in_force),
            None => call,
        };
        call.with("quantity", order.quantity.amount())
            .with("price", order.price.amount())
            .with("newClientOrderId", id)
    }

    fn placed(&self, answer: &Value, now: DateTime<Utc>) -> Result<Placed, Failure> {
        let answer = whole(answer);
        Ok(Placed {
            order_id: answer.get("orderId").text()?,
            at: answer.get("transactTime").millis().unwrap_or(now),
        })
    }

    fn cancel(&self, market: &Listed, id: &str) -> Call {
        self.call("private_delete_order")
            .with("symbol", &market.id)
            .with("origClientOrderId", id)
    }

    fn find(&self, market: &Listed, id: &str) -> Vec<Call> {
        let call = self
            .call("private_get_order")
            .with("symbol", &market.id)
            .with("origClientOrderId", id);
        vec![call]
    }

    fn found(&self, answer: &Value, _id: &str) -> Result<Option<Found>, Failure> {
        let order = whole(answer);
        let updated_at = order.get("updateTime").millis();
        let status = order.get("status");
        let state = match status.text()?.as_str() {
            "NEW" | "PARTIALLY_FILLED" | "PENDING_NEW" | "PENDING_CANCEL" => ReportedState::Open,
            "FILLED" => ReportedState::Filled,
            "CANCELED" | "PARTIALLY_CANCELED" | "EXPIRED" | "EXPIRED_IN_MATCH" | "REJECTED" => {
                let at = updated_at.or_else(|_| order.get("time").millis())?;
                ReportedState::Cancelled { at }
            }
            _ => return Err(status.unreadable()),
        };
        Ok(Some(Found {
            order_id: order.get("orderId").text()?,
            placed_at: order.get("time").millis()?,
            state,
            executed: order.get("executedQty").decimal()?,
            trade_ids: vec![],
        }))
    }

    fn trades_of(&self, market: &Listed, order: &Found) -> Vec<Call> {
        let call = self
            .call("private_get_my_trades")
            .with("symbol", &market.id)
            .with("orderId", &order.order_id);
        vec![call]
    }

    fn trades_between(&self, market: Option<&Listed>, period: Period) -> Call {
        let call = self
            .call("private_get_my_trades")
            .with("startTime", period.from.timestamp_millis())
            .with("endTime", period.to.timestamp_millis())
            .with("limit", self.trades_at_most);
        match market {
            Some(market) => call.with("symbol", &market.id),
            None => call,
        }
    }

    fn trades_by_market(&self) -> bool {
        true
    }

    fn trades_at_most(&self) -> usize {
        self.trades_at_most
    }

    fn trades(&self, answer: &Value) -> Result<Vec<Trade>, Failure> {
        whole(answer).list()?.into_iter().map(trade).collect()
    }

    fn balances(&self, _market: &Listed) -> Call {
        self.call("private_get_account")
    }

    fn read_balances(&self, answer: &Value, market: &Listed) -> Result<PairBalances, Failure> {
        let rows = whole(answer).get("balances").list()?;
        let balance = |currency: &Currency| {
            let own = |row: &&Part<'_>| row.get("asset").text().is_ok_and(|id| id == currency.id);
            let Some(row) = rows.iter().find(own) else {
                return Ok(no_balance());
            };
            let (free, locked) = (row.get("free").decimal()?, row.get("locked").decimal()?);
            Ok(Balance {
                total: &free + &locked,
                reserved: locked,
            })
        };
        Ok(PairBalances {
            base: balance(&market.base)?,
            quote: balance(&market.quote)?,
        })
    }

    fn book(&self, market: &Listed) -> Call {
        self.call("public_get_depth")
            .with("symbol", &market.id)
            .with("limit", 100)
    }

    fn read_book(&self, answer: &Value, _market: &Listed) -> Result<Book, Failure> {
        let book = whole(answer);
        Ok(Book {
            bids: levels(book.get("bids"))?,
            asks: levels(book.get("asks"))?,
            at: None,
        })
    }

    fn ticker(&self, market: &Listed) -> Call {
        self.call("public_get_ticker24hr")
            .with("symbol", &market.id)
    }

    fn read_ticker(&self, answer: &Value, _market: &Listed) -> Result<Ticker, Failure> {
        let ticker = whole(answer);
        Ok(Ticker {
            last: ticker.get("lastPrice").decimal().ok(),
            bid: ticker.get("bidPrice").decimal().ok(),
            ask: ticker.get("askPrice").decimal().ok(),
        })
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Buy => "BUY",
        Side::Sell => "SELL",
    }
}

fn trade(row: Part<'_>) -> Result<Trade, Failure> {
    Ok(Trade {
        id: row.get("id").text()?,
        order_id: row.get("orderId").text()?,
        client_id: row.get("clientOrderId").text().ok(),
        price: row.get("price").price()?,
        quantity: row.get("qty").quantity()?,
        fee: row.get("commission").decimal()?,
        fee_currency: Some(row.get("commissionAsset").text()?),
        at: row.get("time").millis()?,
    })
}
