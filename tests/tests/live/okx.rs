//! okx: what is sent to it, to the letter, and how its answers are read.

use executors::venue::ccxt::{CcxtVenue, LiveAccount};
use executors::venue::{LiveExchange, OrderAnswer, PlaceAnswer, ReportedState, Venue};
use serde_json::{Value, json};

use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{
    KEY, PASSWORD, account, asked_again, at, clock, fees_of, filled, id, order, venue,
};

pub(crate) const PAIR: &str = "WLD/USDT";
pub(crate) const MARKETS: &str = r#"{"code":"0","msg":"","data":[{"alias":"","baseCcy":"WLD","category":"1","ctMult":"","ctType":"","ctVal":"",
"ctValCcy":"","expTime":"","instFamily":"","instId":"WLD-USDT","instType":"SPOT","lever":"5","listTime":"1690358400000",
"lotSz":"0.1","maxIcebergSz":"999999999999.0000000000000000","maxLmtAmt":"20000000","maxLmtSz":"999999999999",
"maxMktAmt":"1000000","maxMktSz":"1000000","minSz":"1","optType":"","quoteCcy":"USDT","settleCcy":"","state":"live",
"stk":"","tickSz":"0.0001","uly":""}]}"#;
const PLACED: &str = r#"{"code":"0","msg":"","inTime":"1700000000100000","outTime":"1700000000124000",
"data":[{"clOrdId":"2kp9c0zq1x7aX1X0","ordId":"623444559","sCode":"0","sMsg":"","tag":"","ts":"1700000000123"}]}"#;
const TRADES: &str = r#"{"code":"0","msg":"","data":[
{"instType":"SPOT","instId":"WLD-USDT","tradeId":"902","ordId":"623444559","clOrdId":"2kp9c0zq1x7aX1X0","billId":"2","tag":"",
"fillPx":"2.4512","fillSz":"10","side":"buy","posSide":"net","execType":"M","feeCcy":"WLD","fee":"-0.008","ts":"1700000002000","fillTime":"1700000001999"},
{"instType":"SPOT","instId":"WLD-USDT","tradeId":"901","ordId":"623444559","clOrdId":"2kp9c0zq1x7aX1X0","billId":"1","tag":"",
"fillPx":"2.4513","fillSz":"2.3","side":"buy","posSide":"net","execType":"M","feeCcy":"OKB","fee":"0.0001","ts":"1700000001000","fillTime":"1700000000999"}]}"#;

fn reported(state: &str, filled: &str) -> Reply {
    Reply::Json(format!(
        r#"{{"code":"0","msg":"","data":[{{"instType":"SPOT","instId":"WLD-USDT","ordId":"623444559","clOrdId":"2kp9c0zq1x7aX1X0",
        "px":"2.4513","sz":"12.3","ordType":"post_only","side":"buy","tdMode":"cash","accFillSz":"{filled}","avgPx":"","state":"{state}",
        "fee":"0","feeCcy":"WLD","cTime":"1700000000123","uTime":"1700000003000","cancelSource":""}}]}}"#
    ))
}

/// Refusals come with 200 and a code per order.
fn refused(code: &str, words: &str) -> Reply {
    Reply::Json(format!(
        r#"{{"code":"1","msg":"All operations failed","data":[{{"clOrdId":"2kp9c0zq1x7aX1X0","ordId":"","sCode":"{code}","sMsg":"{words}","tag":""}}]}}"#
    ))
}

async fn okx(answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> Loopback {
    Loopback::start(move |asked: &Asked| {
        if let Some(reply) = answer(&asked.what) {
            return reply;
        }
        let text = match asked.what.as_str() {
            "GET /api/v5/public/instruments" => MARKETS,
            "GET /api/v5/market/books" => r#"{"code":"0","msg":"","data":[{"asks":[["2.4514","50","0","3"]],
                "bids":[["2.4512","100.1","0","5"]],"ts":"1699999999900"}]}"#,
            "GET /api/v5/market/ticker" => r#"{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"WLD-USDT","last":"2.4513",
                "askPx":"2.4514","askSz":"50","bidPx":"2.4512","bidSz":"100.1","ts":"1699999999900"}]}"#,
            "GET /api/v5/account/balance" => r#"{"code":"0","msg":"","data":[{"totalEq":"1","details":[{"ccy":"USDT",
                "cashBal":"1030.65","availBal":"1000.5","frozenBal":"30.15","eq":"1030.65"}]}]}"#,
            "POST /api/v5/trade/order" => PLACED,
            "POST /api/v5/trade/cancel-order" => r#"{"code":"0","msg":"","data":[{"clOrdId":"2kp9c0zq1x7aX1X0","ordId":"623444559","sCode":"0","sMsg":""}]}"#,
            "GET /api/v5/trade/order" => return reported("live", "0"),
            "GET /api/v5/trade/fills" => TRADES,
            other => panic!("nobody answers {other}"),
        };
        Reply::Json(text.to_owned())
    })
    .await
}

#[tokio::test]
async fn an_order_is_sent_to_the_letter() {
    let server = okx(|_| None).await;
    let venue = venue(LiveExchange::Okx, &server);
    let answer = venue.place(&order(PAIR)).await;
    let acknowledged = PlaceAnswer::Acknowledged {
        venue_order_id: "623444559".to_owned(),
        at: at(1_700_000_000_123),
    };
    assert_eq!(answer, acknowledged);
    let asked = server.once("POST /api/v5/trade/order");
    let sent: Value = serde_json::from_str(&asked.body).unwrap();
    let expected = json!({
        "instId": "WLD-USDT", "tdMode": "cash", "clOrdId": "2kp9c0zq1x7aX1X0", "side": "buy",
        "ordType": "post_only", "px": "2.4513", "sz": "12.3",
    });
    assert_eq!(sent, expected);
    assert_eq!(asked.header("ok-access-key"), Some(KEY));
    assert_eq!(asked.header("ok-access-passphrase"), Some(PASSWORD));
    assert_eq!(asked.header("x-simulated-trading"), None);
}

/// Nothing but this header keeps an order away from the real account.
#[tokio::test]
async fn the_sandbox_is_named_with_every_request() {
    let server = okx(|_| None).await;
    let account = LiveAccount {
        sandbox: true,
        ..account(LiveExchange::Okx, &server)
    };
    let venue = CcxtVenue::try_new(&account, clock()).unwrap();
    venue.book(PAIR).await.unwrap();
    venue.place(&order(PAIR)).await;
    venue.cancel(PAIR, &id()).await;
    let asked = server.asked();
    assert!(asked.len() >= 4, "{asked:?}");
    for asked in asked {
        assert_eq!(
            asked.header("x-simulated-trading"),
            Some("1"),
            "{}",
            asked.what
        );
    }
}

#[tokio::test]
async fn what_everybody_sees_is_read_as_it_was_written() {
    let server = okx(|_| None).await;
    let venue = venue(LiveExchange::Okx, &server);
    let rules = venue.rules(PAIR).await.unwrap();
    let step = |step: &Option<domain::money::Decimal>| step.as_ref().unwrap().to_string();
    assert_eq!(
        (step(&rules.tick), step(&rules.lot)),
        ("0.0001".to_owned(), "0.1".to_owned())
    );
    assert_eq!(step(&rules.min_quantity), "1");
    let book = venue.book(PAIR).await.unwrap();
    assert_eq!(book.best_ask().unwrap().to_string(), "2.4514");
    assert_eq!(book.at, Some(at(1_699_999_999_900)));
    assert_eq!(
        venue.ticker(PAIR).await.unwrap().bid.unwrap().to_string(),
        "2.4512"
    );
    let balances = venue.balances(PAIR).await.unwrap();
    assert_eq!(balances.quote.total.to_string(), "1030.65");
    assert_eq!(balances.quote.reserved.to_string(), "30.15");
}

#[tokio::test]
async fn a_filled_order_comes_with_its_trades_and_what_they_cost() {
    let server =
        okx(|what| (what == "GET /api/v5/trade/order").then(|| reported("filled", "12.3"))).await;
    let venue = venue(LiveExchange::Okx, &server);
    let told = fees_of(&filled(&venue, PAIR).await);
    assert_eq!(
        told,
        ["901 2.3 for -0.0001 OKB", "902 10 for 0.008 WLD"],
        "a rebate is negative"
    );
    let asked = server.once("GET /api/v5/trade/order");
    assert_eq!(asked.said(), "instId=WLD-USDT&clOrdId=2kp9c0zq1x7aX1X0");
}

#[tokio::test]
async fn an_order_that_is_not_there_is_not_there_after_a_while() {
    let gone = |what: &str| {
        let error = r#"{"code":"51603","data":[],"msg":"Order does not exist"}"#;
        (what == "GET /api/v5/trade/order").then(|| Reply::Json(error.to_owned()))
    };
    let server = okx(gone).await;
    let [first, later] = asked_again(LiveExchange::Okx, &server).await;
    assert!(matches!(first, OrderAnswer::Unknown { .. }), "{first:?}");
    assert_eq!(later, OrderAnswer::NotFound);
}

#[tokio::test]
async fn cancelling_what_has_filled_tells_that_it_has() {
    let server = okx(|what| match what {
        "POST /api/v5/trade/cancel-order" => Some(refused("51402", "Order already completed.")),
        "GET /api/v5/trade/order" => Some(reported("filled", "12.3")),
        _ => None,
    })
    .await;
    let venue = venue(LiveExchange::Okx, &server);
    let OrderAnswer::Known(report) = venue.cancel(PAIR, &id()).await else {
        panic!("the order is known");
    };
    assert_eq!(report.state, ReportedState::Filled);
}

#[tokio::test]
async fn a_cancelled_order_says_when() {
    let server =
        okx(|what| (what == "GET /api/v5/trade/order").then(|| reported("canceled", "0"))).await;
    let venue = venue(LiveExchange::Okx, &server);
    let OrderAnswer::Known(report) = venue.cancel(PAIR, &id()).await else {
        panic!("the order is known");
    };
    let at = at(1_700_000_003_000);
    assert_eq!(report.state, ReportedState::Cancelled { at });
    let asked = server.once("POST /api/v5/trade/cancel-order");
    assert_eq!(
        asked.body,
        r#"{"instId":"WLD-USDT","clOrdId":"2kp9c0zq1x7aX1X0"}"#
    );
}

#[tokio::test]
async fn what_it_declines_is_refused_in_its_words() {
    for (code, words) in [
        (
            "51008",
            "Order failed. Insufficient USDT balance in account",
        ),
        (
            "51020",
            "Your order should meet or exceed the minimum order amount.",
        ),
        ("51280", "post only would take"),
    ] {
        let server =
            okx(move |what| (what == "POST /api/v5/trade/order").then(|| refused(code, words)))
                .await;
        let answer = venue(LiveExchange::Okx, &server).place(&order(PAIR)).await;
        let PlaceAnswer::Rejected { reason } = answer else {
            panic!("{code}: {answer:?}");
        };
        assert!(reason.contains(words), "{reason}");
    }
}

#[tokio::test]
async fn an_order_it_has_already_is_acknowledged_as_before() {
    let server = okx(|what| {
        (what == "POST /api/v5/trade/order")
            .then(|| refused("51016", "Client order ID already exists."))
    })
    .await;
    let answer = venue(LiveExchange::Okx, &server).place(&order(PAIR)).await;
    assert!(
        matches!(answer, PlaceAnswer::Acknowledged { .. }),
        "{answer:?}"
    );
}
