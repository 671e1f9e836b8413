//! What came of taking a decision again, for people.

use std::io::Write;

use domain::money::Decimal;

use super::again::Again;
use super::comparison::Comparison;
use crate::human_line::plain;

pub(super) fn tell_again(again: &Again, out: &mut dyn Write) -> std::io::Result<()> {
    let compared = match again {
        Again::Taken(compared) => compared,
        Again::Impossible(why) => {
            writeln!(out, "the decision cannot be taken again: {why}")?;
            return Ok(());
        }
    };
    writeln!(
        out,
        "the decision, taken again on {}",
        what_it_saw(compared)
    )?;
    tell_books(compared, out)?;
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
    Ok(())
}

/// The prices themselves, the best first.
fn tell_books(compared: &Comparison, out: &mut dyn Write) -> std::io::Result<()> {
    for market in &compared.seen.markets {
        let Some(book) = &market.book else { continue };
        let side = |levels: &[(Decimal, Decimal)]| {
            let levels = levels.iter();
            let levels = levels.map(|level| format!("{} x {}", level.0, level.1));
            levels.collect::<Vec<_>>().join(", ")
        };
        let (pair, exchange) = (plain(&market.pair), plain(&market.exchange));
        writeln!(
            out,
            "        {pair} on {exchange}: bids {}",
            side(&book.bids)
        )?;
        writeln!(
            out,
            "        {pair} on {exchange}: asks {}",
            side(&book.asks)
        )?;
    }
    Ok(())
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
