//! binance. From ccxt's static response tests (github.com/ccxt/ccxt, ts/src/test/static/response,
//! 2023 to 2025), where numbers stand in quotes that the exchange wrote without; and, as they were
//! written, from the test network (github.com/mpetrinidev/bnc-cli, tests/responses, 2021).

use executors::venue::{LiveExchange, OrderAnswer, ReportedState, Venue};

use super::said::{acknowledged, best, known, new_fills, prices, refused, which_said};
use crate::binance_answers::{PAIR, binance};
use crate::loopback::Reply;
use crate::support::{at, fees_of, id, venue};

const BINANCE: LiveExchange = LiveExchange::Binance;
const PLACE: &str = "POST /api/v3/order";
const LOOK_UP: &str = "GET /api/v3/order";
const CANCEL: &str = "DELETE /api/v3/order";
const TRADES: &str = "GET /api/v3/myTrades";

const PLACED: &str = r#"{"symbol":"SOLUSDT","orderId":"9780331417","orderListId":"-1",
"clientOrderId":"x-R4BD3S824d31be3228a348eaa0a303","transactTime":"1737635557417","price":"241.00000000","origQty":"0.05000000",
"executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC",
"type":"LIMIT","side":"BUY","workingTime":"1737635557417","icebergQty":"0.03000000","fills":[],"selfTradePreventionMode":"EXPIRE_MAKER"}"#;
/// On the test network, of an order that was only to rest.
const PLACED_TO_REST: &str = r#"{"symbol":"LTCBTC","orderId":44592,"orderListId":-1,"clientOrderId":"iuq4RTzy2HHjw0LZp19JoT",
"transactTime":1616031749054}"#;

const OPEN: &str = r#"{"symbol":"LTCUSDT","orderId":"3811057334","orderListId":"-1","clientOrderId":"x-R4BD3S82102a551f8c1642bba06728",
"price":"50.00000000","origQty":"0.20000000","executedQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC",
"type":"LIMIT_MAKER","side":"BUY","stopPrice":"0.00000000","icebergQty":"0.00000000","time":"1699380855570","updateTime":"1699380855570",
"isWorking":true,"workingTime":"1699380855570","origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"EXPIRE_MAKER"}"#;

/// Of one order on the test network: the cancellation, and the order a while after it.
const CANCELLED: &str = r#"{"symbol":"LTCBTC","origClientOrderId":"oM1oUenAxizVURTgnsG3pU","orderId":44590,"orderListId":-1,
"clientOrderId":"vmITMP7NPf3EfSmcyzX6JF","price":"0.00362100","origQty":"1.00000000","executedQty":"0.00000000",
"cummulativeQuoteQty":"0.00000000","status":"CANCELED","timeInForce":"GTC","type":"STOP_LOSS_LIMIT","side":"SELL","stopPrice":"0.00100000"}"#;
const CANCELLED_ORDER: &str = r#"{"symbol":"LTCBTC","orderId":44590,"orderListId":-1,"clientOrderId":"oM1oUenAxizVURTgnsG3pU",
"price":"0.00362100","origQty":"1.00000000","executedQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"CANCELED",
"timeInForce":"GTC","type":"STOP_LOSS_LIMIT","side":"SELL","stopPrice":"0.00100000","icebergQty":"0.00000000","time":1616030090950,
"updateTime":1616376905442,"isWorking":true,"origQuoteOrderQty":"0.00000000"}"#;

const FILLED: &str = r#"{"symbol":"LTCUSDT","orderId":"3397148653","orderListId":"-1","clientOrderId":"x-R4BD3S825806ed40c861260428a48c",
"price":"0.00000000","origQty":"0.10000000","executedQty":"0.10000000","cummulativeQuoteQty":"9.08000000","status":"FILLED",
"timeInForce":"GTC","type":"MARKET","side":"SELL","stopPrice":"0.00000000","icebergQty":"0.00000000","time":"1679571174472",
"updateTime":"1679571174472","isWorking":true,"workingTime":"1679571174472","origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"NONE"}"#;
/// Of another order.
const TRADE: &str = r#"[{"symbol":"LTCUSDT","id":"309520010","orderId":"3784695242","orderListId":"-1","price":"69.63000000","qty":"0.20000000",
"quoteQty":"13.92600000","commission":"0.01392600","commissionAsset":"USDT","time":"1698138992358","isBuyer":false,"isMaker":false,
"isBestMatch":true}]"#;

const BOOK: &str = r#"{"lastUpdateId":"25445101","bids":[["42574.30000000","0.01070000"],["42574.20000000","0.00646000"]],
"asks":[["42574.31000000","0.00870000"],["42574.80000000","0.00893000"]]}"#;
const TICKER: &str = r#"{"symbol":"BTCUSDT","priceChange":"1188.75000000","priceChangePercent":"1.647","weightedAvgPrice":"71624.65401064",
"prevClosePrice":"72180.93000000","lastPrice":"73369.84000000","lastQty":"0.23925000","bidPrice":"73369.83000000","bidQty":"6.27086000",
"askPrice":"73369.84000000","askQty":"0.03321000","openPrice":"72181.09000000","highPrice":"73650.25000000","lowPrice":"68620.82000000",
"volume":"72140.34862800","quoteVolume":"5167027510.68728707","openTime":"1710241845391","closeTime":"1710328245391","firstId":"3476288989",
"lastId":"3479476926","count":"3187938"}"#;

#[tokio::test]
async fn orders_were_acknowledged_so() {
    for (text, number, when) in [
        (PLACED, "9780331417", 1_737_635_557_417),
        (PLACED_TO_REST, "44592", 1_616_031_749_054),
    ] {
        let acknowledged = acknowledged(BINANCE, (PLACE, text)).await;
        assert_eq!(acknowledged, (number.to_owned(), at(when)));
    }
}

#[tokio::test]
async fn an_open_order_was_told_so() {
    let server = which_said(BINANCE, &[(LOOK_UP, OPEN)]).await;
    let report = known(venue(BINANCE, &server).order(PAIR, &id()).await);
    assert_eq!(report.state, ReportedState::Open);
    assert_eq!(report.venue_order_id, "3811057334");
    assert_eq!(report.placed_at, at(1_699_380_855_570));
    assert_eq!(report.fills, []);
}

#[tokio::test]
async fn an_order_was_cancelled_so() {
    let said = [(CANCEL, CANCELLED), (LOOK_UP, CANCELLED_ORDER)];
    let server = which_said(BINANCE, &said).await;
    let report = known(venue(BINANCE, &server).cancel(PAIR, &id()).await);
    let ended = at(1_616_376_905_442);
    assert_eq!(report.state, ReportedState::Cancelled { at: ended });
    assert_eq!(report.venue_order_id, "44590");
    assert_eq!(report.placed_at, at(1_616_030_090_950));
}

/// It said so in 2018 (github.com/DeviaVir/zenbot/issues/890).
#[tokio::test]
async fn cancelling_what_had_ended_was_declined_so() {
    let server = binance(|what| match what {
        CANCEL => Some(Reply::Status(
            400,
            r#"{"code":-2011,"msg":"UNKNOWN_ORDER"}"#.to_owned(),
        )),
        LOOK_UP => Some(Reply::Json(CANCELLED_ORDER.to_owned())),
        _ => None,
    })
    .await;
    let report = known(venue(BINANCE, &server).cancel(PAIR, &id()).await);
    let ended = at(1_616_376_905_442);
    assert_eq!(report.state, ReportedState::Cancelled { at: ended });
}

#[tokio::test]
async fn a_filled_order_is_not_told_with_the_trade_of_another() {
    let server = which_said(BINANCE, &[(LOOK_UP, FILLED), (TRADES, TRADE)]).await;
    let answer = venue(BINANCE, &server).order(PAIR, &id()).await;
    let OrderAnswer::Unknown { reason } = answer else {
        panic!("{answer:?}");
    };
    assert!(reason.contains("not all of the order's trades"), "{reason}");
    let asked = server.once(TRADES);
    assert_eq!(asked.parameter("orderId").as_deref(), Some("3397148653"));
}

#[tokio::test]
async fn a_trade_was_told_so() {
    let ours = TRADE.replace("3784695242", "9780331417");
    let server = which_said(BINANCE, &[(PLACE, PLACED), (TRADES, &ours)]).await;
    let fills = new_fills(BINANCE, &server).await;
    assert_eq!(fees_of(&fills), ["309520010 0.2 for 0.013926 USDT"]);
    assert_eq!(fills[0].price.to_string(), "69.63");
    assert_eq!(fills[0].filled_at, at(1_698_138_992_358));
}

#[tokio::test]
async fn its_market_was_told_so() {
    let said = [
        ("GET /api/v3/depth", BOOK),
        ("GET /api/v3/ticker/24hr", TICKER),
    ];
    let server = which_said(BINANCE, &said).await;
    let best = best(BINANCE, &server).await;
    assert_eq!(best, ["0.0107 of 42574.3", "0.0087 of 42574.31"]);
    let prices = prices(BINANCE, &server).await;
    assert_eq!(prices, ["73369.84", "73369.83", "73369.84"]);
}

/// The first in 2018 (github.com/cryptoeax/arbbot/issues/158), the second in 2025
/// (github.com/JKorf/Binance.Net/issues/1466), the others as github.com/Drakkar-Software/OctoBot-Trading
/// and others quote them.
#[tokio::test]
async fn orders_were_declined_so() {
    for words in [
        "Account has insufficient balance for requested action.",
        "Order would immediately match and take.",
        "This symbol is not permitted for this account.",
        "Filter failure: MAX_NUM_ORDERS",
    ] {
        let text = format!(r#"{{"code":-2010,"msg":"{words}"}}"#);
        let reason = refused(BINANCE, 400, text).await;
        assert!(reason.contains(words), "{reason}");
    }
}
