//! The paper market: repeatable, smooth, plausible.

use chrono::{DateTime, TimeDelta, Utc};
use domain::money::Decimal;

use strategies::Level;

use super::{KNOWN_EXCHANGES, MarketConfig, PaperMarket};

mod taped;

const PAIRS: [&str; 5] = ["WLD/USDT", "BTC/USDT", "ETH/BTC", "FOO/USDT", "HMT-USDT"];

fn epoch() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    epoch() + TimeDelta::seconds(seconds)
}

fn market() -> PaperMarket {
    with(|_| {})
}

fn with(change: impl Fn(&mut MarketConfig)) -> PaperMarket {
    let mut config = MarketConfig::new(42, epoch());
    change(&mut config);
    PaperMarket::try_new(config).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// `change` as a part of `price`, in basis points, rounded up.
fn basis_points(change: &Decimal, price: &Decimal) -> Decimal {
    let parts = &change.abs() * &Decimal::from(10_000);
    parts.checked_div(price).unwrap().ceil_to(&Decimal::one())
}

#[test]
fn two_markets_with_the_same_configuration_agree_on_everything() {
    let (one, other) = (market(), market());
    for pair in PAIRS {
        for exchange in KNOWN_EXCHANGES {
            for seconds in [-5, 0, 1, 86_400, 90_000_000] {
                let at = after(seconds);
                let to = after(seconds + 7);
                let see = |market: &PaperMarket| {
                    (
                        market.price_at(exchange, pair, at).unwrap(),
                        market.book_at(exchange, pair, at).unwrap(),
                        market.ticker_at(exchange, pair, at).unwrap(),
                        market.traded_between(exchange, pair, at, to).unwrap(),
                    )
                };
                assert_eq!(see(&one), see(&other), "{pair} {exchange} {seconds}");
            }
        }
    }
}

#[test]
fn another_seed_is_another_market() {
    let other = with(|config| config.seed = 43);
    for pair in PAIRS {
        let differs = (60..120).any(|seconds| {
            market().price_at("mexc", pair, after(seconds))
                != other.price_at("mexc", pair, after(seconds))
        });
        assert!(differs, "{pair}");
    }
}

#[test]
fn books_are_sorted_uncrossed_deep_and_around_the_price() {
    let market = market();
    for pair in PAIRS {
        for exchange in KNOWN_EXCHANGES {
            for seconds in (0..4_000).step_by(37) {
                let at = after(seconds);
                let book = market.book_at(exchange, pair, at).unwrap();
                let price = market.price_at(exchange, pair, at).unwrap();
                let rules = market.rules(exchange, pair).unwrap();
                let prices = |side: &[Level]| -> Vec<Decimal> {
                    side.iter().map(|level| level.price.clone()).collect()
                };
                let (bids, asks) = (prices(&book.bids), prices(&book.asks));
                assert!(bids.len() >= 10 && asks.len() >= 10, "{pair} {exchange}");
                assert!(bids.windows(2).all(|pair| pair[0] > pair[1]));
                assert!(asks.windows(2).all(|pair| pair[0] < pair[1]));
                assert!(bids[0] < asks[0]);
                assert!(bids[0] <= price && price <= asks[0]);
                assert!(basis_points(&(&asks[0] - &bids[0]), &price) <= Decimal::from(2));
                let (tick, lot) = (rules.tick.unwrap(), rules.lot.unwrap());
                for level in book.bids.iter().chain(&book.asks) {
                    assert!(level.quantity.is_positive());
                    assert_eq!(level.price.floor_to(&tick), level.price);
                    assert_eq!(level.quantity.floor_to(&lot), level.quantity);
                }
            }
        }
    }
}

#[test]
fn resting_quantities_last_for_a_while() {
    let market = market();
    let book = |seconds| {
        market
            .book_at("binance", "BTC/USDT", after(seconds))
            .unwrap()
    };
    let (before, now) = (book(300), book(301));
    assert_ne!(before.bids[0], now.bids[0], "the best price moved");
    let stayed = before.bids.iter().filter(|level| now.bids.contains(level));
    assert!(stayed.count() > 8);
}

#[test]
fn made_up_prices_move_smoothly_around_a_sensible_centre() {
    let market = market();
    for (pair, low, high) in [
        ("BTC/USDT", "30000", "60000"),
        ("ETH/USDT", "1500", "3200"),
        ("ETH/BTC", "0.035", "0.08"),
        ("USDC/USDT", "1", "1"),
    ] {
        let price = |seconds| market.price_at("binance", pair, after(seconds)).unwrap();
        let mut before = price(0);
        for seconds in 1..3_600 {
            let now = price(seconds);
            let step = basis_points(&(&now - &before), &before);
            assert!(
                step <= Decimal::from(3),
                "{pair} moved {step} bp at {seconds}"
            );
            before = now;
        }
        for days in 0..200 {
            let far = price(days * 86_400);
            assert!(
                far >= decimal(low) && far <= decimal(high),
                "{pair} at {far}"
            );
        }
    }
}

#[test]
fn a_made_up_market_moves_at_all() {
    let market = market();
    let hour = market
        .traded_between("binance", "BTC/USDT", epoch(), after(3_600))
        .unwrap();
    let moved = basis_points(&(&hour.high - &hour.low), &hour.low);
    assert!(moved > Decimal::from(5), "{moved} bp in an hour");
}

#[test]
fn prices_of_three_pairs_agree() {
    let market = market();
    let price = |pair| market.price_at("binance", pair, after(12_345)).unwrap();
    let crossed = price("ETH/USDT").checked_div(&price("BTC/USDT")).unwrap();
    assert!(basis_points(&(&crossed - &price("ETH/BTC")), &crossed) <= Decimal::from(1));
}

#[test]
fn the_recording_is_followed_within_its_candles() {
    let market = market();
    // The recording's first three rows: low, high
    for (candle, low, high) in [
        (0, "1.03", "1.0349"),
        (1, "1.0252", "1.03"),
        (2, "1.0245", "1.0278"),
    ] {
        let open = candle * 180;
        for pair in ["WLD/USDT", "WLD-USDT"] {
            for seconds in open + 1..open + 180 {
                let price = market.price_at("binance", pair, after(seconds)).unwrap();
                assert!(price >= decimal(low) && price <= decimal(high), "{price}");
            }
        }
        let traded = market
            .traded_between("binance", "WLD/USDT", after(open), after(open + 179))
            .unwrap();
        assert_eq!((traded.low, traded.high), (decimal(low), decimal(high)));
    }
    assert_eq!(
        market.price_at("binance", "WLD/USDT", epoch()),
        Some(decimal("1.0349"))
    );
}

#[test]
fn the_recordings_volume_is_spread_over_its_candles() {
    let market = market();
    let traded = |from, to| {
        let (from, to) = (after(from), after(to));
        market
            .traded_between("binance", "WLD/USDT", from, to)
            .unwrap()
    };
    // First row: 363,805 traded, of which takers bought 130,916; a second later nothing else
    let half = traded(0, 90);
    assert_eq!(
        (half.bought, half.sold),
        (decimal("65458"), decimal("116444.5"))
    );
    let elsewhere = market
        .traded_between("mexc", "WLD/USDT", epoch(), after(90))
        .unwrap();
    assert!(elsewhere.bought < decimal("65458") && elsewhere.bought.is_positive());
    let nothing = traded(5, 5);
    assert!(nothing.bought.is_zero() && nothing.sold.is_zero());
}

#[test]
fn what_traded_reaches_every_price_that_was_shown() {
    let market = market();
    for pair in ["WLD/USDT", "BTC/USDT"] {
        for exchange in ["binance", "mexc"] {
            for start in (0..2_000).step_by(61) {
                let traded = market
                    .traded_between(exchange, pair, after(start), after(start + 10))
                    .unwrap();
                for seconds in [start, start + 10] {
                    let price = market.price_at(exchange, pair, after(seconds)).unwrap();
                    assert!(traded.low <= price && price <= traded.high);
                }
            }
        }
    }
}

#[test]
fn after_its_end_a_recording_holds_its_last_price_or_turns_back() {
    let end = 43_200 * 180;
    let price = |market: &PaperMarket, seconds| {
        market
            .price_at("binance", "WLD/USDT", after(seconds))
            .unwrap()
    };
    let once = with(|config| config.loop_recorded = false);
    let last = decimal("2.4347");
    for seconds in [end, end + 1, end * 10] {
        assert_eq!(price(&once, seconds), last);
    }
    let silent = once
        .traded_between("binance", "WLD/USDT", after(end + 1), after(end + 100))
        .unwrap();
    assert!(silent.bought.is_zero() && silent.low == last && silent.high == last);

    let looped = market();
    for seconds in [1, 50, 1_000] {
        assert_eq!(price(&looped, end + seconds), price(&looped, end - seconds));
        assert_eq!(price(&looped, 2 * end + seconds), price(&looped, seconds));
    }
}

#[test]
fn time_can_run_faster() {
    let fast = with(|config| config.speed = 60);
    for pair in PAIRS {
        assert_eq!(
            fast.price_at("okx", pair, after(7)),
            market().price_at("okx", pair, after(420))
        );
    }
}

#[test]
fn other_exchanges_are_a_little_off_and_now_and_then_enough_for_an_arbitrage() {
    let market = market();
    let mut worth_it = 0;
    let mut looks = 0;
    for seconds in (0..86_400).step_by(20) {
        let book = |exchange| {
            market
                .book_at(exchange, "WLD/USDT", after(seconds))
                .unwrap()
        };
        let (home, there) = (book("binance"), book("mexc"));
        let gain = |buy: &strategies::Book, sell: &strategies::Book| {
            let (ask, bid) = (buy.best_ask().unwrap(), sell.best_bid().unwrap());
            (bid - ask).checked_div(ask).unwrap()
        };
        let best = gain(&home, &there).max(gain(&there, &home));
        assert!(best < decimal("0.005"));
        worth_it += u32::from(best >= decimal("0.002"));
        looks += 1;
    }
    assert!(worth_it > 0, "never in a day");
    assert!(worth_it * 10 < looks, "{worth_it} of {looks}");
}

#[test]
fn unknown_exchanges_and_names_that_are_no_pair_have_no_market() {
    let market = market();
    let at = after(1);
    for (exchange, pair) in [
        ("nowhere", "BTC/USDT"),
        ("Binance", "BTC/USDT"),
        ("mexc", "BTC"),
    ] {
        assert_eq!(market.price_at(exchange, pair, at), None);
        assert_eq!(market.book_at(exchange, pair, at), None);
        assert_eq!(market.ticker_at(exchange, pair, at), None);
        assert_eq!(market.traded_between(exchange, pair, at, at), None);
        assert_eq!(market.rules(exchange, pair), None);
    }
    let only_okx = with(|config| config.exchanges = vec!["okx".to_owned()]);
    assert_eq!(only_okx.price_at("binance", "BTC/USDT", at), None);
    assert!(only_okx.price_at("okx", "BTC/USDT", at).is_some());
}
