//! Requests that mean harm.

use std::fmt::Write;

use serde_json::json;

use crate::support::TestApp;

async fn refused(app: &TestApp, query: &str) -> String {
    let answer = app.ask_raw(query, json!({})).await;
    assert!(answer["data"].is_null(), "{answer}");
    answer["errors"][0]["message"].as_str().unwrap().to_owned()
}

async fn refused_as_too_much(app: &TestApp, query: &str) {
    let answer = app.ask_raw(query, json!({})).await;
    let code = &answer["errors"][0]["extensions"]["code"];
    assert_eq!(code, "TOO_MUCH", "{answer}");
}

#[tokio::test]
async fn documents_that_would_cost_too_much_are_refused() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let mut deep = "__typename".to_owned();
    for _ in 0..8 {
        deep = format!("definition {{ instances {{ nodes {{ {deep} }} }} }}");
    }
    let deep = format!("{{ instances {{ nodes {{ {deep} }} }} }}");
    refused_as_too_much(&app, &deep).await;
    let wide = "{ definitions(first: 200) { nodes { instances(first: 200) { nodes { key events(first: \
                200) { nodes { type } } } } } } }";
    assert_eq!(refused(&app, wide).await, "Query is too complex.");
    refused_as_too_much(&app, wide).await;
    let mut aliases = "{".to_owned();
    for n in 0..600 {
        write!(aliases, " a{n}: about {{ name }}").unwrap();
    }
    assert_eq!(
        refused(&app, &format!("{aliases} }}")).await,
        "Query is too complex."
    );
    let directives = "@include(if: true) ".repeat(11);
    refused_as_too_much(&app, &format!("{{ me {directives} {{ name }} }}")).await;
}

#[tokio::test]
async fn documents_that_multiply_or_never_end_are_refused_before_they_are_looked_at() {
    let app = TestApp::start().await;
    let circle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    refused_as_too_much(&app, circle).await;
    let mut bomb = "{ ...f0 }".to_owned();
    for n in 0..25 {
        let next = n + 1;
        write!(
            bomb,
            " fragment f{n} on Query {{ ...f{next} ...f{next} ...f{next} }}"
        )
        .unwrap();
    }
    refused(
        &app,
        &format!("{bomb} fragment f25 on Query {{ __typename }}"),
    )
    .await;
    refused(&app, &format!("{{ f(a: {}) }}", "[".repeat(60_000))).await;
    refused(&app, &"{a".repeat(60_000)).await;
    let nested = format!(
        r#"{{"query":"{{ __typename }}","x":{}}}"#,
        "[".repeat(50_000)
    );
    assert_eq!(app.post_graphql(&nested).await.status, 400);
}

#[tokio::test]
async fn arguments_out_of_range_are_told_and_do_no_harm() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    for query in [
        "{ definitions(first: -1) { totalCount } }",
        "{ instances(first: 201) { totalCount } }",
        "{ instances(after: \"nonsense\") { totalCount } }",
        "{ events(after: \"WyJhIl0\") { head } }",
        "{ event { position } }",
        "{ event(position: \"-1\") { position } }",
        "{ event(position: \"99999999999999999999999\") { position } }",
        "{ definition(key: \"pmm\", asOf: {time: \"yesterday\"}) { key } }",
    ] {
        let answer = app.ask_raw(query, json!({})).await;
        assert!(answer["errors"].is_array(), "{query}: {answer}");
    }
    // Odd, but not wrong
    for query in [
        "{ definitions(first: 0) { nodes { key } totalCount } }",
        "{ definition(key: \"\\u0000\") { key } }",
        "{ instances(filter: {text: \"\\\\ % _ ' \\u0000\", userId: \"' OR 1=1 --\"}) { totalCount } }",
        "{ node(id: \"WyJEZWZpbml0aW9uIl0\") { id } }",
        "{ event(position: \"0\") { position } }",
        "{ event(position: \"18446744073709551615\") { position } }",
        "{ events(filter: {from: \"0001-01-01T00:00:00Z\"}) { totalCount } }",
    ] {
        let answer = app.ask_raw(query, json!({})).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
    }
}
