//! A venue whose answers go wrong.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use domain::clock::Clock;
use domain::ids::ClientOrderId;
use strategies::{Book, Ticker, TradingRules};

use super::books::{LastSeen, crossed_book, crossed_ticker};
use super::fills::Withheld;
use super::{Chance, FaultSettings};
use crate::market::seed_for;
use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer, ReplaceAnswer,
    Replacement, Replaces, Venue, VenueError,
};

/// Stands before a venue; only what it lets through reaches it.
#[derive(Debug)]
pub struct FaultyVenue {
    name: String,
    venue: Arc<dyn Venue>,
    clock: Arc<dyn Clock>,
    settings: FaultSettings,
    withheld: Mutex<Withheld>,
    books: LastSeen<Arc<Book>>,
    tickers: LastSeen<Ticker>,
}

/// What becomes of a request and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Fine,
    Disconnected,
    LostRequest,
    LostAnswer,
    SilentRequest,
    SilentAnswer,
}

impl FaultyVenue {
    /// `name` makes each venue fail in its own way.
    pub fn new(
        name: impl Into<String>,
        venue: Arc<dyn Venue>,
        clock: Arc<dyn Clock>,
        settings: FaultSettings,
    ) -> Self {
        let name = name.into();
        Self {
            settings: FaultSettings {
                seed: seed_for(settings.seed, &name),
                ..settings
            },
            name,
            venue,
            clock,
            withheld: Mutex::default(),
            books: LastSeen::default(),
            tickers: LastSeen::default(),
        }
    }

    /// Of a request about an order. A repetition at another time has another fate.
    fn fate(&self, question: &str, id: &ClientOrderId) -> Fate {
        if self.is_in(self.settings.disconnects, "disconnect") {
            return Fate::Disconnected;
        }
        let (settings, now) = (&self.settings, self.clock.now().timestamp_millis());
        let falls = |chance: Chance, fault: &str| {
            let seed = seed_for(seed_for(settings.seed, fault), question);
            chance.falls(seed, id.as_str(), now)
        };
        if falls(settings.lost_requests, "lost request") {
            Fate::LostRequest
        } else if falls(settings.lost_answers, "lost answer") {
            Fate::LostAnswer
        } else if !falls(settings.silences, "silence") {
            Fate::Fine
        } else if seed_for(settings.seed, id.as_str()) & 1 == 0 {
            Fate::SilentRequest
        } else {
            Fate::SilentAnswer
        }
    }

    /// Whether an episode of this fault goes on.
    fn is_in(&self, chance: Chance, fault: &str) -> bool {
        let length = self.settings.episode.num_milliseconds().max(1);
        let episode = self.clock.now().timestamp_millis().div_euclid(length);
        chance.falls(self.settings.seed, fault, episode)
    }

    fn connected(&self) -> Result<(), VenueError> {
        if self.is_in(self.settings.disconnects, "disconnect") {
            return Err(VenueError::unavailable(&self.name, "not connected"));
        }
        Ok(())
    }

    async fn asked<A>(
        &self,
        fate: Fate,
        answer: impl Future<Output = A> + Send,
        unknown: fn(String) -> A,
    ) -> A {
        match fate {
            Fate::Fine => answer.await,
            Fate::Disconnected => unknown(format!("{} is not connected", self.name)),
            Fate::LostRequest => unknown(format!("the request to {} was lost", self.name)),
            Fate::LostAnswer => {
                answer.await;
                unknown(format!("the answer of {} was lost", self.name))
            }
            Fate::SilentRequest => std::future::pending().await,
            Fate::SilentAnswer => {
                answer.await;
                std::future::pending().await
            }
        }
    }
}

fn no_placement(reason: String) -> PlaceAnswer {
    PlaceAnswer::Unknown { reason }
}

fn no_answer(reason: String) -> OrderAnswer {
    OrderAnswer::Unknown { reason }
}

fn no_replacement(reason: String) -> ReplaceAnswer {
    ReplaceAnswer::Unknown { reason }
}

#[async_trait]
impl Replaces for FaultyVenue {
    async fn replace(&self, replacement: &Replacement) -> ReplaceAnswer {
        let Some((venue, first)) = self.venue.replacing().zip(replacement.new.first()) else {
            return no_replacement(format!("{} was asked for nothing it does", self.name));
        };
        let fate = self.fate("replace", &first.client_order_id);
        self.asked(fate, venue.replace(replacement), no_replacement)
            .await
    }
}

#[async_trait]
impl Venue for FaultyVenue {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        let fate = self.fate("place", &order.client_order_id);
        self.asked(fate, self.venue.place(order), no_placement)
            .await
    }

    async fn cancel(&self, pair: &str, id: &ClientOrderId) -> OrderAnswer {
        let fate = self.fate("cancel", id);
        self.asked(fate, self.venue.cancel(pair, id), no_answer)
            .await
    }

    async fn order(&self, pair: &str, id: &ClientOrderId) -> OrderAnswer {
        let fate = self.fate("order", id);
        self.asked(fate, self.venue.order(pair, id), no_answer)
            .await
    }

    fn replacing(&self) -> Option<&dyn Replaces> {
        self.venue.replacing().map(|_| self as &dyn Replaces)
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        self.connected()?;
        let page = self.venue.fills_since(cursor).await?;
        let mut withheld = self.withheld.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(FillPage {
            fills: withheld.pass(page.fills, &self.settings, self.clock.now()),
            cursor: page.cursor,
        })
    }

    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError> {
        self.connected()?;
        self.venue.balances(pair).await
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        self.connected()?;
        let fresh = self.venue.book(pair).await?;
        let stale = self.is_in(self.settings.stale_books, "stale");
        let book = self.books.show(pair, fresh, stale);
        let crossed = self.is_in(self.settings.crossed_books, "crossed");
        Ok(if crossed { crossed_book(&book) } else { book })
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        self.connected()?;
        let fresh = self.venue.ticker(pair).await?;
        let stale = self.is_in(self.settings.stale_books, "stale");
        let ticker = self.tickers.show(pair, fresh, stale);
        let crossed = self.is_in(self.settings.crossed_books, "crossed");
        Ok(if crossed {
            crossed_ticker(ticker)
        } else {
            ticker
        })
    }

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        self.connected()?;
        self.venue.rules(pair).await
    }
}
