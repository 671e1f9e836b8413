//! The whole explanation, for programs.

use domain::execution::OrderIntent;
use event_store::{Metadata, Recorded};
use serde::Serialize;
use serde_json::{Value, json};

use super::again::Again;
use super::trail::Trail;

pub(super) fn json(trail: &Trail, again: &Again) -> anyhow::Result<Value> {
    let fate = trail.fate.iter().map(|(recorded, event)| {
        anyhow::Ok(json!({"recorded": reference(recorded)?, "event": event}))
    });
    // What it saw stands with the decision
    let order = OrderIntent {
        seen: None,
        ..trail.intent.clone()
    };
    Ok(json!({
        "order": order,
        "decided": reference(&trail.decided)?,
        "fate": fate.collect::<Result<Vec<_>, _>>()?,
        "run": run(trail)?,
        "definition": definition(trail)?,
        "again": taken(again),
    }))
}

fn run(trail: &Trail) -> anyhow::Result<Value> {
    let started = trail.started.as_ref();
    let reconfigured = trail.reconfigured.as_ref();
    Ok(json!({
        "strategy_key": trail.strategy_key,
        "number": trail.run,
        "started": started.map(|(recorded, _)| reference(recorded)).transpose()?,
        "reconfigured": reconfigured.map(|(recorded, _)| reference(recorded)).transpose()?,
        "config": started.map(|(_, run)| trail.config(run)),
    }))
}

fn definition(trail: &Trail) -> anyhow::Result<Value> {
    let run = trail.started.as_ref().map(|(_, run)| run);
    let Some(pin) = run.and_then(|run| run.definition.as_ref()) else {
        return Ok(Value::Null);
    };
    Ok(json!({
        "key": pin.key,
        "version": pin.version,
        "name": pin.name,
        "edited_since_publish": pin.edited_since_publish,
        "published": trail.published.as_ref().map(reference).transpose()?,
    }))
}

fn taken(again: &Again) -> Value {
    match again {
        Again::Impossible(why) => json!({"impossible": why}),
        Again::Taken(compared) => json!({
            "same": compared.differences.is_empty(),
            "orders": compared.orders,
            "cancellations": compared.cancellations,
            "held_back": compared.held_back,
            "differences": compared.differences,
            "saw": compared.seen,
        }),
    }
}

/// Where an event is, who made it and why.
#[derive(Debug, Serialize)]
struct Reference {
    /// Positions are 64-bit.
    position: String,
    event_id: String,
    event_type: String,
    recorded_at: String,
    #[serde(flatten)]
    metadata: Metadata,
}

fn reference(recorded: &Recorded) -> anyhow::Result<Reference> {
    Ok(Reference {
        position: recorded.position.to_string(),
        event_id: recorded.event_id.to_string(),
        event_type: recorded.event_type.clone(),
        recorded_at: recorded
            .recorded_at
            .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        metadata: recorded.metadata()?,
    })
}
