//! All live orders of this process, so that none is ever placed against another of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::execution::{LiveOrder, OrderIntent, Side};
use domain::ids::{ClientOrderId, StrategyKey};
use domain::money::Price;
use strategies::MarketRef;

/// Live and reserved orders of every instance, by market.
#[derive(Debug, Default)]
pub(crate) struct OwnOrders {
    books: Mutex<Books>,
}

/// A run: one that ends may have orders beside those of the run that takes its place.
pub(crate) type RunId = (StrategyKey, u32);

#[derive(Debug, Default)]
struct Books {
    markets: BTreeMap<Market, Book>,
    resting: HashMap<ClientOrderId, Resting>,
    owned: HashMap<RunId, Vec<ClientOrderId>>,
    /// Exchanges of orders that came since somebody asked for them.
    visited: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Market {
    exchange: String,
    pair: String,
}

/// Sorted by price, so that the best of each side is found at once however many there are.
#[derive(Debug, Default)]
struct Book {
    buys: BTreeSet<(Price, ClientOrderId)>,
    sells: BTreeSet<(Price, ClientOrderId)>,
}

#[derive(Debug)]
struct Resting {
    market: Market,
    side: Side,
    price: Price,
}

impl OwnOrders {
    /// Reserves a place for an order, unless it would trade with a live order of ours: of any
    /// instance, for any account.
    pub(crate) fn reserve(&self, owner: &RunId, intent: &OrderIntent) -> Result<(), ClientOrderId> {
        let mut books = self.lock();
        let market = Market::of(intent);
        if let Some(crossed) = books.crossed_by(&market, intent.side, &intent.price) {
            return Err(crossed);
        }
        books.insert(owner, market, intent);
        Ok(())
    }

    /// The price of ours that an order of the side would trade with first.
    pub(crate) fn best_against(&self, place: &MarketRef, side: Side) -> Option<Price> {
        let market = Market {
            exchange: place.exchange.clone(),
            pair: place.pair.clone(),
        };
        let books = self.lock();
        let best = books.markets.get(&market)?.best_against(side);
        best.map(|(price, _)| price.clone())
    }

    /// Makes `live` all there is of this run: called whenever its state has changed.
    pub(crate) fn replace<'a>(&self, owner: &RunId, live: impl Iterator<Item = &'a LiveOrder>) {
        let mut books = self.lock();
        for id in books.owned.remove(owner).unwrap_or_default() {
            books.remove(id);
        }
        for order in live {
            books.insert(owner, Market::of(&order.intent), &order.intent);
        }
    }

    /// Exchanges where something may still trade, or may have since the last call.
    pub(crate) fn take_exchanges(&self) -> BTreeSet<String> {
        let mut books = self.lock();
        let mut names = std::mem::take(&mut books.visited);
        names.extend(books.markets.keys().map(|market| market.exchange.clone()));
        names
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    fn crossed_by(&self, market: &Market, side: Side, price: &Price) -> Option<ClientOrderId> {
        let best = self.markets.get(market)?.best_against(side);
        let crossed = best.filter(|(ours, _)| match side {
            Side::Buy => ours <= price,
            Side::Sell => ours >= price,
        });
        crossed.map(|(_, id)| id.clone())
    }

    fn insert(&mut self, owner: &RunId, market: Market, intent: &OrderIntent) {
        let id = intent.client_order_id.clone();
        if !self.visited.contains(&market.exchange) {
            self.visited.insert(market.exchange.clone());
        }
        let book = self.markets.entry(market.clone()).or_default();
        book.side(intent.side)
            .insert((intent.price.clone(), id.clone()));
        self.owned
            .entry(owner.clone())
            .or_default()
            .push(id.clone());
        let resting = Resting {
            market,
            side: intent.side,
            price: intent.price.clone(),
        };
        self.resting.insert(id, resting);
    }

    fn remove(&mut self, id: ClientOrderId) {
        let Some(resting) = self.resting.remove(&id) else {
            return;
        };
        if let Some(book) = self.markets.get_mut(&resting.market) {
            book.side(resting.side).remove(&(resting.price, id));
            if book.buys.is_empty() && book.sells.is_empty() {
                self.markets.remove(&resting.market);
            }
        }
    }
}

impl Book {
    /// Of the orders that one of the side would trade with, the one in front.
    fn best_against(&self, side: Side) -> Option<&(Price, ClientOrderId)> {
        match side {
            Side::Buy => self.sells.first(),
            Side::Sell => self.buys.last(),
        }
    }

    fn side(&mut self, side: Side) -> &mut BTreeSet<(Price, ClientOrderId)> {
        match side {
            Side::Buy => &mut self.buys,
            Side::Sell => &mut self.sells,
        }
    }
}

impl Market {
    fn of(intent: &OrderIntent) -> Self {
        Self {
            exchange: intent.exchange.clone(),
            pair: intent.pair.clone(),
        }
    }
}
