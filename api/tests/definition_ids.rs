//! A definition's id is the text that answers show, and no other spelling of the same number.

use serde_json::json;

use crate::support::{TestApp, market_making};

#[tokio::test]
async fn other_spellings_of_an_id_are_unknown_ids() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    for spelling in [
        id.to_uppercase(),
        id.replace('-', ""),
        format!("{{{id}}}"),
        format!("urn:uuid:{id}"),
    ] {
        let unknown = format!("Strategy definition {spelling} does not exist");
        let in_path = spelling.replace('{', "%7B").replace('}', "%7D");
        let path = format!("/admin/strategy/definitions/{in_path}");
        app.get(&path).await.refused(&unknown);
        let published = format!("{path}/publish");
        app.post(&published, &json!({})).await.refused(&unknown);
        let start = json!({ "definitionId": spelling, "userId": "u", "clientId": "c" });
        for path in ["validate", "start", "stop"] {
            let path = format!("/admin/strategy/instances/{path}");
            app.post(&path, &start).await.refused(&unknown);
        }
    }
    let path = format!("/admin/strategy/definitions/{id}");
    assert_eq!(app.get(&path).await.status, 200);
}
