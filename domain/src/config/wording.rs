//! The sentences of refusals about configurations, in the legacy contract's style.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::{Map, Value};

use super::{Violation, pointer};

pub(super) const ONLY_OBJECTS: &str = "Only object config schemas are supported";

/// Whether a schema's root type, if it names one, allows objects and nothing else.
pub(super) fn allows_only_objects(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        None => true,
        Some(Value::Array(types)) => types.iter().all(|name| name == "object"),
        Some(name) => name == "object",
    }
}

/// The bare name, without the path: callers match it.
pub(super) fn missing(name: &str) -> String {
    format!("Missing required config field: {name}")
}

/// `Config field a.b must be >= 0`
pub(super) fn field(at: &str, rule: &str) -> String {
    match pointer::dotted(at).as_str() {
        "" => format!("Config {rule}"),
        path => format!("Config field {path} {rule}"),
    }
}

pub(super) fn one_of(options: &[Value]) -> String {
    let options: Vec<String> = options.iter().map(plain).collect();
    format!("must be one of: {}", options.join(", "))
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
                let message = field(&at, "is not allowed");
                Violation::new(at, keyword, message)
            });
            each.collect()
        }
        ValidationErrorKind::Required { property } => {
            vec![Violation::new(at, keyword, missing(&plain(property)))]
        }
        kind => vec![Violation::new(at, keyword, field(at, &rule(kind)))],
    }
}

/// What is wrong with a schema, judged by its own meta-schema.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other kind reads the same"
)]
pub(super) fn schema_violation(error: &ValidationError<'_>) -> Violation {
    let at = error.instance_path().as_str();
    let place = if at.is_empty() { "the schema" } else { at };
    let message = match error.kind() {
        // The engine reports where the pattern is in the schema, not in an instance
        ValidationErrorKind::Format { format } if format == "regex" => {
            let at = error.schema_path().as_str();
            let message = "the pattern is not supported: it must be a regular expression \
                           without look-around and back-references, and not too large";
            return Violation::new(at, "pattern", message);
        }
        ValidationErrorKind::Referencing(_) => "a reference leads nowhere".to_owned(),
        kind => format!("{place} {}", rule(kind)),
    };
    Violation::new(at, error.kind().keyword(), message)
}

/// The rest of the sentence `Config field P ..`.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others are in `fixed_rule`"
)]
fn rule(kind: &ValidationErrorKind) -> String {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Type { kind } => format!("must be {}", type_names(kind)),
        Kind::Enum { options } => one_of(options.as_array().map_or(&[], Vec::as_slice)),
        Kind::Constant { expected_value } => format!("must be {}", plain(expected_value)),
        Kind::Minimum { limit } => format!("must be >= {}", plain(limit)),
        Kind::Maximum { limit } => format!("must be <= {}", plain(limit)),
        Kind::ExclusiveMinimum { limit } => format!("must be > {}", plain(limit)),
        Kind::ExclusiveMaximum { limit } => format!("must be < {}", plain(limit)),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {}", plain(multiple_of)),
        Kind::MinLength { limit } => format!("must have at least {limit} characters"),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::MinItems { limit } => format!("must have at least {limit} items"),
        Kind::MaxItems { limit } => format!("must have at most {limit} items"),
        Kind::MinProperties { limit } => format!("must have at least {limit} members"),
        Kind::MaxProperties { limit } => format!("must have at most {limit} members"),
        Kind::AdditionalItems { limit } => format!("must have at most {limit} items"),
        Kind::Pattern { pattern } => format!("must match {pattern}"),
        Kind::Format { format } => format!("must be a valid {format}"),
        Kind::PropertyNames { error } => {
            let name = plain(error.instance());
            format!(
                "must not have a member {name}: names {}",
                rule(error.kind())
            )
        }
        Kind::Required { property } => format!("must have {}", plain(property)),
        Kind::Custom { message, .. } => message.clone(),
        Kind::ContentEncoding { content_encoding } => format!("must be {content_encoding}"),
        Kind::ContentMediaType { content_media_type } => format!("must be {content_media_type}"),
        other => fixed_rule(other).to_owned(),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what remains is a failure of the engine"
)]
fn fixed_rule(kind: &ValidationErrorKind) -> &'static str {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => "must have one of the allowed forms",
        Kind::OneOfMultipleValid { .. } => "must have only one of the allowed forms",
        Kind::Not { .. } => "has a form that is not allowed",
        Kind::Contains => "must contain enough items of the required form, and not too many",
        Kind::UniqueItems => "must not repeat an item",
        Kind::FalseSchema => "is not allowed",
        Kind::UnevaluatedItems { .. } => "has items that are not allowed",
        Kind::UnevaluatedProperties { .. } | Kind::AdditionalProperties { .. } => {
            "has members that are not allowed"
        }
        Kind::FromUtf8 { .. } => "must be UTF-8 text",
        _ => "cannot be checked",
    }
}

fn type_names(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(name) => name.to_string(),
        TypeKind::Multiple(names) => {
            let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
            names.join(" or ")
        }
    }
}
