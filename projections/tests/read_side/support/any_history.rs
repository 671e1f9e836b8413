//! A property of every history that commands can make.

use proptest::test_runner::{Config, TestRunner};

use super::steps::{Step, steps};

/// Fails with the shortest history that `holds` panics over.
pub(crate) fn of_any_history(cases: u32, holds: impl AsyncFn(Vec<Step>)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&steps(), |steps| {
        runtime.block_on(holds(steps));
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
