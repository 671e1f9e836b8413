//! Quotes only as far as the budget goes: the one it runs out at shrinks, the ones after it go.

use domain::money::Decimal;

use super::super::proposal::{Proposal, Quote, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let Some((base, quote)) = view.balances() else {
        return;
    };
    let with_fee = &Decimal::one() + &view.config.options.maker_fee;
    let quoted = proposal.buys.len() + proposal.sells.len();
    spend(&mut proposal.buys, quote, view, |quote| {
        &quote.price * &with_fee
    });
    spend(&mut proposal.sells, base, view, |_| Decimal::one());
    if proposal.buys.len() + proposal.sells.len() < quoted {
        let reason = "the budget does not go as far as all layers".to_owned();
        proposal.left_out.push(reason);
    }
}

fn spend(
    quotes: &mut Vec<Quote>,
    mut left: Decimal,
    view: &View<'_>,
    unit_cost: impl Fn(&Quote) -> Decimal,
) {
    for quote in quotes.iter_mut() {
        let unit = unit_cost(quote);
        let cost = &quote.size * &unit;
        if cost <= left {
            left = &left - &cost;
            continue;
        }
        let affordable = left.checked_div(&unit).unwrap_or_else(Decimal::zero);
        quote.size = view.rounded_size(affordable);
        left = Decimal::zero();
    }
    quotes.retain(|quote| quote.size.is_positive());
}
