//! One pretend exchange, and what it does when it is asked. Each request is one transaction.

use std::sync::Arc;

use domain::clock::Clock;
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use rusqlite::Connection;

use super::account_balances::AccountBalances;
use super::admission::Admission;
use super::fills::FillRow;
use super::ledger::{PaperError, time};
use super::look::Look;
use super::orders::OrderRow;
use super::settings::PaperSettings;
use crate::market::{Pair, PaperMarket};
use crate::venue::{
    FillCursor, FillPage, OldOrder, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer,
    ReplaceAnswer, Replacement, ReportedState,
};

#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) name: String,
    pub(super) market: Arc<PaperMarket>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) settings: PaperSettings,
}

impl Exchange {
    pub(super) fn place(
        &self,
        connection: &Connection,
        order: &OrderRequest,
    ) -> Result<PlaceAnswer, PaperError> {
        let now = self.clock.now();
        if let Some(earlier) = OrderRow::find(connection, &order.client_order_id)? {
            return Ok(PlaceAnswer::Acknowledged {
                venue_order_id: earlier.venue_order_id(),
                at: time(earlier.placed_at),
            });
        }
        let Some(book) = self.market.book_at(&self.name, &order.pair, now) else {
            let reason = format!("{} has no market {}", self.name, order.pair);
            return Ok(PlaceAnswer::Rejected { reason });
        };
        let admission = Admission {
            exchange: self,
            order,
            book: &book,
            now,
        };
        if let Some(reason) = admission.refusal(connection)? {
            return Ok(PlaceAnswer::Rejected { reason });
        }
        self.look().begin(connection)?;
        let number = admission.admit(connection)?;
        Ok(PlaceAnswer::Acknowledged {
            venue_order_id: format!("paper-{number}"),
            at: now,
        })
    }

    pub(super) fn cancel(
        &self,
        connection: &Connection,
        id: &ClientOrderId,
    ) -> Result<OrderAnswer, PaperError> {
        let mut found = self.as_of_now(connection, id)?;
        if let Some(order) = found.as_mut().filter(|order| order.is_open()) {
            let mut balances = self.account_balances();
            let now = self.clock.now();
            order.cancel(connection, &mut balances, now)?;
            balances.save(connection)?;
        }
        answer(connection, found)
    }

    pub(super) fn replace(
        &self,
        connection: &Connection,
        Replacement { old, new }: &Replacement,
    ) -> Result<ReplaceAnswer, PaperError> {
        let taken_off = old
            .iter()
            .map(|old| self.cancel(connection, &old.client_order_id));
        let answers = taken_off.collect::<Result<Vec<_>, _>>()?;
        let mut asked = old.iter().zip(&answers);
        if !asked.all(|(old, answer)| is_gone_untouched(old, answer)) {
            return Ok(ReplaceAnswer::NotReplaced { old: answers });
        }
        let placed = new.iter().map(|order| self.place(connection, order));
        Ok(ReplaceAnswer::Replaced {
            new: placed.collect::<Result<_, _>>()?,
            old: answers,
        })
    }

    pub(super) fn order(
        &self,
        connection: &Connection,
        id: &ClientOrderId,
    ) -> Result<OrderAnswer, PaperError> {
        let found = self.as_of_now(connection, id)?;
        answer(connection, found)
    }

    pub(super) fn fills_since(
        &self,
        connection: &Connection,
        cursor: Option<FillCursor>,
    ) -> Result<FillPage, PaperError> {
        self.look().take(connection)?;
        let sql = "SELECT COALESCE(MAX(number), 0) FROM paper_fills";
        let last = connection
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))?;
        let from = cursor.map_or(last, |cursor| cursor.0);
        let account = &self.settings.account;
        Ok(FillPage {
            fills: FillRow::after(connection, from, &self.name, account)?,
            cursor: FillCursor(last),
        })
    }

    pub(super) fn balances(
        &self,
        connection: &Connection,
        pair: &Pair,
    ) -> Result<PairBalances, PaperError> {
        self.look().take(connection)?;
        let (mut balances, account) = (self.account_balances(), &self.settings.account);
        let base = balances.balance(connection, account, &pair.base)?.clone();
        let quote = balances.balance(connection, account, &pair.quote)?.clone();
        Ok(PairBalances { base, quote })
    }

    pub(super) fn account_balances(&self) -> AccountBalances<'_> {
        AccountBalances::new(&self.name, &self.settings.starting_balances)
    }

    fn look(&self) -> Look<'_> {
        Look {
            exchange: &self.name,
            market: &self.market,
            settings: &self.settings,
            now: self.clock.now(),
        }
    }

    /// The order after what its pair traded until now.
    fn as_of_now(
        &self,
        connection: &Connection,
        id: &ClientOrderId,
    ) -> Result<Option<OrderRow>, PaperError> {
        let Some(before) = OrderRow::find(connection, id)? else {
            return Ok(None);
        };
        if !before.is_open() {
            return Ok(Some(before));
        }
        self.look().take_pair(connection, &before.pair)?;
        OrderRow::find(connection, id)
    }
}

/// Whether it was cancelled, and traded no more than its owner knows.
fn is_gone_untouched(old: &OldOrder, answer: &OrderAnswer) -> bool {
    let OrderAnswer::Known(report) = answer else {
        return false;
    };
    let fills = report.fills.iter();
    let filled = fills.fold(Decimal::zero(), |sum, fill| &sum + fill.quantity.amount());
    matches!(report.state, ReportedState::Cancelled { .. }) && filled == old.filled
}

fn answer(connection: &Connection, found: Option<OrderRow>) -> Result<OrderAnswer, PaperError> {
    let Some(order) = found else {
        return Ok(OrderAnswer::NotFound);
    };
    let fills = FillRow::of_order(connection, &order.client_order_id)?;
    Ok(OrderAnswer::Known(order.report(fills)))
}
