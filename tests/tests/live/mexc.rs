//! mexc: what is sent to it, to the letter, and how its answers are read.

use executors::venue::{
    LiveExchange, OrderAnswer, OrderRequest, PlaceAnswer, ReportedState, TimeInForce, Venue,
};

use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{asked_again, at, fees_of, filled, id, ids_of, now, order, venue};

pub(crate) const PAIR: &str = "WLD/USDT";
pub(crate) const MARKETS: &str = r#"{"timezone":"CST","serverTime":1700000000000,"rateLimits":[],"exchangeFilters":[],"symbols":[
{"symbol":"WLDUSDT","status":"1","baseAsset":"WLD","baseAssetPrecision":1,"quoteAsset":"USDT","quotePrecision":4,"quoteAssetPrecision":4,
"baseCommissionPrecision":1,"quoteCommissionPrecision":4,"orderTypes":["LIMIT","MARKET","LIMIT_MAKER"],"isSpotTradingAllowed":true,
"isMarginTradingAllowed":false,"quoteAmountPrecision":"1","baseSizePrecision":"0.1","permissions":["SPOT"],"filters":[],
"maxQuoteAmount":"2000000","makerCommission":"0","takerCommission":"0.0005","quoteAmountPrecisionMarket":"1","maxQuoteAmountMarket":"100000",
"fullName":"Worldcoin","tradeSideType":1}]}"#;
const TRADES: &str = r#"[
{"symbol":"WLDUSDT","id":"T902","orderId":"C02__443776347957968896","orderListId":-1,"price":"2.4512","qty":"10","quoteQty":"24.512",
"commission":"0.0122","commissionAsset":"USDT","time":1700000002000,"isBuyer":true,"isMaker":true,"isBestMatch":true,"isSelfTrade":false,"clientOrderId":"2kp9c0zq1x7a-1-0"},
{"symbol":"WLDUSDT","id":"T901","orderId":"C02__443776347957968896","orderListId":-1,"price":"2.4513","qty":"2.3","quoteQty":"5.63799",
"commission":"0.00001","commissionAsset":"MX","time":1700000001000,"isBuyer":true,"isMaker":true,"isBestMatch":true,"isSelfTrade":false,"clientOrderId":"2kp9c0zq1x7a-1-0"}]"#;

fn reported(status: &str, executed: &str) -> Reply {
    Reply::Json(format!(
        r#"{{"symbol":"WLDUSDT","orderId":"C02__443776347957968896","orderListId":-1,"clientOrderId":"2kp9c0zq1x7a-1-0","price":"2.4513",
        "origQty":"12.3","executedQty":"{executed}","cummulativeQuoteQty":"0","status":"{status}","timeInForce":null,"type":"LIMIT_MAKER","side":"BUY",
        "stopPrice":null,"icebergQty":null,"time":1700000000000,"updateTime":1700000003000,"isWorking":true,"origQuoteOrderQty":"30.15"}}"#
    ))
}

async fn mexc(answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> Loopback {
    Loopback::start(move |asked: &Asked| {
        if let Some(reply) = answer(&asked.what) {
            return reply;
        }
        let text = match asked.what.as_str() {
            "GET /api/v3/exchangeInfo" => MARKETS,
            "GET /api/v3/depth" => r#"{"lastUpdateId":1,"bids":[["2.4512","100.1"]],"asks":[["2.4514","50"]],"timestamp":1700000000000}"#,
            "GET /api/v3/ticker/24hr" => r#"{"symbol":"WLDUSDT","lastPrice":"2.4513","bidPrice":"2.4512","bidQty":"100.1","askPrice":"2.4514","askQty":"50"}"#,
            "GET /api/v3/account" => r#"{"canTrade":true,"updateTime":null,"accountType":"SPOT","balances":[{"asset":"USDT","free":"1000.5","locked":"30.15"}],"permissions":["SPOT"]}"#,
            "POST /api/v3/order" => r#"{"symbol":"WLDUSDT","orderId":"C02__443776347957968896","orderListId":-1,"price":"2.4513","origQty":"12.3","type":"LIMIT_MAKER","side":"BUY","transactTime":1700000000000}"#,
            "DELETE /api/v3/order" => r#"{"symbol":"WLDUSDT","origClientOrderId":"2kp9c0zq1x7a-1-0","orderId":"C02__443776347957968896","clientOrderId":"","price":"2.4513","origQty":"12.3","executedQty":"0","status":"NEW"}"#,
            "GET /api/v3/order" => return reported("NEW", "0"),
            "GET /api/v3/myTrades" => TRADES,
            other => panic!("nobody answers {other}"),
        };
        Reply::Json(text.to_owned())
    })
    .await
}

#[tokio::test]
async fn an_order_is_sent_to_the_letter() {
    let server = mexc(|_| None).await;
    let venue = venue(LiveExchange::Mexc, &server);
    let answer = venue.place(&order(PAIR)).await;
    let acknowledged = PlaceAnswer::Acknowledged {
        venue_order_id: "C02__443776347957968896".to_owned(),
        at: now(),
    };
    assert_eq!(answer, acknowledged);
    assert_eq!(
        server.once("POST /api/v3/order").said(),
        "symbol=WLDUSDT&side=BUY&type=LIMIT_MAKER&quantity=12.3&price=2.4513&newClientOrderId=2kp9c0zq1x7a-1-0&recvWindow=500"
    );
}

#[tokio::test]
async fn an_order_that_is_not_to_rest_is_of_another_type() {
    let server = mexc(|_| None).await;
    let order = OrderRequest {
        post_only: false,
        time_in_force: TimeInForce::ImmediateOrCancel,
        ..order(PAIR)
    };
    venue(LiveExchange::Mexc, &server).place(&order).await;
    let asked = server.once("POST /api/v3/order");
    assert_eq!(
        asked.parameter("type").as_deref(),
        Some("IMMEDIATE_OR_CANCEL")
    );
    assert_eq!(asked.parameter("timeInForce"), None);
}

#[tokio::test]
async fn what_everybody_sees_is_read_as_it_was_written() {
    let server = mexc(|_| None).await;
    let venue = venue(LiveExchange::Mexc, &server);
    let rules = venue.rules(PAIR).await.unwrap();
    let step = |step: &Option<domain::money::Decimal>| step.as_ref().unwrap().to_string();
    assert_eq!(
        (step(&rules.tick), step(&rules.lot)),
        ("0.0001".to_owned(), "0.1".to_owned())
    );
    assert_eq!(step(&rules.min_notional), "1");
    assert_eq!(
        venue
            .book(PAIR)
            .await
            .unwrap()
            .best_bid()
            .unwrap()
            .to_string(),
        "2.4512"
    );
    assert_eq!(
        venue.ticker(PAIR).await.unwrap().ask.unwrap().to_string(),
        "2.4514"
    );
    assert_eq!(
        venue.balances(PAIR).await.unwrap().quote.total.to_string(),
        "1030.65"
    );
}

#[tokio::test]
async fn a_filled_order_comes_with_its_trades_and_what_they_cost() {
    let server =
        mexc(|what| (what == "GET /api/v3/order").then(|| reported("FILLED", "12.3"))).await;
    let told = fees_of(&filled(&venue(LiveExchange::Mexc, &server), PAIR).await);
    assert_eq!(told, ["T901 2.3 for 0.00001 MX", "T902 10 for 0.0122 USDT"]);
}

#[tokio::test]
async fn an_order_that_is_not_there_is_not_there_after_a_while() {
    let gone = |what: &str| {
        let error = r#"{"code":-2013,"msg":"Order does not exist."}"#;
        (what == "GET /api/v3/order").then(|| Reply::Status(400, error.to_owned()))
    };
    let server = mexc(gone).await;
    let [first, later] = asked_again(LiveExchange::Mexc, &server).await;
    assert!(matches!(first, OrderAnswer::Unknown { .. }), "{first:?}");
    assert_eq!(later, OrderAnswer::NotFound);
}

#[tokio::test]
async fn a_cancelled_order_keeps_what_traded() {
    let server =
        mexc(|what| (what == "GET /api/v3/order").then(|| reported("PARTIALLY_CANCELED", "2.3")))
            .await;
    let OrderAnswer::Known(report) = venue(LiveExchange::Mexc, &server).cancel(PAIR, &id()).await
    else {
        panic!("the order is known");
    };
    let at = at(1_700_000_003_000);
    assert_eq!(report.state, ReportedState::Cancelled { at });
}

#[tokio::test]
async fn cancelling_what_has_filled_tells_that_it_has() {
    let server = mexc(|what| match what {
        "DELETE /api/v3/order" => Some(Reply::Status(
            400,
            r#"{"code":-2011,"msg":"Order filled"}"#.to_owned(),
        )),
        "GET /api/v3/order" => Some(reported("FILLED", "12.3")),
        _ => None,
    })
    .await;
    let OrderAnswer::Known(report) = venue(LiveExchange::Mexc, &server).cancel(PAIR, &id()).await
    else {
        panic!("the order is known");
    };
    assert_eq!(report.state, ReportedState::Filled);
}

#[tokio::test]
async fn what_it_declines_is_refused_in_its_words() {
    for (code, words) in [
        (30004, "Insufficient position"),
        (30002, "The minimum transaction volume cannot be less than"),
        (10101, "Insufficient balance"),
    ] {
        let error = format!(r#"{{"code":{code},"msg":"{words}"}}"#);
        let server = mexc(move |what| {
            (what == "POST /api/v3/order").then(|| Reply::Status(400, error.clone()))
        })
        .await;
        let answer = venue(LiveExchange::Mexc, &server).place(&order(PAIR)).await;
        let PlaceAnswer::Rejected { reason } = answer else {
            panic!("{code}: {answer:?}");
        };
        assert!(reason.contains(words), "{reason}");
    }
}

#[tokio::test]
async fn new_trades_are_recognised_by_our_id_alone() {
    let server =
        mexc(|what| (what == "POST /api/v3/order").then(|| Reply::Status(503, "busy".to_owned())))
            .await;
    let venue = venue(LiveExchange::Mexc, &server);
    let begun = venue.fills_since(None).await.unwrap();
    let answer = venue.place(&order(PAIR)).await;
    assert!(matches!(answer, PlaceAnswer::Unknown { .. }), "{answer:?}");
    let page = venue.fills_since(Some(begun.cursor)).await.unwrap();
    let ids = ids_of(&page.fills);
    assert_eq!(ids, ["T901", "T902"], "oldest first");
}
