//! kraken: what is sent to it, to the letter, and how its answers are read.

use executors::venue::{LiveExchange, OrderAnswer, PlaceAnswer, ReportedState, Venue};

use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{asked_again, at, fees_of, filled, id, ids_of, now, order, venue};

pub(crate) const PAIR: &str = "BTC/USD";
/// Always the same for the same order of ours.
pub(crate) const SPELLED: &str = "0eafe8fa-0c51-581c-bbd2-b9a55321ce87";
pub(crate) const MARKETS: &str = r#"{"error":[],"result":{"XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","aclass_base":"currency",
"base":"XXBT","aclass_quote":"currency","quote":"ZUSD","lot":"unit","cost_decimals":5,"pair_decimals":4,"lot_decimals":8,
"lot_multiplier":1,"leverage_buy":[2,3],"leverage_sell":[2,3],"fees":[[0,0.4]],"fees_maker":[[0,0.25]],
"fee_volume_currency":"ZUSD","margin_call":80,"margin_stop":40,"ordermin":"0.0001","costmin":"0.5","tick_size":"0.0001","status":"online"}}}"#;
pub(crate) const CURRENCIES: &str = r#"{"error":[],"result":{"XXBT":{"aclass":"currency","altname":"XBT","decimals":10,"display_decimals":5,"status":"enabled"},
"ZUSD":{"aclass":"currency","altname":"USD","decimals":4,"display_decimals":2,"status":"enabled"}}}"#;
const TRADES: &str = r#"{"error":[],"result":{
"TZX2WP-2":{"ordertxid":"OQCLML-1","pair":"XXBTZUSD","time":1700000002.25,"type":"buy","ordertype":"limit","price":"2.45120","cost":"24.512",
"fee":"0.06128","vol":"10.00000000","margin":"0.00000","misc":"","trade_id":902,"maker":true},
"TZX2WP-1":{"ordertxid":"OQCLML-1","pair":"XXBTZUSD","time":1700000001.5,"type":"buy","ordertype":"limit","price":"2.45130","cost":"5.63799",
"fee":"0.01409","vol":"2.30000000","margin":"0.00000","misc":"","trade_id":901,"maker":true}}}"#;

fn row(status: &str, executed: &str, trades: &str) -> String {
    format!(
        r#"{{"OQCLML-1":{{"refid":null,"userref":0,"cl_ord_id":"{SPELLED}","status":"{status}","opentm":1700000000.123,"starttm":0,
        "expiretm":0,"closetm":1700000003.5,"descr":{{"pair":"XBTUSD","type":"buy","ordertype":"limit","price":"2.4513"}},"vol":"12.30000000",
        "vol_exec":"{executed}","cost":"0.0","fee":"0.0","price":"0.0","stopprice":"0.0","limitprice":"0.0","misc":"","oflags":"post,fciq","trades":[{trades}]}}}}"#
    )
}

fn open(rows: &str) -> Reply {
    Reply::Json(format!(r#"{{"error":[],"result":{{"open":{rows}}}}}"#))
}

fn closed(rows: &str) -> Reply {
    Reply::Json(format!(
        r#"{{"error":[],"result":{{"closed":{rows},"count":1}}}}"#
    ))
}

fn refused(error: &str) -> Reply {
    Reply::Json(format!(r#"{{"error":["{error}"]}}"#))
}

async fn kraken(answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> Loopback {
    Loopback::start(move |asked: &Asked| {
        if let Some(reply) = answer(&asked.what) {
            return reply;
        }
        let text = match asked.what.as_str() {
            "GET /0/public/AssetPairs" => MARKETS,
            "GET /0/public/Assets" => CURRENCIES,
            "GET /0/public/Depth" => r#"{"error":[],"result":{"XXBTZUSD":{"asks":[["2.45140","50.000",1699999999]],"bids":[["2.45120","100.100",1699999998]]}}}"#,
            "GET /0/public/Ticker" => r#"{"error":[],"result":{"XXBTZUSD":{"a":["2.45140","1","1.000"],"b":["2.45120","1","1.000"],"c":["2.45130","0.1"],
                "v":["1","2"],"p":["1","2"],"t":[1,2],"l":["1","2"],"h":["1","2"],"o":"2.4"}}}"#,
            "POST /0/private/BalanceEx" => r#"{"error":[],"result":{"ZUSD":{"balance":"1030.6500","hold_trade":"30.1500"},"XXBT":{"balance":"1.5000000000"}}}"#,
            "POST /0/private/AddOrder" => r#"{"error":[],"result":{"descr":{"order":"buy 12.3 XBTUSD @ limit 2.4513"},"txid":["OQCLML-1"]}}"#,
            "POST /0/private/CancelOrder" => r#"{"error":[],"result":{"count":1}}"#,
            "POST /0/private/OpenOrders" => return open("{}"),
            "POST /0/private/ClosedOrders" => return closed("{}"),
            "POST /0/private/QueryTrades" => TRADES,
            "POST /0/private/TradesHistory" => return Reply::Json(TRADES.replacen(r#""result":{"#, r#""result":{"trades":{"#, 1).replacen("}}}", r#"}},"count":2}}"#, 1)),
            other => panic!("nobody answers {other}"),
        };
        Reply::Json(text.to_owned())
    })
    .await
}

#[tokio::test]
async fn an_order_is_sent_to_the_letter() {
    let server = kraken(|_| None).await;
    let venue = venue(LiveExchange::Kraken, &server);
    let answer = venue.place(&order(PAIR)).await;
    let acknowledged = PlaceAnswer::Acknowledged {
        venue_order_id: "OQCLML-1".to_owned(),
        at: now(),
    };
    assert_eq!(answer, acknowledged, "it does not say when");
    assert_eq!(
        server.once("POST /0/private/AddOrder").said(),
        format!(
            "pair=XXBTZUSD&type=buy&ordertype=limit&price=2.4513&volume=12.3&cl_ord_id={SPELLED}&oflags=post%2Cfciq"
        )
    );
}

#[tokio::test]
async fn what_everybody_sees_is_read_as_it_was_written() {
    let server = kraken(|_| None).await;
    let venue = venue(LiveExchange::Kraken, &server);
    let rules = venue.rules(PAIR).await.unwrap();
    let step = |step: &Option<domain::money::Decimal>| step.as_ref().unwrap().to_string();
    assert_eq!(
        (step(&rules.tick), step(&rules.lot)),
        ("0.0001".to_owned(), "0.00000001".to_owned())
    );
    assert_eq!(
        (step(&rules.min_quantity), step(&rules.min_notional)),
        ("0.0001".to_owned(), "0.5".to_owned())
    );
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
        venue.ticker(PAIR).await.unwrap().last.unwrap().to_string(),
        "2.4513"
    );
    let balances = venue.balances(PAIR).await.unwrap();
    assert_eq!(balances.quote.free().to_string(), "1000.5");
    assert_eq!(balances.base.total.to_string(), "1.5");
}

#[tokio::test]
async fn an_order_is_found_among_the_open_ones() {
    let server =
        kraken(|what| (what == "POST /0/private/OpenOrders").then(|| open(&row("open", "0", ""))))
            .await;
    let venue = venue(LiveExchange::Kraken, &server);
    let OrderAnswer::Known(report) = venue.order(PAIR, &id()).await else {
        panic!("the order is there");
    };
    assert_eq!(report.state, ReportedState::Open);
    assert_eq!(report.placed_at, at(1_700_000_000_123));
    let asked = server.once("POST /0/private/OpenOrders").said();
    assert_eq!(asked, format!("trades=true&cl_ord_id={SPELLED}"));
}

#[tokio::test]
async fn a_filled_order_is_found_among_the_closed_ones_with_its_trades() {
    let trades = r#""TZX2WP-1","TZX2WP-2""#;
    let server = kraken(move |what| {
        (what == "POST /0/private/ClosedOrders").then(|| closed(&row("closed", "12.3", trades)))
    })
    .await;
    let venue = venue(LiveExchange::Kraken, &server);
    let told = fees_of(&filled(&venue, PAIR).await);
    assert_eq!(
        told,
        [
            "TZX2WP-1 2.3 for 0.01409 USD",
            "TZX2WP-2 10 for 0.06128 USD"
        ]
    );
    let asked = server.once("POST /0/private/QueryTrades").said();
    assert_eq!(asked, "txid=TZX2WP-1%2CTZX2WP-2");
}

#[tokio::test]
async fn an_order_that_is_in_neither_list_is_not_there_after_a_while() {
    let server = kraken(|_| None).await;
    let [first, later] = asked_again(LiveExchange::Kraken, &server).await;
    assert!(matches!(first, OrderAnswer::Unknown { .. }), "{first:?}");
    assert_eq!(later, OrderAnswer::NotFound);
}

#[tokio::test]
async fn a_full_page_of_other_orders_proves_nothing() {
    let others: Vec<String> = (0..50)
        .map(|n| format!(r#""O-{n}":{{"status":"closed","cl_ord_id":"other-{n}"}}"#))
        .collect();
    let rows = format!("{{{}}}", others.join(","));
    let server =
        kraken(move |what| (what == "POST /0/private/ClosedOrders").then(|| closed(&rows))).await;
    let answer = venue(LiveExchange::Kraken, &server)
        .order(PAIR, &id())
        .await;
    assert!(matches!(answer, OrderAnswer::Unknown { .. }), "{answer:?}");
}

#[tokio::test]
async fn cancelling_what_has_filled_tells_that_it_has() {
    let trades = r#""TZX2WP-1","TZX2WP-2""#;
    let server = kraken(move |what| match what {
        "POST /0/private/CancelOrder" => Some(refused("EOrder:Unknown order")),
        "POST /0/private/ClosedOrders" => Some(closed(&row("closed", "12.3", trades))),
        _ => None,
    })
    .await;
    let OrderAnswer::Known(report) = venue(LiveExchange::Kraken, &server)
        .cancel(PAIR, &id())
        .await
    else {
        panic!("the order is known");
    };
    assert_eq!(report.state, ReportedState::Filled);
    let asked = server.once("POST /0/private/CancelOrder").said();
    assert_eq!(asked, format!("cl_ord_id={SPELLED}"));
}

#[tokio::test]
async fn a_cancelled_order_says_when() {
    let server = kraken(|what| {
        (what == "POST /0/private/ClosedOrders").then(|| closed(&row("canceled", "0", "")))
    })
    .await;
    let OrderAnswer::Known(report) = venue(LiveExchange::Kraken, &server)
        .cancel(PAIR, &id())
        .await
    else {
        panic!("the order is known");
    };
    let at = at(1_700_000_003_500);
    assert_eq!(report.state, ReportedState::Cancelled { at });
}

#[tokio::test]
async fn what_it_declines_is_refused_in_its_words() {
    for error in [
        "EOrder:Insufficient funds",
        "EOrder:Order minimum not met",
        "EAPI:Invalid key",
        "EAPI:Invalid nonce",
    ] {
        let server =
            kraken(move |what| (what == "POST /0/private/AddOrder").then(|| refused(error))).await;
        let answer = venue(LiveExchange::Kraken, &server)
            .place(&order(PAIR))
            .await;
        let PlaceAnswer::Rejected { reason } = answer else {
            panic!("{error}: {answer:?}");
        };
        assert!(reason.contains(error), "{reason}");
    }
    for error in [
        "EService:Unavailable",
        "EService:Busy",
        "EOrder:Rate limit exceeded",
        "EGeneral:Internal error",
    ] {
        let server =
            kraken(move |what| (what == "POST /0/private/AddOrder").then(|| refused(error))).await;
        let answer = venue(LiveExchange::Kraken, &server)
            .place(&order(PAIR))
            .await;
        assert!(
            matches!(answer, PlaceAnswer::Unknown { .. }),
            "{error}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn new_trades_of_ours_are_told() {
    let server = kraken(|_| None).await;
    let venue = venue(LiveExchange::Kraken, &server);
    let begun = venue.fills_since(None).await.unwrap();
    venue.place(&order(PAIR)).await;
    let page = venue.fills_since(Some(begun.cursor)).await.unwrap();
    let ids = ids_of(&page.fills);
    assert_eq!(ids, ["TZX2WP-1", "TZX2WP-2"]);
}

/// Its nonces must rise from request to request, whatever the requests are for.
#[tokio::test]
async fn requests_of_one_key_arrive_in_the_order_of_their_numbers() {
    let server = kraken(|_| None).await;
    let venue = venue(LiveExchange::Kraken, &server);
    let (order, id) = (order(PAIR), id());
    futures::join!(
        venue.place(&order),
        venue.order(PAIR, &id),
        venue.cancel(PAIR, &id),
        venue.balances(PAIR),
    )
    .3
    .unwrap();
    let private = server
        .asked()
        .into_iter()
        .filter(|asked| asked.what.contains("/private/"));
    let nonces: Vec<i64> = private
        .map(|asked| asked.parameter("nonce").unwrap().parse().unwrap())
        .collect();
    assert!(nonces.len() >= 6, "{nonces:?}");
    assert!(nonces.is_sorted_by(|one, next| one < next), "{nonces:?}");
}
