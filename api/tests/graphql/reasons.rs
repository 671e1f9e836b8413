//! What may be recorded as a reason, whatever it is given for: a mutation that somebody adds is looked at without a line here.

use serde_json::{Map, Value, json};

use crate::support::{TestApp, told};

const INPUTS: &str = "{ __schema { mutationType { fields { name args { type { ofType { name } } } } } types { name \
    inputFields { name defaultValue type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } \
    enumValues { name } } } }";

#[tokio::test]
async fn a_reason_that_misleads_whoever_reads_it_is_refused_at_its_field_by_every_mutation() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let schema = app.ask(INPUTS, json!({})).await;
    let inputs = Inputs(&schema["__schema"]);
    let before = app.events().await.len();
    let refused = (
        vec![("INVALID_INPUT".to_owned(), "/reason".to_owned())],
        json!("REASON_NOT_ONE_LINE"),
    );
    let mut looked_at = 0;
    let mut others = Vec::new();
    for (mutation, mut input) in inputs.that_take_a_reason() {
        for reason in ["a\nb", "\u{1b}[2J", "nul\0", "\u{202e}txet", "\u{2028}"] {
            input["reason"] = json!(reason);
            let payload = app.mutate(&mutation, "", input.clone()).await;
            let phrase = payload["userErrors"][0]["phrase"]["code"].clone();
            let answer = (told(&payload), phrase);
            if answer != refused {
                others.push((mutation.clone(), reason, answer));
            }
        }
        looked_at += 1;
    }
    assert!(others.is_empty(), "{others:#?}");
    assert!(looked_at > 20, "{looked_at}");
    assert_eq!(app.events().await.len(), before);
}

/// The schema, and what it takes for an input.
struct Inputs<'s>(&'s Value);

impl Inputs<'_> {
    fn that_take_a_reason(&self) -> Vec<(String, Value)> {
        let mutations = self.0["mutationType"]["fields"].as_array().unwrap();
        let filled = mutations.iter().filter_map(|mutation| {
            let input = mutation["args"][0]["type"]["ofType"]["name"].as_str()?;
            let fields = self.named(input)["inputFields"].as_array()?;
            let takes_a_reason = fields.iter().any(|field| field["name"] == "reason");
            let name = mutation["name"].as_str()?.to_owned();
            takes_a_reason.then(|| (name, self.filled(input)))
        });
        filled.collect()
    }

    /// What such an input cannot do without.
    fn filled(&self, input: &str) -> Value {
        let fields = self.named(input)["inputFields"].as_array().unwrap().iter();
        let needed = fields
            .filter(|field| field["type"]["kind"] == "NON_NULL" && field["defaultValue"].is_null());
        let filled = needed.map(|field| {
            let name = field["name"].as_str().unwrap().to_owned();
            // What must be there is looked for before why it is to change
            let value = match name.as_str() {
                "key" => json!("pmm"),
                "version" => json!("1.0.0"),
                "name" => json!("strategy_instances"),
                _ => self.value(&field["type"]["ofType"]),
            };
            (name, value)
        });
        Value::Object(filled.collect::<Map<_, _>>())
    }

    fn value(&self, of: &Value) -> Value {
        let name = of["name"].as_str().unwrap_or_default();
        match of["kind"].as_str().unwrap() {
            "NON_NULL" => self.value(&of["ofType"]),
            "LIST" => json!([self.value(&of["ofType"])]),
            "INPUT_OBJECT" => self.filled(name),
            "ENUM" => self.named(name)["enumValues"][0]["name"].clone(),
            _ => match name {
                "JSON" => json!({}),
                "Boolean" => json!(true),
                "Int" => json!(1),
                "Decimal" | "Position" => json!("1"),
                "SemVer" => json!("1.0.0"),
                _ => json!("x"),
            },
        }
    }

    fn named(&self, name: &str) -> &Value {
        let mut types = self.0["types"].as_array().unwrap().iter();
        types.find(|of| of["name"] == name).unwrap()
    }
}
