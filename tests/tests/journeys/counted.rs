//! What executions did, counted.

use domain::event::Event;
use domain::execution::ExecutionEvent;

pub(super) fn intents(events: &[(String, Event)]) -> usize {
    count(events, |event| {
        matches!(event, ExecutionEvent::OrderIntended(_))
    })
}

pub(super) fn resumed(events: &[(String, Event)]) -> usize {
    count(events, |event| {
        matches!(event, ExecutionEvent::ExecutionResumed { .. })
    })
}

pub(super) fn closed(events: &[(String, Event)]) -> usize {
    count(events, |event| {
        matches!(event, ExecutionEvent::ExecutionClosed { .. })
    })
}

fn count(events: &[(String, Event)], wanted: impl Fn(&ExecutionEvent) -> bool) -> usize {
    let executions = events.iter().filter_map(|(_, event)| match event {
        Event::Execution(event) => Some(event),
        _ => None,
    });
    executions.filter(|event| wanted(event)).count()
}
