//! What goes wrong on the way, and what may be believed then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use executors::venue::ccxt::{CcxtVenue, LiveAccount};
use executors::venue::{LiveExchange, OrderAnswer, PlaceAnswer, Venue};

use crate::binance_answers::{NO_SUCH_ORDER, PAIR, binance, on, reported};
use crate::loopback::Reply;
use crate::support::{
    KEY, PASSWORD, SECRET, account, clock, failing, id, order, pair, unreachable, venue,
};

type Replying = fn() -> Reply;

const PLACE: &str = "POST /api/v3/order";

async fn placed(reply: impl Fn() -> Reply + Send + Sync + 'static) -> PlaceAnswer {
    let server = binance(on(PLACE, reply)).await;
    venue(LiveExchange::Binance, &server)
        .place(&order(PAIR))
        .await
}

#[tokio::test]
async fn what_the_exchange_declines_is_refused_in_its_words() {
    for (code, words) in [
        (
            -2010,
            "Account has insufficient balance for requested action.",
        ),
        (-1013, "Filter failure: NOTIONAL"),
        (-2010, "Order would immediately match and take."),
        (-2014, "API-key format invalid."),
        (
            -1021,
            "Timestamp for this request is outside of the recvWindow.",
        ),
    ] {
        let error = format!(r#"{{"code":{code},"msg":"{words}"}}"#);
        let answer = placed(move || Reply::Status(400, error.clone())).await;
        let PlaceAnswer::Rejected { reason } = answer else {
            panic!("{code}: {answer:?}");
        };
        assert!(reason.contains(words), "{reason}");
    }
}

#[tokio::test]
async fn whatever_the_exchange_may_have_done_is_unknown() {
    let replies: [(&str, Replying); 9] = [
        ("too many requests", || {
            Reply::Status(
                429,
                r#"{"code":-1003,"msg":"Too much request weight used"}"#.to_owned(),
            )
        }),
        ("banned", || {
            Reply::Status(418, r#"{"code":-1003,"msg":"banned"}"#.to_owned())
        }),
        ("a gateway", || {
            Reply::Status(502, "<html>Bad Gateway</html>".to_owned())
        }),
        ("unknown to itself", || {
            Reply::Status(504, r#"{"code":-1007,"msg":"Timeout waiting for response from backend server. Send status unknown; execution status unknown."}"#.to_owned())
        }),
        ("an error nobody knows", || {
            Reply::Status(400, r#"{"code":-9999,"msg":"Something new"}"#.to_owned())
        }),
        ("garbage", || Reply::Json("<html>".to_owned())),
        ("an answer to something else", || {
            Reply::Json(r#"{"pong":true}"#.to_owned())
        }),
        ("cut off", || Reply::CutOff),
        ("silence", || Reply::Silence),
    ];
    for (what, reply) in replies {
        let answer = placed(reply).await;
        assert!(
            matches!(answer, PlaceAnswer::Unknown { .. }),
            "{what}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn an_exchange_that_is_not_there_has_nothing_and_says_nothing() {
    let server = binance(|_| None).await;
    let venue = venue(LiveExchange::Binance, &server);
    venue.rules(PAIR).await.unwrap();
    let nowhere = unreachable(LiveExchange::Binance).await;
    assert!(matches!(
        nowhere.order(PAIR, &id()).await,
        OrderAnswer::Unknown { .. }
    ));
    assert!(matches!(
        nowhere.cancel(PAIR, &id()).await,
        OrderAnswer::Unknown { .. }
    ));
    assert!(nowhere.book(PAIR).await.is_err());
    // Its markets could not be read, so no order has left
    assert!(matches!(
        nowhere.place(&order(PAIR)).await,
        PlaceAnswer::Rejected { .. }
    ));
}

#[tokio::test]
async fn an_order_that_was_taken_before_the_answer_was_lost_is_found() {
    let taken = Arc::new(AtomicBool::new(false));
    let server = binance(move |what| match what {
        PLACE => {
            taken.store(true, Ordering::SeqCst);
            Some(Reply::Status(503, "gone".to_owned()))
        }
        "GET /api/v3/order" if taken.load(Ordering::SeqCst) => {
            Some(Reply::Json(reported("NEW", "0")))
        }
        "GET /api/v3/order" => Some(Reply::Status(400, NO_SUCH_ORDER.to_owned())),
        _ => None,
    })
    .await;
    let venue = venue(LiveExchange::Binance, &server);
    let answer = venue.place(&order(PAIR)).await;
    assert!(matches!(answer, PlaceAnswer::Unknown { .. }), "{answer:?}");
    assert!(matches!(
        venue.order(PAIR, &id()).await,
        OrderAnswer::Known(_)
    ));
}

#[tokio::test]
async fn an_id_that_is_taken_gives_the_first_answer_again() {
    let error = r#"{"code":-2010,"msg":"Duplicate order sent."}"#;
    let answer = placed(move || Reply::Status(400, error.to_owned())).await;
    let PlaceAnswer::Acknowledged { venue_order_id, .. } = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(venue_order_id, "4711");
}

#[tokio::test]
async fn amounts_the_exchange_does_not_take_are_never_sent() {
    let server = binance(|_| None).await;
    let venue = venue(LiveExchange::Binance, &server);
    let price = "2.45135".parse().unwrap();
    let price = domain::money::Price::try_new(price).unwrap();
    let between = executors::venue::OrderRequest {
        price,
        ..order(PAIR)
    };
    let PlaceAnswer::Rejected { reason } = venue.place(&between).await else {
        panic!("half a tick was sent");
    };
    assert_eq!(reason, "its price 2.45135 is not a multiple of 0.0001");
    assert!(server.asked_for(PLACE).is_empty());
}

/// A market that is slow to tell its prices, and an order that must go.
#[tokio::test]
async fn a_slow_look_holds_up_no_cancellation() {
    let server = binance(on("GET /api/v3/depth", || Reply::Silence)).await;
    let venue = venue(LiveExchange::Binance, &server);
    venue.rules(PAIR).await.unwrap();
    let looks = futures::future::join_all((0..4).map(|_| venue.book(PAIR)));
    let begun = Instant::now();
    let cancelled = async {
        venue.cancel(PAIR, &id()).await;
        begun.elapsed()
    };
    let (looks, cancelled) = futures::join!(looks, cancelled);
    assert!(looks.iter().all(Result::is_err));
    let gave_up = begun.elapsed();
    assert!(
        cancelled < gave_up && cancelled < Duration::from_millis(500),
        "{cancelled:?} of {gave_up:?}"
    );
}

/// The runtime stops waiting, and asks; the request must not be sent after that.
#[tokio::test]
async fn who_gives_up_waiting_for_a_free_connection_has_sent_nothing() {
    let server = binance(on(PLACE, || Reply::Silence)).await;
    let account = LiveAccount {
        patience: Duration::from_secs(3),
        ..account(LiveExchange::Binance, &server)
    };
    let venue = CcxtVenue::try_new(&account, clock()).unwrap();
    venue.rules(PAIR).await.unwrap();
    let order = order(PAIR);
    let places = futures::future::join_all((0..8).map(|_| venue.place(&order)));
    tokio::select! {
        answers = places => panic!("nobody answered, and still: {answers:?}"),
        () = server.asked_so_often(PLACE, 4) => {}
    }
    // Once the four that were sent have run to their end, connections are free again
    venue.cancel(PAIR, &id()).await;
    assert_eq!(server.asked_for(PLACE).len(), 4);
}

/// Whatever is said, in whichever way it fails.
#[tokio::test]
async fn no_credential_and_no_signature_is_ever_said() {
    let replies: [Replying; 4] = [
        || Reply::Silence,
        || Reply::CutOff,
        || Reply::Status(403, format!("{KEY} {SECRET}")),
        || {
            Reply::Status(
                400,
                format!(r#"{{"code":-1022,"msg":"signature=abc of {KEY}"}}"#),
            )
        },
    ];
    for exchange in LiveExchange::ALL {
        for reply in replies {
            let server = failing(exchange, reply).await;
            let venue = venue(exchange, &server);
            let (pair, order) = (pair(exchange), order(pair(exchange)));
            let said = format!(
                "{:?} {:?} {:?} {:?} {:?} {venue:?} {:?}",
                venue.place(&order).await,
                venue.order(pair, &id()).await,
                venue.cancel(pair, &id()).await,
                venue
                    .balances(pair)
                    .await
                    .map_err(|error| domain::ErrorChain(&error).to_string()),
                venue
                    .book(pair)
                    .await
                    .map_err(|error| domain::ErrorChain(&error).to_string()),
                account(exchange, &server),
            );
            for secret in [KEY, SECRET, PASSWORD] {
                assert!(!said.contains(secret), "{said}");
            }
            assert!(!said.contains("origClientOrderId="), "{said}");
            assert!(!said.contains("&signature="), "{said}");
            assert!(said.contains("Unknown"), "{said}");
        }
    }
}
