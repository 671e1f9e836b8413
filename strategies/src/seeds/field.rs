//! Fields of a configuration schema that a form can explain to somebody who reads no code.

use serde_json::{Map, Number, Value, json};

/// One property: what it is called, means and is measured in, and what values it takes.
pub(super) struct Field {
    name: &'static str,
    schema: Map<String, Value>,
}

impl Field {
    pub(super) fn text(name: &'static str, title: &str, description: &str) -> Self {
        Self::of("string", name, title, description)
    }

    pub(super) fn number(name: &'static str, title: &str, description: &str) -> Self {
        Self::of("number", name, title, description)
    }

    pub(super) fn flag(name: &'static str, title: &str, description: &str) -> Self {
        Self::of("boolean", name, title, description)
    }

    pub(super) fn choice(
        name: &'static str,
        title: &str,
        description: &str,
        choices: &[&str],
    ) -> Self {
        Self::text(name, title, description).with("enum", json!(choices))
    }

    /// A list of objects with these fields, all of them required.
    pub(super) fn list(
        name: &'static str,
        title: &str,
        description: &str,
        fields: Vec<Self>,
    ) -> Self {
        let required: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let items = object(&required, fields);
        Self::of("array", name, title, description).with("items", items)
    }

    fn of(kind: &str, name: &'static str, title: &str, description: &str) -> Self {
        let field = Self {
            name,
            schema: Map::new(),
        };
        field
            .with("type", json!(kind))
            .with("title", json!(title))
            .with("description", json!(description))
            .with("x-updatable", json!(true))
    }

    /// What every executor asks about a run whose server has come back.
    pub(super) fn on_restart() -> Self {
        Self::choice(
            "onRestart",
            "After a restart",
            "Of the server. resume: go on; so if empty. hold: cancel the orders and stop. flatten: \
             also close what the run has bought or sold short.",
            &["resume", "hold", "flatten"],
        )
    }

    pub(super) fn unit(self, unit: &str) -> Self {
        self.with("x-unit", json!(unit))
    }

    pub(super) fn at_least(self, least: impl Into<Number>) -> Self {
        self.with("minimum", Value::Number(least.into()))
    }

    pub(super) fn at_most(self, most: impl Into<Number>) -> Self {
        self.with("maximum", Value::Number(most.into()))
    }

    pub(super) fn below(self, limit: impl Into<Number>) -> Self {
        self.with("exclusiveMaximum", Value::Number(limit.into()))
    }

    /// A running instance keeps the value it was started with.
    pub(super) fn fixed(self) -> Self {
        self.with("x-updatable", json!(false))
    }

    fn with(mut self, keyword: &str, value: Value) -> Self {
        self.schema.insert(keyword.to_owned(), value);
        self
    }
}

pub(super) fn object(required: &[&str], fields: Vec<Field>) -> Value {
    let properties = fields
        .into_iter()
        .map(|field| (field.name.to_owned(), Value::Object(field.schema)));
    json!({
        "type": "object",
        "required": required,
        "properties": properties.collect::<Map<_, _>>(),
    })
}
