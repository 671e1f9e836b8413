//! One run of a volume strategy: the next trade, once the last one's order is gone.

use std::collections::BTreeMap;

use domain::execution::{DecisionBasis, OrderState};
use domain::money::Decimal;

use super::config::VolumeConfig;
use super::quote::{price, side};
use crate::sizing::order_size;
use crate::{Action, Book, Decision, MarketSnapshot, OrderProposal, OwnState};

pub(super) fn decide(config: &VolumeConfig, market: &MarketSnapshot, own: &OwnState) -> Decision {
    if Decimal::from(i64::from(own.executed_trades)) >= config.trades {
        return stop(config, own);
    }
    if !own.live_orders.is_empty() {
        return supersede(own);
    }
    match next_trade(config, market, own.executed_trades) {
        Ok(order) => Decision {
            actions: vec![Action::Place(order)],
            ..Decision::default()
        },
        Err(reason) => Decision::skip(reason),
    }
}

/// One interval after the last trade: until then its order may still fill.
fn stop(config: &VolumeConfig, own: &OwnState) -> Decision {
    if own.refill {
        return Decision {
            idle: Some("the last trade's interval is not over yet"),
            ..Decision::default()
        };
    }
    Decision {
        actions: vec![Action::Stop {
            reason: format!("numTrades {} reached", config.trades),
        }],
        ..Decision::default()
    }
}

/// An order that did not fill within its interval makes room for the next.
fn supersede(own: &OwnState) -> Decision {
    let open = own
        .live_orders
        .iter()
        .filter(|order| order.state == OrderState::Open && !own.refill);
    let cancels = open.map(|order| Action::Cancel {
        client_order_id: order.client_order_id.clone(),
        reason: "not filled before the next trade was due".to_owned(),
    });
    let cancels: Vec<Action> = cancels.collect();
    let waiting = cancels.is_empty();
    Decision {
        actions: cancels,
        skipped: waiting
            .then(|| "the last trade's order is still live".to_owned())
            .into_iter()
            .collect(),
        unfinished: true,
        ..Decision::default()
    }
}

fn next_trade(
    config: &VolumeConfig,
    market: &MarketSnapshot,
    trade: u32,
) -> Result<OrderProposal, String> {
    let book = market.books.get(&config.market);
    let mid = book.and_then(|book| book.mid());
    let (Some(book), Some(mid)) = (book, mid) else {
        return Err(format!(
            "{} has no mid price: its book lacks a side",
            config.market
        ));
    };
    let side = side(config, trade);
    let price = price(config, side, trade, &mid);
    let rules = market.rules.get(&config.market).map(AsRef::as_ref);
    let (price, quantity) = order_size(side, &price, &config.trade_amount, rules)?;
    Ok(OrderProposal {
        slot: format!("volume-{trade}"),
        exchange: config.market.exchange.clone(),
        pair: config.market.pair.clone(),
        side,
        price,
        quantity,
        post_only: true,
        counts_trade: true,
        basis: basis(config, book, mid)?,
    })
}

fn basis(config: &VolumeConfig, book: &Book, mid: Decimal) -> Result<DecisionBasis, String> {
    if !mid.is_storable() {
        return Err(format!(
            "the price of {} has too many digits",
            config.market
        ));
    }
    let inputs = [("bid", book.best_bid()), ("ask", book.best_ask())]
        .into_iter()
        .filter_map(|(name, price)| {
            let name = format!("{}.{name}", config.market.exchange);
            Some((name, price?.clone()))
        });
    Ok(DecisionBasis {
        reference_price: mid,
        inputs: inputs.collect::<BTreeMap<_, _>>(),
    })
}
