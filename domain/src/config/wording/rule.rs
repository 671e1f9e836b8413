//! A sentence for each rule that a value can break.

use jsonschema::error::{TypeKind, ValidationErrorKind};

use super::{one_of, plain};
use crate::phrase::{Param, Phrase};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others are in `limit` and `form`"
)]
pub(super) fn rule(subject: Param, kind: &ValidationErrorKind) -> Phrase {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Type { kind } => Phrase::MustBeOfType {
            subject,
            types: type_names(kind),
        },
        Kind::Enum { options } => one_of(subject, options.as_array().map_or(&[], Vec::as_slice)),
        Kind::Constant { expected_value } => Phrase::MustBe {
            subject,
            value: Param::Text(plain(expected_value)),
        },
        Kind::Pattern { pattern } => Phrase::MustMatch {
            subject,
            pattern: Param::text(pattern),
        },
        Kind::Format { format } => Phrase::MustBeValid {
            subject,
            format: Param::text(format),
        },
        Kind::PropertyNames { error } => Phrase::MustNotHaveMember {
            subject,
            name: Param::Text(plain(error.instance())),
            why: rule(Phrase::Names {}.into(), error.kind()).into(),
        },
        Kind::Required { property } => Phrase::MustHave {
            subject,
            name: Param::Text(plain(property)),
        },
        Kind::Custom { message, .. } => Phrase::OtherRule {
            subject,
            rule: Param::text(message),
        },
        Kind::ContentEncoding { content_encoding } => Phrase::MustBe {
            subject,
            value: Param::text(content_encoding),
        },
        Kind::ContentMediaType { content_media_type } => Phrase::MustBe {
            subject,
            value: Param::text(content_media_type),
        },
        other => limit(subject, other),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the others are in `form`")]
fn limit(subject: Param, kind: &ValidationErrorKind) -> Phrase {
    use ValidationErrorKind as Kind;
    let number = |limit| Param::Text(plain(limit));
    match kind {
        Kind::Minimum { limit } => Phrase::MustBeAtLeast {
            subject,
            limit: number(limit),
        },
        Kind::Maximum { limit } => Phrase::MustBeAtMost {
            subject,
            limit: number(limit),
        },
        Kind::ExclusiveMinimum { limit } => Phrase::MustBeAbove {
            subject,
            limit: number(limit),
        },
        Kind::ExclusiveMaximum { limit } => Phrase::MustBeBelow {
            subject,
            limit: number(limit),
        },
        Kind::MultipleOf { multiple_of } => Phrase::MustBeMultipleOf {
            subject,
            step: number(multiple_of),
        },
        Kind::MinLength { limit } => Phrase::TooFewCharacters {
            subject,
            limit: Param::text(limit),
        },
        Kind::MaxLength { limit } => Phrase::TooManyCharacters {
            subject,
            limit: Param::text(limit),
        },
        Kind::MinItems { limit } => Phrase::TooFewItems {
            subject,
            limit: Param::text(limit),
        },
        Kind::MaxItems { limit } => Phrase::TooManyItems {
            subject,
            limit: Param::text(limit),
        },
        Kind::AdditionalItems { limit } => Phrase::TooManyItems {
            subject,
            limit: Param::text(limit),
        },
        Kind::MinProperties { limit } => Phrase::TooFewMembers {
            subject,
            limit: Param::text(limit),
        },
        Kind::MaxProperties { limit } => Phrase::TooManyMembers {
            subject,
            limit: Param::text(limit),
        },
        other => form(subject, other),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what remains is a failure of the engine"
)]
fn form(subject: Param, kind: &ValidationErrorKind) -> Phrase {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => Phrase::MustHaveAllowedForm { subject },
        Kind::OneOfMultipleValid { .. } => Phrase::MustHaveOnlyOneForm { subject },
        Kind::Not { .. } => Phrase::HasForbiddenForm { subject },
        Kind::Contains => Phrase::MustContain { subject },
        Kind::UniqueItems => Phrase::MustNotRepeat { subject },
        Kind::FalseSchema => Phrase::NotAllowed { subject },
        Kind::UnevaluatedItems { .. } => Phrase::ItemsNotAllowed { subject },
        Kind::UnevaluatedProperties { .. } | Kind::AdditionalProperties { .. } => {
            Phrase::MembersNotAllowed { subject }
        }
        Kind::FromUtf8 { .. } => Phrase::MustBeUtf8 { subject },
        _ => Phrase::CannotBeChecked { subject },
    }
}

fn type_names(kind: &TypeKind) -> Param {
    match kind {
        TypeKind::Single(name) => Param::text(name),
        TypeKind::Multiple(names) => {
            let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
            Param::Text(names.join(" or "))
        }
    }
}
