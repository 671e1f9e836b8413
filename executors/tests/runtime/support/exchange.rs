//! An exchange that does what a test says. It outlives every runtime, as the outside world does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::Quantity;
use executors::venue::{
    Balance, FillCursor, FillPage, OrderAnswer, OrderReport, OrderRequest, PairBalances,
    PlaceAnswer, Replaces, ReportedState, Venue, VenueError,
};
use strategies::{Book, Level, Ticker, TradingRules};

use super::decimal;

/// What the exchange does with the next request of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Reject,
    /// Does it, but the answer is lost.
    LoseAnswer,
    /// Neither does it nor answers.
    LoseRequest,
    /// Never answers.
    Hang,
    /// What is to be cancelled trades whole just before.
    TradeFirst,
}

#[derive(Debug)]
pub(crate) struct Exchange {
    name: String,
    clock: Arc<dyn Clock>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
pub(super) struct Inner {
    book: Option<Book>,
    orders: BTreeMap<ClientOrderId, Placed>,
    /// Client order ids in the order of the requests, repetitions included.
    requests: Vec<ClientOrderId>,
    fills: Vec<Fill>,
    places: VecDeque<Script>,
    cancels: VecDeque<Script>,
    /// While set, nothing but market data is answered.
    dark: bool,
    pub(super) at_once: bool,
    pub(super) replacements: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) request: OrderRequest,
    pub(crate) report: OrderReport,
}

impl Exchange {
    pub(crate) fn new(name: &str, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            name: name.to_owned(),
            clock,
            inner: Mutex::default(),
        })
    }

    /// Quotes ten units on each side.
    pub(crate) fn quote(&self, bid: &str, ask: &str) {
        self.quote_levels(&[(bid, "10")], &[(ask, "10")]);
    }

    /// Quotes these prices and quantities, the best of each side first.
    pub(crate) fn quote_levels(&self, bids: &[(&str, &str)], asks: &[(&str, &str)]) {
        let side = |levels: &[(&str, &str)]| {
            let levels = levels.iter().map(|(price, quantity)| Level {
                price: decimal(price),
                quantity: decimal(quantity),
            });
            levels.collect()
        };
        self.inner().book = Some(Book {
            bids: side(bids),
            asks: side(asks),
            at: None,
        });
    }

    /// Nobody else has an order there.
    pub(crate) fn quote_nothing(&self) {
        self.inner().book = Some(Book::default());
    }

    pub(crate) fn next_place(&self, script: Script) {
        self.inner().places.push_back(script);
    }

    pub(crate) fn next_cancel(&self, script: Script) {
        self.inner().cancels.push_back(script);
    }

    pub(crate) fn forget_scripts(&self) {
        let mut inner = self.inner();
        inner.places.clear();
        inner.cancels.clear();
    }

    /// Whether it puts orders in the place of others in one request.
    pub(crate) fn replaces_at_once(&self, at_once: bool) {
        self.inner().at_once = at_once;
    }

    /// How often it was asked to.
    pub(crate) fn replacements(&self) -> usize {
        self.inner().replacements
    }

    pub(crate) fn go_dark(&self, dark: bool) {
        self.inner().dark = dark;
    }

    /// Trades part of an order at its price.
    pub(crate) fn fill(&self, id: &ClientOrderId, quantity: &str) {
        let now = self.clock.now();
        let mut inner = self.inner();
        let number = inner.fills.len();
        let order = inner.orders.get_mut(id).unwrap();
        let fill = Fill {
            client_order_id: id.clone(),
            fill_id: format!("trade-{number}"),
            price: order.request.price.clone(),
            quantity: Quantity::try_new(decimal(quantity)).unwrap(),
            fee: decimal("0"),
            fee_currency: "USDT".to_owned(),
            filled_at: now,
        };
        order.report.fills.push(fill.clone());
        let filled = order.filled();
        if filled >= *order.request.quantity.amount() {
            order.report.state = ReportedState::Filled;
        }
        inner.fills.push(fill);
    }

    /// Drops an order, as an exchange may by itself.
    pub(crate) fn drop_order(&self, id: &ClientOrderId) {
        let at = self.clock.now();
        let mut inner = self.inner();
        inner.orders.get_mut(id).unwrap().report.state = ReportedState::Cancelled { at };
    }

    pub(crate) fn all(&self) -> Vec<Placed> {
        self.inner().orders.values().cloned().collect()
    }

    pub(crate) fn open(&self) -> Vec<Placed> {
        let mut orders = self.all();
        orders.retain(|order| order.report.state == ReportedState::Open);
        orders
    }

    /// `buy 99 x 1`, sorted.
    pub(crate) fn open_in_words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.open().iter().map(Placed::in_words).collect();
        words.sort();
        words
    }

    pub(crate) fn requests(&self) -> Vec<ClientOrderId> {
        self.inner().requests.clone()
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    fn take(&self, request: &OrderRequest, now: DateTime<Utc>) -> PlaceAnswer {
        let mut inner = self.inner();
        let number = inner.orders.len();
        let id = request.client_order_id.clone();
        let placed = inner.orders.entry(id).or_insert_with(|| Placed {
            request: request.clone(),
            report: OrderReport {
                venue_order_id: format!("v{number}"),
                placed_at: now,
                state: ReportedState::Open,
                fills: vec![],
            },
        });
        PlaceAnswer::Acknowledged {
            venue_order_id: placed.report.venue_order_id.clone(),
            at: placed.report.placed_at,
        }
    }

    fn look_up(&self, id: &ClientOrderId) -> OrderAnswer {
        let inner = self.inner();
        if inner.dark {
            return lost_order();
        }
        inner
            .orders
            .get(id)
            .map_or(OrderAnswer::NotFound, |placed| {
                OrderAnswer::Known(placed.report.clone())
            })
    }

    fn take_off(&self, id: &ClientOrderId) -> OrderAnswer {
        let at = self.clock.now();
        if let Some(placed) = self.inner().orders.get_mut(id)
            && placed.report.state == ReportedState::Open
        {
            placed.report.state = ReportedState::Cancelled { at };
        }
        self.look_up(id)
    }
}

impl Placed {
    /// What of it can still trade.
    pub(crate) fn left(&self) -> domain::money::Decimal {
        self.request.quantity.amount() - &self.filled()
    }

    pub(crate) fn filled(&self) -> domain::money::Decimal {
        let fills = self.report.fills.iter();
        fills.fold(decimal("0"), |sum, fill| &sum + fill.quantity.amount())
    }

    pub(crate) fn in_words(&self) -> String {
        let OrderRequest {
            side,
            price,
            quantity,
            ..
        } = &self.request;
        format!("{} {price} x {quantity}", side.as_str())
    }

    pub(crate) fn is(&self, side: Side) -> bool {
        self.request.side == side
    }
}

fn lost() -> PlaceAnswer {
    PlaceAnswer::Unknown {
        reason: "the line went dead".to_owned(),
    }
}

fn lost_order() -> OrderAnswer {
    OrderAnswer::Unknown {
        reason: "the line went dead".to_owned(),
    }
}

#[async_trait]
impl Venue for Exchange {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        let script = {
            let mut inner = self.inner();
            inner.requests.push(order.client_order_id.clone());
            let script = inner.places.pop_front();
            script.or(inner.dark.then_some(Script::LoseRequest))
        };
        let now = self.clock.now();
        match script {
            None | Some(Script::TradeFirst) => self.take(order, now),
            Some(Script::Reject) => PlaceAnswer::Rejected {
                reason: "insufficient balance".to_owned(),
            },
            Some(Script::LoseAnswer) => {
                self.take(order, now);
                lost()
            }
            Some(Script::LoseRequest) => lost(),
            Some(Script::Hang) => std::future::pending().await,
        }
    }

    async fn cancel(&self, _pair: &str, id: &ClientOrderId) -> OrderAnswer {
        let script = {
            let mut inner = self.inner();
            let script = inner.cancels.pop_front();
            script.or(inner.dark.then_some(Script::LoseRequest))
        };
        match script {
            None => self.take_off(id),
            Some(Script::TradeFirst) => {
                let left = self.inner().orders.get(id).map(Placed::left);
                self.fill(id, &left.unwrap().to_string());
                self.take_off(id)
            }
            Some(Script::LoseAnswer) => {
                self.take_off(id);
                lost_order()
            }
            Some(Script::LoseRequest | Script::Reject) => lost_order(),
            Some(Script::Hang) => std::future::pending().await,
        }
    }

    async fn order(&self, _pair: &str, id: &ClientOrderId) -> OrderAnswer {
        self.look_up(id)
    }

    fn replacing(&self) -> Option<&dyn Replaces> {
        self.inner().at_once.then_some(self)
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        let inner = self.inner();
        if inner.dark {
            return Err(VenueError::unavailable(&self.name, "dark"));
        }
        let end = inner.fills.len();
        let from = cursor.map_or(end, |cursor| usize::try_from(cursor.0).unwrap());
        Ok(FillPage {
            fills: inner.fills[from..].to_vec(),
            cursor: FillCursor(i64::try_from(end).unwrap()),
        })
    }

    async fn balances(&self, _pair: &str) -> Result<PairBalances, VenueError> {
        let balance = Balance {
            total: decimal("1000000"),
            reserved: decimal("0"),
        };
        Ok(PairBalances {
            base: balance.clone(),
            quote: balance,
        })
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        let book = self.inner().book.clone();
        book.map(Arc::new).ok_or_else(|| VenueError::UnknownPair {
            exchange: self.name.clone(),
            pair: pair.to_owned(),
        })
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        let book = self.book(pair).await?;
        Ok(Ticker {
            last: book.mid(),
            bid: book.best_bid().cloned(),
            ask: book.best_ask().cloned(),
        })
    }

    async fn rules(&self, _pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        Ok(Arc::default())
    }
}
