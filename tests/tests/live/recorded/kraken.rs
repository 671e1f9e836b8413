//! kraken. From ccxt (github.com/ccxt/ccxt): its static response tests (2024), where numbers stand in
//! quotes that the exchange wrote without, and its comments (trades, 2018 and 2020, one without its
//! envelope). The book, of which this is the top, is of 2025
//! (`github.com/nautechsystems/nautilus_trader`, `crates/adapters/kraken/test_data`).

use executors::venue::{LiveExchange, OrderAnswer, ReportedState, Venue};

use super::said::{acknowledged, best, known, new_fills, prices, refused, which_said};
use crate::kraken::{PAIR, SPELLED};
use crate::support::{at, fees_of, id, now, venue};

const KRAKEN: LiveExchange = LiveExchange::Kraken;
const PLACE: &str = "POST /0/private/AddOrder";
const CANCEL: &str = "POST /0/private/CancelOrder";
const OPEN: &str = "POST /0/private/OpenOrders";
const CLOSED: &str = "POST /0/private/ClosedOrders";
const ITS_TRADES: &str = "POST /0/private/QueryTrades";
const TRADES: &str = "POST /0/private/TradesHistory";

const PLACED: &str = r#"{"error":[],"result":{"txid":["OL7LNO-R4SAD-6UINEU"],"descr":{"order":"buy 0.10000000 LTCUSDT @ market"}}}"#;

/// One order, which had an id of its owner's: while it was open, and once it was cancelled.
const OPEN_ORDER: &str = r#"{"error":[],"result":{"open":{"O2F2HY-QIPHF-4UCMSW":{"refid":null,"userref":null,"cl_ord_id":"123",
"status":"open","opentm":"1733920032.330449","starttm":"0","expiretm":"0","descr":{"pair":"LTCUSDT","type":"buy","ordertype":"limit",
"price":"50.00000","price2":"0","leverage":"none","order":"buy 0.20000000 LTCUSDT @ limit 50.00000","close":""},"vol":"0.20000000",
"vol_exec":"0.00000000","cost":"0.000000","fee":"0.000000","price":"0.000000","stopprice":"0.000000","limitprice":"0.000000","misc":"",
"oflags":"fciq"}}}}"#;
const CANCELLED: &str = r#"{"error":[],"result":{"count":"1"}}"#;
const CANCELLED_ORDER: &str = r#"{"error":[],"result":{"closed":{"O2F2HY-QIPHF-4UCMSW":{"refid":null,"userref":null,"cl_ord_id":"123",
"status":"canceled","opentm":"1733920032.330449","starttm":"0","expiretm":"0","descr":{"pair":"LTCUSDT","type":"buy","ordertype":"limit",
"price":"50.00000","price2":"0","leverage":"none","order":"buy 0.20000000 LTCUSDT @ limit 50.00000","close":""},"vol":"0.20000000",
"vol_exec":"0.00000000","cost":"0.000000","fee":"0.000000","price":"0.000000","stopprice":"0.000000","limitprice":"0.000000","misc":"",
"oflags":"fciq","reason":"User requested","closetm":"1733920121.745514"}},"count":"1"}}"#;
const OF_ANOTHER: &str = r#"{"error":[],"result":{"open":{"OXCZ7B-EMVZQ-MTJTQJ":{"refid":null,"userref":"0","status":"open",
"opentm":"1705260203.583000","starttm":"0","expiretm":"0","descr":{"pair":"LTCUSDT","type":"sell","ordertype":"take-profit",
"price":"120.00000","price2":"0","leverage":"none","order":"sell 0.10000000 LTCUSDT @ take profit 120.00000","close":""},
"vol":"0.10000000","vol_exec":"0.00000000","cost":"0.000000","fee":"0.000000","price":"0.000000","stopprice":"0.000000",
"limitprice":"0.000000","misc":"","oflags":"fciq"}}}}"#;

/// Told by itself; among all closed ones, and with an id of its owner's.
const FILLED: &str = r#"{"error":[],"result":{"closed":{"OGMZCL-KC6MC-ZRBGM6":{"refid":null,"userref":"0","cl_ord_id":"123",
"status":"closed","opentm":"1705260547.472000","starttm":"0","expiretm":"0","descr":{"pair":"LTCUSDT","type":"buy","ordertype":"market",
"price":"0","price2":"0","leverage":"none","order":"buy 0.10000000 LTCUSDT @ market","close":""},"vol":"0.10000000",
"vol_exec":"0.10000000","cost":"7.105741","fee":"0.018475","price":"71.05741","stopprice":"0.000000","limitprice":"0.000000","misc":"",
"oflags":"fciq","trades":["TWA6QJ-ZO4EM-6QIHQJ"],"reason":null,"closetm":"1705260547.4728658"}},"count":"1"}}"#;
/// Of another order.
const NAMED_TRADE: &str = r#"{"error":[],"result":{"TIMIRG-WUNNE-RRJ6GT":{"ordertxid":"OQRPN2-LRHFY-HIFA7D","postxid":"TKH2SE-M7IF5-CFI7LT",
"pair":"USDCUSDT","time":1586340086.457,"type":"sell","ordertype":"market","price":"0.99860000","cost":"22.16892001","fee":"0.04433784",
"vol":"22.20000000","margin":"0.00000000","misc":""}}}"#;
const TRADE: &str = r#"{"error":[],"result":{"trades":{"GJ3NYQ-XJRTF-THZABF":{"ordertxid":"TKH2SE-ZIF5E-CFI7LT",
"postxid":"OEN3VX-M7IF5-JNBJAM","pair":"XICNXETH","time":1527213229.4491,"type":"sell","ordertype":"limit","price":"0.001612",
"cost":"0.025792","fee":"0.000026","vol":"16.00000000","margin":"0.000000","misc":""}},"count":9760}}"#;

const BOOK: &str = r#"{"error":[],"result":{"XBTUSDT":{"asks":[["105944.30000","0.136",1762820248],["105946.90000","0.095",1762820191]],
"bids":[["105944.20000","0.002",1762820233],["105935.40000","0.024",1762820244]]}}}"#;
const TICKER: &str = r#"{"error":[],"result":{"XBTUSDT":{"a":["73380.70000","1","1.000"],"b":["73380.60000","1","1.000"],
"c":["73380.60000","0.00160710"],"v":["165.16072288","598.03698452"],"p":["72647.97204","71501.57520"],"t":[6405,21103],
"l":["71321.80000","68666.00000"],"h":["73580.00000","73580.00000"],"o":"71450.70000"}}}"#;

fn ours(text: &str) -> String {
    text.replace(r#""123""#, &format!("{SPELLED:?}"))
}

#[tokio::test]
async fn an_order_was_acknowledged_so() {
    let acknowledged = acknowledged(KRAKEN, (PLACE, PLACED)).await;
    assert_eq!(acknowledged, ("OL7LNO-R4SAD-6UINEU".to_owned(), now()));
}

#[tokio::test]
async fn an_open_order_was_told_so() {
    let server = which_said(KRAKEN, &[(OPEN, &ours(OPEN_ORDER))]).await;
    let report = known(venue(KRAKEN, &server).order(PAIR, &id()).await);
    assert_eq!(report.state, ReportedState::Open);
    assert_eq!(report.venue_order_id, "O2F2HY-QIPHF-4UCMSW");
    assert_eq!(report.placed_at, at(1_733_920_032_330));
    assert_eq!(report.fills, []);
}

#[tokio::test]
async fn an_order_was_cancelled_so() {
    let said = [
        (CANCEL, CANCELLED),
        (OPEN, OF_ANOTHER),
        (CLOSED, &ours(CANCELLED_ORDER)),
    ];
    let server = which_said(KRAKEN, &said).await;
    let report = known(venue(KRAKEN, &server).cancel(PAIR, &id()).await);
    let ended = at(1_733_920_121_745);
    assert_eq!(report.state, ReportedState::Cancelled { at: ended });
    assert_eq!(report.venue_order_id, "O2F2HY-QIPHF-4UCMSW");
    assert_eq!(report.placed_at, at(1_733_920_032_330));
}

#[tokio::test]
async fn a_filled_order_is_not_told_with_the_trade_of_another() {
    let said = [
        (OPEN, OF_ANOTHER),
        (CLOSED, &ours(FILLED)),
        (ITS_TRADES, NAMED_TRADE),
    ];
    let server = which_said(KRAKEN, &said).await;
    let answer = venue(KRAKEN, &server).order(PAIR, &id()).await;
    let OrderAnswer::Unknown { reason } = answer else {
        panic!("{answer:?}");
    };
    assert!(reason.contains("not all of the order's trades"), "{reason}");
    assert_eq!(server.once(ITS_TRADES).said(), "txid=TWA6QJ-ZO4EM-6QIHQJ");
}

#[tokio::test]
async fn a_trade_was_told_so() {
    let ours = TRADE.replace("TKH2SE-ZIF5E-CFI7LT", "OL7LNO-R4SAD-6UINEU");
    let server = which_said(KRAKEN, &[(PLACE, PLACED), (TRADES, &ours)]).await;
    let fills = new_fills(KRAKEN, &server).await;
    assert_eq!(fees_of(&fills), ["GJ3NYQ-XJRTF-THZABF 16 for 0.000026 USD"]);
    assert_eq!(fills[0].price.to_string(), "0.001612");
    assert_eq!(fills[0].filled_at, at(1_527_213_229_449));
}

#[tokio::test]
async fn its_market_was_told_so() {
    let said = [
        ("GET /0/public/Depth", BOOK),
        ("GET /0/public/Ticker", TICKER),
    ];
    let server = which_said(KRAKEN, &said).await;
    let best = best(KRAKEN, &server).await;
    assert_eq!(best, ["0.002 of 105944.2", "0.136 of 105944.3"]);
    let prices = prices(KRAKEN, &server).await;
    assert_eq!(prices, ["73380.6", "73380.6", "73380.7"]);
}

/// github.com/freqtrade/freqtrade/issues/4163 (2021), github.com/ccxt/ccxt/pull/22522 (2024).
#[tokio::test]
async fn orders_were_declined_so() {
    for text in [
        r#"{"error":["EOrder:Insufficient funds"]}"#,
        r#"{"error":["EGeneral:Invalid arguments:volume"]}"#,
    ] {
        let reason = refused(KRAKEN, 200, text).await;
        assert!(reason.contains(text), "{reason}");
    }
}
