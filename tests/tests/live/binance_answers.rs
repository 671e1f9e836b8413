//! What binance answers, by its documentation.

use crate::loopback::{Asked, Loopback, Reply};

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
pub(crate) const ACK: &str = r#"{"symbol":"WLDUSDT","orderId":4711,"orderListId":-1,"clientOrderId":"2kp9c0zq1x7a-1-0","transactTime":1700000000123}"#;
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

pub(crate) async fn usual() -> Loopback {
    binance(|_| None).await
}

pub(crate) fn on(
    what: &'static str,
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> impl Fn(&str) -> Option<Reply> {
    move |asked| (asked == what).then(&reply)
}
