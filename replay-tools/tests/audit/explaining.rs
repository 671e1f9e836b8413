//! `explain`.

use serde_json::Value;

use crate::database::Database;

const EXPLAINED: &str = "\
order s7f3a-1-17: buy 0.01 BTC/USDT at 42570.495 on binance, as mm-layer-1-buy
  decided at position 5 on 2026-11-22 12:05:00.123456 UTC by executor:pureMarketMaking through executor
  in the tick of 2026-11-22 09:00:00 UTC, on a reference price of 43000.5, binance.ask 43001, binance.bid 43000
  the venue has it as paper-17 (position 6)
  0.004 of it traded at 42570.495, for a fee of 0.00000004 BTC (position 7)
  its cancellation was decided: the quote moved (position 10)
  it is off the venue's book (position 11)
run 1 of user123-order-7-pureMarketMaking
  started at position 3 on 2026-11-22 12:03:00.123456 UTC by ana through legacy-rest
  with {\"pair\":\"BTC/USDT\",\"bidSpread\":0.1,\"userId\":\"user123\",\"clientId\":\"order-7\",\"marketMakingOrderId\":\"order-7\"}
definition pure-market-making 1.0.1 (Pure Market Making)
  published at position 2 on 2026-11-22 12:02:00.123456 UTC by ana through graphql
the decision cannot be taken again: the log does not hold what it saw: a release that did not record that took it, or the order closed what its run held
";

pub(crate) async fn an_order_leads_back_to_people_and_prices(database: Database) {
    database.with_history().await;

    assert_eq!(
        database.replay(&["explain", "s7f3a-1-17"]).fine(),
        EXPLAINED
    );
    let explain = ["explain", "s7f3a-1-17", "--format", "json"];
    let told: Value = database.replay(&explain).fine().parse().unwrap();
    assert_eq!(told["order"]["price"], "42570.495");
    assert_eq!(told["decided"]["position"], "5");
    assert_eq!(
        told["decided"]["actor"]["name"],
        "executor:pureMarketMaking"
    );
    let fate = told["fate"].as_array().unwrap().iter();
    let fate: Vec<&Value> = fate.map(|event| &event["recorded"]["position"]).collect();
    assert_eq!(fate, ["6", "7", "10", "11"]);
    assert_eq!(told["run"]["started"]["actor"]["name"], "ana");
    assert_eq!(told["run"]["config"]["bidSpread"], 0.1);
    assert_eq!(told["definition"]["version"], "1.0.1");
    assert_eq!(told["definition"]["published"]["source"], "graphql");
    let why = told["again"]["impossible"].as_str().unwrap();
    assert!(
        why.starts_with("the log does not hold what it saw"),
        "{why}"
    );

    let told = database.replay(&["explain", "s7f3a-1-18"]).impossible();
    assert!(
        told.contains("no order s7f3a-1-18 was ever decided"),
        "{told}"
    );
}
