//! How far something long has come, for people who wait.

use std::fmt::Write;

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressState, ProgressStyle};

/// Of so many events.
pub(crate) fn bar(events: u64, what: &str) -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template(
        "{prefix}{wide_bar}  {human_pos} of {human_len} events  {rate}{left}",
    )?
    .with_key("rate", rate)
    .with_key("left", left);
    let bar = ProgressBar::new(events).with_style(style);
    if !what.is_empty() {
        bar.set_prefix(format!("{what}  "));
    }
    Ok(bar)
}

fn rate(state: &ProgressState, out: &mut dyn Write) {
    let rate = HumanCount(whole(state.per_sec()));
    let _nobody_reads = write!(out, "{rate}/s");
}

/// Before the first event nothing can be said.
fn left(state: &ProgressState, out: &mut dyn Write) {
    if state.pos() > 0 {
        let left = HumanDuration(state.eta());
        let _nobody_reads = write!(out, "  {left} left");
    }
}

/// Nobody needs to know more exactly.
fn whole(rate: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate is positive and no machine is that fast"
    )]
    let whole = rate.round() as u64;
    whole
}
