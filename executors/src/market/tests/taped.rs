//! Markets whose prices come from single trades.

use std::sync::Arc;

use chrono::TimeDelta;

use super::{after, decimal, epoch, with};
use crate::market::{MarketConfig, PaperMarket, Tape, TradeSource, Traded};

const TAPED: [&str; 2] = ["BTC/USDT", "FOO/USDT"];

fn taped(seed: u64) -> PaperMarket {
    let csv = "time,price,quantity,side\n0,40000.5,0.5,buy\n2500,40001,1.25,buy\n\
               2500,39999,2,sell\n9000,40000,0.25,sell\n";
    let tape = Tape::read(csv.as_bytes()).unwrap();
    with(|config| {
        let recorded = TradeSource::Recorded(Arc::new(tape.clone()));
        config.trades = [("btc-usdt", recorded), ("FOO/USDT", TradeSource::Generated)]
            .map(|(pair, source)| (pair.to_owned(), source))
            .into();
        config.seed = seed;
    })
}

#[test]
fn recorded_trades_are_played_as_they_were_recorded() {
    let market = taped(42);
    let price = |ms| {
        let at = epoch() + TimeDelta::milliseconds(ms);
        market.price_at("binance", "BTC/USDT", at).unwrap()
    };
    assert_eq!(
        [0, 2499, 2500, 9000].map(price),
        ["40000.5", "40000.5", "39999", "40000"].map(decimal)
    );
    let traded = market.traded_between("binance", "BTC/USDT", after(2), after(3));
    let expected = Traded {
        low: decimal("39999"),
        high: decimal("40001"),
        bought: decimal("1.25"),
        sold: decimal("2"),
    };
    assert_eq!(traded.unwrap(), expected);
    let rules = market.rules("binance", "BTC/USDT").unwrap();
    assert_eq!(rules.tick.unwrap(), decimal("0.1"));
    assert_eq!(rules.lot.unwrap(), decimal("0.01"));
}

#[test]
fn taped_markets_are_the_same_for_the_same_seed_and_only_then() {
    let see = |market: &PaperMarket, pair: &str| -> Vec<_> {
        let moments = (-5..40_000).step_by(997);
        let seen = moments.map(|seconds| {
            let (from, to) = (after(seconds), after(seconds + 30));
            (
                market.book_at("mexc", pair, from).unwrap(),
                market.ticker_at("mexc", pair, from).unwrap(),
                market.traded_between("mexc", pair, from, to).unwrap(),
            )
        });
        seen.collect()
    };
    for pair in TAPED {
        assert_eq!(see(&taped(42), pair), see(&taped(42), pair), "{pair}");
        assert_ne!(see(&taped(42), pair), see(&taped(43), pair), "{pair}");
    }
}

#[test]
fn taped_books_are_uncrossed_and_around_the_price() {
    let market = taped(42);
    for pair in TAPED {
        for seconds in (0..50_000).step_by(613) {
            let at = after(seconds);
            let book = market.book_at("binance", pair, at).unwrap();
            let price = market.price_at("binance", pair, at).unwrap();
            let (bid, ask) = (book.best_bid().unwrap(), book.best_ask().unwrap());
            assert!(
                bid < ask && *bid <= price && price <= *ask,
                "{pair} at {seconds}"
            );
        }
    }
}

#[test]
fn trades_of_no_pair_are_refused() {
    let mut config = MarketConfig::new(1, epoch());
    let nonsense = ("nonsense".to_owned(), TradeSource::Generated);
    config.trades = [nonsense].into();
    let refused = PaperMarket::try_new(config).unwrap_err().to_string();
    assert!(refused.contains("nonsense"), "{refused}");
}
