//! Why an order was placed.

mod again;
mod comparison;
mod json;
mod recorded_decision;
mod tell_again;
mod trail;

use std::io::{self, Write};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use domain::execution::{ExecutionEvent, OrderIntent};
use domain::ids::ClientOrderId;
use event_store::{Recorded, StoredRows};

use crate::human_line::{plain, who_and_why};
use crate::outcome::Outcome;
use crate::whole::require_whole;
use again::decide_again;
use tell_again::tell_again;
use trail::Trail;

/// Follow an order back to what it was decided on: inputs, configuration, definition version, people
///
/// All of it is read from the log. Then the decision is taken again by this release's code: with the
/// books, tickers and venue rules that were recorded, the run's state folded from the events before it,
/// and the run's configuration. Where other orders or cancellations come out than were recorded, each
/// difference is told.
///
/// strategos-replay explain s7f3a-1-17
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Explain {
    /// The order's client order id, as fills and the venue have it
    order: String,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object, with all that was seen
    Json,
}

impl Explain {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let id = ClientOrderId::new(self.order.as_str());
        // What is missing might be what explains it
        require_whole(log.as_ref(), log.head().await?.0).await?;
        let trail = Trail::of(log.as_ref(), &id).await?;
        let again = decide_again(log.as_ref(), &trail).await?;
        if self.format == Format::Json {
            let told = json::json(&trail, &again)?;
            serde_json::to_writer_pretty(&mut *out, &told).map_err(io::Error::from)?;
            writeln!(out)?;
            return Ok(again.outcome());
        }
        tell_order(&trail, out)?;
        tell_run(&trail, out)?;
        tell_definition(&trail, out)?;
        tell_again(&again, out)?;
        Ok(again.outcome())
    }
}

fn tell_order(trail: &Trail, out: &mut dyn Write) -> anyhow::Result<()> {
    let intent = &trail.intent;
    writeln!(
        out,
        "order {}: {} {} {} at {} on {}, as {}",
        intent.client_order_id,
        intent.side.as_str(),
        intent.quantity.amount(),
        plain(&intent.pair),
        intent.price.amount(),
        plain(&intent.exchange),
        plain(&intent.slot),
    )?;
    writeln!(out, "  decided{}", at(&trail.decided))?;
    writeln!(
        out,
        "  in the tick of {}, on {}",
        intent.tick_at,
        basis(intent)
    )?;
    for (recorded, event) in &trail.fate {
        writeln!(out, "  {}", became(recorded, event))?;
    }
    Ok(())
}

fn basis(intent: &OrderIntent) -> String {
    let inputs = intent.basis.inputs.iter();
    let inputs = inputs.map(|(name, value)| format!(", {} {value}", plain(name)));
    let inputs: String = inputs.collect();
    format!(
        "a reference price of {}{inputs}",
        intent.basis.reference_price
    )
}

fn became(recorded: &Recorded, event: &ExecutionEvent) -> String {
    let told = match event {
        ExecutionEvent::OrderAcknowledged { venue_order_id, .. } => {
            format!("the venue has it as {}", plain(venue_order_id))
        }
        ExecutionEvent::OrderRejected { reason, .. } => {
            format!("the venue refused it: {}", plain(reason))
        }
        ExecutionEvent::CancelIntended { reason, .. } => {
            format!("its cancellation was decided: {}", plain(reason))
        }
        ExecutionEvent::OrderFilled(fill) => format!(
            "{} of it traded at {}, for a fee of {} {}",
            fill.quantity.amount(),
            fill.price.amount(),
            fill.fee,
            plain(&fill.fee_currency)
        ),
        ExecutionEvent::OrderCancelled { .. } => "it is off the venue's book".to_owned(),
        ExecutionEvent::ExecutionOpened { .. }
        | ExecutionEvent::ExecutionResumed { .. }
        | ExecutionEvent::OrderIntended(_)
        | ExecutionEvent::TickSkipped { .. }
        | ExecutionEvent::PriceBandMeasured(_)
        | ExecutionEvent::PositionMarked { .. }
        | ExecutionEvent::ExecutionClosed { .. } => recorded.event_type.clone(),
    };
    format!("{told} (position {})", recorded.position)
}

fn tell_run(trail: &Trail, out: &mut dyn Write) -> anyhow::Result<()> {
    let (key, number) = (&trail.strategy_key, trail.run);
    let Some((recorded, run)) = &trail.started else {
        writeln!(
            out,
            "run {number} of {key}: imported; the log does not say who started it"
        )?;
        return Ok(());
    };
    writeln!(out, "run {number} of {key}")?;
    writeln!(out, "  started{}", at(recorded))?;
    if let Some((recorded, _)) = &trail.reconfigured {
        writeln!(out, "  given other values{}", at(recorded))?;
    }
    writeln!(out, "  with {}", serde_json::to_string(trail.config(run))?)?;
    Ok(())
}

fn tell_definition(trail: &Trail, out: &mut dyn Write) -> anyhow::Result<()> {
    let pin = trail
        .started
        .as_ref()
        .and_then(|(_, run)| run.definition.as_ref());
    let Some(pin) = pin else {
        writeln!(out, "no definition: the run was started without one")?;
        return Ok(());
    };
    writeln!(
        out,
        "definition {} {} ({})",
        pin.key,
        pin.version,
        plain(&pin.name)
    )?;
    if pin.edited_since_publish {
        writeln!(
            out,
            "  edited since that version was published, and started as edited"
        )?;
    }
    match &trail.published {
        Some(recorded) => writeln!(out, "  published{}", at(recorded))?,
        None => writeln!(out, "  the log does not hold who published this version")?,
    }
    Ok(())
}

fn at(event: &Recorded) -> String {
    let time = event.recorded_at.format("%Y-%m-%d %H:%M:%S%.6f");
    format!(
        " at position {} on {time} UTC{}",
        event.position,
        who_and_why(event)
    )
}
