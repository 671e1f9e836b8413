//! What a pretend exchange does when it is asked. Each request is one transaction.

use domain::ids::ClientOrderId;
use sqlx::SqliteConnection;

use super::admission::Admission;
use super::exchange::PaperVenue;
use super::fills::FillRow;
use super::ledger::{PaperError, time};
use super::orders::OrderRow;
use crate::market::Pair;
use crate::venue::{FillCursor, FillPage, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer};

impl PaperVenue {
    pub(super) async fn try_place(&self, order: &OrderRequest) -> Result<PlaceAnswer, PaperError> {
        let now = self.clock.now();
        let mut transaction = self.ledger.pool().begin().await?;
        if let Some(earlier) = OrderRow::find(&mut transaction, &order.client_order_id).await? {
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
            venue: self,
            order,
            book: &book,
            now,
        };
        if let Some(reason) = admission.refusal(&mut transaction).await? {
            return Ok(PlaceAnswer::Rejected { reason });
        }
        self.look().begin(&mut transaction).await?;
        let number = admission.admit(&mut transaction).await?;
        transaction.commit().await?;
        Ok(PlaceAnswer::Acknowledged {
            venue_order_id: format!("paper-{number}"),
            at: now,
        })
    }

    pub(super) async fn try_cancel(&self, id: &ClientOrderId) -> Result<OrderAnswer, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        let mut found = self.as_of_now(&mut transaction, id).await?;
        if let Some(order) = found.as_mut().filter(|order| order.is_open()) {
            let mut purses = self.purses();
            let now = self.clock.now();
            order.cancel(&mut transaction, &mut purses, now).await?;
            purses.save(&mut transaction).await?;
        }
        let answer = answer(&mut transaction, found).await?;
        transaction.commit().await?;
        Ok(answer)
    }

    pub(super) async fn try_order(&self, id: &ClientOrderId) -> Result<OrderAnswer, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        let found = self.as_of_now(&mut transaction, id).await?;
        let answer = answer(&mut transaction, found).await?;
        transaction.commit().await?;
        Ok(answer)
    }

    pub(super) async fn try_fills_since(
        &self,
        cursor: Option<FillCursor>,
    ) -> Result<FillPage, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        let sql = "SELECT COALESCE(MAX(number), 0) FROM paper_fills";
        let last: i64 = sqlx::query_scalar(sql).fetch_one(&mut *transaction).await?;
        let from = cursor.map_or(last, |cursor| cursor.0);
        let fills = FillRow::after(&mut transaction, from, &self.name, &self.settings.account);
        let fills = fills.await?;
        transaction.commit().await?;
        Ok(FillPage {
            fills,
            cursor: FillCursor(last),
        })
    }

    pub(super) async fn try_balances(&self, pair: &Pair) -> Result<PairBalances, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        let (mut purses, account) = (self.purses(), &self.settings.account);
        let base = purses.balance(&mut transaction, account, &pair.base);
        let base = base.await?.clone();
        let quote = purses.balance(&mut transaction, account, &pair.quote);
        let quote = quote.await?.clone();
        transaction.commit().await?;
        Ok(PairBalances { base, quote })
    }

    /// The order after what its pair traded until now.
    async fn as_of_now(
        &self,
        connection: &mut SqliteConnection,
        id: &ClientOrderId,
    ) -> Result<Option<OrderRow>, PaperError> {
        let Some(before) = OrderRow::find(connection, id).await? else {
            return Ok(None);
        };
        if !before.is_open() {
            return Ok(Some(before));
        }
        self.look().take_pair(connection, &before.pair).await?;
        OrderRow::find(connection, id).await
    }
}

async fn answer(
    connection: &mut SqliteConnection,
    found: Option<OrderRow>,
) -> Result<OrderAnswer, PaperError> {
    let Some(order) = found else {
        return Ok(OrderAnswer::NotFound);
    };
    let fills = FillRow::of_order(connection, &order.client_order_id).await?;
    Ok(OrderAnswer::Known(order.report(fills)))
}
