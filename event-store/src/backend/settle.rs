//! Whatever the database does with a batch, each of its appends gets an outcome.

use std::time::Duration;

use super::appender::{BatchWriter, Care, Outcome, Verdict, Written};
use super::prepared::Prepared;
use super::trouble::{Kind, Trouble};
use crate::log::Appended;

/// Bounds what one transaction holds in memory, here and in the database.
const MAX_BYTES: usize = 8 << 20;
/// How often a lost connection is tried again before an outcome is called unknown.
const RECONNECTS: u32 = 20;
const BETWEEN_RECONNECTS: Duration = Duration::from_millis(250);

/// A run of appends still to be written, and what is known about it.
struct Part<'a> {
    appends: &'a [Prepared],
    care: Care,
    /// The connection broke while this was being written.
    lost: Option<Trouble>,
    attempts: u32,
}

impl<'a> Part<'a> {
    fn new(appends: &'a [Prepared]) -> Self {
        Self {
            appends,
            care: Care::Usual,
            lost: None,
            attempts: 0,
        }
    }

    fn halves(&self) -> [Self; 2] {
        let (first, second) = self.appends.split_at(self.appends.len() / 2);
        [first, second].map(|appends| Self {
            appends,
            care: Care::Repeating,
            lost: self.lost.clone(),
            attempts: 0,
        })
    }
}

/// An outcome for each append, in order, whatever happens.
pub(super) async fn settle(writer: &mut impl BatchWriter, batch: &[Prepared]) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(batch.len());
    // The next part on top
    let parts = by_weight(batch, MAX_BYTES, Prepared::weight);
    let mut parts: Vec<Part<'_>> = parts.into_iter().rev().map(Part::new).collect();
    while let Some(part) = parts.pop() {
        match writer.write(part.appends, part.care).await {
            Ok(Written {
                verdicts,
                recorded_at,
            }) => outcomes.extend(verdicts.into_iter().zip(part.appends).map(
                |(verdict, prepared)| match part.lost {
                    Some(_) => Outcome {
                        verdict: ours(verdict, prepared),
                        recorded_at: None,
                    },
                    None => Outcome {
                        verdict,
                        recorded_at,
                    },
                },
            )),
            Err(trouble) if trouble.kind == Kind::Refused && part.care == Care::Usual => {
                parts.push(Part {
                    care: Care::Repeating,
                    ..part
                });
            }
            // Somewhere in it is one that the database does not take: its neighbours shall not suffer
            Err(trouble) if trouble.kind == Kind::Refused && part.appends.len() > 1 => {
                let [first, second] = part.halves();
                parts.extend([second, first]);
            }
            // Writing the same events again is how to find out: their ids make it harmless
            Err(trouble) if in_doubt(&trouble, &part) && part.attempts < RECONNECTS => {
                tracing::warn!(error = %domain::ErrorChain(&trouble), "connecting to the event store again");
                tokio::time::sleep(BETWEEN_RECONNECTS).await;
                parts.push(Part {
                    care: Care::Repeating,
                    attempts: part.attempts + 1,
                    lost: Some(part.lost.unwrap_or(trouble)),
                    ..part
                });
            }
            Err(trouble) => {
                let trouble = part.lost.unwrap_or(trouble);
                outcomes.extend(part.appends.iter().map(|_| trouble.clone().into()));
            }
        }
    }
    outcomes
}

fn in_doubt(trouble: &Trouble, part: &Part<'_>) -> bool {
    trouble.kind == Kind::Lost || part.lost.is_some() && trouble.kind == Kind::Unavailable
}

/// After a lost connection, events found in the log are those just written. With an idempotency
/// key they may be another request's, so then the answer stays what it is.
fn ours(verdict: Verdict, prepared: &Prepared) -> Verdict {
    let no_key = prepared.append.idempotency.is_none();
    verdict.map(|appended| Appended {
        repeated: appended.repeated && !no_key,
        ..appended
    })
}

/// Runs of appends that weigh no more than `most`, or are one append.
pub(crate) fn by_weight(
    batch: &[Prepared],
    most: usize,
    weight_of: impl Fn(&Prepared) -> usize,
) -> Vec<&[Prepared]> {
    let mut parts = Vec::with_capacity(1);
    let (mut start, mut weight) = (0, 0);
    for (index, prepared) in batch.iter().enumerate() {
        weight += weight_of(prepared);
        if weight > most && index > start {
            parts.push(&batch[start..index]);
            (start, weight) = (index, weight_of(prepared));
        }
    }
    if start < batch.len() {
        parts.push(&batch[start..]);
    }
    parts
}
