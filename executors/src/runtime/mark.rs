//! What is held counts at what the market gives, also while nothing is traded.

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionCommand, MarkPosition, Position};
use domain::money::{Decimal, Price};
use strategies::{MarketRef, MarketSnapshot};

use super::active_run::ActiveRun;
use super::journal::RecordError;
use super::market_view::MarketView;
use super::shared::Shared;

/// Below this a move is not worth an event, in basis points.
const MOVE_BPS: i64 = 50;

impl ActiveRun {
    /// Positions that are not flat.
    pub(super) fn held(&self) -> impl Iterator<Item = &Position> {
        let positions = self.execution().ledger.positions.iter();
        positions.filter(|position| !position.base.is_zero())
    }

    pub(super) fn holds_something(&self) -> bool {
        self.held().next().is_some()
    }

    /// Without a decision: only the markets of what is held are read.
    pub(super) async fn value_what_is_held(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        now: DateTime<Utc>,
    ) -> Result<(), RecordError> {
        let places: Vec<MarketRef> = self
            .held()
            .map(|position| MarketRef::new(&position.exchange, &position.pair))
            .collect();
        if places.is_empty() {
            return Ok(());
        }
        let market = market.snapshot(places).await;
        self.mark_what_is_held(shared, &market, now).await
    }

    /// Of the markets that the run looks at anyway. A price that has stood still may be a line that
    /// is dead, and a crossed book is no price: neither makes a loss.
    pub(super) async fn mark_what_is_held(
        &mut self,
        shared: &Shared,
        market: &MarketSnapshot,
        now: DateTime<Utc>,
    ) -> Result<(), RecordError> {
        if market.age(now) > shared.settings.limits.market_age {
            return Ok(());
        }
        let positions = self.execution().ledger.positions.iter();
        let moved: Vec<MarkPosition> = positions
            .filter_map(|held| {
                Some(MarkPosition {
                    exchange: held.exchange.clone(),
                    pair: held.pair.clone(),
                    price: moved_to(held, market)?,
                    marked_at: now,
                })
            })
            .collect();
        for mark in moved {
            self.journal
                .record(ExecutionCommand::MarkPosition(mark))
                .await?;
        }
        Ok(())
    }
}

/// The middle of the book, where it is far enough from the price known so far.
fn moved_to(held: &Position, market: &MarketSnapshot) -> Option<Price> {
    if held.base.is_zero() {
        return None;
    }
    let place = MarketRef::new(&held.exchange, &held.pair);
    let book = market.books.get(&place)?;
    if book.best_bid() >= book.best_ask() {
        return None;
    }
    let middle = book.mid()?;
    let far = held.mark.as_ref().is_none_or(|mark| {
        let distance = &(&middle - mark).abs() * &Decimal::from(10_000);
        distance >= mark * &Decimal::from(MOVE_BPS)
    });
    far.then(|| Price::try_new(middle).ok()).flatten()
}
