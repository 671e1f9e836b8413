//! Members of a request body, as leniently as the original took them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::config::{refuse_hostile, refuse_hostile_text};
use serde_json::{Map, Value};

use crate::express::{Body, HttpError, js_number};

/// A body that no database or executor has to fear.
#[derive(Debug, Clone)]
pub(crate) struct Fields(pub(crate) Map<String, Value>);

impl<S: Sync> FromRequestParts<S> for Fields {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpError> {
        let Ok(Body(map)) = Body::from_request_parts(parts, state).await;
        let body = Value::Object(map);
        refuse_hostile("", &body).map_err(|violation| HttpError::bad_request(violation.message))?;
        match body {
            Value::Object(map) => Ok(Self(map)),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Ok(Self(Map::new())),
        }
    }
}

impl Fields {
    /// Absent and null are the same.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, HttpError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(HttpError::bad_request(format!("{name} must be a string"))),
        }
    }

    pub(super) fn required_text(&self, name: &str) -> Result<String, HttpError> {
        let text = self.text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| HttpError::missing(name))
    }

    /// Ids were pasted into texts, so a number was as good as its digits.
    pub(super) fn id(&self, name: &str) -> Result<Option<String>, HttpError> {
        match self.get(name) {
            Some(Value::Number(number)) => Ok(Some(js_number(number.as_str()))),
            _ => self.text(name),
        }
    }

    pub(super) fn required_id(&self, name: &str) -> Result<String, HttpError> {
        let id = self.id(name)?.filter(|text| !text.is_empty());
        id.ok_or_else(|| HttpError::missing(name))
    }

    /// Both names of the type are accepted; the newer one wins. Empty counts as absent.
    pub(super) fn executor_type(&self) -> Result<Option<String>, HttpError> {
        for name in ["controllerType", "executorType"] {
            if let Some(text) = self.text(name)?.filter(|text| !text.is_empty()) {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// Makes a request recognisable when it is repeated.
    pub(super) fn fingerprint(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

/// Query parameters; of a repeated one all are kept.
#[derive(Debug, Clone)]
pub(crate) struct Query(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let pairs: Vec<(String, String)> = pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        for (_, value) in &pairs {
            refuse_hostile_text("", value)
                .map_err(|violation| HttpError::bad_request(violation.message))?;
        }
        Ok(Self(pairs))
    }
}

impl Query {
    /// The parameter, when it was given exactly once.
    pub(super) fn single(&self, name: &str) -> Option<&str> {
        let mut values = self
            .0
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value);
        let value = values.next()?;
        values.next().is_none().then_some(value.as_str())
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, HttpError> {
        let value = self.single(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| HttpError::missing(name))
    }
}
