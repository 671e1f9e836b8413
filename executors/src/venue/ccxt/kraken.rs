//! kraken: orders are found among the open and then among the closed ones, and name their trades.

use ccxt::Value;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use strategies::{Book, Ticker};

use super::answer::{Part, whole};
use super::client_ids::as_uuid;
use super::dialect::{Dialect, Found, Period, Placed, Trade, levels, no_balance};
use super::failure::Failure;
use super::listings::{Currency, Listed};
use super::session::Call;
use crate::venue::{Balance, OrderRequest, PairBalances, ReportedState, TimeInForce};

/// How many trades may be asked for by name at a time.
const NAMED_AT_MOST: usize = 20;
const PAGE: usize = 50;

#[derive(Debug)]
pub(super) struct Kraken;

impl Dialect for Kraken {
    /// With its currencies, or ccxt would not know kraken's `XXBT` for `BTC`.
    fn markets(&self) -> &'static str {
        "load_markets"
    }

    fn client_id(&self, id: &ClientOrderId) -> String {
        as_uuid(id)
    }

    fn place(&self, market: &Listed, order: &OrderRequest, id: &str) -> Call {
        let call = Call::to("private_post_add_order")
            .with("pair", &market.id)
            .with("type", order.side.as_str())
            .with("ordertype", "limit")
            .with("price", order.price.amount())
            .with("volume", order.quantity.amount())
            .with("cl_ord_id", id);
        // Fees in the quote currency, which is what trades are told in
        let call = call.with("oflags", if order.post_only { "post,fciq" } else { "fciq" });
        match order.time_in_force {
            TimeInForce::GoodTilCancelled => call,
            TimeInForce::ImmediateOrCancel => call.with("timeinforce", "IOC"),
        }
    }

    fn placed(&self, answer: &Value, now: DateTime<Utc>) -> Result<Placed, Failure> {
        let order_id = whole(answer).get("result").get("txid").first()?.text()?;
        Ok(Placed { order_id, at: now })
    }

    fn cancel(&self, _market: &Listed, id: &str) -> Call {
        Call::to("private_post_cancel_order").with("cl_ord_id", id)
    }

    fn find(&self, _market: &Listed, id: &str) -> Vec<Call> {
        let among = |endpoint: &str| {
            Call::to(endpoint)
                .with("trades", "true")
                .with("cl_ord_id", id)
        };
        vec![
            among("private_post_open_orders"),
            among("private_post_closed_orders"),
        ]
    }

    /// Of a page that is full of other orders, nothing follows for ours.
    fn found(&self, answer: &Value, id: &str) -> Result<Option<Found>, Failure> {
        let result = whole(answer).get("result");
        let closed = result.get("closed");
        let orders = if closed.is_missing() {
            result.get("open").entries()?
        } else {
            closed.entries()?
        };
        let own = |(_, order): &&(&str, Part<'_>)| {
            order.get("cl_ord_id").text().is_ok_and(|own| own == id)
        };
        match orders.iter().find(own) {
            Some((order_id, order)) => found(order_id, *order).map(Some),
            None if orders.len() >= PAGE => Err(Failure::unreadable("it is about other orders")),
            None => Ok(None),
        }
    }

    fn trades_of(&self, _market: &Listed, order: &Found) -> Vec<Call> {
        let calls = order.trade_ids.chunks(NAMED_AT_MOST);
        calls
            .map(|ids| Call::to("private_post_query_trades").with("txid", ids.join(",")))
            .collect()
    }

    fn trades_between(&self, _market: Option<&Listed>, period: Period) -> Call {
        // The beginning is exclusive there, and the fraction of a second is ours alone
        Call::to("private_post_trades_history")
            .with("start", period.from.timestamp() - 1)
            .with("end", period.to.timestamp() + 1)
            .with("without_count", "true")
    }

    fn trades_by_market(&self) -> bool {
        false
    }

    fn trades_at_most(&self) -> usize {
        PAGE
    }

    fn shortest_period(&self) -> TimeDelta {
        TimeDelta::seconds(1)
    }

    fn trades(&self, answer: &Value) -> Result<Vec<Trade>, Failure> {
        let result = whole(answer).get("result");
        let trades = result.get("trades");
        let rows = if trades.is_missing() {
            result.entries()?
        } else {
            trades.entries()?
        };
        let trades = rows.into_iter().map(|(id, row)| trade(id, row));
        trades.collect()
    }

    fn balances(&self, _market: &Listed) -> Call {
        Call::to("private_post_balance_ex")
    }

    fn read_balances(&self, answer: &Value, market: &Listed) -> Result<PairBalances, Failure> {
        let rows = whole(answer).get("result").entries()?;
        let balance = |currency: &Currency| {
            let own = |(id, _): &&(&str, Part<'_>)| *id == currency.id;
            let Some((_, row)) = rows.iter().find(own) else {
                return Ok(no_balance());
            };
            let held = row.get("hold_trade");
            Ok(Balance {
                total: row.get("balance").decimal()?,
                reserved: if held.is_missing() {
                    Decimal::zero()
                } else {
                    held.decimal()?
                },
            })
        };
        Ok(PairBalances {
            base: balance(&market.base)?,
            quote: balance(&market.quote)?,
        })
    }

    fn book(&self, market: &Listed) -> Call {
        Call::to("public_get_depth")
            .with("pair", &market.id)
            .with("count", 100)
    }

    fn read_book(&self, answer: &Value, _market: &Listed) -> Result<Book, Failure> {
        let book = only(answer)?;
        Ok(Book {
            bids: levels(book.get("bids"))?,
            asks: levels(book.get("asks"))?,
            at: None,
        })
    }

    fn ticker(&self, market: &Listed) -> Call {
        Call::to("public_get_ticker").with("pair", &market.id)
    }

    fn read_ticker(&self, answer: &Value, _market: &Listed) -> Result<Ticker, Failure> {
        let ticker = only(answer)?;
        let first = |name| ticker.get(name).first().and_then(Part::decimal).ok();
        Ok(Ticker {
            last: first("c"),
            bid: first("b"),
            ask: first("a"),
        })
    }
}

/// The one market that was asked for, by whatever name.
fn only(answer: &Value) -> Result<Part<'_>, Failure> {
    let result = whole(answer).get("result");
    let entries = result.entries()?;
    let first = entries.first().map(|(_, part)| *part);
    first.ok_or_else(|| result.unreadable())
}

fn found(order_id: &str, order: Part<'_>) -> Result<Found, Failure> {
    let status = order.get("status");
    let state = match status.text()?.as_str() {
        "pending" | "open" => ReportedState::Open,
        "closed" => ReportedState::Filled,
        "canceled" | "expired" => ReportedState::Cancelled {
            at: order.get("closetm").seconds()?,
        },
        _ => return Err(status.unreadable()),
    };
    let trades = order.get("trades");
    let trade_ids = if trades.is_missing() {
        vec![]
    } else {
        trades
            .list()?
            .into_iter()
            .map(Part::text)
            .collect::<Result<_, _>>()?
    };
    Ok(Found {
        order_id: order_id.to_owned(),
        placed_at: order.get("opentm").seconds()?,
        state,
        executed: order.get("vol_exec").decimal()?,
        trade_ids,
    })
}

fn trade(id: &str, row: Part<'_>) -> Result<Trade, Failure> {
    Ok(Trade {
        id: id.to_owned(),
        order_id: row.get("ordertxid").text()?,
        client_id: row.get("cl_ord_id").text().ok(),
        price: row.get("price").price()?,
        quantity: row.get("vol").quantity()?,
        fee: row.get("fee").decimal()?,
        fee_currency: None,
        at: row.get("time").seconds()?,
    })
}
