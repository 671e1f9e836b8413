//! What an instance needs next.

use chrono::{DateTime, Utc};

use domain::guard::Restraints;
use domain::instance::StopMode;
use domain::wishes::Wish;

use super::slots::Slot;
use super::turn::{Job, TakenUp, TickKind};

/// What an instance needs now; `None` while its tick must wait for others to be read.
pub(super) fn next_job(
    wish: &Wish,
    (halted, restraints): (Option<&str>, Restraints),
    slot: &mut Slot,
    now: DateTime<Utc>,
    others_unread: bool,
) -> Option<Job> {
    if let Some((&number, ending)) = wish.ending.first_key_value() {
        return Some(match slot.run.take_if(|run| run.number == number) {
            Some(run) => {
                let mut ending = ending.clone();
                // Nobody's orders stay then
                if ending.how.mode == StopMode::Leave && (halted.is_some() || !restraints.is_free())
                {
                    ending.how.mode = StopMode::Cancel;
                }
                Job::End(run, ending, halted.is_some())
            }
            None => Job::Load {
                number,
                others: wish.runs_but(number),
                executor_type: ending.executor_type.clone(),
                cause: ending.cause,
            },
        });
    }
    let wanted = wish.wanted.as_ref()?;
    let number = wanted.run.number;
    let Some(run) = slot.run.as_ref().filter(|run| run.number == number) else {
        slot.tick_due = now;
        return Some(Job::Load {
            number,
            others: wish.runs_but(number),
            executor_type: wanted.run.executor_type.clone(),
            cause: wanted.cause,
        });
    };
    if run.executor.is_none() {
        let run = slot.run.take()?;
        let taken_up = if slot.held == Some(number) {
            TakenUp::Again
        } else {
            TakenUp::FromAnotherProcess
        };
        return Some(Job::Start(run, Box::new(wanted.clone()), taken_up));
    }
    if run.configured_by != Some(wanted.cause) {
        return Some(Job::Reconfigure(slot.run.take()?, Box::new(wanted.clone())));
    }
    if let Some(reason) = halted {
        return Some(Job::Halt(slot.run.take()?, reason.to_owned()));
    }
    if others_unread {
        return None;
    }
    let kind = match (slot.tick_due <= now, slot.refill) {
        (true, _) => TickKind::Due,
        (false, true) => TickKind::Refill,
        (false, false) => TickKind::Quiet,
    };
    Some(Job::Tick(slot.run.take()?, kind, restraints))
}
