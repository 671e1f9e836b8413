//! What trades came to in one market.

use async_graphql::SimpleObject;
use domain::execution::Position;
use domain::money::Decimal;

use crate::graphql::connection::count;
use crate::graphql::scalars::Exact;

/// Amounts are in the pair's quote currency unless they say otherwise.
#[derive(Debug, SimpleObject)]
pub(crate) struct MarketPosition {
    exchange: String,
    pair: String,
    /// Base currency held; negative when more was sold than bought.
    base: Exact,
    /// What one unit of it cost; null while nothing is held.
    average_cost: Option<Exact>,
    /// Profit of what was closed, before fees.
    realised: Exact,
    /// What is held is worth so much more than it cost, at `markPrice`.
    unrealised: Exact,
    /// The latest price of the market that the run has recorded.
    mark_price: Option<Exact>,
    /// Realised and unrealised, after fees: cash plus inventory. `otherFees` are not in it.
    profit: Exact,
    /// Paid in quote or base currency, less rebates.
    fees: Exact,
    /// Paid in other coins, less rebates.
    other_fees: Vec<OtherFee>,
    bought_base: Exact,
    sold_base: Exact,
    /// What changed hands.
    volume: Exact,
    trade_count: i64,
}

#[derive(Debug, SimpleObject)]
pub(crate) struct OtherFee {
    coin: String,
    amount: Exact,
}

impl OtherFee {
    pub(crate) fn new(coin: &str, amount: &Decimal) -> Self {
        Self {
            coin: coin.to_owned(),
            amount: amount.into(),
        }
    }
}

impl From<&Position> for MarketPosition {
    fn from(held: &Position) -> Self {
        let zero = Decimal::zero();
        let mark = held.mark.as_ref().unwrap_or(&zero);
        let other_fees = held.other_fees.iter();
        let other_fees = other_fees.map(|(coin, amount)| OtherFee::new(coin, amount));
        Self {
            exchange: held.exchange.clone(),
            pair: held.pair.clone(),
            base: (&held.base).into(),
            average_cost: held.average_cost().map(Exact::from),
            realised: (&held.realised).into(),
            unrealised: held.unrealised_at(mark).into(),
            mark_price: held.mark.as_ref().map(Exact::from),
            profit: held.profit_at(mark).into(),
            fees: (&held.fees).into(),
            other_fees: other_fees.collect(),
            bought_base: (&held.bought.base).into(),
            sold_base: (&held.sold.base).into(),
            volume: held.volume().into(),
            trade_count: count(held.trades),
        }
    }
}
