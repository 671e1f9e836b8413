//! GraphQL over HTTP: forms, methods, statuses.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;

use crate::support::{Answer, TestApp};

const NEW: &str = "application/graphql-response+json";

struct Call<'a> {
    method: Method,
    uri: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

impl Default for Call<'_> {
    fn default() -> Self {
        Self {
            method: Method::POST,
            uri: "/graphql",
            headers: vec![("content-type", "application/json")],
            body: r#"{"query":"{ __typename }"}"#,
        }
    }
}

async fn call(app: &TestApp, call: Call<'_>) -> Answer {
    let request = Request::builder().method(call.method).uri(call.uri);
    let request = request.header("authorization", app.bearer());
    let request = call.headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    app.send(request.body(Body::from(call.body.to_owned())).unwrap())
        .await
}

#[tokio::test]
async fn nobody_is_answered_401() {
    let app = TestApp::start().await;
    for authorization in [None, Some("Bearer nonsense")] {
        let mut request = Request::post("/graphql").header("content-type", "application/json");
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        let body = Body::from(r#"{"query":"{ __schema { types { name } } }"}"#);
        let answer = app.send(request.body(body).unwrap()).await;
        assert_eq!(answer.status, 401);
        assert_eq!(
            answer.json()["errors"][0]["extensions"]["code"],
            "UNAUTHENTICATED"
        );
        assert!(answer.json().get("data").is_none());
    }
}

#[tokio::test]
async fn the_answer_has_the_form_that_is_asked_for() {
    let app = TestApp::start().await;
    for (accept, kind) in [
        (None, Some("application/json; charset=utf-8")),
        (Some("*/*"), Some("application/json; charset=utf-8")),
        (
            Some(NEW),
            Some("application/graphql-response+json; charset=utf-8"),
        ),
        (Some("text/html"), None),
    ] {
        let mut wanted = Call::default();
        wanted
            .headers
            .extend(accept.map(|accept| ("accept", accept)));
        let answer = call(&app, wanted).await;
        assert_eq!(answer.status, if kind.is_some() { 200 } else { 406 });
        if let Some(kind) = kind {
            assert_eq!(answer.header("content-type"), Some(kind));
            assert_eq!(answer.text(), r#"{"data":{"__typename":"Query"}}"#);
        }
    }
}

#[tokio::test]
async fn requests_that_make_no_sense_are_400_to_those_who_know_the_new_form() {
    let app = TestApp::start().await;
    for query in [
        "{",
        "{ nothing }",
        "query A { __typename } query B { __typename }",
    ] {
        let body = json!({ "query": query }).to_string();
        for (accept, status) in [("application/json", 200), (NEW, 400)] {
            let mut wanted = Call {
                body: &body,
                ..Call::default()
            };
            wanted.headers.push(("accept", accept));
            let answer = call(&app, wanted).await;
            assert_eq!(answer.status, status, "{query}");
            assert!(answer.json().get("data").is_none());
            assert!(
                !answer.json()["errors"][0]["message"]
                    .as_str()
                    .unwrap()
                    .is_empty()
            );
        }
    }
    // Carried out, with an error that says where: that is an answer
    let body = json!({ "query": "{ me { name } definitions(first: 1000) { totalCount } }" });
    let body = body.to_string();
    let mut wanted = Call {
        body: &body,
        ..Call::default()
    };
    wanted.headers.push(("accept", NEW));
    let answer = call(&app, wanted).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["errors"][0]["path"], json!(["definitions"]));
}

#[tokio::test]
async fn bodies_are_json_of_the_right_shape_and_size() {
    let app = TestApp::start().await;
    let large = format!(
        r#"{{"query":"{{ __typename }}","x":"{}"}}"#,
        "x".repeat(256 * 1024)
    );
    for (kind, body, status) in [
        ("text/plain", r#"{"query":"{ __typename }"}"#, 415),
        (
            "application/x-www-form-urlencoded",
            "query={__typename}",
            415,
        ),
        (
            "application/json; charset=latin1",
            r#"{"query":"{ __typename }"}"#,
            415,
        ),
        (
            "application/json; charset=utf-8",
            r#"{"query":"{ __typename }"}"#,
            200,
        ),
        ("application/json", "{", 400),
        ("application/json", "[]", 400),
        ("application/json", "{}", 400),
        ("application/json", r#"{"query":7}"#, 400),
        (
            "application/json",
            r#"{"query":"{ __typename }","operationName":7}"#,
            400,
        ),
        (
            "application/json",
            r#"{"query":"{ __typename }","variables":[]}"#,
            400,
        ),
        (
            "application/json",
            r#"{"query":"{ __typename }","extensions":7}"#,
            400,
        ),
        (
            "application/json",
            r#"{"query":"{ __typename }","variables":null}"#,
            200,
        ),
        ("application/json", large.as_str(), 413),
    ] {
        let headers = vec![("content-type", kind)];
        let wanted = Call {
            headers,
            body,
            ..Call::default()
        };
        let shown: String = body.chars().take(80).collect();
        assert_eq!(call(&app, wanted).await.status, status, "{kind} {shown}");
    }
}

#[tokio::test]
async fn a_get_reads_and_never_changes() {
    let app = TestApp::start().await;
    let get = |uri| Call {
        method: Method::GET,
        uri,
        headers: vec![],
        body: "",
    };
    let read = call(&app, get("/graphql?query=%7B%20__typename%20%7D")).await;
    assert_eq!(read.text(), r#"{"data":{"__typename":"Query"}}"#);
    let with_variables = "/graphql?query=query(%24k%3AString!)%7Bdefinition(key%3A%24k)%7Bkey%7D%7D\
                          &variables=%7B%22k%22%3A%22x%22%7D";
    let read = call(&app, get(with_variables)).await;
    assert_eq!(read.text(), r#"{"data":{"definition":null}}"#);
    let change = "/graphql?query=mutation%7BrebuildProjection(input%3A%7Bname%3A%22x%22%7D)%7B\
                  position%7D%7D";
    let refused = call(&app, get(change)).await;
    assert_eq!(refused.status, 405);
    assert_eq!(refused.header("allow"), Some("GET, POST"));
    let both = "/graphql?query=query%20A%7B__typename%7D%20mutation%20B%7BrebuildProjection(input%3A\
                %7Bname%3A%22x%22%7D)%7Bposition%7D%7D&operationName=";
    for (name, status) in [("A", 200), ("B", 405)] {
        let uri = format!("{both}{name}");
        let wanted = Call {
            method: Method::GET,
            uri: &uri,
            headers: vec![],
            body: "",
        };
        assert_eq!(call(&app, wanted).await.status, status, "{name}");
    }
    for uri in [
        "/graphql",
        "/graphql?query=%7Ba&variables=%7B",
        "/graphql?variables=%7B%7D",
    ] {
        assert_eq!(call(&app, get(uri)).await.status, 400, "{uri}");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let wanted = Call {
            method,
            ..Call::default()
        };
        let refused = call(&app, wanted).await;
        assert_eq!(refused.status, 405);
        assert_eq!(refused.header("allow"), Some("GET, POST"));
    }
}

#[tokio::test]
async fn numbers_keep_every_digit_in_variables_and_answers() {
    let app = TestApp::start().await;
    let body = r#"{"query":"query($s: JSON!) { validateConfig(input: {definitionKey: \"pmm\", config: $s}) { effectiveConfig } }","variables":{"s":{"bidSpread":0.10000000000000000000001,"big":12345678901234567890123}}}"#;
    app.create_pmm().await;
    let answer = app.post_graphql(body).await;
    let expected = r#""bidSpread":0.10000000000000000000001,"big":12345678901234567890123"#;
    assert!(answer.text().contains(expected), "{}", answer.text());
}

#[tokio::test]
async fn whoever_is_logged_in_may_look_at_the_schema() {
    let app = TestApp::start().await;
    let query = "{ __schema { queryType { name } types { name kind fields(includeDeprecated: true) { \
                 name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } \
                 } } } } }";
    let data = app.ask(query, json!({})).await;
    assert!(data["__schema"]["types"].as_array().unwrap().len() > 50);
}
