//! Sizes shift between the sides while the share held in base currency is off its target.

use domain::money::Decimal;

use super::super::config::PmmConfig;
use super::super::proposal::{Proposal, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let Some(skew) = &view.config.options.inventory_skew else {
        return;
    };
    let Some((base, quote)) = view.balances() else {
        return;
    };
    let range = &total_size(view.config) * &skew.range;
    let (bid, ask) = ratios(
        binary(&base),
        binary(&quote),
        binary(view.reference()),
        binary(&skew.target),
        binary(&range),
    );
    let (bid, ask) = (decimal(bid), decimal(ask));
    for (quotes, ratio) in [(&mut proposal.buys, &bid), (&mut proposal.sells, &ask)] {
        for quote in &mut *quotes {
            quote.size = view.rounded_size(&quote.size * ratio);
        }
        quotes.retain(|quote| quote.size.is_positive());
    }
    if ratio_is_zero(&bid) || ratio_is_zero(&ask) {
        let reason = "the inventory skew leaves one side nothing to quote".to_owned();
        proposal.left_out.push(reason);
    }
}

/// Of both sides. With orders that are given one by one the layers still count, as in other engines,
/// unless there are none.
fn total_size(config: &PmmConfig) -> Decimal {
    let given = config.options.override_orders.iter();
    let given = given.map(|order| &order.amount);
    if config.layers.is_empty() {
        return given.fold(Decimal::zero(), |sum, size| &sum + size);
    }
    let layers = config.layers.iter().map(|layer| &layer.quantity);
    let one_side = layers.fold(Decimal::zero(), |sum, size| &sum + size);
    &one_side * &Decimal::from(2)
}

fn ratio_is_zero(ratio: &Decimal) -> bool {
    !ratio.is_positive()
}

/// What the sizes of buys and sells are multiplied by; from 2 and 0 with too little base currency
/// to 0 and 2 with too much.
///
/// In binary64, each operation in the order in which the engine that traders know does them, since
/// a ratio that differs in its last bit moves a size by a whole lot when it is rounded down. IEEE
/// 754 fixes the result of every one of these operations, so it is the same on all machines; the
/// ratios are exact decimals from here on.
#[expect(
    clippy::float_arithmetic,
    reason = "only additions, products, quotients and comparisons, which IEEE 754 defines to the bit"
)]
fn ratios(base: f64, quote: f64, price: f64, target: f64, range: f64) -> (f64, f64) {
    let value = base * price;
    let portfolio = value + quote;
    if portfolio <= 0.0 || range <= 0.0 {
        return (0.0, 0.0);
    }
    let half_width = (range * price).min(portfolio * 0.5);
    let target = portfolio * target;
    let left = (target - half_width).max(0.0);
    let right = target + half_width;
    let bid = if value < target {
        let ratio = interpolate(value, (left, 0.0), (target, 0.5));
        interpolate(ratio, (0.0, 2.0), (0.5, 1.0))
    } else {
        let ratio = interpolate(value, (target, 0.5), (right, 1.0));
        interpolate(ratio, (0.5, 1.0), (1.0, 0.0))
    };
    (bid, 2.0 - bid)
}

/// On the line between two points, and level beyond them.
#[expect(
    clippy::float_arithmetic,
    reason = "see ratios(): slope first, then from the left point, as the reference does it"
)]
fn interpolate(x: f64, (x0, y0): (f64, f64), (x1, y1): (f64, f64)) -> f64 {
    if x <= x0 {
        return y0;
    }
    if x >= x1 {
        return y1;
    }
    let slope = (y1 - y0) / (x1 - x0);
    slope * (x - x0) + y0
}

/// The nearest binary64; no decimal that is stored is beyond its range.
fn binary(number: &Decimal) -> f64 {
    number.to_string().parse().unwrap_or(0.0)
}

/// More places than a size has digits, and few enough to be stored.
fn decimal(ratio: f64) -> Decimal {
    format!("{ratio:.40}")
        .parse()
        .unwrap_or_else(|_| Decimal::zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_base_currency_shifts_size_to_the_sells() {
        let near = |base: f64, bid: &str, ask: &str| {
            let (got_bid, got_ask) = ratios(base, 10_000.0, 0.0036, 0.03, 20_000.0);
            assert_eq!(format!("{got_bid:.6}"), bid, "{base}");
            assert_eq!(format!("{got_ask:.6}"), ask, "{base}");
        };
        near(85_000.0, "1.044167", "0.955833");
        near(95_000.0, "0.559167", "1.440833");
        near(70_000.0, "1.771667", "0.228333");
        near(8_500.0, "2.000000", "0.000000");
        near(200_000.0, "0.000000", "2.000000");
    }

    #[test]
    fn without_a_portfolio_nothing_is_quoted() {
        assert_eq!(ratios(0.0, 0.0, 1.0, 0.5, 1.0), (0.0, 0.0));
    }
}
