//! The thread on which the learned reader reads. The loop never waits for it: what was read comes back as an event.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::thread;

use ide::Unread;
use lsp_types::Url;

use crate::event::Event;
use crate::state::panic_text;

/// Hands work to the thread. It ends with this.
pub(crate) struct Reader {
    events: Sender<Event>,
    jobs: Option<Sender<Job>>,
}

enum Job {
    Prepare,
    Read(Url, Unread),
}

impl Reader {
    /// `events` hears what was read. The thread begins with the first work.
    pub(crate) fn new(events: Sender<Event>) -> Reader {
        Reader { events, jobs: None }
    }

    /// Loads what reading and judging need, while the client is still about to open its first note.
    pub(crate) fn prepare(&mut self) {
        self.give(Job::Prepare);
    }

    /// Reads a part of a note, after what was given before.
    pub(crate) fn read(&mut self, uri: Url, unread: Unread) {
        self.give(Job::Read(uri, unread));
    }

    fn give(&mut self, job: Job) {
        let jobs = self.jobs.get_or_insert_with(|| start(self.events.clone()));
        // The thread ends with the loop only.
        let _ = jobs.send(job);
    }
}

fn start(events: Sender<Event>) -> Sender<Job> {
    let (jobs, received) = mpsc::channel();
    thread::spawn(move || {
        for job in received {
            match job {
                // Where it panics, so does the first reading, which is told.
                Job::Prepare => drop(catch_unwind(ide::prepare)),
                Job::Read(uri, unread) => {
                    let read = catch_unwind(AssertUnwindSafe(|| unread.read()));
                    let read = read.map_err(|panic| panic_text(&*panic).to_owned());
                    if events.send(Event::Read(uri, read)).is_err() {
                        return;
                    }
                }
            }
        }
    });
    jobs
}
