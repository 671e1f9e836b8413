//! The report as people read it in a terminal.

use std::fmt::Write;

use domain::money::Decimal;
use executors::backtest::{BacktestReport, Market};

use super::command::Question;

/// Digits after the point where money is shown; the JSON has all of them.
const PLACES: u32 = 4;

pub(super) fn report(question: &Question, report: &BacktestReport) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        let _infallible = writeln!(text, "{name:<18}{value}");
    };
    line(
        "definition",
        format!("{} {}", question.definition, question.version),
    );
    line(
        "data",
        format!(
            "{}, {} to {}",
            question.data,
            time(report.from),
            time(report.until)
        ),
    );
    if let Some(reason) = &report.ended_early {
        line("ended early", reason.clone());
    }
    line("profit", format!("{} after fees", shown(&report.profit)));
    line(
        "",
        format!(
            "{} realised, {} unrealised, {} fees",
            shown(&report.realised),
            shown(&report.unrealised),
            shown(&report.fees)
        ),
    );
    for (coin, fee) in &report.other_fees {
        line("", format!("and {fee} {coin} in fees"));
    }
    line("max drawdown", shown(&report.max_drawdown));
    line("volume", shown(&report.volume));
    let orders = &report.orders;
    line(
        "orders",
        format!(
            "{} placed, {} filled at least in part, {} cancelled, {} rejected",
            orders.placed, orders.filled, orders.cancelled, orders.rejected
        ),
    );
    if let Some(part) = report.both_sides_quoted {
        line(
            "both sides quoted",
            format!("{:.2} % of the time", part * 100.0),
        );
    }
    for market in &report.markets {
        line(&market.pair, of_market(market));
    }
    for (reason, count) in &report.skipped {
        line("skipped", format!("{count} × {reason}"));
    }
    text.trim_end().to_owned()
}

fn of_market(market: &Market) -> String {
    format!(
        "on {}: {} trades, {} bought, {} sold, {} held (at most {}), at {}: {}",
        market.exchange,
        market.trades,
        market.bought,
        market.sold,
        market.inventory,
        market.largest_inventory,
        market.last_price,
        shown(&market.profit),
    )
}

pub(super) fn shown(amount: &Decimal) -> String {
    amount.round_to(PLACES).to_string()
}

pub(super) fn time(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}
