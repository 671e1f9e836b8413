//! Binance: its markets, and what of them may be configured.

use std::sync::Arc;

use domain::ids::ExecutorType;
use domain::{ExecutorCatalogue, Trading};
use executors::venue::{LiveExchange, Venue, VenueError, Venues};
use executors::{StrategyExecutorRegistry, built_in_executors};
use serde_json::json;

use crate::binance_answers::{PAIR, usual};
use crate::support::{now, venue};

#[tokio::test]
async fn markets_are_read_once_and_their_rules_are_exact() {
    let server = usual().await;
    let venue = venue(LiveExchange::Binance, &server);
    let rules = venue.rules(PAIR).await.unwrap();
    let shown = |amount: &Option<_>| amount.as_ref().map(ToString::to_string);
    let of = |amount: &Option<domain::money::Decimal>| shown(amount).unwrap();
    assert_eq!(
        (of(&rules.tick), of(&rules.lot)),
        ("0.0001".to_owned(), "0.1".to_owned())
    );
    assert_eq!(of(&rules.min_notional), "5");
    venue.rules(PAIR).await.unwrap();
    server.once("GET /api/v3/exchangeInfo");
    for pair in ["NO/USDT", "OLD/USDT"] {
        let refused = venue.rules(pair).await;
        assert!(
            matches!(refused, Err(VenueError::UnknownPair { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn what_everybody_sees_is_read_as_it_was_written() {
    let server = usual().await;
    let venue = venue(LiveExchange::Binance, &server);
    let book = venue.book(PAIR).await.unwrap();
    assert_eq!(book.best_bid().unwrap().to_string(), "2.4512");
    assert_eq!(book.bids[0].quantity.to_string(), "100.1");
    assert_eq!((book.bids.len(), book.asks.len()), (2, 1));
    assert_eq!(book.at, Some(now()));
    let ticker = venue.ticker(PAIR).await.unwrap();
    assert_eq!(ticker.last.unwrap().to_string(), "2.4513");
    let balances = venue.balances(PAIR).await.unwrap();
    assert_eq!(balances.quote.total.to_string(), "1030.65099");
    assert_eq!(balances.quote.free().to_string(), "1000.5");
    assert!(balances.base.total.is_zero());
    let unsigned = server.once("GET /api/v3/depth");
    assert_eq!(unsigned.header("x-mbx-apikey"), None);
}

#[tokio::test]
async fn a_configuration_may_only_name_what_is_listed() {
    let server = usual().await;
    let venue = Arc::new(venue(LiveExchange::Binance, &server));
    let venues = Venues::default().with_real("binance", Trading::Live, venue.clone());
    let names = vec!["binance".to_owned()];
    let registry = StrategyExecutorRegistry::try_new(built_in_executors(), names).unwrap();
    let registry = registry.listed_at(Arc::new(venues));
    let violations = |pair: &str| {
        let config = json!({
            "pair": pair, "exchangeName": "binance", "bidSpread": 0.1, "askSpread": 0.1,
            "orderAmount": 1, "orderRefreshTime": 1000, "numberOfLayers": 1,
            "priceSourceType": "mid_price",
        });
        let executor = ExecutorType::new("pureMarketMaking");
        registry.validate_config(&executor, config.as_object().unwrap())
    };
    assert_eq!(violations("NO/USDT"), [], "nobody knows yet");
    venue.read_markets().await;
    assert_eq!(violations(PAIR), []);
    let unlisted = violations("NO/USDT");
    assert_eq!(unlisted.len(), 1);
    assert_eq!(unlisted[0].message, "binance has no market NO/USDT");
    assert_eq!(unlisted[0].pointer, "/pair");
}
