//! Binance: what is sent to it, to the letter, and how its answers are read.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::ids::ExecutorType;
use domain::{ExecutorCatalogue, Trading};
use executors::venue::ccxt::{CcxtVenue, LiveAccount};
use executors::venue::{
    LiveExchange, OrderAnswer, OrderRequest, PlaceAnswer, ReportedState, TimeInForce, Venue,
    VenueError, Venues,
};
use executors::{StrategyExecutorRegistry, built_in_executors};
use serde_json::json;

use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{Hands, account, asked_again, at, clock, id, now, order, venue};

pub(crate) const PAIR: &str = "WLD/USDT";
pub(crate) const MARKETS: &str = r#"{"timezone":"UTC","serverTime":1700000000000,"rateLimits":[],"exchangeFilters":[],"symbols":[
{"symbol":"WLDUSDT","status":"TRADING","baseAsset":"WLD","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,
"quoteAssetPrecision":8,"baseCommissionPrecision":8,"quoteCommissionPrecision":8,"orderTypes":["LIMIT","LIMIT_MAKER","MARKET"],
"icebergAllowed":true,"ocoAllowed":true,"quoteOrderQtyMarketAllowed":true,"allowTrailingStop":true,"cancelReplaceAllowed":true,
"isSpotTradingAllowed":true,"isMarginTradingAllowed":true,
"filters":[{"filterType":"PRICE_FILTER","minPrice":"0.00010000","maxPrice":"1000.00000000","tickSize":"0.00010000"},
{"filterType":"LOT_SIZE","minQty":"0.10000000","maxQty":"9000000.00000000","stepSize":"0.10000000"},
{"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5}],
"permissions":["SPOT"],"permissionSets":[["SPOT"]],"defaultSelfTradePreventionMode":"EXPIRE_MAKER"},
{"symbol":"OLDUSDT","status":"BREAK","baseAsset":"OLD","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,
"isSpotTradingAllowed":true,"filters":[],"permissions":["SPOT"]}]}"#;
const ACK: &str = r#"{"symbol":"WLDUSDT","orderId":4711,"orderListId":-1,"clientOrderId":"2kp9c0zq1x7a-1-0","transactTime":1700000000123}"#;
pub(crate) const NO_SUCH_ORDER: &str = r#"{"code":-2013,"msg":"Order does not exist."}"#;
const TRADES: &str = r#"[
{"symbol":"WLDUSDT","id":901,"orderId":4711,"orderListId":-1,"price":"2.45130000","qty":"2.30000000","quoteQty":"5.63799000",
"commission":"0.00000750","commissionAsset":"BNB","time":1700000001000,"isBuyer":true,"isMaker":true,"isBestMatch":true},
{"symbol":"WLDUSDT","id":902,"orderId":4711,"orderListId":-1,"price":"2.45120000","qty":"10.00000000","quoteQty":"24.51200000",
"commission":"0.01000000","commissionAsset":"WLD","time":1700000002000,"isBuyer":true,"isMaker":true,"isBestMatch":true},
{"symbol":"WLDUSDT","id":903,"orderId":9999,"orderListId":-1,"price":"2.45","qty":"1","quoteQty":"2.45",
"commission":"0.001","commissionAsset":"WLD","time":1700000002500,"isBuyer":true,"isMaker":true,"isBestMatch":true}]"#;

pub(crate) fn reported(status: &str, executed: &str) -> String {
    format!(
        r#"{{"symbol":"WLDUSDT","orderId":4711,"orderListId":-1,"clientOrderId":"2kp9c0zq1x7a-1-0","price":"2.45130000",
        "origQty":"12.30000000","executedQty":"{executed}","cummulativeQuoteQty":"0","status":"{status}","timeInForce":"GTC",
        "type":"LIMIT_MAKER","side":"BUY","stopPrice":"0.0","icebergQty":"0.0","time":1700000000123,"updateTime":1700000003000,
        "isWorking":true,"workingTime":1700000000123,"origQuoteOrderQty":"0.0","selfTradePreventionMode":"EXPIRE_MAKER"}}"#
    )
}

/// Binance with one order, of which so much has traded.
pub(crate) async fn binance(
    answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static,
) -> Loopback {
    Loopback::start(move |asked: &Asked| {
        if let Some(reply) = answer(&asked.what) {
            return reply;
        }
        let text = match asked.what.as_str() {
            "GET /api/v3/exchangeInfo" => MARKETS.to_owned(),
            "GET /api/v3/depth" => r#"{"lastUpdateId":1,"bids":[["2.45120000","100.10000000"],["2.45110000","7.00000000"]],
                "asks":[["2.45140000","50.00000000"]]}"#.to_owned(),
            "GET /api/v3/ticker/24hr" => r#"{"symbol":"WLDUSDT","lastPrice":"2.45130000","bidPrice":"2.45120000","bidQty":"100.1",
                "askPrice":"2.45140000","askQty":"50","openTime":1699913600000,"closeTime":1700000000000}"#.to_owned(),
            "GET /api/v3/account" => r#"{"makerCommission":10,"canTrade":true,"accountType":"SPOT",
                "balances":[{"asset":"BTC","free":"1","locked":"0"},{"asset":"USDT","free":"1000.50000000","locked":"30.15099000"}]}"#.to_owned(),
            "POST /api/v3/order" => ACK.to_owned(),
            "GET /api/v3/order" => reported("NEW", "0.00000000"),
            "GET /api/v3/myTrades" => TRADES.to_owned(),
            "DELETE /api/v3/order" => r#"{"symbol":"WLDUSDT","origClientOrderId":"2kp9c0zq1x7a-1-0","orderId":4711,"status":"CANCELED",
                "clientOrderId":"cancel","transactTime":1700000003000,"price":"2.45130000","origQty":"12.30000000","executedQty":"0"}"#.to_owned(),
            other => panic!("nobody answers {other}"),
        };
        Reply::Json(text)
    })
    .await
}

async fn usual() -> Loopback {
    binance(|_| None).await
}

pub(crate) fn on(
    what: &'static str,
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> impl Fn(&str) -> Option<Reply> {
    move |asked| (asked == what).then(&reply)
}

#[tokio::test]
async fn an_order_is_sent_to_the_letter() {
    let server = usual().await;
    let venue = venue(LiveExchange::Binance, &server);
    let answer = venue.place(&order(PAIR)).await;
    let acknowledged = PlaceAnswer::Acknowledged {
        venue_order_id: "4711".to_owned(),
        at: at(1_700_000_000_123),
    };
    assert_eq!(answer, acknowledged);
    let asked = server.once("POST /api/v3/order");
    assert_eq!(
        asked.said(),
        "symbol=WLDUSDT&side=BUY&type=LIMIT_MAKER&quantity=12.3&price=2.4513&newClientOrderId=2kp9c0zq1x7a-1-0&recvWindow=500"
    );
    assert_eq!(asked.header("x-mbx-apikey"), Some(crate::support::KEY));
}

#[tokio::test]
async fn an_order_that_may_take_says_how_long_it_stays() {
    for (time_in_force, word) in [
        (TimeInForce::GoodTilCancelled, "GTC"),
        (TimeInForce::ImmediateOrCancel, "IOC"),
    ] {
        let server = usual().await;
        let venue = venue(LiveExchange::Binance, &server);
        let order = OrderRequest {
            post_only: false,
            time_in_force,
            ..order(PAIR)
        };
        venue.place(&order).await;
        let asked = server.once("POST /api/v3/order");
        assert_eq!(asked.parameter("type").as_deref(), Some("LIMIT"));
        assert_eq!(asked.parameter("timeInForce").as_deref(), Some(word));
    }
}

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
async fn an_order_is_found_by_our_own_id() {
    let server = usual().await;
    let venue = venue(LiveExchange::Binance, &server);
    let OrderAnswer::Known(report) = venue.order(PAIR, &id()).await else {
        panic!("the order is there");
    };
    assert_eq!((report.state, report.fills.len()), (ReportedState::Open, 0));
    assert_eq!(report.placed_at, at(1_700_000_000_123));
    let asked = server.once("GET /api/v3/order").said();
    assert_eq!(
        asked,
        "symbol=WLDUSDT&origClientOrderId=2kp9c0zq1x7a-1-0&recvWindow=500"
    );
}

#[tokio::test]
async fn a_filled_order_comes_with_its_trades_and_what_they_cost() {
    let server = binance(on("GET /api/v3/order", || {
        Reply::Json(reported("FILLED", "12.3"))
    }))
    .await;
    let venue = venue(LiveExchange::Binance, &server);
    let OrderAnswer::Known(report) = venue.order(PAIR, &id()).await else {
        panic!("the order is there");
    };
    assert_eq!(report.state, ReportedState::Filled);
    let told: Vec<String> = report
        .fills
        .iter()
        .map(|fill| {
            format!(
                "{} {} at {} for {} {}",
                fill.fill_id,
                fill.quantity.amount(),
                fill.price.amount(),
                fill.fee,
                fill.fee_currency
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "901 2.3 at 2.4513 for 0.0000075 BNB",
            "902 10 at 2.4512 for 0.01 WLD"
        ]
    );
}

#[tokio::test]
async fn the_end_of_an_order_is_not_told_before_all_its_trades() {
    let server = binance(|what| match what {
        "GET /api/v3/order" => Some(Reply::Json(reported("FILLED", "12.3"))),
        "GET /api/v3/myTrades" => Some(Reply::Json("[]".to_owned())),
        _ => None,
    })
    .await;
    let venue = venue(LiveExchange::Binance, &server);
    let answer = venue.order(PAIR, &id()).await;
    assert!(matches!(answer, OrderAnswer::Unknown { .. }), "{answer:?}");
}

#[tokio::test]
async fn an_order_that_is_not_there_is_not_there_after_a_while() {
    let gone = || Reply::Status(400, NO_SUCH_ORDER.to_owned());
    let server = binance(on("GET /api/v3/order", gone)).await;
    let [first, later] = asked_again(LiveExchange::Binance, &server).await;
    assert!(matches!(first, OrderAnswer::Unknown { .. }), "{first:?}");
    assert_eq!(later, OrderAnswer::NotFound);
}

#[tokio::test]
async fn a_cancelled_order_is_looked_at_once_more() {
    let server = binance(on("GET /api/v3/order", || {
        Reply::Json(reported("CANCELED", "0"))
    }))
    .await;
    let venue = venue(LiveExchange::Binance, &server);
    let OrderAnswer::Known(report) = venue.cancel(PAIR, &id()).await else {
        panic!("the order is known");
    };
    let at = at(1_700_000_003_000);
    assert_eq!(report.state, ReportedState::Cancelled { at });
    let asked = server.once("DELETE /api/v3/order").said();
    assert_eq!(
        asked,
        "symbol=WLDUSDT&origClientOrderId=2kp9c0zq1x7a-1-0&recvWindow=500"
    );
}

#[tokio::test]
async fn cancelling_what_has_filled_tells_that_it_has() {
    let server = binance(|what| match what {
        "DELETE /api/v3/order" => Some(Reply::Status(
            400,
            r#"{"code":-2011,"msg":"Unknown order sent."}"#.to_owned(),
        )),
        "GET /api/v3/order" => Some(Reply::Json(reported("FILLED", "12.3"))),
        _ => None,
    })
    .await;
    let venue = venue(LiveExchange::Binance, &server);
    let OrderAnswer::Known(report) = venue.cancel(PAIR, &id()).await else {
        panic!("the order is known");
    };
    assert_eq!(
        (report.state, report.fills.len()),
        (ReportedState::Filled, 2)
    );
}

#[tokio::test]
async fn new_trades_of_ours_are_told_once() {
    let server = usual().await;
    let hands = Hands::new();
    let account = account(LiveExchange::Binance, &server);
    let venue = CcxtVenue::try_new(&account, hands.clone()).unwrap();
    let begun = venue.fills_since(None).await.unwrap();
    assert_eq!(begun.fills, []);
    assert!(server.asked_for("GET /api/v3/myTrades").is_empty());
    venue.place(&order(PAIR)).await;
    let page = venue.fills_since(Some(begun.cursor)).await.unwrap();
    let ids: Vec<&str> = page
        .fills
        .iter()
        .map(|fill| fill.fill_id.as_str())
        .collect();
    assert_eq!(ids, ["901", "902"], "and not the one of another order");
    assert!(page.fills.iter().all(|fill| fill.client_order_id == id()));
    let at_once = venue.fills_since(Some(page.cursor)).await.unwrap();
    assert_eq!((at_once.fills, at_once.cursor), (vec![], page.cursor));
    hands.advance(TimeDelta::seconds(5));
    let again = venue.fills_since(Some(page.cursor)).await.unwrap();
    assert_eq!(again.fills, []);
    assert!(again.cursor > page.cursor);
    let asked = server.asked_for("GET /api/v3/myTrades");
    let periods: Vec<_> = asked.iter().map(Asked::said).collect();
    assert_eq!(
        periods,
        [
            "startTime=1699999880000&endTime=1700000120000&limit=1000&symbol=WLDUSDT&recvWindow=500",
            "startTime=1699999880000&endTime=1700000125000&limit=1000&symbol=WLDUSDT&recvWindow=500",
        ],
        "trades told late are not missed"
    );
}

/// An answer that is full may not be all of it.
#[tokio::test]
async fn many_trades_are_read_in_halves() {
    let server = Loopback::start(|asked: &Asked| {
        if asked.what != "GET /api/v3/myTrades" {
            let markets = asked.what.ends_with("exchangeInfo");
            return Reply::Json(if markets { MARKETS } else { ACK }.to_owned());
        }
        let bound = |name| asked.parameter(name).unwrap().parse::<i64>().unwrap();
        let (from, to) = (bound("startTime"), bound("endTime"));
        // One every 100 ms, and no more than the exchange gives at a time
        let times = (1_699_999_900_000..1_700_000_100_000_i64).step_by(100);
        let times = times.filter(|time| (from..=to).contains(time)).take(1000);
        let rows: Vec<String> = times
            .map(|time| format!(
                r#"{{"symbol":"WLDUSDT","id":{time},"orderId":4711,"price":"2.45","qty":"0.1","commission":"0","commissionAsset":"BNB","time":{time}}}"#
            ))
            .collect();
        Reply::Json(format!("[{}]", rows.join(",")))
    })
    .await;
    let venue = venue(LiveExchange::Binance, &server);
    let begun = venue.fills_since(None).await.unwrap();
    venue.place(&order(PAIR)).await;
    let page = venue.fills_since(Some(begun.cursor)).await.unwrap();
    assert_eq!(page.fills.len(), 2000);
    assert!(page.fills.is_sorted_by_key(|fill| fill.filled_at));
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

/// Were the real address asked, nobody would answer here.
#[tokio::test]
async fn the_sandbox_is_another_address() {
    let server = usual().await;
    let account = LiveAccount {
        sandbox: true,
        ..account(LiveExchange::Binance, &server)
    };
    let venue = CcxtVenue::try_new(&account, clock()).unwrap();
    let answer = venue.place(&order(PAIR)).await;
    assert!(
        matches!(answer, PlaceAnswer::Acknowledged { .. }),
        "{answer:?}"
    );
    for exchange in [LiveExchange::Kraken, LiveExchange::Mexc] {
        let account = LiveAccount {
            exchange,
            ..account.clone()
        };
        let refused = CcxtVenue::try_new(&account, clock())
            .unwrap_err()
            .to_string();
        assert!(refused.contains("no test network"), "{refused}");
    }
}
