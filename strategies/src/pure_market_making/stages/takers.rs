//! Quotes that would trade at once are left out when the configuration says so.

use super::super::proposal::{Proposal, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    if view.config.options.take_if_crossed != Some(false) {
        return;
    }
    let Some(book) = view.market.books.get(&view.config.market) else {
        return;
    };
    let quoted = proposal.buys.len() + proposal.sells.len();
    if let Some(ask) = book.best_ask() {
        let ask = view.rounded_price(ask.clone());
        proposal.buys.retain(|quote| quote.price < ask);
    }
    if let Some(bid) = book.best_bid() {
        let bid = view.rounded_price(bid.clone());
        proposal.sells.retain(|quote| quote.price > bid);
    }
    if proposal.buys.len() + proposal.sells.len() < quoted {
        let reason = "quotes that would take liquidity are left out".to_owned();
        proposal.left_out.push(reason);
    }
}
