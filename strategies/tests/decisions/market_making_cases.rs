//! The contract's P table. Where the original's answer was a defect, the row says what replaced
//! it and why.

use domain::execution::Side;
use serde_json::{Value, json};
use strategies::OwnState;

use crate::setup::{Market, PAIR, inputs, open_order, orders, own, parsed, placed, with};

/// P 100, one layer, spreads .01, amount 1.
fn base() -> Value {
    json!({
        "pair": PAIR, "exchangeName": "binance", "bidSpread": 0.01, "askSpread": 0.01,
        "orderAmount": 1, "orderRefreshTime": 15000, "numberOfLayers": 1,
        "priceSourceType": "mid_price", "amountChangePerLayer": 0, "amountChangeType": "fixed",
    })
}

fn at(mid: &str) -> Market {
    Market::default().book("binance", &format!("{mid}/{mid}"))
}

fn spread_book() -> Market {
    Market::default().book("binance", "100/101")
}

fn case(row: &str, config: Value, market: Market, expected: &str) {
    case_owning(row, config, market, &OwnState::default(), expected);
}

fn case_owning(row: &str, config: Value, market: Market, own: &OwnState, expected: &str) {
    let config = parsed("pureMarketMaking", &with(base(), config));
    let Market(snapshot) = market;
    let orders = orders(&config.decide(&snapshot, own)).replace(" binance", "");
    assert_eq!(orders, expected, "{row}");
}

#[test]
fn layers_and_amounts() {
    case("P1", json!({}), at("100"), "buy 99 @1, sell 101 @1");
    case(
        "P2",
        json!({ "numberOfLayers": 3, "amountChangePerLayer": 0.5 }),
        at("100"),
        "buy 99 @1, sell 101 @1, buy 98 @1.5, sell 102 @1.5, buy 97 @2, sell 103 @2",
    );
    case(
        "P3",
        json!({
            "numberOfLayers": 3, "amountChangePerLayer": 10, "amountChangeType": "percentage",
        }),
        at("100"),
        "buy 99 @1, sell 101 @1, buy 98 @1.1, sell 102 @1.1, buy 97 @1.21, sell 103 @1.21",
    );
    case(
        "P4",
        json!({
            "numberOfLayers": 2, "bidSpread": 0.1, "askSpread": 0.1,
            "amountChangePerLayer": 0.1, "amountChangeType": "percentage",
        }),
        spread_book(),
        "buy 90.45 @1, sell 110.55 @1, buy 80.4 @1.001, sell 120.6 @1.001",
    );
    case(
        "P14 (the seed's defaults)",
        json!({
            "bidSpread": 0.1, "askSpread": 0.1, "orderAmount": 0.01,
            "priceSourceType": "MID_PRICE",
        }),
        at("43000.5"),
        "buy 38700.45 @0.01, sell 47300.55 @0.01",
    );
    case(
        "P23",
        json!({
            "orderAmount": "0.5", "bidSpread": ".02", "askSpread": ".03", "numberOfLayers": "2",
        }),
        spread_book(),
        "buy 98.49 @0.5, sell 103.515 @0.5, buy 96.48 @0.5, sell 106.53 @0.5",
    );
    case(
        "P24 missing",
        json!({ "numberOfLayers": null }),
        at("100"),
        "",
    );
    case("P24 zero", json!({ "numberOfLayers": 0 }), at("100"), "");
}

#[test]
fn maker_bias_and_inventory_skew() {
    let heavy = json!({ "makerHeavyMode": true, "makerHeavyBiasBps": 20 });
    case(
        "P5",
        json!({
            "numberOfLayers": 2, "inventorySkewFactor": 0.5, "currentBaseRatio": 0.8,
            "makerHeavyMode": true, "makerHeavyBiasBps": 20,
        }),
        at("100"),
        "buy 83.8 @1, sell 100 @1, buy 82.8 @1, sell 100 @1",
    );
    case("P6", heavy, at("100"), "buy 98.8 @1, sell 101.2 @1");
    case(
        "P7",
        json!({ "makerHeavyMode": false, "makerHeavyBiasBps": 20 }),
        at("100"),
        "buy 99 @1, sell 101 @1",
    );
    case(
        "P8",
        json!({ "inventorySkewFactor": 0.25, "currentBaseRatio": 0.3 }),
        at("100"),
        "buy 100 @1, sell 106 @1",
    );
    case(
        "P9",
        json!({
            "bidSpread": 0.001, "askSpread": 0.001, "inventorySkewFactor": 1,
            "currentBaseRatio": 0.502,
        }),
        at("100"),
        "buy 99.7 @1, sell 100 @1",
    );
    case(
        "an explicit zero ratio is read as one half",
        json!({ "inventorySkewFactor": 1, "currentBaseRatio": 0, "inventoryTargetBaseRatio": 0 }),
        at("100"),
        "buy 99 @1, sell 101 @1",
    );
}

/// The table gives P5's prices only; its last one, 100 for both sells, is worth a look of its own.
#[test]
fn a_skew_never_brings_a_quote_across_the_reference_price() {
    case(
        "P5 with a skew as strong as can be",
        json!({ "inventorySkewFactor": 100, "currentBaseRatio": 1 }),
        at("100"),
        "sell 100 @1",
    );
}

#[test]
fn hanging_orders_stay_and_count() {
    let hanging = |layers: u32| json!({ "numberOfLayers": layers, "hangingOrdersEnabled": true });
    let buy = |slot: &str, price: &str| open_order(slot, Side::Buy, price, "1");
    let sell = |slot: &str, price: &str| open_order(slot, Side::Sell, price, "1");
    case_owning(
        "P10",
        hanging(2),
        at("100"),
        &own(vec![
            buy("mm-layer-1-buy", "90"),
            sell("mm-layer-1-sell", "110"),
        ]),
        "buy 98 @1, sell 102 @1",
    );
    case_owning(
        "P11",
        hanging(3),
        at("100"),
        &own(vec![
            buy("mm-layer-1-buy", "90"),
            buy("mm-layer-2-buy", "89"),
        ]),
        "sell 101 @1, sell 102 @1, buy 97 @1, sell 103 @1",
    );
}

#[test]
fn prices_and_quantities_that_are_not_positive_are_left_out() {
    // The original emitted the buy at -50
    case(
        "P12",
        json!({ "bidSpread": 1.5, "askSpread": 1.5 }),
        at("100"),
        "sell 250 @1",
    );
    // The original emitted layer 3 with quantity 0
    let third_layer_empty = json!({ "numberOfLayers": 3, "amountChangePerLayer": -0.5 });
    case(
        "P13",
        third_layer_empty.clone(),
        at("100"),
        "buy 99 @1, sell 101 @1, buy 98 @0.5, sell 102 @0.5",
    );
    let config = parsed("pureMarketMaking", &with(base(), third_layer_empty));
    assert_eq!(
        config.decide(&at("100").0, &OwnState::default()).skipped,
        [
            "mm-layer-3-buy: its quantity is not above zero",
            "mm-layer-3-sell: its quantity is not above zero",
        ]
    );
}

#[test]
fn price_sources() {
    let source = |name: &str| json!({ "priceSourceType": name });
    let book = spread_book;
    case("P15", json!({}), book(), "buy 99.495 @1, sell 101.505 @1");
    case(
        "P16 bid",
        source("best_bid"),
        book(),
        "buy 99 @1, sell 101 @1",
    );
    case(
        "P16 ask",
        source("Best_Ask"),
        book(),
        "buy 99.99 @1, sell 102.01 @1",
    );
    let with_ticker = || book().ticker("binance", "107/-/-");
    case(
        "P17 last_price",
        source("last_price"),
        with_ticker(),
        "buy 105.93 @1, sell 108.07 @1",
    );
    // The original did not know its own seed's spelling and fell back to the ticker: 105.93 / 108.07
    case(
        "P17 MID_PRICE",
        source("MID_PRICE"),
        with_ticker(),
        "buy 99.495 @1, sell 101.505 @1",
    );
    case(
        "P22",
        source("best_bid"),
        Market::default().book("binance", "100/-"),
        "buy 99 @1, sell 101 @1",
    );
}

#[test]
fn an_oracle_prices_orders_that_go_elsewhere() {
    let market = spread_book().book("okx", "200/202");
    case(
        "P18",
        json!({ "oracleExchangeName": "okx" }),
        market.clone(),
        "buy 198.99 @1, sell 203.01 @1",
    );
    let config = with(base(), json!({ "oracleExchangeName": "okx" }));
    let decision = parsed("pureMarketMaking", &config).decide(&market.0, &OwnState::default());
    let first = placed(&decision)[0];
    assert_eq!(first.exchange, "binance");
    assert_eq!(first.basis.reference_price.to_string(), "201");
    let seen = inputs(first);
    assert_eq!(seen["okx.bid"], "200");
    assert_eq!(seen["okx.ask"], "202");
}

#[test]
fn ceiling_and_floor() {
    let ceiling = |price: &str| json!({ "ceilingPrice": price });
    let both = "buy 99.495 @1, sell 101.505 @1";
    let sell = "sell 101.505 @1";
    case("P19 above", ceiling("101"), spread_book(), both);
    case("P19 equal", ceiling("100.5"), spread_book(), both);
    case("P19 below", ceiling("100"), spread_book(), sell);
    // The original took a ceiling of zero for a bound and never bought
    case("P19 zero is off", ceiling("0"), spread_book(), both);
    let floor = |price: &str| json!({ "floorPrice": price });
    case("P20", floor("101"), spread_book(), "buy 99.495 @1");
    case("P20 zero is off", floor("0"), spread_book(), both);
}

/// The original fell back to the ticker when a book lacked a side. Only `last_price` may look at
/// a ticker now, so these rows quote nothing and say so.
#[test]
fn without_a_book_there_are_no_quotes() {
    let no_asks = || Market::default().book("binance", "100/-");
    let no_book = Market::default;
    for (row, source, market, original) in [
        (
            "P21",
            "mid_price",
            no_asks().ticker("binance", "50/-/-"),
            "49.5 / 50.5",
        ),
        (
            "P25",
            "mid_price",
            no_book().ticker("binance", "100/-/-"),
            "99 / 101",
        ),
        (
            "P25b",
            "mid_price",
            no_book().ticker("binance", "-/99/101"),
            "98.01 / 99.99",
        ),
        ("P26", "mid_price", no_book(), "none"),
        ("P26 best_ask", "best_ask", no_asks(), "none"),
        ("P26 last_price", "last_price", no_book(), "none"),
    ] {
        let config = with(base(), json!({ "priceSourceType": source }));
        let config = parsed("pureMarketMaking", &config);
        let decision = config.decide(&market.0, &OwnState::default());
        assert_eq!(orders(&decision), "", "{row}, originally {original}");
        assert_eq!(decision.skipped.len(), 1, "{row}");
    }
    let last_price = || json!({ "priceSourceType": "last_price" });
    case(
        "P25 last_price",
        last_price(),
        no_book().ticker("binance", "100/-/-"),
        "buy 99 @1, sell 101 @1",
    );
    case(
        "P25b last_price: the bid wins",
        last_price(),
        no_book().ticker("binance", "-/99/101"),
        "buy 98.01 @1, sell 99.99 @1",
    );
}
