//! okx: one account's orders for cash in October 2024, as a program's public tests quote them, with
//! the envelope put back that ccxt takes off; books and prices from ccxt's static response tests
//! (github.com/ccxt/ccxt, ts/src/test/static/response, 2024).

use executors::venue::{LiveExchange, OrderAnswer, ReportedState, Venue};

use super::said::{acknowledged, best, known, prices, refused, which_said};
use crate::loopback::Reply;
use crate::okx::PAIR;
use crate::support::{at, failing, fees_of, filled, id, venue};

const OKX: LiveExchange = LiveExchange::Okx;
const PLACE: &str = "POST /api/v5/trade/order";
const LOOK_UP: &str = "GET /api/v5/trade/order";
const CANCEL: &str = "POST /api/v5/trade/cancel-order";

const PLACED: &str = r#"{"code":"0","data":[{"clOrdId":"e847386590ce4dBCdedee55fb0dc9ab7","ordId":"1877153720438898689","sCode":"0",
"sMsg":"Order placed","tag":"e847386590ce4dBC","ts":"1728445940347"}],"msg":""}"#;
const OPEN: &str = r#"{"code":"0","data":[{"accFillSz":"0","algoClOrdId":"","algoId":"","attachAlgoClOrdId":"","attachAlgoOrds":[],"avgPx":"",
"cTime":"1728445940347","cancelSource":"","cancelSourceReason":"","category":"normal","ccy":"","clOrdId":"e847386590ce4dBCdedee55fb0dc9ab7",
"fee":"0","feeCcy":"BTC","fillPx":"","fillSz":"0","fillTime":"","instId":"BTC-USDT","instType":"SPOT","isTpLimit":"false","lever":"",
"linkedAlgoOrd":{"algoId":""},"ordId":"1877153720438898689","ordType":"limit","pnl":"0","posSide":"net","px":"30000","pxType":"","pxUsd":"",
"pxVol":"","quickMgnType":"","rebate":"0","rebateCcy":"USDT","reduceOnly":"false","side":"buy","slOrdPx":"","slTriggerPx":"",
"slTriggerPxType":"","source":"","state":"live","stpId":"","stpMode":"cancel_maker","sz":"0.01","tag":"e847386590ce4dBC","tdMode":"cash",
"tgtCcy":"","tpOrdPx":"","tpTriggerPx":"","tpTriggerPxType":"","tradeId":"","uTime":"1728445940347"}],"msg":""}"#;
/// Of another order of that account.
const CANCELLED: &str = r#"{"code":"0","data":[{"clOrdId":"e847386590ce4dBCdfc65825f98c8f14","ordId":"1877192719882797056","sCode":"0",
"sMsg":"","ts":"1728796370694"}],"msg":""}"#;
const FILLED: &str = r#"{"code":"0","data":[{"accFillSz":"0.001","algoClOrdId":"","algoId":"","attachAlgoClOrdId":"","attachAlgoOrds":[],
"avgPx":"62398.1","cTime":"1728448393705","cancelSource":"","cancelSourceReason":"","category":"normal","ccy":"",
"clOrdId":"e847386590ce4dBC203f7abec8c7dcd9","fee":"-0.000001","feeCcy":"BTC","fillPx":"62398.1","fillSz":"0.001","fillTime":"1728448393707",
"instId":"BTC-USDT","instType":"SPOT","isTpLimit":"false","lever":"","linkedAlgoOrd":{"algoId":""},"ordId":"1877236041473081344",
"ordType":"market","pnl":"0","posSide":"net","px":"","pxType":"","pxUsd":"","pxVol":"","quickMgnType":"","rebate":"0","rebateCcy":"USDT",
"reduceOnly":"false","side":"buy","slOrdPx":"","slTriggerPx":"","slTriggerPxType":"","source":"","state":"filled","stpId":"",
"stpMode":"cancel_maker","sz":"0.001","tag":"e847386590ce4dBC","tdMode":"cash","tgtCcy":"base_ccy","tpOrdPx":"","tpTriggerPx":"",
"tpTriggerPxType":"","tradeId":"582529691","uTime":"1728448393711"}],"msg":""}"#;
const TRADE: &str = r#"{"code":"0","data":[{"fillSz":"0.001","fillPxVol":"","fillFwdPx":"","fee":"-0.000001","ordId":"1877236041473081344",
"feeRate":"-0.001","clOrdId":"e847386590ce4dBC203f7abec8c7dcd9","posSide":"net","fillMarkVol":"","tag":"e847386590ce4dBC","execType":"T",
"fillIdxPx":"","side":"buy","fillPx":"62398.1","fillPnl":"0","instType":"SPOT","fillPxUsd":"","instId":"BTC-USDT",
"billId":"1877236041573744642","subType":"1","fillTime":"1728448393707","tradeId":"582529691","fillMarkPx":"","feeCcy":"BTC",
"ts":"1728448393708"}],"msg":""}"#;
const DECLINED: &str = r#"{"code":"1","data":[{"clOrdId":"e847386590ce4dBC41721bb12450fd4a","ordId":"","sCode":"51008",
"sMsg":"Order failed. Insufficient USDT balance in account. ","tag":"e847386590ce4dBC","ts":"1728445289108"}],"inTime":"1728445289108394",
"msg":"All operations failed","outTime":"1728445289108980"}"#;

const BOOK: &str = r#"{"code":"0","msg":"","data":[{"asks":[["67973.4","1.40848059","0","7"],["67975.9","0.08292002","0","1"]],
"bids":[["67973.3","0.05","0","1"],["67973.2","0.00725939","0","1"]],"ts":"1712265035051"}]}"#;
const TICKER: &str = r#"{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USDT","last":"73384.8","lastSz":"0.00007722",
"askPx":"73384.8","askSz":"0.40193728","bidPx":"73384.7","bidSz":"0.0655768","open24h":"72166.8","high24h":"73625.6","low24h":"68600",
"volCcy24h":"1519926359.597266598","vol24h":"21266.19145051","ts":"1710328243709","sodUtc0":"71450","sodUtc8":"71702"}]}"#;

#[tokio::test]
async fn an_order_was_acknowledged_so() {
    let acknowledged = acknowledged(OKX, (PLACE, PLACED)).await;
    let expected = ("1877153720438898689".to_owned(), at(1_728_445_940_347));
    assert_eq!(acknowledged, expected);
}

#[tokio::test]
async fn an_open_order_was_told_so() {
    let server = which_said(OKX, &[(LOOK_UP, OPEN)]).await;
    let report = known(venue(OKX, &server).order(PAIR, &id()).await);
    assert_eq!(report.state, ReportedState::Open);
    assert_eq!(report.venue_order_id, "1877153720438898689");
    assert_eq!(report.placed_at, at(1_728_445_940_347));
    assert_eq!(report.fills, []);
}

/// That order, 14 minutes later: nothing else in the answer had changed.
#[tokio::test]
async fn an_order_was_cancelled_so() {
    let ended = OPEN
        .replace(r#""state":"live""#, r#""state":"canceled""#)
        .replace(r#""cancelSource":"""#, r#""cancelSource":"1""#)
        .replace(
            r#""cancelSourceReason":"""#,
            r#""cancelSourceReason":"Order was canceled by you""#,
        )
        .replace(r#""uTime":"1728445940347""#, r#""uTime":"1728446795565""#);
    let server = which_said(OKX, &[(CANCEL, CANCELLED), (LOOK_UP, &ended)]).await;
    let report = known(venue(OKX, &server).cancel(PAIR, &id()).await);
    let at = at(1_728_446_795_565);
    assert_eq!(report.state, ReportedState::Cancelled { at });
}

#[tokio::test]
async fn a_filled_order_and_its_trade_were_told_so() {
    let said = [(LOOK_UP, FILLED), ("GET /api/v5/trade/fills", TRADE)];
    let server = which_said(OKX, &said).await;
    let fills = filled(&venue(OKX, &server), PAIR).await;
    assert_eq!(fees_of(&fills), ["582529691 0.001 for 0.000001 BTC"]);
    assert_eq!(fills[0].price.to_string(), "62398.1");
    assert_eq!(fills[0].filled_at, at(1_728_448_393_708));
}

#[tokio::test]
async fn its_market_was_told_so() {
    let said = [
        ("GET /api/v5/market/books", BOOK),
        ("GET /api/v5/market/ticker", TICKER),
    ];
    let server = which_said(OKX, &said).await;
    let best = best(OKX, &server).await;
    assert_eq!(best, ["0.05 of 67973.3", "1.40848059 of 67973.4"]);
    let prices = prices(OKX, &server).await;
    assert_eq!(prices, ["73384.8", "73384.7", "73384.8"]);
    let book = venue(OKX, &server).book(PAIR).await.unwrap();
    assert_eq!(book.at, Some(at(1_712_265_035_051)));
}

#[tokio::test]
async fn an_order_was_declined_so() {
    let reason = refused(OKX, 200, DECLINED).await;
    let words = "Order failed. Insufficient USDT balance in account.";
    assert!(reason.contains(words), "{reason}");
}

/// In 2024 (github.com/freqtrade/freqtrade/issues/10704), for an order that was there.
#[tokio::test]
async fn a_failure_of_its_own_proves_nothing() {
    let failed = || {
        let text = r#"{"message":"An unexpected error occurred"}"#;
        Reply::Status(500, text.to_owned())
    };
    let answer = venue(OKX, &failing(OKX, failed).await)
        .order(PAIR, &id())
        .await;
    assert!(matches!(answer, OrderAnswer::Unknown { .. }), "{answer:?}");
}

/// In 2026 (`github.com/nautechsystems/nautilus_trader`, `crates/adapters/okx/test_data`).
#[tokio::test]
async fn a_key_it_did_not_know_was_named_so() {
    let failed = || {
        let text = r#"{"msg":"Invalid OK-ACCESS-KEY","code":"50111"}"#;
        Reply::Status(401, text.to_owned())
    };
    let server = failing(OKX, failed).await;
    let error = venue(OKX, &server).balances(PAIR).await.unwrap_err();
    let chain = format!("{error:?}");
    assert!(chain.contains("Invalid OK-ACCESS-KEY"), "{chain}");
}
