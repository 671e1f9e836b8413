//! Which fields a configuration is asked for, so that a test can hold them against what is described.

use std::cell::RefCell;
use std::collections::BTreeSet;

thread_local! {
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

pub(super) fn note(field: &str) {
    ASKED.with_borrow_mut(|asked| asked.insert(field.to_owned()));
}

/// The fields that `read` asks for on this thread, those inside a list among them.
pub(crate) fn asked_by(read: impl FnOnce()) -> BTreeSet<String> {
    ASKED.take();
    read();
    ASKED.take()
}
