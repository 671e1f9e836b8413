//! okx: one interface for everything, of which this is the spot part, paid in cash.

use ccxt::Value;
use chrono::{DateTime, Utc};
use domain::ids::ClientOrderId;
use strategies::{Book, Ticker};

use super::answer::{Part, whole};
use super::client_ids::without_dashes;
use super::dialect::{Dialect, Found, Period, Placed, Trade, levels, no_balance};
use super::failure::Failure;
use super::listings::{Currency, Listed};
use super::session::Call;
use crate::venue::{Balance, OrderRequest, PairBalances, ReportedState, TimeInForce};

const LONGEST_CLIENT_ID: usize = 32;
const TRADES_AT_MOST: usize = 100;

#[derive(Debug)]
pub(super) struct OkxDialect;

impl Dialect for OkxDialect {
    fn markets(&self) -> &'static str {
        "fetch_markets"
    }

    fn client_id(&self, id: &ClientOrderId) -> String {
        without_dashes(id, LONGEST_CLIENT_ID)
    }

    fn place(&self, market: &Listed, order: &OrderRequest, id: &str) -> Call {
        let order_type = match (order.post_only, order.time_in_force) {
            (true, _) => "post_only",
            (false, TimeInForce::GoodTilCancelled) => "limit",
            (false, TimeInForce::ImmediateOrCancel) => "ioc",
        };
        Call::to("private_post_trade_order")
            .with("instId", &market.id)
            .with("tdMode", "cash")
            .with("clOrdId", id)
            .with("side", order.side.as_str())
            .with("ordType", order_type)
            .with("px", order.price.amount())
            .with("sz", order.quantity.amount())
    }

    fn placed(&self, answer: &Value, now: DateTime<Utc>) -> Result<Placed, Failure> {
        let order = whole(answer).get("data").first()?;
        Ok(Placed {
            order_id: order.get("ordId").text()?,
            at: order.get("ts").millis().unwrap_or(now),
        })
    }

    fn cancel(&self, market: &Listed, id: &str) -> Call {
        Call::to("private_post_trade_cancel_order")
            .with("instId", &market.id)
            .with("clOrdId", id)
    }

    fn find(&self, market: &Listed, id: &str) -> Vec<Call> {
        let call = Call::to("private_get_trade_order")
            .with("instId", &market.id)
            .with("clOrdId", id);
        vec![call]
    }

    fn found(&self, answer: &Value, _id: &str) -> Result<Option<Found>, Failure> {
        let order = whole(answer).get("data").first()?;
        let state = order.get("state");
        let state = match state.text()?.as_str() {
            "live" | "partially_filled" => ReportedState::Open,
            "filled" => ReportedState::Filled,
            "canceled" | "mmp_canceled" => ReportedState::Cancelled {
                at: order.get("uTime").millis()?,
            },
            _ => return Err(state.unreadable()),
        };
        Ok(Some(Found {
            order_id: order.get("ordId").text()?,
            placed_at: order.get("cTime").millis()?,
            state,
            executed: order.get("accFillSz").decimal()?,
            trade_ids: vec![],
        }))
    }

    fn trades_of(&self, _market: &Listed, order: &Found) -> Vec<Call> {
        let call = Call::to("private_get_trade_fills")
            .with("instType", "SPOT")
            .with("ordId", &order.order_id);
        vec![call]
    }

    fn trades_between(&self, _market: Option<&Listed>, period: Period) -> Call {
        Call::to("private_get_trade_fills")
            .with("instType", "SPOT")
            .with("begin", period.from.timestamp_millis())
            .with("end", period.to.timestamp_millis())
            .with("limit", TRADES_AT_MOST)
    }

    fn trades_by_market(&self) -> bool {
        false
    }

    fn trades_at_most(&self) -> usize {
        TRADES_AT_MOST
    }

    fn trades(&self, answer: &Value) -> Result<Vec<Trade>, Failure> {
        let rows = whole(answer).get("data").list()?;
        rows.into_iter().map(trade).collect()
    }

    fn balances(&self, market: &Listed) -> Call {
        let currencies = format!("{},{}", market.base.id, market.quote.id);
        Call::to("private_get_account_balance").with("ccy", currencies)
    }

    fn read_balances(&self, answer: &Value, market: &Listed) -> Result<PairBalances, Failure> {
        let rows = whole(answer).get("data").first()?.get("details").list()?;
        let balance = |currency: &Currency| {
            let own = |row: &&Part<'_>| row.get("ccy").text().is_ok_and(|id| id == currency.id);
            let Some(row) = rows.iter().find(own) else {
                return Ok(no_balance());
            };
            let free = row.get("availBal").decimal()?;
            // Not what is frozen: orders of accounts that may borrow freeze more than there is
            let total = row.get("cashBal").decimal()?;
            Ok(Balance {
                reserved: &total - &free,
                total,
            })
        };
        Ok(PairBalances {
            base: balance(&market.base)?,
            quote: balance(&market.quote)?,
        })
    }

    fn book(&self, market: &Listed) -> Call {
        Call::to("public_get_market_books")
            .with("instId", &market.id)
            .with("sz", 100)
    }

    fn read_book(&self, answer: &Value, _market: &Listed) -> Result<Book, Failure> {
        let book = whole(answer).get("data").first()?;
        Ok(Book {
            bids: levels(book.get("bids"))?,
            asks: levels(book.get("asks"))?,
            at: Some(book.get("ts").millis()?),
        })
    }

    fn ticker(&self, market: &Listed) -> Call {
        Call::to("public_get_market_ticker").with("instId", &market.id)
    }

    fn read_ticker(&self, answer: &Value, _market: &Listed) -> Result<Ticker, Failure> {
        let ticker = whole(answer).get("data").first()?;
        Ok(Ticker {
            last: ticker.get("last").decimal().ok(),
            bid: ticker.get("bidPx").decimal().ok(),
            ask: ticker.get("askPx").decimal().ok(),
        })
    }
}

/// okx writes fees as what they do to the account: what is paid is negative.
fn trade(row: Part<'_>) -> Result<Trade, Failure> {
    Ok(Trade {
        id: row.get("tradeId").text()?,
        order_id: row.get("ordId").text()?,
        client_id: row.get("clOrdId").text().ok(),
        price: row.get("fillPx").price()?,
        quantity: row.get("fillSz").quantity()?,
        fee: -&row.get("fee").decimal()?,
        fee_currency: Some(row.get("feeCcy").text()?),
        at: row.get("ts").millis()?,
    })
}
