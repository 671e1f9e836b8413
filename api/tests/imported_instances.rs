//! Instances that the original kept under other keys than ours: callers name them by the same ids, and
//! two must never trade with the same money.

use domain::instance::{InstanceStatus, LegacyInstanceRow};
use serde_json::{Value, json};

use crate::support::{TestApp, market_making, row};

/// By the order that it serves.
const OF_ORDER: &str = "o-pureMarketMaking";
/// From when pure market making had another name.
const OF_OLD: &str = "u-o-marketMaking";
const OURS: &str = "u-o-pureMarketMaking";

fn running(legacy_id: i64, kind: &str) -> LegacyInstanceRow {
    LegacyInstanceRow {
        status: InstanceStatus::Running,
        ..row(legacy_id, ("u", "o"), kind)
    }
}

async fn import_both(app: &TestApp) {
    app.import(OF_OLD, running(1, "marketMaking")).await;
    app.import(OF_ORDER, running(2, "pureMarketMaking")).await;
}

/// Keys and statuses.
async fn instances(app: &TestApp) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = app.strategies().await;
    let mut found: Vec<_> = rows
        .iter()
        .map(|row| (text(&row["strategyKey"]), text(&row["status"])))
        .collect();
    found.sort();
    found
}

fn all(keys: &[&str], status: &str) -> Vec<(String, String)> {
    let each = keys.iter().map(|&key| (key.to_owned(), status.to_owned()));
    each.collect()
}

fn params() -> Value {
    json!({ "userId": "u", "clientId": "o", "pair": "BTC/USDT", "exchangeName": "binance" })
}

#[tokio::test]
async fn every_stop_stops_them_under_each_key() {
    for way in ["by definition", "by type", "directly"] {
        let app = TestApp::start().await;
        let definition = app.create(&market_making()).await;
        import_both(&app).await;
        assert_eq!(instances(&app).await, all(&[OF_ORDER, OF_OLD], "running"));

        let ids = json!({ "userId": "u", "clientId": "o" });
        let mut body = ids.clone();
        let status = match way {
            "by definition" => {
                body["definitionId"] = json!(definition);
                let path = "/admin/strategy/instances/stop";
                app.post(path, &body).await.status
            }
            "by type" => {
                body["strategyType"] = json!("marketMaking");
                app.post("/admin/strategy/stop", &body).await.status
            }
            _ => {
                let path = "/strategy/stop-marketmaking?userId=u&clientId=o";
                app.get(path).await.status
            }
        };
        assert!([200, 201].contains(&status), "{way}: {status}");
        let stopped = all(&[OF_ORDER, OF_OLD], "stopped");
        assert_eq!(instances(&app).await, stopped, "{way}");
    }
}

#[tokio::test]
async fn every_start_goes_on_under_the_imported_key() {
    for key in [OF_ORDER, OF_OLD] {
        for way in ["by definition", "by type", "directly"] {
            let app = TestApp::start().await;
            let kind = key.rsplit('-').next().unwrap();
            app.import(key, running(1, kind)).await;
            let status = match way {
                "by definition" => {
                    let definition = app.create(&market_making()).await;
                    let body = json!({
                        "definitionId": definition, "userId": "u", "clientId": "c",
                        "marketMakingOrderId": "o",
                    });
                    let path = "/admin/strategy/instances/start";
                    app.post(path, &body).await.status
                }
                "by type" => {
                    let body = json!({
                        "strategyType": "marketMaking", "marketMakingParams": params(),
                    });
                    app.post("/admin/strategy/start", &body).await.status
                }
                _ => {
                    let path = "/strategy/execute-pure-market-making";
                    app.post(path, &params()).await.status
                }
            };
            assert!([200, 201].contains(&status), "{key} {way}: {status}");
            assert_eq!(instances(&app).await, all(&[key], "running"), "{way}");
        }
    }
}

#[tokio::test]
async fn one_of_ours_stays_the_one_that_is_started() {
    let app = TestApp::start().await;
    let definition = app.create(&market_making()).await;
    app.start_instance(&definition, "u", "o").await;
    app.import(OF_ORDER, row(1, ("u", "o"), "pureMarketMaking"))
        .await;
    app.start_instance(&definition, "u", "o").await;
    let mut expected = all(&[OF_ORDER], "stopped");
    expected.extend(all(&[OURS], "running"));
    assert_eq!(instances(&app).await, expected);
}

#[tokio::test]
async fn somebody_elses_is_left_alone() {
    let app = TestApp::start().await;
    let definition = app.create(&market_making()).await;
    let theirs = LegacyInstanceRow {
        status: InstanceStatus::Running,
        ..row(1, ("other", "o"), "pureMarketMaking")
    };
    app.import(OF_ORDER, theirs).await;
    app.start_instance(&definition, "u", "o").await;
    assert_eq!(instances(&app).await, all(&[OF_ORDER, OURS], "running"));
    let body = json!({ "definitionId": definition, "userId": "u", "clientId": "o" });
    app.post("/admin/strategy/instances/stop", &body).await;
    let mut expected = all(&[OF_ORDER], "running");
    expected.extend(all(&[OURS], "stopped"));
    assert_eq!(instances(&app).await, expected);
}
