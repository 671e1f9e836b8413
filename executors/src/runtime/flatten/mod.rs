//! Closes what a run has bought or sold short, at what the market gives: at its end, or because a
//! guard tripped.

mod closing_order;

use chrono::{DateTime, Utc};
use domain::execution::{Position, Side};
use domain::guard::{GuardAction, Restraints};
use metrics::counter;
use strategies::MarketRef;

use self::closing_order::{Closing, closing_order};
use super::active_run::ActiveRun;
use super::market_view::MarketView;
use super::shared::Shared;
use super::turn::TurnError;

const SLOT: &str = "flatten";

/// A market may be gone for good: after so many orders in it that traded nothing, what is held there
/// stays, and the history says so. Fewer for two markets than a run remembers of those that ended.
const MOST_ORDERS: usize = 40;

/// How far a run is with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flattening {
    /// Orders are out, or will be when the market allows.
    Underway,
    Done,
}

/// What is to be closed.
#[derive(Debug, Clone, Copy)]
pub(super) enum ToClose<'a> {
    Everything {
        since: DateTime<Utc>,
        halted: bool,
    },
    /// Where a tripped guard wants it.
    Guarded(&'a Restraints),
}

impl ToClose<'_> {
    fn is_halted(self) -> bool {
        matches!(self, Self::Everything { halted: true, .. })
    }

    /// Since when the position is to be closed, if it is.
    fn since(self, held: &Position) -> Option<DateTime<Utc>> {
        match self {
            Self::Everything { since, .. } => Some(since),
            Self::Guarded(restraints) => {
                let restraint = restraints.on(&held.exchange)?;
                (restraint.action == GuardAction::Flatten).then_some(restraint.since)
            }
        }
    }
}

impl ActiveRun {
    /// Called again soon, once the orders placed here are known to be gone. Answers also what stays
    /// open, and why.
    pub(super) async fn flatten(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        what: ToClose<'_>,
        now: DateTime<Utc>,
    ) -> Result<(Flattening, Vec<String>), TurnError> {
        let open = self.open_positions(what);
        if open.is_empty() {
            return Ok((Flattening::Done, vec![]));
        }
        if what.is_halted() {
            let all_stay = open.iter().map(|held| left_open(held, "trading is halted"));
            return Ok((Flattening::Underway, all_stay.collect()));
        }
        let (open, given_up): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|held| self.vain_orders(held, what) < MOST_ORDERS);
        let mut skipped: Vec<_> = given_up
            .iter()
            .map(|held| left_open(held, "it stays"))
            .collect();
        let market = market.snapshot(open.iter().map(place).collect()).await;
        let (mut proposals, mut waits) = (vec![], false);
        for held in &open {
            let ours = shared.own_orders.best_against(&place(held), side(held));
            match closing_order(held, &market, ours.as_ref(), &shared.settings.limits) {
                Closing::Order(order) => proposals.push(*order),
                Closing::TooSmall => skipped.push(left_open(held, "no venue takes so little")),
                Closing::NoBook => {
                    waits = true;
                    skipped.push(left_open(held, "its book cannot take it now"));
                }
            }
        }
        let wanted = !proposals.is_empty();
        // Each market on its own: that one is refused must not keep the others open
        for proposal in proposals {
            // No decision of a strategy, which could be taken again
            let seen = (&market, None, &Restraints::default());
            skipped.extend(self.place(shared, vec![proposal], seen, now).await?);
        }
        if wanted || waits {
            return Ok((Flattening::Underway, skipped));
        }
        if let ToClose::Everything { .. } = what {
            counter!("flatten_gave_up_total").increment(given_up.len() as u64);
        }
        Ok((Flattening::Done, skipped))
    }

    /// What nobody asked to close.
    pub(super) fn still_held(&self) -> Vec<String> {
        let stays = |held| left_open(held, "the run ends without closing it");
        self.held().map(stays).collect()
    }

    fn open_positions(&self, what: ToClose<'_>) -> Vec<Position> {
        let open = self.held().filter(|held| what.since(held).is_some());
        open.cloned().collect()
    }

    /// Orders that were to close it and traded nothing.
    fn vain_orders(&self, held: &Position, what: ToClose<'_>) -> usize {
        let since = what.since(held).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let ended = self.execution().ended_orders.since(since);
        let closing = ended.filter(|order| {
            let intent = &order.intent;
            intent.slot.starts_with(SLOT)
                && intent.exchange == held.exchange
                && intent.pair == held.pair
                && order.remaining() == *intent.quantity.amount()
        });
        closing.count()
    }
}

fn place(held: &Position) -> MarketRef {
    MarketRef::new(&held.exchange, &held.pair)
}

/// Of the order that closes it.
fn side(held: &Position) -> Side {
    if held.base.is_positive() {
        Side::Sell
    } else {
        Side::Buy
    }
}

fn left_open(held: &Position, why: &str) -> String {
    format!(
        "{} of {} on {} is still held: {why}",
        held.base, held.pair, held.exchange
    )
}
