//! Places orders, takes them off, and finds out what became of them. Nothing is believed that the
//! exchange has not said.

use domain::execution::Fill;
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use strategies::TradingRules;

use super::dialect::{Found, Period, Trade};
use super::failure::{Failure, Proof};
use super::listings::Listed;
use super::session::Purpose;
use super::venue::CcxtVenue;
use crate::venue::{OrderAnswer, OrderReport, OrderRequest, PlaceAnswer, ReportedState};

impl CcxtVenue {
    pub(super) async fn send(&self, order: &OrderRequest) -> PlaceAnswer {
        let rejected = |reason: String| PlaceAnswer::Rejected { reason };
        let market = match self.market(&order.pair).await {
            Ok(Some(market)) => market,
            Ok(None) => {
                let exchange = self.exchange.as_str();
                return rejected(format!("{exchange} has no market {}", order.pair));
            }
            Err(failure) => return rejected(format!("it was not sent: {failure}")),
        };
        if let Err(reason) = fits(&market.rules, order) {
            return rejected(reason);
        }
        let (dialect, id) = (self.dialect(), &order.client_order_id);
        let spelled = dialect.client_id(id);
        let now = self.now();
        self.tracked.remember((id, &spelled), &order.pair, now);
        let call = dialect.place(&market, order, &spelled);
        let answer = self.session.ask(Purpose::Trade, call).await;
        let placed = answer.and_then(|answer| dialect.placed(&answer, self.now()));
        match placed {
            Ok(placed) => {
                self.tracked.identify(&spelled, &placed.order_id);
                PlaceAnswer::Acknowledged {
                    venue_order_id: placed.order_id,
                    at: placed.at,
                }
            }
            Err(failure) => match failure.proves {
                Proof::Refused => rejected(failure.to_string()),
                Proof::Repeated => self.first_answer(order, &failure).await,
                Proof::NoSuchOrder | Proof::Nothing => PlaceAnswer::Unknown {
                    reason: failure.to_string(),
                },
            },
        }
    }

    /// What was said when it was placed.
    async fn first_answer(&self, order: &OrderRequest, repeated: &Failure) -> PlaceAnswer {
        let known = self.look_up(&order.pair, &order.client_order_id).await;
        match known {
            Ok(OrderAnswer::Known(report)) => PlaceAnswer::Acknowledged {
                venue_order_id: report.venue_order_id,
                at: report.placed_at,
            },
            Ok(OrderAnswer::NotFound | OrderAnswer::Unknown { .. }) | Err(_) => {
                PlaceAnswer::Unknown {
                    reason: repeated.to_string(),
                }
            }
        }
    }

    pub(super) async fn take_off(
        &self,
        pair: &str,
        id: &ClientOrderId,
    ) -> Result<OrderAnswer, Failure> {
        let market = self.listed(pair).await?;
        let call = self
            .dialect()
            .cancel(&market, &self.dialect().client_id(id));
        let cancelled = self.session.ask(Purpose::Trade, call).await;
        let open = match cancelled {
            Ok(_) => Failure::unreadable("the order is still in its book"),
            Err(failure) if failure.proves == Proof::Nothing => return Err(failure),
            // It may have ended before: the exchange says how
            Err(failure) => failure,
        };
        match self.look_up(pair, id).await? {
            OrderAnswer::Known(report) if report.state == ReportedState::Open => Err(open),
            answer => Ok(answer),
        }
    }

    pub(super) async fn look_up(
        &self,
        pair: &str,
        id: &ClientOrderId,
    ) -> Result<OrderAnswer, Failure> {
        let market = self.listed(pair).await?;
        let (dialect, now) = (self.dialect(), self.now());
        let spelled = dialect.client_id(id);
        self.tracked.remember((id, &spelled), pair, now);
        for call in dialect.find(&market, &spelled) {
            let answer = match self.session.ask(Purpose::Ask, call).await {
                Err(failure) if failure.proves == Proof::NoSuchOrder => continue,
                answer => answer?,
            };
            if let Some(found) = dialect.found(&answer, &spelled)? {
                self.tracked.identify(&spelled, &found.order_id);
                return self
                    .report(&market, id, found)
                    .await
                    .map(OrderAnswer::Known);
            }
        }
        if self.tracked.is_fresh(&spelled, now) {
            let early = "it knows nothing of the order, and may do so in a moment";
            return Err(Failure::unreadable(early));
        }
        Ok(OrderAnswer::NotFound)
    }

    /// A market that is gone may still have orders of ours: nobody can tell.
    async fn listed(&self, pair: &str) -> Result<std::sync::Arc<Listed>, Failure> {
        let market = self.market(pair).await?;
        market.ok_or_else(|| Failure::unreadable(format!("it has no market {pair}")))
    }

    async fn report(
        &self,
        market: &Listed,
        id: &ClientOrderId,
        found: Found,
    ) -> Result<OrderReport, Failure> {
        let trades = if found.executed.is_positive() {
            self.trades_of(market, &found).await?
        } else {
            vec![]
        };
        let mut fills: Vec<Fill> = trades
            .into_iter()
            .map(|trade| fill(market, id.clone(), trade))
            .collect();
        fills.sort_by_key(|fill| fill.filled_at);
        let told = fills
            .iter()
            .fold(Decimal::zero(), |sum, fill| &sum + fill.quantity.amount());
        if told < found.executed && found.state != ReportedState::Open {
            return Err(Failure::unreadable(
                "not all of the order's trades are told yet",
            ));
        }
        Ok(OrderReport {
            venue_order_id: found.order_id,
            placed_at: found.placed_at,
            state: found.state,
            fills,
        })
    }

    async fn trades_of(&self, market: &Listed, found: &Found) -> Result<Vec<Trade>, Failure> {
        let dialect = self.dialect();
        let mut trades = Vec::new();
        for call in dialect.trades_of(market, found) {
            let answer = self.session.ask(Purpose::Ask, call).await?;
            let page = dialect.trades(&answer)?;
            if page.len() >= dialect.trades_at_most() {
                let period = Period {
                    from: found.placed_at,
                    to: self.now(),
                };
                trades = self.trades_in(Some(market), period).await?;
                break;
            }
            trades.extend(page);
        }
        trades.retain(|trade| trade.order_id == found.order_id);
        Ok(trades)
    }
}

pub(super) fn fill(market: &Listed, client_order_id: ClientOrderId, trade: Trade) -> Fill {
    Fill {
        client_order_id,
        fill_id: trade.id,
        price: trade.price,
        quantity: trade.quantity,
        fee: trade.fee,
        fee_currency: market.currency_name(trade.fee_currency),
        filled_at: trade.at,
    }
}

/// What is sent is exactly what was decided, so it must be what the exchange takes.
fn fits(rules: &TradingRules, order: &OrderRequest) -> Result<(), String> {
    let (price, quantity) = (order.price.amount(), order.quantity.amount());
    for (what, amount, step) in [
        ("price", price, rules.tick_at(price)),
        ("quantity", quantity, rules.lot_at(quantity)),
    ] {
        if let Some(step) = step
            && amount.floor_to(&step) != *amount
        {
            return Err(format!("its {what} {amount} is not a multiple of {step}"));
        }
    }
    Ok(())
}
