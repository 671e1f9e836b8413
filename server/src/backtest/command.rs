//! `strategos backtest`: tries a configuration on recorded or generated data.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use chrono::TimeDelta;
use domain::ExecutorCatalogue;
use domain::ids::{ClientId, UserId};
use domain::instance::{InstanceError, LaunchRequest, plan_launch};
use event_store::EventLog;
use executors::backtest::{Backtest, BacktestReport};
use executors::market::Tape;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use super::args::BacktestArgs;
use super::trial::{Data, Ground, Trial};
use super::{definition, html, text};
use crate::config::Settings;
use crate::engine;
use crate::stores::look_at_log;
use crate::terminal::say;

/// No data is longer.
const LONGEST: TimeDelta = TimeDelta::days(3_660);

/// What was asked, beside what was found.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) definition: String,
    pub(super) version: String,
    pub(super) data: String,
    pub(super) config: Value,
}

pub(crate) async fn backtest(settings: &Settings, args: BacktestArgs) -> anyhow::Result<()> {
    ensure!(!args.step.is_zero(), "--step must be longer than nothing");
    let registry = engine::registry(&std::collections::BTreeMap::new())?;
    let catalogue: Arc<dyn ExecutorCatalogue> = registry.clone();
    let log = installation(settings).await?;
    let live = definition::find(&args.definition, log, &catalogue).await?;
    let overrides = overrides(&args.config)?;
    let request = LaunchRequest {
        user_id: Some(UserId::new("backtest")),
        client_id: Some(ClientId::new("backtest")),
        market_making_order_id: None,
        overrides,
    };
    let plan =
        plan_launch(&live, request, catalogue.as_ref()).map_err(|refusal| in_words(&refusal))?;
    let question = Question {
        definition: live.key.to_string(),
        version: live.current_version.to_string(),
        data: args.data.clone(),
        config: Value::Object(plan.config.clone()),
    };
    let trial = Trial {
        plan,
        data: data(&args.data)?,
        seed: args.seed,
        from: delta("--from", args.from)?,
        length: delta("--length", args.length)?,
        step: delta("--step", args.step)?,
    };
    let report = run(trial.on(&Ground::of(settings, registry))).await?;
    if let Some(file) = &args.html {
        write_page(file, &question, &report)?;
    }
    if args.json {
        say(serde_json::to_string_pretty(&report)?);
    } else {
        say(text::report(&question, &report));
    }
    Ok(())
}

/// Trying must not even bring the installation to this release's shape; one that cannot be read is not
/// passed over, for its definitions may be others.
async fn installation(settings: &Settings) -> anyhow::Result<Option<Arc<dyn EventLog>>> {
    let found = look_at_log(settings).await;
    let url = &settings.database_url;
    let found = found.with_context(|| format!("the definitions in {url} cannot be read"))?;
    Ok(found.map(|rows| -> Arc<dyn EventLog> { rows }))
}

async fn run(backtest: Backtest) -> anyhow::Result<BacktestReport> {
    // Shown on a terminal only, and on standard error: the report may be piped
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{wide_bar} {percent} %, {eta} left")?;
    bar.set_style(style);
    let told = bar.clone();
    let report = backtest
        .run(move |progress| {
            told.set_length(progress.of);
            told.set_position(progress.done);
        })
        .await;
    bar.finish_and_clear();
    Ok(report?)
}

/// Everything that is wrong, a line each.
fn in_words(refusal: &InstanceError) -> anyhow::Error {
    match refusal {
        InstanceError::InvalidConfig { violations, .. } => {
            let lines = violations
                .iter()
                .map(|v| format!("\n  {}: {}", v.pointer, v.message));
            anyhow::anyhow!("the configuration is refused:{}", lines.collect::<String>())
        }
        other => anyhow::anyhow!("{other}"),
    }
}

fn overrides(text: &str) -> anyhow::Result<Value> {
    let text = match text.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file).with_context(|| file.to_owned())?,
        None => text.to_owned(),
    };
    let value: Value = serde_json::from_str(&text).context("--config is not JSON")?;
    ensure!(value.is_object(), "--config must be a JSON object");
    Ok(value)
}

/// `text`: what the data is called, or a file of trades.
fn data(text: &str) -> anyhow::Result<Data> {
    Ok(match text {
        "recorded" => Data::Recorded,
        "generated" => Data::Generated,
        file => {
            let tape = Tape::open(Path::new(file)).with_context(|| file.to_owned())?;
            Data::Trades(Arc::new(tape))
        }
    })
}

fn delta(name: &str, duration: Duration) -> anyhow::Result<TimeDelta> {
    let delta = TimeDelta::from_std(duration).ok();
    let delta = delta.filter(|delta| *delta <= LONGEST);
    delta.with_context(|| format!("{name} must not be longer than {} days", LONGEST.num_days()))
}

fn write_page(file: &Path, question: &Question, report: &BacktestReport) -> anyhow::Result<()> {
    let page = html::page(question, report);
    std::fs::write(file, page).with_context(|| format!("{} cannot be written", file.display()))
}
