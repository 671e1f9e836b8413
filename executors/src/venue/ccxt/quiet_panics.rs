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
