//! What is wrong with content, or merely odd.

use async_graphql::{Enum, SimpleObject};
use domain::config::{Violation, pointer_to, schema_findings};
use domain::definition::DefinitionContent;
use domain::instance::{config_violations, defaults_for_a_start};
use domain::phrase::{self, Param};

use crate::graphql::phrase::Phrase;
use crate::state::App;

#[derive(Debug, Clone, PartialEq, SimpleObject)]
pub(crate) struct Finding {
    severity: Severity,
    message: String,
    /// What the message says; null where it is one that nobody translates.
    phrase: Option<Phrase>,
    /// JSON Pointer into what was looked at: `/configSchema/…`, `/defaultConfig/…` or, for an
    /// instance, into its configuration.
    pointer: String,
    keyword: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum Severity {
    Error,
    Warning,
}

impl Finding {
    pub(super) fn error(root: &str, violation: Violation) -> Self {
        Self::of(Severity::Error, root, violation)
    }

    fn warning(root: &str, violation: Violation) -> Self {
        Self::of(Severity::Warning, root, violation)
    }

    fn of(severity: Severity, root: &str, violation: Violation) -> Self {
        Self {
            severity,
            phrase: violation.phrase.as_deref().map(Phrase::from),
            message: violation.message,
            pointer: format!("{root}{}", violation.pointer),
            keyword: violation.keyword,
        }
    }
}

/// A default that its own schema refuses is a warning: a start may override it.
pub(super) fn findings(app: &App, content: &DefinitionContent) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !app.catalogue.knows(&content.executor_type) {
        let allowed = app.catalogue.allowed();
        let phrase = phrase::Phrase::NoExecutor {
            executor: Param::text(&content.executor_type),
            allowed: Param::text(allowed),
        };
        let violation = Violation::said("/executorType", "executor", phrase);
        findings.push(Finding::error("", violation));
    }
    let schema = &content.config_schema;
    let defaults = defaults_for_a_start(content);
    match config_violations(schema, &content.executor_type, &defaults) {
        Err(violations) => {
            let told = violations.into_iter();
            findings.extend(told.map(|violation| Finding::error("/configSchema", violation)));
            return findings;
        }
        Ok(violations) => {
            // What is required and has no default, whoever starts it must say
            let told = violations
                .into_iter()
                .filter(|one| one.keyword != "required");
            findings.extend(told.map(|violation| Finding::warning("/defaultConfig", violation)));
        }
    }
    let odd = schema_findings(schema).into_iter();
    findings.extend(odd.map(|violation| Finding::warning("/configSchema", violation)));
    findings.extend(outside_the_schema(content));
    findings
}

/// A form made from the schema would hide them.
fn outside_the_schema(content: &DefinitionContent) -> Vec<Finding> {
    let properties = content.config_schema.get("properties");
    let names = content.default_config.keys();
    let unnamed = names.filter(|name| properties.and_then(|all| all.get(*name)).is_none());
    unnamed
        .map(|name| {
            let phrase = phrase::Phrase::DefaultUndescribed {
                name: Param::text(name),
            };
            let violation = Violation::said(pointer_to("", name), "properties", phrase);
            Finding::warning("/defaultConfig", violation)
        })
        .collect()
}
