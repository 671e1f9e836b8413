//! ccxt tells every failure by panicking and catches that itself. Those panics are answers, not
//! faults of this program: nothing is printed for them.

use std::sync::Once;

tokio::task_local! {
    static EXPECTED: ();
}

static INSTALL: Once = Once::new();

/// Runs `work`; panics in it are not printed. They still unwind.
pub(super) async fn quietly<T>(work: impl Future<Output = T>) -> T {
    install();
    EXPECTED.scope((), work).await
}

/// The same for what does not wait.
pub(super) fn quietly_now<T>(work: impl FnOnce() -> T) -> T {
    install();
    EXPECTED.sync_scope((), work)
}

fn install() {
    INSTALL.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if EXPECTED.try_with(|()| ()).is_err() {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    static TOLD: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn expected_panics_are_kept_quiet_and_no_others() {
        std::panic::set_hook(Box::new(|_| {
            TOLD.fetch_add(1, Ordering::SeqCst);
        }));
        assert!(quietly_now(|| catch_unwind(|| panic!("an answer"))).is_err());
        assert_eq!(TOLD.load(Ordering::SeqCst), 0);
        assert!(catch_unwind(|| panic!("a fault")).is_err());
        assert_eq!(TOLD.load(Ordering::SeqCst), 1);
    }
}
