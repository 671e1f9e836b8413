//! Binance: new trades of ours, each once.

use chrono::TimeDelta;
use executors::venue::ccxt::CcxtVenue;
use executors::venue::{LiveExchange, Venue};

use crate::binance_answers::{ACK, MARKETS, PAIR, usual};
use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{Hands, account, id, ids_of, order, venue};

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
    let ids = ids_of(&page.fills);
    assert_eq!(ids, ["901", "902"], "and not the one of another order");
    assert!(page.fills.iter().all(|fill| fill.client_order_id == id()));
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
