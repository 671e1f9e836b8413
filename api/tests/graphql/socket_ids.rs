//! Ids that clients take again for another operation.

use serde_json::json;

use crate::support::{SocketServer, TestApp};

const EVENTS: &str = "subscription { events(after: \"0\") { position } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_id_may_be_taken_again_as_soon_as_its_end_was_told() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    let complete = json!({ "type": "complete", "id": "1" });
    for _ in 0..200 {
        client.subscribe("1", "{ __typename }", json!({})).await;
        client.next("1").await;
        assert_eq!(client.hear().await, complete);
    }
    server.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_late_end_of_an_operation_is_not_that_of_the_next_one_with_its_id() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    for recorded in 1..=50 {
        let mut client = server.client().await;
        client.subscribe("1", "{ __typename }", json!({})).await;
        client.say(json!({ "type": "complete", "id": "1" })).await;
        client.subscribe("1", EVENTS, json!({})).await;
        let mut hear_of = async |position: i32| {
            // Of the first one an answer may be on its way
            let position = json!(position.to_string());
            while client.hear().await["payload"]["data"]["events"]["position"] != position {}
        };
        hear_of(recorded).await;
        let name = json!({ "key": "pmm", "name": recorded.to_string() });
        app.change("updateDefinition", "", name).await;
        hear_of(recorded + 1).await;
    }
    server.end().await;
}
