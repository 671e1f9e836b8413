//! GraphQL requests, and what comes back.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::{Answer, TestApp, market_making};

impl TestApp {
    /// What the administrator is answered: data, for the errors must be none.
    #[track_caller]
    pub(crate) fn ask<'a>(
        &'a self,
        query: &'a str,
        variables: Value,
    ) -> impl Future<Output = Value> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self.ask_raw(query, variables).await;
            assert!(answer.get("errors").is_none(), "{caller}: {answer}");
            answer["data"].clone()
        }
    }

    /// Data and errors.
    pub(crate) async fn ask_raw(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let answer = self.post_graphql(&body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub(crate) async fn post_graphql(&self, body: &str) -> Answer {
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("authorization", self.bearer());
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// A mutation's payload; `selection` goes beside position and user errors.
    pub(crate) async fn mutate(&self, mutation: &str, selection: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} position \
             userErrors {{ code message phrase {{ code params }} pointer keyword params }} }} }}"
        );
        self.ask(&query, json!({ "input": input })).await[mutation].clone()
    }

    /// As [`Self::mutate`], for one that must succeed.
    pub(crate) async fn change(&self, mutation: &str, selection: &str, input: Value) -> Value {
        let payload = self.mutate(mutation, selection, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{payload}");
        payload
    }

    /// Creates the definition `pmm` and answers its revision.
    pub(crate) async fn create_pmm(&self) -> Value {
        let payload = self
            .change("createDefinition", "definition { revision }", pmm())
            .await;
        payload["definition"]["revision"].clone()
    }

    pub(crate) async fn start_pmm(&self, user: &str, client: &str, config: Value) -> Value {
        let input = json!({
            "definitionKey": "pmm", "userId": user, "clientId": client, "config": config,
        });
        let selection = "instance { key revision status config definitionVersion }";
        self.change("startInstance", selection, input).await
    }
}

/// The codes of a payload's user errors, with where they point.
pub(crate) fn told(payload: &Value) -> Vec<(String, String)> {
    let errors = payload["userErrors"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .iter()
        .map(|error| (text(&error["code"]), text(&error["pointer"])))
        .collect()
}

/// Who creates it is not said here: GraphQL knows.
pub(crate) fn pmm() -> Value {
    let mut definition = market_making();
    let members = definition.as_object_mut();
    members.unwrap().shift_remove("createdBy");
    definition
}
