//! Binance: what is sent to it, to the letter, and how its answers are read.

use executors::venue::ccxt::{CcxtVenue, LiveAccount};
use executors::venue::{
    LiveExchange, OrderAnswer, OrderRequest, PlaceAnswer, ReportedState, TimeInForce, Venue,
};

use crate::binance_answers::{NO_SUCH_ORDER, PAIR, binance, on, reported, usual};
use crate::loopback::Reply;
use crate::support::{account, asked_again, at, clock, filled, id, order, venue};

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
    let told: Vec<String> = filled(&venue, PAIR)
        .await
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
