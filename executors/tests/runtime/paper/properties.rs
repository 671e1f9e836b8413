//! What holds whatever is asked of a paper exchange, and whenever.

use std::collections::BTreeSet;

use domain::execution::{Fill, Side};
use domain::money::Decimal;
use executors::venue::paper::{PaperSettings, PaperVenue, StartingBalances};
use executors::venue::{
    OldOrder, OrderAnswer, OrderReport, OrderRequest, PairBalances, Replacement, Replaces,
    ReportedState, Venue,
};
use proptest::prelude::*;

use super::{PAIR, Paper, at_once, filled, order};
use crate::support::decimal;

#[derive(Debug, Clone)]
enum Step {
    Place {
        side: Side,
        /// Ticks from the best price of the own side; positive is towards the other side.
        ticks: i64,
        quantity: u32,
        immediate: bool,
    },
    Cancel(usize),
    /// So many ticks from where it was.
    Replace(usize, i64),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let place = (any::<bool>(), -30..8_i64, 1..40_000_u32, 0..4_u8);
    prop_oneof![
        4 => place.prop_map(|(buys, ticks, quantity, kind)| Step::Place {
            side: if buys { Side::Buy } else { Side::Sell },
            ticks,
            quantity,
            immediate: kind == 0,
        }),
        1 => any::<usize>().prop_map(Step::Cancel),
        2 => (any::<usize>(), -30..8_i64).prop_map(|(which, ticks)| Step::Replace(which, ticks)),
        3 => (1..90_000_i64).prop_map(Step::Wait),
    ]
}

/// Everything that can be seen of an exchange.
#[derive(Debug, PartialEq)]
struct Seen {
    answers: Vec<String>,
    reports: Vec<OrderReport>,
    fills: Vec<Fill>,
    balances: PairBalances,
}

async fn play(steps: &[Step]) -> Seen {
    let paper = Paper::new().await;
    let settings = PaperSettings {
        starting_balances: StartingBalances {
            others: decimal("60000"),
            ..StartingBalances::default()
        },
        ..PaperSettings::default()
    };
    let venue = paper.venue_with("binance", settings).await;
    let start = venue.fills_since(None).await.unwrap().cursor;
    let (mut ms, mut answers, mut placed) = (0, vec![], vec![]);
    for step in steps {
        match step {
            Step::Wait(longer) => {
                ms += longer;
                paper.world.set_time(ms);
            }
            Step::Cancel(which) if !placed.is_empty() => {
                let order: &OrderRequest = &placed[which % placed.len()];
                let answer = venue.cancel(PAIR, &order.client_order_id).await;
                answers.push(format!("{answer:?}"));
            }
            Step::Replace(which, ticks) if !placed.is_empty() => {
                let (asked, new) = replacement(&placed, *which, *ticks);
                answers.push(format!("{:?}", venue.replace(&asked).await));
                placed.push(new);
            }
            Step::Cancel(_) | Step::Replace(..) => {}
            Step::Place {
                side,
                ticks,
                quantity,
                immediate,
            } => {
                let (bid, ask) = paper.best();
                let away = &decimal("0.0001") * &Decimal::from(*ticks);
                let price = match side {
                    Side::Buy => &bid + &away,
                    Side::Sell => &ask - &away,
                };
                let id = format!("o{}", placed.len());
                let request = if *immediate { at_once } else { order };
                let request = request(&id, *side, &price, &quantity.to_string());
                answers.push(format!("{:?}", venue.place(&request).await));
                placed.push(request);
            }
        }
        check(&venue, &placed).await;
    }
    let fills = venue.fills_since(Some(start)).await.unwrap().fills;
    let reports = reports(&venue, &placed).await;
    Seen {
        answers,
        reports: reports.into_iter().map(|(_, report)| report).collect(),
        fills,
        balances: venue.balances(PAIR).await.unwrap(),
    }
}

/// As if nothing of the old order had traded.
fn replacement(placed: &[OrderRequest], which: usize, ticks: i64) -> (Replacement, OrderRequest) {
    let before = &placed[which % placed.len()];
    let away = &decimal("0.0001") * &Decimal::from(ticks);
    let (price, quantity) = (before.price.amount() + &away, before.quantity.to_string());
    let new = order(
        &format!("o{}", placed.len()),
        before.side,
        &price,
        &quantity,
    );
    let old = OldOrder {
        client_order_id: before.client_order_id.clone(),
        pair: PAIR.to_owned(),
        filled: Decimal::zero(),
    };
    let asked = Replacement {
        old: vec![old],
        new: vec![new.clone()],
    };
    (asked, new)
}

async fn reports<'a>(
    venue: &PaperVenue,
    placed: &'a [OrderRequest],
) -> Vec<(&'a OrderRequest, OrderReport)> {
    let mut reports = vec![];
    for request in placed {
        if let OrderAnswer::Known(report) = venue.order(PAIR, &request.client_order_id).await {
            reports.push((request, report));
        }
    }
    reports
}

/// Nothing is negative, nothing trades beyond what was ordered, no two of ours could meet, and
/// where no order is open nothing is reserved.
async fn check(venue: &PaperVenue, placed: &[OrderRequest]) {
    let PairBalances { base, quote } = venue.balances(PAIR).await.unwrap();
    for balance in [&base, &quote] {
        assert!(!balance.total.is_negative(), "{balance:?}");
        assert!(!balance.reserved.is_negative(), "{balance:?}");
        assert!(!balance.free().is_negative(), "{balance:?}");
    }
    let reports = reports(venue, placed).await;
    for (request, report) in &reports {
        assert!(filled(report) <= *request.quantity.amount(), "{request:?}");
    }
    let open = |side| {
        let of_side = reports.iter().filter(move |(request, report)| {
            request.side == side && report.state == ReportedState::Open
        });
        of_side.map(|(request, _)| request.price.clone())
    };
    let (bid, ask) = (open(Side::Buy).max(), open(Side::Sell).min());
    match (&bid, &ask) {
        (Some(bid), Some(ask)) => assert!(bid < ask, "{bid} would meet {ask}"),
        (None, None) => assert!(base.reserved.is_zero() && quote.reserved.is_zero()),
        (Some(_), None) | (None, Some(_)) => {}
    }
}

fn cancel_all(steps: &[Step]) -> Vec<Step> {
    let orders = steps
        .iter()
        .filter(|step| matches!(step, Step::Place { .. } | Step::Replace(..)));
    let cancels = (0..orders.count()).map(Step::Cancel);
    steps.iter().cloned().chain(cancels).collect()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn money_and_quantities_add_up(steps in prop::collection::vec(step(), 1..40)) {
        let seen = run(play(&cancel_all(&steps)));
        let PairBalances { base, quote } = &seen.balances;
        prop_assert!(base.reserved.is_zero() && quote.reserved.is_zero(), "all orders are over");
        let mut numbers = BTreeSet::new();
        for fill in &seen.fills {
            prop_assert!(numbers.insert(fill.fill_id.clone()), "a trade is told once");
        }
        let told = seen.fills.iter().fold(Decimal::zero(), |sum, fill| {
            &sum + fill.quantity.amount()
        });
        let reported = seen.reports.iter().fold(Decimal::zero(), |sum, report| {
            &sum + &filled(report)
        });
        prop_assert_eq!(told, reported);
    }

    #[test]
    fn the_same_questions_at_the_same_times_have_the_same_answers(
        steps in prop::collection::vec(step(), 1..30),
    ) {
        prop_assert_eq!(run(play(&steps)), run(play(&steps)));
    }
}
