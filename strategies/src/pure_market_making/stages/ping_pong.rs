//! The side that filled more waits for the other: it loses its nearest quotes.

use domain::execution::Side;

use super::super::proposal::{Proposal, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    if !view.config.options.ping_pong {
        return;
    }
    let history = &view.own.history;
    let more = |here: u32, there: u32| usize::try_from(here.saturating_sub(there)).unwrap_or(0);
    let (buys, sells) = (history.filled_buys, history.filled_sells);
    for (side, ahead) in [
        (Side::Buy, more(buys, sells)),
        (Side::Sell, more(sells, buys)),
    ] {
        let quotes = proposal.side_mut(side);
        let dropped = ahead.min(quotes.len());
        quotes.drain(..dropped);
        if dropped > 0 {
            let side = side.as_str();
            let reason = format!("ping-pong: {side}s wait for the other side");
            proposal.left_out.push(reason);
        }
    }
}
