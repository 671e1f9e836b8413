//! Taking definitions away.

use serde_json::json;

use crate::support::{TestApp, market_making};

#[tokio::test]
async fn only_a_disabled_and_unused_definition_goes() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("/admin/strategy/definitions/{id}");
    app.delete(&format!("{path}/remove"))
        .await
        .refused("Strategy definition pmm must be disabled before removal");
    app.start_instance(&id, "u", "c").await;
    let stop = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    app.post("/admin/strategy/instances/stop", &stop).await;
    app.post_nothing(&format!("{path}/disable")).await;
    app.delete(&format!("{path}/remove")).await.refused(
        "Strategy definition pmm is linked to existing strategy instances and cannot be removed",
    );
}

#[tokio::test]
async fn what_is_removed_is_gone_with_its_versions() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("/admin/strategy/definitions/{id}");
    app.post_nothing(&format!("{path}/disable")).await;
    app.delete(&format!("{path}/remove")).await.is(
        200,
        &format!(r#"{{"message":"Removed strategy definition pmm","definitionId":"{id}"}}"#),
    );
    let gone = format!("Strategy definition {id} does not exist");
    app.get(&path).await.refused(&gone);
    app.get(&format!("{path}/versions")).await.refused(&gone);
    app.delete(&format!("{path}/remove")).await.refused(&gone);
    app.get("/admin/strategy/definitions").await.is(200, "[]");
    // The key is free again, for a definition with another id
    assert_ne!(app.create(&market_making()).await, id);
}
