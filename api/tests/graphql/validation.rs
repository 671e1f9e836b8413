//! What the browser says of a configuration is what the server answers: the cases that both are held
//! to, asked through GraphQL.

use serde_json::{Value, json};

use crate::support::TestApp;

/// The schema as it reads when it stands under the property `case`.
fn moved(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(moved).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let reference = value.as_str().filter(|_| name == "$ref");
                let target = reference.and_then(|reference| reference.strip_prefix('#'));
                let value = match target {
                    Some(target) => json!(format!("#/properties/case{target}")),
                    None => moved(value),
                };
                (name.clone(), value)
            });
            Value::Object(members.collect())
        }
        plain => plain.clone(),
    }
}

#[tokio::test]
async fn violations_are_those_of_the_browser_below_the_configuration() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let text = include_str!("../../../domain/tests/cases/validation.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let query = "query($input: ValidateConfigInput!) { validateConfig(input: $input) { valid \
                 errors { code pointer keyword } } }";
    for case in file["cases"].as_array().unwrap() {
        let schema = json!({ "properties": { "case": moved(&case["schema"]) } });
        let input = json!({ "key": "pmm", "configSchema": schema });
        app.change("updateDefinition", "", input).await;
        let input = json!({
            "definitionKey": "pmm", "userId": "u", "clientId": "c",
            "config": { "case": case["instance"] },
        });
        let answer = app.ask(query, json!({ "input": input })).await;
        let mut errors = answer["validateConfig"]["errors"].clone();
        let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
        let errors = errors.as_array_mut().unwrap();
        errors.sort_by_key(|error| (text(error, "pointer"), text(error, "keyword")));
        let expected = case["violations"].as_array().unwrap().iter();
        let expected: Vec<Value> = expected
            .map(|violation| {
                let pointer = format!("/config/case{}", violation[0].as_str().unwrap());
                json!({
                    "code": "INVALID_CONFIG", "pointer": pointer, "keyword": violation[1],
                })
            })
            .collect();
        assert_eq!(*errors, expected, "{}", case["description"]);
    }
}
