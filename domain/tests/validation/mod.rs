//! The cases that the browser's validator is held to as well: `web/src/validation/cases.test.ts`
//! reads the same file.

use domain::config::ConfigSchema;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    description: String,
    schema: Value,
    instance: Value,
    /// Pointer and keyword of each.
    violations: Vec<(String, String)>,
}

#[test]
fn the_verdicts_are_those_of_the_browser() {
    let text = include_str!("../cases/validation.json");
    let Cases { cases } = serde_json::from_str(text).unwrap();
    assert!(cases.len() > 90);
    for case in cases {
        let schema = ConfigSchema::compile(&case.schema).unwrap();
        let found = schema.violations(&case.instance).into_iter();
        let mut found: Vec<_> = found.map(|one| (one.pointer, one.keyword)).collect();
        found.sort();
        assert_eq!(found, case.violations, "{}", case.description);
    }
}
