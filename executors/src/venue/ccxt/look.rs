//! What anybody may see of a market, and what the account has. `None` is a market that the exchange
//! does not have.

use std::sync::Arc;

use strategies::{Book, Ticker};

use super::failure::Failure;
use super::session::Purpose;
use super::venue::CcxtVenue;
use crate::venue::PairBalances;

impl CcxtVenue {
    pub(super) async fn read_book(&self, pair: &str) -> Result<Option<Arc<Book>>, Failure> {
        let Some(market) = self.market(pair).await? else {
            return Ok(None);
        };
        // An exchange that does not say when: not before it was asked
        let asked_at = self.now();
        let answer = self
            .session
            .ask(Purpose::Look, self.dialect().book(&market))
            .await?;
        let book = self.dialect().read_book(&answer, &market)?;
        Ok(Some(Arc::new(Book {
            at: book.at.or(Some(asked_at)),
            ..book
        })))
    }

    pub(super) async fn read_ticker(&self, pair: &str) -> Result<Option<Ticker>, Failure> {
        let Some(market) = self.market(pair).await? else {
            return Ok(None);
        };
        let answer = self
            .session
            .ask(Purpose::Look, self.dialect().ticker(&market))
            .await?;
        self.dialect().read_ticker(&answer, &market).map(Some)
    }

    pub(super) async fn read_balances(&self, pair: &str) -> Result<Option<PairBalances>, Failure> {
        let Some(market) = self.market(pair).await? else {
            return Ok(None);
        };
        let answer = self
            .session
            .ask(Purpose::Ask, self.dialect().balances(&market))
            .await?;
        self.dialect().read_balances(&answer, &market).map(Some)
    }
}
