//! Starting and stopping by strategy type.

use serde_json::{Value, json};

use crate::support::{TestApp, arbitrage, market_making, volume, volume_params};

const START: &str = "/admin/strategy/start";

fn pmm_params() -> Value {
    json!({ "userId": "u", "clientId": "c", "pair": "BTC/USDT", "exchangeName": "binance" })
}

fn arbitrage_params() -> Value {
    json!({
        "userId": "u", "clientId": "c", "pair": "ETH/USDT", "exchangeAName": "binance",
        "exchangeBName": "mexc", "amountToTrade": 1, "minProfitability": 0.01,
        "checkIntervalSeconds": 7, "maxOpenOrders": 2,
    })
}

#[tokio::test]
async fn without_a_definition_a_start_is_direct_and_empty() {
    let app = TestApp::start().await;
    let body = json!({ "strategyType": "marketMaking", "marketMakingParams": pmm_params() });
    app.post(START, &body).await.is_empty(201);
    let row = &app.strategies().await[0];
    assert_eq!(row["strategyKey"], "u-c-pureMarketMaking");
    assert_eq!(
        (&row["definitionId"], &row["definitionVersion"]),
        (&Value::Null, &json!("1.0.0"))
    );
    let listed = app.get("/admin/strategy/instances").await.json();
    for absent in [
        "definitionKey",
        "definitionName",
        "controllerType",
        "executorType",
    ] {
        assert_eq!(listed[0].get(absent), None);
    }
}

#[tokio::test]
async fn with_definitions_the_oldest_enabled_one_is_used() {
    let app = TestApp::start().await;
    let oldest = app.create(&market_making()).await;
    let mut younger = market_making();
    younger["key"] = json!("a-younger-one");
    app.advance(chrono::TimeDelta::seconds(1));
    let younger = app.create(&younger).await;
    let body = json!({ "strategyType": "marketMaking", "marketMakingParams": pmm_params() });
    let answer = app.post(START, &body).await;
    assert_eq!(
        (answer.status, &answer.json()["definitionId"]),
        (201, &json!(oldest))
    );
    app.post_nothing(&format!("/admin/strategy/definitions/{oldest}/disable"))
        .await;
    assert_eq!(
        app.post(START, &body).await.json()["definitionId"],
        json!(younger)
    );
    let negative = json!({
        "strategyType": "marketMaking",
        "marketMakingParams": { "userId": "u", "clientId": "c", "bidSpread": -1 },
    });
    app.post(START, &negative)
        .await
        .refused("Config field bidSpread must be >= 0");
}

#[tokio::test]
async fn a_volume_strategy_without_a_side_alternates() {
    let app = TestApp::start().await;
    app.create(&volume()).await;
    let mut params = volume_params();
    let body = json!({ "strategyType": "volume", "volumeParams": params });
    assert_eq!(app.post(START, &body).await.status, 201);
    let parameters = app.strategies().await[0]["parameters"].clone();
    assert_eq!(parameters.get("postOnlySide"), None);
    params["postOnlySide"] = json!("sell");
    let body = json!({ "strategyType": "volume", "volumeParams": params });
    assert_eq!(app.post(START, &body).await.status, 201);
    assert_eq!(
        app.strategies().await[0]["parameters"]["postOnlySide"],
        "sell"
    );
}

#[tokio::test]
async fn what_stands_beside_the_arbitrage_parameters_wins_even_when_absent() {
    let app = TestApp::start().await;
    app.create(&arbitrage()).await;
    let body = json!({ "strategyType": "arbitrage", "arbitrageParams": arbitrage_params() });
    assert_eq!(app.post(START, &body).await.status, 201);
    let parameters = app.strategies().await[0]["parameters"].clone();
    assert_eq!(
        (
            &parameters["checkIntervalSeconds"],
            &parameters["maxOpenOrders"]
        ),
        (&json!(10), &json!(1))
    );
    let mut beside = body;
    beside["checkIntervalSeconds"] = json!(3);
    assert_eq!(app.post(START, &beside).await.status, 201);
    let parameters = app.strategies().await[0]["parameters"].clone();
    assert_eq!(
        (
            &parameters["checkIntervalSeconds"],
            &parameters["maxOpenOrders"]
        ),
        (&json!(3), &json!(1))
    );
}

#[tokio::test]
async fn type_and_parameters_must_match() {
    let app = TestApp::start().await;
    for body in [
        json!({}),
        json!({ "strategyType": "volume" }),
        json!({ "strategyType": "volume", "arbitrageParams": arbitrage_params() }),
        json!({ "strategyType": "timeIndicator", "volumeParams": volume_params() }),
        json!({ "strategyType": 7, "volumeParams": volume_params() }),
        json!({ "strategyType": "volume", "volumeParams": "none" }),
    ] {
        app.post(START, &body)
            .await
            .refused("Invalid strategy parameters");
    }
    assert_eq!(app.events().await, []);
}

#[tokio::test]
async fn stopping_by_type_knows_both_names_of_market_making() {
    let app = TestApp::start().await;
    let stop = "/admin/strategy/stop";
    for strategy_type in ["marketMaking", "pureMarketMaking"] {
        let start = json!({ "strategyType": "marketMaking", "marketMakingParams": pmm_params() });
        app.post(START, &start).await.is_empty(201);
        let body = json!({ "userId": "u", "clientId": "c", "strategyType": strategy_type });
        app.post(stop, &body).await.is_empty(201);
        assert_eq!(app.strategies().await[0]["status"], "stopped");
        app.post(stop, &body).await.is_empty(201);
    }
    for (strategy_type, shown) in [(json!("foo"), "foo"), (json!(null), "undefined")] {
        let body = json!({ "userId": "u", "clientId": "c", "strategyType": strategy_type });
        app.post(stop, &body).await.refused(&format!(
            "Unsupported controllerType {shown}. Allowed: arbitrage, pureMarketMaking, volume"
        ));
    }
    app.post(stop, &json!({ "strategyType": "volume" }))
        .await
        .refused("userId is required");
}

#[tokio::test]
async fn each_type_has_a_start_and_a_stop_of_its_own() {
    let app = TestApp::start().await;
    let ids = json!({ "userId": "u", "clientId": "c" });
    app.post("/strategy/execute-arbitrage", &arbitrage_params())
        .await
        .is_empty(200);
    app.post("/strategy/execute-pure-market-making", &pmm_params())
        .await
        .is_empty(200);
    app.post("/strategy/execute-volume-strategy", &volume_params())
        .await
        .is_empty(200);
    let running = app.get("/strategy/running").await.json();
    assert_eq!(running.as_array().unwrap().len(), 3);
    app.get("/strategy/stop-arbitrage?userId=u&clientId=c")
        .await
        .is_empty(200);
    app.get("/strategy/stop-marketmaking?userId=u&clientId=c")
        .await
        .is_empty(200);
    app.post("/strategy/stop-volume-strategy", &ids)
        .await
        .is_empty(200);
    app.get("/strategy/running").await.is(200, "[]");
    // Nobody has these ids, and that is a success
    app.get("/strategy/stop-arbitrage?userId=x&clientId=y")
        .await
        .is_empty(200);
    app.get("/strategy/stop-arbitrage?userId=x")
        .await
        .refused("clientId is required");
    app.get("/strategy/stop-marketmaking")
        .await
        .refused("userId is required");
    app.post("/strategy/stop-volume-strategy", &json!({}))
        .await
        .refused("userId is required");
}

#[tokio::test]
async fn direct_starts_need_ids_and_a_known_exchange() {
    let app = TestApp::start().await;
    let path = "/strategy/execute-pure-market-making";
    app.post(path, &json!({}))
        .await
        .refused("userId is required");
    app.post(path, &json!({ "userId": "u" }))
        .await
        .refused("clientId is required");
    let answer = app
        .post(path, &json!({ "userId": "u", "clientId": "c" }))
        .await;
    assert_eq!(
        (answer.status, &answer.json()["message"]),
        (500, &json!("Exchange configuration error."))
    );
    // Numbers were as good as texts
    let mut params = pmm_params();
    params["userId"] = json!(7);
    app.post(path, &params).await.is_empty(200);
    assert_eq!(
        app.strategies().await[0]["strategyKey"],
        "7-c-pureMarketMaking"
    );
}

#[tokio::test]
async fn the_volume_route_lists_every_broken_rule() {
    let app = TestApp::start().await;
    let mut params = volume_params();
    params["intervalTime"] = json!("60");
    params.as_object_mut().unwrap().shift_remove("userId");
    app.post("/strategy/execute-volume-strategy", &params)
        .await
        .is(
            400,
            concat!(
                r#"{"message":["intervalTime must be a positive number","#,
                r#""intervalTime must be an integer number","userId must be a string"],"#,
                r#""error":"Bad Request","statusCode":400}"#,
            ),
        );
}

#[tokio::test]
async fn the_executors_are_listed() {
    let app = TestApp::start().await;
    app.get("/strategy/controllers").await.is(
        200,
        r#"{"controllers":["arbitrage","pureMarketMaking","volume"]}"#,
    );
}

#[tokio::test]
async fn what_is_not_built_says_so() {
    let app = TestApp::start().await;
    for (path, what) in [
        ("/strategy/join", "Joining a strategy"),
        (
            "/strategy/execute-indicator-strategy",
            "The indicator strategy",
        ),
        (
            "/strategy/start-indicator-strategy",
            "The indicator strategy",
        ),
        (
            "/strategy/stop-indicator-strategy",
            "The indicator strategy",
        ),
        (
            "/admin/contribution/verify?contributionId=1",
            "Verifying contributions",
        ),
    ] {
        app.post(path, &json!({})).await.is(
            501,
            &format!(
                r#"{{"message":"{what} is not available here","error":"Not Implemented","statusCode":501}}"#
            ),
        );
    }
}

#[tokio::test]
async fn a_volume_row_shows_the_names_the_original_stored() {
    let app = TestApp::start().await;
    app.post("/strategy/execute-volume-strategy", &volume_params())
        .await
        .is_empty(200);
    assert_eq!(
        app.strategies().await[0]["parameters"].to_string(),
        concat!(
            r#"{"exchangeName":"binance","symbol":"BTC/USDT","baseIncrementPercentage":0.1,"#,
            r#""baseIntervalTime":60,"baseTradeAmount":0.5,"numTrades":5,"userId":"u","#,
            r#""clientId":"c","pricePushRate":1,"executedTrades":0,"#,
            r#""executionCategory":"clob_cex","executionVenue":"cex"}"#,
        )
    );
}
