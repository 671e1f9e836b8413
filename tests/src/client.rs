//! A legacy caller: logs in with the hashed password and speaks JSON.

use std::fmt::Write as _;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::server_process::PASSWORD;

#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Client {
    pub async fn log_in(url: &str) -> Self {
        let digest = Sha256::digest(PASSWORD.as_bytes());
        let mut password = String::new();
        for byte in digest {
            write!(password, "{byte:02x}").expect("a string takes any text");
        }
        let http = reqwest::Client::new();
        let answer = http
            .post(format!("{url}/auth/login"))
            .json(&json!({ "password": password }))
            .send()
            .await
            .expect("the server answers");
        assert_eq!(answer.status(), StatusCode::CREATED);
        let body: Value = answer.json().await.expect("a login answers JSON");
        let token = body["access_token"].as_str().expect("a token").to_owned();
        Self {
            http,
            url: url.to_owned(),
            token,
        }
    }

    /// Starts `u-c-volume`, which places an order every second for longer than any test.
    pub async fn start_volume(&self) {
        let start = json!({
            "definitionId": self.definition_id("volume").await, "userId": "u", "clientId": "c",
            "config": { "symbol": "BTC/USDT", "exchangeName": "binance", "intervalTime": 1,
                        "numTrades": 1000, "tradeAmount": 0.001 },
        });
        self.post("/admin/strategy/instances/start", start).await;
    }

    /// Status and body; `Null` for an empty body.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.try_send(method, path, body)
            .await
            .expect("the server answers")
    }

    /// As [`Self::send`], for servers that may be killed meanwhile.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<(u16, Value), reqwest::Error> {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        request = request.bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        let body = if text.is_empty() {
            Value::Null
        } else {
            text.parse().expect("JSON")
        };
        Ok((status, body))
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, body) = self.send(Method::GET, path, None).await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    /// A POST that must answer 201.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(Method::POST, path, Some(body)).await;
        assert_eq!(status, 201, "POST {path}: {answer}");
        answer
    }

    /// The id of the definition with this key.
    pub async fn definition_id(&self, key: &str) -> String {
        let definitions = self.get("/admin/strategy/definitions").await;
        let all = definitions.as_array().expect("a list");
        let one = all
            .iter()
            .find(|definition| definition["key"] == key)
            .expect("it is seeded");
        one["id"].as_str().expect("an id").to_owned()
    }
}
