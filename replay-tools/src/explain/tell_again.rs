//! What came of taking a decision again, for people.

use std::io::Write;

use super::again::Again;
use super::comparison::Comparison;
use crate::human_line::plain;
use crate::outcome::Outcome;

pub(super) fn tell_again(again: &Again, out: &mut dyn Write) -> std::io::Result<Outcome> {
    let compared = match again {
        Again::Taken(compared) => compared,
        Again::Impossible(why) => {
            writeln!(out, "the decision cannot be taken again: {why}")?;
            return Ok(Outcome::Fine);
        }
    };
    writeln!(
        out,
        "the decision, taken again on {}",
        what_it_saw(compared)
    )?;
    for difference in &compared.differences {
        writeln!(out, "FAILED  {difference}")?;
    }
    if compared.differences.is_empty() {
        let (orders, cancellations) = (compared.orders, compared.cancellations);
        writeln!(
            out,
            "ok      gives the same: orders {orders}, cancellations {cancellations}"
        )?;
    }
    if !compared.held_back.is_empty() {
        let slots = compared.held_back.join(", ");
        writeln!(
            out,
            "        decided as well, and held back by limits or other orders: {slots}"
        )?;
    }
    Ok(Outcome::of(compared.differences.is_empty()))
}

fn what_it_saw(compared: &Comparison) -> String {
    let seen = &compared.seen;
    let markets = seen.markets.iter().map(|market| {
        let book = market.book.as_ref();
        let (bids, asks) = book.map_or((0, 0), |book| (book.bids.len(), book.asks.len()));
        let (pair, exchange) = (plain(&market.pair), plain(&market.exchange));
        format!(", {pair} on {exchange} ({bids} bids, {asks} asks)")
    });
    let markets: String = markets.collect();
    format!("the run's first {} events{markets}", seen.version)
}
