//! An event on one line, for people.

use std::fmt::Write as _;

use event_store::Recorded;

/// The head of a table of [`line()`]s.
pub(crate) const HEAD: &str = "position  recorded at (UTC)             what                       stream, who, through what, why";

pub(crate) fn line(event: &Recorded) -> String {
    let mut line = format!(
        "{:>8}  {}  {:<26} {}",
        event.position,
        event.recorded_at.format("%Y-%m-%d %H:%M:%S%.6f"),
        plain(&event.event_type),
        plain(&event.stream.to_string()),
    );
    // Writing to a string cannot fail
    let _written = write!(line, "{}", who_and_why(event));
    line
}

/// ` by ana through graphql: "because"`
pub(crate) fn who_and_why(event: &Recorded) -> String {
    let Ok(metadata) = event.metadata() else {
        return " by somebody: its metadata cannot be read".to_owned();
    };
    let source = serde_json::to_value(metadata.source).unwrap_or_default();
    let through = source.as_str().unwrap_or_default();
    let mut told = format!(" by {} through {through}", plain(&metadata.actor.name));
    if let Some(reason) = &metadata.reason {
        let _written = write!(told, ": \"{}\"", plain(reason));
    }
    told
}

/// Whoever wrote a text must not command the terminal of whoever reads it.
pub(crate) fn plain(text: &str) -> String {
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(visible).collect()
}
