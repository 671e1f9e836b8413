//! One pair is asked about without the rest of its exchange.

use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use executors::venue::paper::{PaperSettings, PaperVenue};
use executors::venue::{OrderRequest, PlaceAnswer, Venue};

use super::{PAIR, Paper, order};

const OTHER: &str = "ETH/USDT";
const ASKED_EVERY_MS: i64 = 500;
const UNTIL_MS: i64 = 60_000;

/// What is done every half second.
#[derive(Clone, Copy)]
enum Asking {
    ForThePair,
    ForEverything,
    Never,
}

/// What each of the two pairs traded in a minute: price, quantity and time.
#[derive(Debug, PartialEq)]
struct Traded {
    pair: Vec<String>,
    other: Vec<String>,
}

async fn traded(asking: Asking) -> Traded {
    let paper = Paper::new().await;
    let settings = PaperSettings {
        touch_share: Decimal::one(),
        ..PaperSettings::default()
    };
    let venue = paper.venue_with("binance", settings).await;
    let start = venue.fills_since(None).await.unwrap().cursor;
    for pair in [PAIR, OTHER] {
        place_around_the_price(&paper, &venue, pair).await;
    }
    for ms in (ASKED_EVERY_MS..=UNTIL_MS).step_by(500) {
        paper.world.set_time(ms);
        match asking {
            Asking::ForThePair => {
                for side in ["buy", "sell"] {
                    let id = ClientOrderId::new(format!("{PAIR} {side}"));
                    venue.order(PAIR, &id).await;
                }
            }
            Asking::ForEverything => drop(venue.fills_since(Some(start)).await.unwrap()),
            Asking::Never => {}
        }
    }
    let fills = venue.fills_since(Some(start)).await.unwrap().fills;
    let of = |pair: &str| {
        let own = fills
            .iter()
            .filter(|fill| fill.client_order_id.as_str().starts_with(pair));
        own.map(|fill| format!("{} {} {}", fill.price, fill.quantity, fill.filled_at))
            .collect()
    };
    Traded {
        pair: of(PAIR),
        other: of(OTHER),
    }
}

/// So large that the minute only fills a part of them.
async fn place_around_the_price(paper: &Paper, venue: &PaperVenue, pair: &str) {
    let book = paper.market.book_at("binance", pair, paper.now()).unwrap();
    let (bid, ask) = (book.best_bid().unwrap(), book.best_ask().unwrap());
    for (side, price) in [(Side::Buy, bid), (Side::Sell, ask)] {
        let request = OrderRequest {
            pair: pair.to_owned(),
            ..order(&format!("{pair} {}", side.as_str()), side, price, "100000")
        };
        let answer = venue.place(&request).await;
        assert!(
            matches!(answer, PlaceAnswer::Acknowledged { .. }),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn it_trades_as_if_everything_had_been_asked_about_and_the_rest_as_if_nothing_had() {
    let alone = traded(Asking::ForThePair).await;
    let everything = traded(Asking::ForEverything).await;
    let never = traded(Asking::Never).await;
    assert!(alone.pair.len() > 1 && alone.other.len() > 1, "{alone:#?}");
    assert_eq!(alone.pair, everything.pair);
    assert_eq!(alone.other, never.other);
    assert_ne!(alone.pair, never.pair, "else nothing is told apart here");
}
