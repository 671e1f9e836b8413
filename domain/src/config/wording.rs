//! The sentences of refusals about configurations, in the legacy contract's style.

mod rule;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value};

use self::rule::rule;
use super::{Violation, pointer};
use crate::phrase::{Param, Phrase};

/// Whether a schema's root type, if it names one, allows objects and nothing else.
pub(super) fn allows_only_objects(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        None => true,
        Some(Value::Array(types)) => types.iter().all(|name| name == "object"),
        Some(name) => name == "object",
    }
}

/// The bare name, without the path: callers match it.
pub(super) fn missing(name: &str) -> Phrase {
    let name = Param::text(name);
    Phrase::MissingField { name }
}

/// What a sentence about a configuration is about: `Config field a.b`
pub(super) fn field(at: &str) -> Param {
    let subject = match pointer::dotted(at).as_str() {
        "" => Phrase::Config {},
        path => Phrase::ConfigField {
            path: Param::text(path),
        },
    };
    subject.into()
}

pub(super) fn one_of(subject: Param, options: &[Value]) -> Phrase {
    let options: Vec<String> = options.iter().map(plain).collect();
    let options = Param::Text(options.join(", "));
    Phrase::MustBeOneOf { subject, options }
}

/// A value as the original's language prints it inside a text: `1.0` is `1`.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // A lossy reading on purpose: the original had nothing else
        Value::Number(number) => number.as_f64().map_or_else(
            || number.to_string(),
            |number| ryu_js::Buffer::new().format(number).to_owned(),
        ),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Everything one failed keyword refuses: one violation per unexpected or missing member.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other kind is one violation"
)]
pub(super) fn config_violations(error: &ValidationError<'_>) -> Vec<Violation> {
    let at = error.instance_path().as_str();
    let keyword = error.kind().keyword();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let each = unexpected.iter().map(|name| {
                let at = pointer::join(at, name);
                let subject = field(&at);
                Violation::said(at, keyword, Phrase::NotAllowed { subject })
            });
            each.collect()
        }
        ValidationErrorKind::Required { property } => {
            vec![Violation::said(at, keyword, missing(&plain(property)))]
        }
        kind => vec![Violation::said(at, keyword, rule(field(at), kind))],
    }
}

/// What is wrong with a schema, judged by its own meta-schema.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other kind reads the same"
)]
pub(super) fn schema_violation(error: &ValidationError<'_>) -> Violation {
    let at = error.instance_path().as_str();
    let place = if at.is_empty() {
        Phrase::TheSchema {}.into()
    } else {
        Param::text(at)
    };
    let phrase = match error.kind() {
        // The engine reports where the pattern is in the schema, not in an instance
        ValidationErrorKind::Format { format } if format == "regex" => {
            let at = error.schema_path().as_str();
            return Violation::said(at, "pattern", Phrase::PatternUnsupported {});
        }
        ValidationErrorKind::Referencing(_) => Phrase::ReferenceLeadsNowhere {},
        kind => rule(place, kind),
    };
    Violation::said(at, error.kind().keyword(), phrase)
}
