//! Plays a race with one seed after the other.
//!
//! `STRATEGOS_RACES=2000` plays so many, `STRATEGOS_RACE_SEED=17` that one alone.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::dice::Dice;

/// What a race is played with when nobody asks for more.
const SEEDS: u64 = 30;

/// `race` says whether the interference fell inside a turn: it has to for a quarter of the seeds at
/// least, or the test proves little.
pub(super) fn play(race: impl AsyncFn(Dice) -> bool) {
    if let Some(seed) = asked("STRATEGOS_RACE_SEED") {
        play_one(&race, seed);
        return;
    }
    let seeds = asked("STRATEGOS_RACES").unwrap_or(SEEDS);
    let fell = (0..seeds).filter(|seed| play_one(&race, *seed)).count();
    tell(&format!("seeds 0 to {seeds}: {fell} fell inside a turn"));
    assert!(
        fell * 4 >= usize::try_from(seeds).unwrap(),
        "of {seeds} schedules only {fell} fell inside a turn"
    );
}

fn play_one(race: &impl AsyncFn(Dice) -> bool, seed: u64) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let played = catch_unwind(AssertUnwindSafe(|| runtime.block_on(race(Dice::of(seed)))));
    match played {
        Ok(fell) => fell,
        Err(panic) => {
            let why = words(panic.as_ref());
            panic!("seed {seed} (STRATEGOS_RACE_SEED={seed} plays it alone): {why}")
        }
    }
}

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[expect(
    clippy::print_stderr,
    reason = "whoever plays thousands wants to know how many of them were any good"
)]
fn tell(what: &str) {
    eprintln!("{what}");
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked")
}
