//! The one thread that owns all state. Works off events in their order; never waits for the
//! client or for a task.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use lsp_types::MessageType;
use tokio::sync::mpsc::UnboundedSender;

use crate::event::{Event, Message};
use crate::state::{State, panic_text};

/// At most so many events are taken in before what they changed is judged.
const BATCH: usize = 512;

/// Works off events for as long as the process lives: the state can send itself some.
pub(crate) fn run(mut state: State, events: &Receiver<Event>, out: &UnboundedSender<Message>) {
    loop {
        let event = match state.deadline() {
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(deadline) => {
                events.recv_timeout(deadline.saturating_duration_since(Instant::now()))
            }
        };
        if matches!(event, Err(RecvTimeoutError::Disconnected)) {
            return;
        }
        let work = AssertUnwindSafe(|| {
            let now = Instant::now();
            let more = std::iter::from_fn(|| events.try_recv().ok()).take(BATCH);
            event
                .into_iter()
                .chain(more)
                .for_each(|event| state.handle(event, now));
            // As of when the events came: an edit that was only just taken in is no pause.
            state.tick(now);
            state.settle();
        });
        if let Err(panic) = catch_unwind(work) {
            let text = format!("a bug in sowhat: {}", panic_text(&*panic));
            let _ = out.send(Message::Log(MessageType::ERROR, text));
        }
    }
}
