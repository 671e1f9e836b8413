//! Every way in which a list's rows lead to something else, from the schema itself: a field that
//! somebody adds is looked at without a line here.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::support::TestApp;

const TYPES: &str = "{ __schema { types { name possibleTypes { name } fields { name args { name defaultValue \
    type { kind } } type { kind name ofType { kind name ofType { kind name \
    ofType { kind name } } } } } } } }";

pub(super) struct Types {
    fields: HashMap<String, Vec<Field>>,
    /// What an interface or a union may be.
    kinds: HashMap<String, Vec<String>>,
}

struct Field {
    name: String,
    arguments: String,
    /// It cannot be asked for: what to give is said in [`argument`].
    lacks_an_argument: bool,
    /// What it leads to; a scalar leads nowhere.
    target: Option<String>,
}

impl Types {
    pub(super) async fn of(app: &TestApp) -> Self {
        let schema = app.ask(TYPES, json!({})).await;
        let types = schema["__schema"]["types"].as_array().unwrap().iter();
        let fields = |of: &Value| {
            let fields = of["fields"].as_array().into_iter().flatten();
            fields.map(Field::read).collect()
        };
        let kinds = |of: &Value| {
            let kinds = of["possibleTypes"].as_array().into_iter().flatten();
            kinds.map(|kind| text(&kind["name"])).collect()
        };
        let both = types.map(|of| {
            (
                (text(&of["name"]), fields(of)),
                (text(&of["name"]), kinds(of)),
            )
        });
        let (fields, kinds) = both.unzip();
        Self { fields, kinds }
    }

    pub(super) fn kinds_of(&self, interface: &str) -> &[String] {
        &self.kinds[interface]
    }

    /// What to select of a row: its own values, or those at the end of a way from it. A way ends
    /// where it comes to a type again.
    pub(super) fn selections(&self, of: &str) -> Vec<String> {
        self.ways(of, &mut vec![])
    }

    fn ways(&self, of: &str, passed: &mut Vec<String>) -> Vec<String> {
        let fields = &self.fields[of];
        let values = fields.iter().filter(|field| field.target.is_none());
        let values: Vec<&str> = values.map(|field| field.name.as_str()).collect();
        let mut ways = Vec::from_iter((!values.is_empty()).then(|| values.join(" ")));
        if passed.iter().any(|one| one == of) {
            return ways;
        }
        passed.push(of.to_owned());
        for field in fields {
            let Some(target) = &field.target else {
                continue;
            };
            // The nodes are the edges'
            if field.name == "edges" {
                continue;
            }
            let name = &field.name;
            assert!(
                !field.lacks_an_argument,
                "say here what to give to {of}.{name}"
            );
            let further = self.ways(target, passed).into_iter();
            ways.extend(
                further.map(|way| format!("{}{} {{ {way} }}", field.name, field.arguments)),
            );
        }
        passed.pop();
        ways
    }
}

impl Field {
    fn read(field: &Value) -> Self {
        let mut of = &field["type"];
        while !of["ofType"].is_null() {
            of = &of["ofType"];
        }
        let is_object = ["OBJECT", "INTERFACE", "UNION"].contains(&text(&of["kind"]).as_str());
        let arguments = field["args"].as_array().unwrap();
        let lacks_an_argument = arguments
            .iter()
            .any(|one| is_required(one) && argument(one).is_none());
        let arguments: Vec<String> = arguments.iter().filter_map(argument).collect();
        Self {
            name: text(&field["name"]),
            arguments: match arguments.as_slice() {
                [] => String::new(),
                given => format!("({})", given.join(", ")),
            },
            lacks_an_argument,
            target: is_object.then(|| text(&of["name"])),
        }
    }
}

/// What a field cannot do without, and how many rows.
fn argument(argument: &Value) -> Option<String> {
    match text(&argument["name"]).as_str() {
        "first" => Some("first: 3".to_owned()),
        "version" => Some("version: \"1.0.0\"".to_owned()),
        _ => None,
    }
}

fn is_required(argument: &Value) -> bool {
    argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
