//! Configurations and the schemas they must satisfy: merging, validation, hostile input.

mod hostile;
mod legacy_wording;
mod merge;
mod pointer;
mod schema;
mod schema_findings;
mod schema_graph;
mod schema_lint;
mod wording;

pub use hostile::{refuse_hostile, refuse_hostile_object, refuse_hostile_text};
pub use legacy_wording::first_legacy_failure;
pub(crate) use merge::{
    CENTRAL_ORDER_BOOK, CENTRAL_VENUE, EXECUTION_CATEGORY, EXECUTION_VENUE, PURE_MARKET_MAKING,
    VOLUME,
};
pub use merge::{in_legacy_order, inject_ids, merge, overrides_from_json, system_members};
pub use pointer::join as pointer_to;
pub use schema::{ConfigSchema, schema_digest};
pub(crate) use schema_findings::is_keyword;
pub use schema_findings::schema_findings;

use serde::{Deserialize, Serialize};

use crate::phrase::Phrase;

/// One thing wrong with a configuration or schema, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// JSON Pointer (RFC 6901) to the offending value; empty for the whole document.
    pub pointer: String,
    /// The schema keyword or rule that refused it: `minimum`, `required`, `executor`.
    pub keyword: String,
    /// A sentence for people.
    pub message: String,
    /// What the sentence says, where it is one of those that can be translated.
    #[serde(skip)]
    pub phrase: Option<Box<Phrase>>,
}

impl Violation {
    pub fn new(
        pointer: impl Into<String>,
        keyword: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            keyword: keyword.into(),
            message: message.into(),
            phrase: None,
        }
    }

    pub fn said(pointer: impl Into<String>, keyword: impl Into<String>, phrase: Phrase) -> Self {
        let message = phrase.to_string();
        Self {
            phrase: Some(Box::new(phrase)),
            ..Self::new(pointer, keyword, message)
        }
    }
}
