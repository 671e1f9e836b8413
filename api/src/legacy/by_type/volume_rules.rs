//! The rules the original's volume route checked, in its order and its words (contract §1.7).

use serde_json::{Map, Value};

/// Members the route keeps; others are dropped.
const KNOWN: &[&str] = &[
    "exchangeName",
    "symbol",
    "incrementPercentage",
    "intervalTime",
    "tradeAmount",
    "numTrades",
    "userId",
    "clientId",
    "pricePushRate",
    "postOnlySide",
    "executionCategory",
    "executionVenue",
    "dexId",
    "chainId",
    "tokenIn",
    "tokenOut",
    "feeTier",
    "slippageBps",
    "recipient",
];

/// One rule: what it says when it is broken, and whether a value keeps it.
type Rule = (&'static str, fn(Option<&Value>) -> bool);

const STRING: Rule = ("must be a string", is_string);
const NUMBER: Rule = (
    "must be a number conforming to the specified constraints",
    is_number,
);
const POSITIVE: Rule = ("must be a positive number", is_positive);
const INTEGER: Rule = ("must be an integer number", is_integer);
const NOT_NEGATIVE: Rule = ("must not be less than 0", is_not_negative);
/// The original meant to list the sides; callers see nothing after the colon.
const SIDE: Rule = ("must be one of the following values: ", is_side);

/// The known members, or one message for each rule broken.
pub(super) fn check(mut params: Map<String, Value>) -> Result<Map<String, Value>, Vec<String>> {
    let on_chain = params.get("executionVenue").and_then(Value::as_str) == Some("dex");
    let market: &[Rule] = if on_chain { &[] } else { &[STRING] };
    let rules: [(&str, &[Rule]); 10] = [
        ("exchangeName", market),
        ("symbol", market),
        ("incrementPercentage", &[NUMBER]),
        ("intervalTime", &[POSITIVE, INTEGER]),
        ("tradeAmount", &[POSITIVE, NUMBER]),
        ("numTrades", &[NOT_NEGATIVE, INTEGER]),
        ("userId", &[STRING]),
        ("clientId", &[STRING]),
        ("pricePushRate", &[NUMBER]),
        ("postOnlySide", &[SIDE]),
    ];
    let broken: Vec<String> = rules
        .iter()
        .flat_map(|(field, rules)| rules.iter().map(move |rule| (field, rule)))
        .filter(|(field, (_, keeps))| !keeps(params.get(**field)))
        .map(|(field, (message, _))| format!("{field} {message}"))
        .collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    params.retain(|name, _| KNOWN.contains(&name.as_str()));
    if params.get("numTrades").and_then(Value::as_f64) == Some(0.0) {
        params.insert("numTrades".to_owned(), Value::from(1));
    }
    Ok(params)
}

fn is_string(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_string)
}

fn is_number(value: Option<&Value>) -> bool {
    number(value).is_some()
}

fn is_positive(value: Option<&Value>) -> bool {
    number(value).is_some_and(|number| number > 0.0)
}

fn is_not_negative(value: Option<&Value>) -> bool {
    number(value).is_some_and(|number| number >= 0.0)
}

fn is_integer(value: Option<&Value>) -> bool {
    number(value).is_some_and(|number| number.fract() == 0.0)
}

/// Optional: absent and null are fine.
fn is_side(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(value) => matches!(value.as_str(), Some("buy" | "sell")),
    }
}

/// As JavaScript sees it: what overflows a double is infinite, and no number here.
fn number(value: Option<&Value>) -> Option<f64> {
    value?
        .as_number()?
        .as_str()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn checked(body: &Value) -> Result<Value, Vec<String>> {
        check(body.as_object().unwrap().clone()).map(Value::Object)
    }

    fn valid() -> Value {
        json!({
            "exchangeName": "binance", "symbol": "BTC/USDT", "incrementPercentage": 0.1,
            "intervalTime": 60, "tradeAmount": 0.5, "numTrades": 5, "userId": "u",
            "clientId": "c", "pricePushRate": 1,
        })
    }

    #[test]
    fn an_empty_body_breaks_every_rule_in_order() {
        assert_eq!(
            checked(&json!({})).unwrap_err(),
            [
                "exchangeName must be a string",
                "symbol must be a string",
                "incrementPercentage must be a number conforming to the specified constraints",
                "intervalTime must be a positive number",
                "intervalTime must be an integer number",
                "tradeAmount must be a positive number",
                "tradeAmount must be a number conforming to the specified constraints",
                "numTrades must not be less than 0",
                "numTrades must be an integer number",
                "userId must be a string",
                "clientId must be a string",
                "pricePushRate must be a number conforming to the specified constraints",
            ]
        );
    }

    #[test]
    fn nothing_is_converted() {
        let mut body = valid();
        body["intervalTime"] = json!("60");
        body["postOnlySide"] = json!("BUY");
        assert_eq!(
            checked(&body).unwrap_err(),
            [
                "intervalTime must be a positive number",
                "intervalTime must be an integer number",
                "postOnlySide must be one of the following values: ",
            ]
        );
    }

    #[test]
    fn no_trades_count_as_one_and_strangers_are_dropped() {
        let mut body = valid();
        body["numTrades"] = json!(0);
        body["leverage"] = json!(100);
        let params = checked(&body).unwrap();
        assert_eq!(params["numTrades"], json!(1));
        assert_eq!(params.get("leverage"), None);
    }

    #[test]
    fn on_a_chain_there_is_no_exchange() {
        let mut body = valid();
        body.as_object_mut()
            .unwrap()
            .retain(|name, _| name != "exchangeName" && name != "symbol");
        assert!(checked(&body).is_err());
        body["executionVenue"] = json!("dex");
        assert!(checked(&body).is_ok());
    }
}
