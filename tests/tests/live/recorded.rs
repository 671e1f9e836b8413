//! Answers that the exchanges really gave, as others recorded them: ccxt's static response tests
//! (github.com/ccxt/ccxt, ts/src/test/static/response), of 2024 and 2025. Numbers stand in quotes
//! there where the exchange wrote them without.

use executors::venue::{LiveExchange, OrderAnswer, PlaceAnswer, ReportedState, Venue};

use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{at, fees_of, filled, id, markets_of, now, order, pair, venue};

const BINANCE_ORDER: &str = r#"{"symbol":"SOLUSDT","orderId":"9780331417","orderListId":"-1",
"clientOrderId":"x-R4BD3S824d31be3228a348eaa0a303","transactTime":"1737635557417","price":"241.00000000","origQty":"0.05000000",
"executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC",
"type":"LIMIT","side":"BUY","workingTime":"1737635557417","icebergQty":"0.03000000","fills":[],"selfTradePreventionMode":"EXPIRE_MAKER"}"#;

const OKX_ORDER: &str = r#"{"code":"0","data":[{"clOrdId":"6b9ad766b55dBCDE63969a1144bfb943","ordId":"2896576259728695296","sCode":"0",
"sMsg":"Order placed","tag":"6b9ad766b55dBCDE","ts":"1758827099512"}],"inTime":"1758827099511856","msg":"","outTime":"1758827099513562"}"#;

const KRAKEN_ORDER: &str = r#"{"error":[],"result":{"txid":["OL7LNO-R4SAD-6UINEU"],"descr":{"order":"buy 0.10000000 LTCUSDT @ market"}}}"#;

/// Each of an order by itself; told among all open or closed ones, and with the name that ours has.
const KRAKEN_OPEN: &str = r#"{"error":[],"result":{"open":{"OR6EGN-KQSEG-AMI6CL":{"refid":null,"userref":"0",
"cl_ord_id":"0eafe8fa-0c51-581c-bbd2-b9a55321ce87","status":"open","opentm":"1705259439.563000","starttm":"0","expiretm":"0",
"descr":{"pair":"LTCUSDT","type":"buy","ordertype":"limit","price":"50.00000","price2":"0","leverage":"none",
"order":"buy 0.10000000 LTCUSDT @ limit 50.00000","close":""},"vol":"0.10000000","vol_exec":"0.00000000","cost":"0.000000","fee":"0.000000",
"price":"0.000000","stopprice":"0.000000","limitprice":"0.000000","misc":"","oflags":"post,fciq","reason":null}}}}"#;

const MEXC_ORDER: &str = r#"{"symbol":"ATLASUSDT","orderId":"C02__385413065019117569043","orderListId":"-1","clientOrderId":null,
"price":"0.004327","origQty":"1220","executedQty":"1220","cummulativeQuoteQty":"5.54124","status":"FILLED","timeInForce":null,"type":"MARKET",
"side":"SELL","stopPrice":null,"icebergQty":null,"time":"1707671871000","updateTime":"1707671871000","isWorking":true,
"origQuoteOrderQty":"5.27894"}"#;
const MEXC_TRADES: &str = r#"[{"symbol":"ATLASUSDT","id":"dd44f79dda764c2e927a190ac5e7a1e5","orderId":"C02__385413065019117569043",
"orderListId":"-1","price":"0.004542","qty":"1220","quoteQty":"5.54124","commission":"0","commissionAsset":"USDT","time":"1707671871000",
"isBuyer":false,"isMaker":false,"isBestMatch":true,"isSelfTrade":false,"clientOrderId":null}]"#;
const MEXC_BOOK: &str = r#"{"lastUpdateId":"20453289489","bids":[["45995.47","10.337165"]],"asks":[["45995.48","13.457322"]],
"timestamp":"1704908526228"}"#;
const MEXC_TICKER: &str = r#"{"symbol":"BTCUSDT","priceChange":"1248.51","priceChangePercent":"0.0173","prevClosePrice":"72149.26",
"lastPrice":"73397.77","bidPrice":"73369.83","bidQty":"10.010045","askPrice":"73369.84","askQty":"6.337532","openPrice":"72149.26",
"highPrice":"73639.99","lowPrice":"68629.42","volume":"7729.258925","quoteVolume":"554877037.44","openTime":"1710328232149",
"closeTime":"1710328251172","count":null}"#;

/// An exchange that has said these, and nothing else but its markets.
async fn which_said(
    exchange: LiveExchange,
    answers: &'static [(&'static str, &'static str)],
) -> Loopback {
    Loopback::start(move |asked: &Asked| {
        let said = answers.iter().find(|(what, _)| *what == asked.what);
        let said = said.map(|(_, text)| *text);
        let text = said.or_else(|| markets_of(exchange, &asked.what));
        Reply::Json(text.unwrap().to_owned())
    })
    .await
}

#[tokio::test]
async fn orders_were_acknowledged_so() {
    let recorded: [(_, &'static [(&str, &str)], _, _); 3] = [
        (
            LiveExchange::Binance,
            &[("POST /api/v3/order", BINANCE_ORDER)],
            "9780331417",
            at(1_737_635_557_417),
        ),
        (
            LiveExchange::Okx,
            &[("POST /api/v5/trade/order", OKX_ORDER)],
            "2896576259728695296",
            at(1_758_827_099_512),
        ),
        (
            LiveExchange::Kraken,
            &[("POST /0/private/AddOrder", KRAKEN_ORDER)],
            "OL7LNO-R4SAD-6UINEU",
            now(),
        ),
    ];
    for (exchange, answers, venue_order_id, at) in recorded {
        let server = which_said(exchange, answers).await;
        let answer = venue(exchange, &server).place(&order(pair(exchange))).await;
        let acknowledged = PlaceAnswer::Acknowledged {
            venue_order_id: venue_order_id.to_owned(),
            at,
        };
        assert_eq!(answer, acknowledged, "{exchange:?}");
    }
}

#[tokio::test]
async fn kraken_told_of_an_open_order_so() {
    let said = &[("POST /0/private/OpenOrders", KRAKEN_OPEN)];
    let server = which_said(LiveExchange::Kraken, said).await;
    let venue = venue(LiveExchange::Kraken, &server);
    let answer = venue.order(pair(LiveExchange::Kraken), &id()).await;
    let OrderAnswer::Known(report) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(report.state, ReportedState::Open);
    assert_eq!(report.venue_order_id, "OR6EGN-KQSEG-AMI6CL");
    assert_eq!(report.placed_at, at(1_705_259_439_563));
    assert!(report.fills.is_empty());
}

#[tokio::test]
async fn mexc_told_of_a_filled_order_and_its_trade_so() {
    let said = &[
        ("GET /api/v3/order", MEXC_ORDER),
        ("GET /api/v3/myTrades", MEXC_TRADES),
    ];
    let server = which_said(LiveExchange::Mexc, said).await;
    let venue = venue(LiveExchange::Mexc, &server);
    let fills = filled(&venue, pair(LiveExchange::Mexc)).await;
    let told = ["dd44f79dda764c2e927a190ac5e7a1e5 1220 for 0 USDT"];
    assert_eq!(fees_of(&fills), told);
    assert_eq!(fills[0].price.to_string(), "0.004542");
    assert_eq!(fills[0].filled_at, at(1_707_671_871_000));
}

#[tokio::test]
async fn mexc_told_of_its_market_so() {
    let said = &[
        ("GET /api/v3/depth", MEXC_BOOK),
        ("GET /api/v3/ticker/24hr", MEXC_TICKER),
    ];
    let server = which_said(LiveExchange::Mexc, said).await;
    let venue = venue(LiveExchange::Mexc, &server);
    let book = venue.book(pair(LiveExchange::Mexc)).await.unwrap();
    let best = (book.best_bid().unwrap(), book.best_ask().unwrap());
    assert_eq!(
        (best.0.to_string(), best.1.to_string()),
        ("45995.47".to_owned(), "45995.48".to_owned())
    );
    assert_eq!(book.bids[0].quantity.to_string(), "10.337165");
    let ticker = venue.ticker(pair(LiveExchange::Mexc)).await.unwrap();
    let told = [ticker.last, ticker.bid, ticker.ask];
    let told = told.map(|price| price.unwrap().to_string());
    assert_eq!(told, ["73397.77", "73369.83", "73369.84"]);
}
