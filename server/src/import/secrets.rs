//! Takes secrets out of a row before anything else sees it: they must never enter the history.

use serde_json::{Map, Value};

use super::cell::SourceRow;

/// Names of members that hold secrets, in lower case and without separators.
const SECRET_NAMES: [&str; 13] = [
    "accesstoken",
    "apikey",
    "apisecret",
    "authtoken",
    "jwt",
    "jwttoken",
    "mnemonic",
    "passphrase",
    "password",
    "privatekey",
    "secret",
    "secretkey",
    "seedphrase",
];

const REMOVED: &str = "removed by the import";

impl SourceRow {
    /// Blanks every secret, also inside JSON, and names what was blanked.
    pub(super) fn take_secrets(&mut self) -> Vec<String> {
        let mut taken = Vec::new();
        blank(&mut self.0, &mut taken);
        for cell in self.0.values_mut() {
            blank_in_text(cell, &mut taken);
        }
        taken
    }
}

/// JSON columns of SQLite are text.
fn blank_in_text(cell: &mut Value, taken: &mut Vec<String>) {
    let Some(text) = cell.as_str().filter(|text| text.starts_with(['{', '['])) else {
        return;
    };
    let Ok(mut inside) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let before = taken.len();
    blank_value(&mut inside, taken);
    if taken.len() > before {
        *cell = Value::String(inside.to_string());
    }
}

fn blank_value(value: &mut Value, taken: &mut Vec<String>) {
    match value {
        Value::Object(members) => blank(members, taken),
        Value::Array(items) => items.iter_mut().for_each(|item| blank_value(item, taken)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn blank(members: &mut Map<String, Value>, taken: &mut Vec<String>) {
    for (name, value) in members {
        if is_secret(name) && !value.is_null() {
            *value = Value::from(REMOVED);
            taken.push(name.clone());
        } else {
            blank_value(value, taken);
        }
    }
}

fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    SECRET_NAMES.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_blanked_wherever_they_hide() {
        let Value::Object(cells) = json!({
            "tokenSymbol": "USDT",
            "parameters": "{\"pair\":\"BTC/USDT\",\"account\":{\"api_key\":\"k-1\"}}",
            "metadata": {"list": [{"apiSecret": "s-1"}]},
            "jwt_token": "t-1",
        }) else {
            panic!("an object")
        };
        let mut row = SourceRow(cells);
        assert_eq!(
            row.take_secrets(),
            ["apiSecret", "jwt_token", "api_key"].map(str::to_owned)
        );
        let left = Value::Object(row.0).to_string();
        for secret in ["k-1", "s-1", "t-1"] {
            assert!(!left.contains(secret), "{left}");
        }
        assert!(left.contains("BTC/USDT") && left.contains("USDT"));
    }
}
