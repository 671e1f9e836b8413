//! What a panic said.

use std::any::Any;

/// A panic carries whatever it was raised with; almost always a text.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    if let Some(text) = panic.downcast_ref::<&str>() {
        return text;
    }
    panic
        .downcast_ref::<String>()
        .map_or("it did not say why", String::as_str)
}
