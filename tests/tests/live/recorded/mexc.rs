//! mexc. From ccxt's static response tests (github.com/ccxt/ccxt, ts/src/test/static/response, 2024
//! and 2025), where numbers stand in quotes that the exchange wrote without; the open order as a
//! program's public source quotes it (2024).

use executors::venue::{LiveExchange, ReportedState, Venue};

use super::said::{acknowledged, best, known, new_fills, prices, refused, which_said};
use crate::mexc::PAIR;
use crate::support::{at, fees_of, filled, id, venue};

const MEXC: LiveExchange = LiveExchange::Mexc;
const PLACE: &str = "POST /api/v3/order";
const LOOK_UP: &str = "GET /api/v3/order";
const TRADES: &str = "GET /api/v3/myTrades";

const PLACED: &str = r#"{"symbol":"ADAUSDT","orderId":"C02__545584045430513665029","orderListId":"-1","price":"2","origQty":"0.5",
"type":"IMMEDIATE_OR_CANCEL","side":"BUY","transactTime":"1745859608758"}"#;
const OPEN: &str = r#"{"symbol":"KASUSDT","orderId":"C02__443808880561025024112","orderListId":-1,"clientOrderId":null,"price":"0.180468",
"origQty":"36.12","executedQty":"0","cummulativeQuoteQty":"0","status":"NEW","timeInForce":null,"type":"LIMIT","side":"SELL",
"stopPrice":null,"icebergQty":null,"time":1721594519000,"updateTime":1721594519000,"isWorking":true,"origQuoteOrderQty":"6.51850416"}"#;
const FILLED: &str = r#"{"symbol":"ATLASUSDT","orderId":"C02__385413065019117569043","orderListId":"-1","clientOrderId":null,
"price":"0.004327","origQty":"1220","executedQty":"1220","cummulativeQuoteQty":"5.54124","status":"FILLED","timeInForce":null,"type":"MARKET",
"side":"SELL","stopPrice":null,"icebergQty":null,"time":"1707671871000","updateTime":"1707671871000","isWorking":true,
"origQuoteOrderQty":"5.27894"}"#;
const TRADE: &str = r#"[{"symbol":"ATLASUSDT","id":"dd44f79dda764c2e927a190ac5e7a1e5","orderId":"C02__385413065019117569043",
"orderListId":"-1","price":"0.004542","qty":"1220","quoteQty":"5.54124","commission":"0","commissionAsset":"USDT","time":"1707671871000",
"isBuyer":false,"isMaker":false,"isBestMatch":true,"isSelfTrade":false,"clientOrderId":null}]"#;
const BOOK: &str = r#"{"lastUpdateId":"20453289489","bids":[["45995.47","10.337165"]],"asks":[["45995.48","13.457322"]],
"timestamp":"1704908526228"}"#;
const TICKER: &str = r#"{"symbol":"BTCUSDT","priceChange":"1248.51","priceChangePercent":"0.0173","prevClosePrice":"72149.26",
"lastPrice":"73397.77","bidPrice":"73369.83","bidQty":"10.010045","askPrice":"73369.84","askQty":"6.337532","openPrice":"72149.26",
"highPrice":"73639.99","lowPrice":"68629.42","volume":"7729.258925","quoteVolume":"554877037.44","openTime":"1710328232149",
"closeTime":"1710328251172","count":null}"#;

#[tokio::test]
async fn an_order_was_acknowledged_so() {
    let acknowledged = acknowledged(MEXC, (PLACE, PLACED)).await;
    let expected = (
        "C02__545584045430513665029".to_owned(),
        at(1_745_859_608_758),
    );
    assert_eq!(acknowledged, expected);
}

#[tokio::test]
async fn an_open_order_was_told_so() {
    let server = which_said(MEXC, &[(LOOK_UP, OPEN)]).await;
    let report = known(venue(MEXC, &server).order(PAIR, &id()).await);
    assert_eq!(report.state, ReportedState::Open);
    assert_eq!(report.venue_order_id, "C02__443808880561025024112");
    assert_eq!(report.placed_at, at(1_721_594_519_000));
    assert_eq!(report.fills, []);
}

#[tokio::test]
async fn a_filled_order_and_its_trade_were_told_so() {
    let server = which_said(MEXC, &[(LOOK_UP, FILLED), (TRADES, TRADE)]).await;
    let fills = filled(&venue(MEXC, &server), PAIR).await;
    let told = ["dd44f79dda764c2e927a190ac5e7a1e5 1220 for 0 USDT"];
    assert_eq!(fees_of(&fills), told);
    assert_eq!(fills[0].price.to_string(), "0.004542");
    assert_eq!(fills[0].filled_at, at(1_707_671_871_000));
}

/// Trades that name no order of their owner's are known by the exchange's number alone.
#[tokio::test]
async fn a_trade_was_told_so() {
    let ours = TRADE.replace("C02__385413065019117569043", "C02__545584045430513665029");
    let server = which_said(MEXC, &[(PLACE, PLACED), (TRADES, &ours)]).await;
    let fills = new_fills(MEXC, &server).await;
    let told = ["dd44f79dda764c2e927a190ac5e7a1e5 1220 for 0 USDT"];
    assert_eq!(fees_of(&fills), told);
}

#[tokio::test]
async fn its_market_was_told_so() {
    let said = [
        ("GET /api/v3/depth", BOOK),
        ("GET /api/v3/ticker/24hr", TICKER),
    ];
    let server = which_said(MEXC, &said).await;
    let best = best(MEXC, &server).await;
    assert_eq!(best, ["10.337165 of 45995.47", "13.457322 of 45995.48"]);
    let prices = prices(MEXC, &server).await;
    assert_eq!(prices, ["73397.77", "73369.83", "73369.84"]);
}

/// As a program's public log quotes it (2025), of a limit order to sell.
#[tokio::test]
async fn an_order_was_declined_so() {
    let text = r#"{"msg":"Oversold","code":30005}"#;
    let reason = refused(MEXC, 400, text).await;
    assert!(reason.contains(text), "{reason}");
}
