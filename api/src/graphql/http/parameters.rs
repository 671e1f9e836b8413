//! The four members of a request, and what they must be.

use async_graphql::{Request, Value, Variables};
use serde_json::{Map, Value as JsonValue};

use crate::graphql::scalars::to_graphql;

/// A request whose members have the right types; whether its query makes sense is not known yet.
#[derive(Debug)]
pub(crate) struct Parameters {
    query: String,
    operation_name: Option<String>,
    variables: Map<String, JsonValue>,
}

impl Parameters {
    pub(crate) fn from_json(body: JsonValue) -> Result<Self, &'static str> {
        let JsonValue::Object(mut members) = body else {
            return Err("The request must be a JSON object");
        };
        let Some(JsonValue::String(query)) = members.remove("query") else {
            return Err("The member query is required, and must be a text");
        };
        let operation_name = match members.remove("operationName") {
            None | Some(JsonValue::Null) => None,
            Some(JsonValue::String(name)) => Some(name),
            Some(_) => return Err("The member operationName must be a text"),
        };
        let variables = match members.remove("variables") {
            None | Some(JsonValue::Null) => Map::new(),
            Some(JsonValue::Object(variables)) => variables,
            Some(_) => return Err("The member variables must be an object"),
        };
        match members.remove("extensions") {
            None | Some(JsonValue::Null | JsonValue::Object(_)) => {}
            Some(_) => return Err("The member extensions must be an object"),
        }
        Ok(Self {
            query,
            operation_name,
            variables,
        })
    }

    /// From a URL's query string, where variables and extensions are JSON.
    pub(super) fn from_url(query: &str) -> Result<Self, &'static str> {
        let mut members = Map::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let json = match name.as_ref() {
                "query" | "operationName" => JsonValue::String(value.into_owned()),
                "variables" | "extensions" => serde_json::from_str(&value)
                    .map_err(|_| "variables and extensions must be JSON")?,
                _ => continue,
            };
            members.insert(name.into_owned(), json);
        }
        Self::from_json(JsonValue::Object(members))
    }

    pub(crate) fn request(self) -> Request {
        let mut request = Request::new(self.query);
        request.operation_name = self.operation_name;
        let variables: Value = to_graphql(&JsonValue::Object(self.variables));
        request.variables(Variables::from_value(variables))
    }
}
