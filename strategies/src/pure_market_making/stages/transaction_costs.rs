//! Quotes move away by what the venue takes, so that the spread is earned after fees.

use domain::money::Decimal;

use super::super::proposal::{Proposal, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let options = &view.config.options;
    if !options.add_transaction_costs {
        return;
    }
    let buy = &Decimal::one() - &options.maker_fee;
    for quote in &mut proposal.buys {
        quote.price = view.rounded_price(&quote.price * &buy);
    }
    let sell = &Decimal::one() + &options.maker_fee;
    for quote in &mut proposal.sells {
        quote.price = view.rounded_price(&quote.price * &sell);
    }
}
