//! Ids that are unique over all types.

use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::node::Kind;

/// The kind's name and what identifies one of the kind: unreadable on purpose.
pub(crate) fn global_id(kind: Kind, parts: &[&str]) -> ID {
    let mut all = vec![kind.name()];
    all.extend(parts);
    let json = serde_json::Value::from(all).to_string();
    ID(URL_SAFE_NO_PAD.encode(json))
}

/// `None` for what is no id of ours.
pub(crate) fn parse(id: &ID) -> Option<(Kind, Vec<String>)> {
    let json = URL_SAFE_NO_PAD.decode(id.as_str()).ok()?;
    let mut all: Vec<String> = serde_json::from_slice(&json).ok()?;
    if all.is_empty() {
        return None;
    }
    let kind = Kind::named(&all.remove(0))?;
    Some((kind, all))
}
