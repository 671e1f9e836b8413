//! What buying an amount at one venue and selling it at another would bring.

use domain::money::Decimal;

use super::config::{ArbitrageConfig, ArbitrageVenue, Formula};
use super::depth::{side, take};
use crate::MarketSnapshot;

/// Buying at one venue's asks and selling at the other's bids, worth the configured profit.
#[derive(Debug)]
pub(super) struct Opportunity<'a> {
    pub(super) buy_at: &'a ArbitrageVenue,
    pub(super) sell_at: &'a ArbitrageVenue,
    pub(super) buy_price: Decimal,
    pub(super) sell_price: Decimal,
    /// After fees, as a fraction of the cost.
    pub(super) profitability: Decimal,
}

impl<'a> Opportunity<'a> {
    /// Why there is none, in words that stay the same while the market moves.
    pub(super) fn find(
        buy_at: &'a ArbitrageVenue,
        sell_at: &'a ArbitrageVenue,
        config: &ArbitrageConfig,
        market: &MarketSnapshot,
    ) -> Result<Self, String> {
        let asks = side(buy_at, market, |book| &book.asks)?;
        let bids = side(sell_at, market, |book| &book.bids)?;
        let too_shallow = |venue: &ArbitrageVenue, name: &str| {
            format!("the {name} of {} can't take amountToTrade", venue.market)
        };
        let average = |levels| take(levels, &config.amount).map(|taken| taken.average);
        let buy_price = average(asks).ok_or_else(|| too_shallow(buy_at, "asks"))?;
        let sell_price = average(bids).ok_or_else(|| too_shallow(sell_at, "bids"))?;
        let mid = market.books.get(&buy_at.market).and_then(|book| book.mid());
        let venues = (buy_at, sell_at);
        let profitability = match config.formula {
            Formula::OfCost => of_cost(&buy_price, &sell_price, venues),
            Formula::OfPrice => of_price(&buy_price, &sell_price, venues, mid.as_ref()),
        };
        let minimum = &config.min_profitability;
        let profitability = profitability
            .filter(|profitability| match config.formula {
                Formula::OfCost => profitability >= minimum,
                Formula::OfPrice => profitability > minimum,
            })
            .ok_or_else(|| {
                let (from, to) = (&buy_at.market.exchange, &sell_at.market.exchange);
                format!("{from} to {to} brings less than minProfitability")
            })?;
        Ok(Self {
            buy_at,
            sell_at,
            buy_price,
            sell_price,
            profitability,
        })
    }
}

type Venues<'a> = (&'a ArbitrageVenue, &'a ArbitrageVenue);

fn of_cost(buy: &Decimal, sell: &Decimal, (buy_at, sell_at): Venues<'_>) -> Option<Decimal> {
    let cost = buy * &(&Decimal::one() + &buy_at.fee_rate);
    let proceeds = sell * &(&Decimal::one() - &sell_at.fee_rate);
    (&proceeds - &cost).checked_div(&cost)
}

fn of_price(
    buy: &Decimal,
    sell: &Decimal,
    (buy_at, sell_at): Venues<'_>,
    mid: Option<&Decimal>,
) -> Option<Decimal> {
    let fees = &(buy * &buy_at.fee_rate) + &(sell * &sell_at.fee_rate);
    let gain = (sell - buy).checked_div(buy)?;
    Some(&gain - &fees.checked_div(mid?)?)
}
