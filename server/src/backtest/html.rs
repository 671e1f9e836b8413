//! The report as one file that a browser shows without asking anybody for anything.

use domain::execution::Side;
use domain::money::Decimal;
use executors::backtest::{BacktestReport, EquityPoint};

use super::chart::{Mark, line};
use super::command::Question;
use super::text;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #16202a; --paper: #fff; --faint: #5b6874; --line: #d5dbe1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --paper: #12181e; --faint: #9fabb7; --line: #2c3844; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 1000px; margin: 32px auto; padding: 0 16px; }
h1 { font-size: 22px; } h2 { font-size: 17px; margin-top: 32px; }
pre { overflow-x: auto; padding: 12px; border: 1px solid var(--line); border-radius: 8px; }
figure { margin: 16px 0; } figcaption { display: flex; justify-content: space-between; font-weight: 600; } figcaption span { color: var(--faint); font-weight: 400; }
svg { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; }
polyline { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke: #0f766e; } .price { stroke: #64748b; } .inventory { stroke: #7c3aed; }
.buy { fill: #15803d; } .sell { fill: #b91c1c; }
";

pub(super) fn page(question: &Question, report: &BacktestReport) -> String {
    let title = format!("Backtest of {} {}", question.definition, question.version);
    let config = serde_json::to_string_pretty(&question.config).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<pre>{summary}</pre>\n\
         {charts}\n<h2>Configuration</h2>\n<pre>{config}</pre>\n</body>\n</html>\n",
        title = escaped(&title),
        summary = escaped(&text::report(question, report)),
        charts = charts(report),
        config = escaped(&config),
    )
}

fn charts(report: &BacktestReport) -> String {
    let of = |value: fn(&EquityPoint) -> &Decimal| -> Vec<f64> {
        report
            .equity
            .iter()
            .map(|point| number(value(point)))
            .collect()
    };
    [
        line(
            "Profit after fees",
            "profit",
            &of(|point| &point.profit),
            &[],
        ),
        line(
            "Price and trades",
            "price",
            &of(|point| &point.price),
            &trades(report),
        ),
        line("Inventory", "inventory", &of(|point| &point.inventory), &[]),
    ]
    .concat()
}

/// Of the market that the price is of.
fn trades(report: &BacktestReport) -> Vec<Mark> {
    let Some(first) = report.markets.first() else {
        return vec![];
    };
    let whole = (report.until - report.from).as_seconds_f64().max(1.0);
    let here = report
        .trades
        .iter()
        .filter(|trade| trade.exchange == first.exchange);
    here.map(|trade| Mark {
        at: ((trade.at - report.from).as_seconds_f64() / whole).clamp(0.0, 1.0),
        value: number(&trade.price),
        class: match trade.side {
            Side::Buy => "buy",
            Side::Sell => "sell",
        },
    })
    .collect()
}

/// For drawing only.
fn number(amount: &Decimal) -> f64 {
    amount.to_string().parse().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_operator_wrote_is_text() {
        assert_eq!(escaped("<script>&"), "&lt;script&gt;&amp;");
    }
}
