//! Configuration schemas: JSON Schema 2020-12, compiled so that no schema can hang or exhaust us.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::{Draft, PatternOptions};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Violation;
use super::hostile::refuse_hostile;
use super::schema_lint::refuse_unbounded;
use super::wording;
use crate::phrase::Phrase;

/// Compiled size of one pattern, and of the automaton that grows while it matches.
const MAX_PATTERN_BYTES: usize = 128 * 1024;
/// Nobody reads more, and an answer must stay an answer.
const MAX_VIOLATIONS: usize = 256;
/// Compiled schemas kept for the next start.
const MAX_CACHED: usize = 64;

/// A schema that is known to be valid, bounded and self-contained.
#[derive(Debug, Clone)]
pub struct ConfigSchema {
    compiled: Arc<Compiled>,
}

#[derive(Debug)]
struct Compiled {
    validator: jsonschema::Validator,
    digest: String,
}

impl ConfigSchema {
    /// Refuses what is not a 2020-12 schema for objects, refers outside itself, loops, or would
    /// take too long. Pointers are into the schema.
    ///
    /// Compiled schemas are kept, a bounded number of them, because every start of an instance asks
    /// again and compiling costs far more than recognising.
    pub fn compile(schema: &Value) -> Result<Self, Vec<Violation>> {
        let text = schema.to_string();
        if let Some(known) = CACHE.get(&text) {
            return Ok(known);
        }
        let fresh = Self::compile_fresh(schema)?;
        CACHE.put(text, fresh.clone());
        Ok(fresh)
    }

    fn compile_fresh(schema: &Value) -> Result<Self, Vec<Violation>> {
        let one = |violation| vec![violation];
        refuse_hostile("", schema).map_err(one)?;
        let Some(members) = schema.as_object() else {
            let phrase = Phrase::SchemaMustBeObject {};
            return Err(one(Violation::said("", "type", phrase)));
        };
        if !wording::allows_only_objects(members) {
            let phrase = Phrase::OnlyObjectSchemas {};
            return Err(one(Violation::said("/type", "type", phrase)));
        }
        refuse_unbounded(schema).map_err(one)?;
        refuse_invalid(schema)?;
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .offline()
            // An engine without backtracking: matching takes linear time whatever the pattern
            .with_pattern_options(
                PatternOptions::regex()
                    .size_limit(MAX_PATTERN_BYTES)
                    .dfa_size_limit(MAX_PATTERN_BYTES),
            )
            .build(schema)
            .map_err(|error| one(wording::schema_violation(&error)))?;
        let digest = schema_digest(schema);
        Ok(Self {
            compiled: Arc::new(Compiled { validator, digest }),
        })
    }

    /// What is wrong with `config`, in schema order; the first few hundred, if it is that bad.
    pub fn violations(&self, config: &Value) -> Vec<Violation> {
        // Far quicker than collecting no errors, and most configurations have none
        if self.compiled.validator.is_valid(config) {
            return vec![];
        }
        let errors = self.compiled.validator.iter_errors(config);
        errors
            .flat_map(|error| wording::config_violations(&error))
            .take(MAX_VIOLATIONS)
            .collect()
    }

    /// See [`schema_digest`].
    pub fn digest(&self) -> &str {
        &self.compiled.digest
    }
}

/// Every place where the schema breaks the rules for schemas.
fn refuse_invalid(schema: &Value) -> Result<(), Vec<Violation>> {
    let meta_schema = jsonschema::draft202012::meta::validator();
    let errors = meta_schema.iter_errors(schema);
    let violations: Vec<Violation> = errors
        .take(MAX_VIOLATIONS)
        .map(|error| wording::schema_violation(&error))
        .collect();
    if violations.is_empty() {
        Ok(())
    } else {
        Err(violations)
    }
}

/// SHA-256 of the schema's canonical JSON (keys sorted), lower-case hex.
pub fn schema_digest(schema: &Value) -> String {
    let mut sorted = schema.clone();
    sorted.sort_all_objects();
    format!("{:x}", Sha256::digest(sorted.to_string().as_bytes()))
}

/// Keyed by the whole text: two schemas that differ only in order report in different order.
static CACHE: LazyLock<Cache> = LazyLock::new(Cache::default);

#[derive(Default)]
struct Cache(Mutex<BTreeMap<String, ConfigSchema>>);

impl Cache {
    fn get(&self, text: &str) -> Option<ConfigSchema> {
        let schemas = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        schemas.get(text).cloned()
    }

    fn put(&self, text: String, schema: ConfigSchema) {
        let mut schemas = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if schemas.len() >= MAX_CACHED {
            schemas.clear();
        }
        schemas.insert(text, schema);
    }
}

#[cfg(test)]
mod tests;
