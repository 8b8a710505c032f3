//! Notes on the disk, for the whole workspace: found and judged on a thread of its own, a job at a time. The loop hands
//! out the jobs, so that what is open always goes first.

use std::collections::HashMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::SystemTime;

use ide::{Analysis, Document, Memo, Reads};
use ignore::WalkBuilder;
use lsp_types::{Diagnostic, Url};

use crate::capabilities::Client;
use crate::event::Event;
use crate::features::Goals;
use crate::settings::{ByClient, Settings};
use crate::state::{is_note_name, today};
use crate::to_proto;

/// Tells one state of a file from another: when it was written, and its bytes.
pub(crate) type Stamp = (Option<SystemTime>, u64);

/// A file as it stands on the disk.
pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    metadata
        .is_file()
        .then(|| (metadata.modified().ok(), metadata.len()))
}

/// A piece of work.
pub(crate) enum Job {
    /// Find all notes, with what is set from now on.
    Walk(ByClient, Box<Client>),
    /// Judge some notes.
    Look(Vec<Url>, Reads),
}

/// A note that was judged.
#[derive(Debug)]
pub(crate) struct Looked {
    pub(crate) stamp: Stamp,
    pub(crate) goals: Goals,
    pub(crate) findings: Vec<Diagnostic>,
}

/// Hands work to the thread. It ends with this.
pub(crate) struct Disk {
    events: Sender<Event>,
    jobs: Option<Sender<Job>>,
}

impl Disk {
    /// `events` hears what was found. The thread begins with the first work.
    pub(crate) fn new(events: Sender<Event>) -> Disk {
        Disk { events, jobs: None }
    }

    /// Does a job, after those that were given before.
    pub(crate) fn begin(&mut self, job: Job) {
        let jobs = self.jobs.get_or_insert_with(|| start(self.events.clone()));
        // The thread ends with the loop only.
        let _ = jobs.send(job);
    }
}

fn start(events: Sender<Event>) -> Sender<Job> {
    let (jobs, received) = mpsc::channel();
    thread::spawn(move || {
        let mut worker = Worker::default();
        for job in received {
            if events.send(worker.work(job)).is_err() {
                return;
            }
        }
    });
    jobs
}

#[derive(Default)]
struct Worker {
    settings: Settings,
    client: Client,
}

impl Worker {
    fn work(&mut self, job: Job) -> Event {
        match job {
            Job::Walk(given, client) => {
                self.settings.take(given);
                self.client = *client;
                let notes = self.walk();
                Event::Walked(notes, self.settings.have_changed())
            }
            Job::Look(notes, reads) => {
                let looked = notes.into_iter().map(|uri| {
                    let looked = self.look(&uri, reads);
                    (uri, looked)
                });
                Event::Looked(looked.collect(), reads)
            }
        }
    }

    /// The notes in all folders, as ripgrep would walk them, without those that the settings leave out.
    fn walk(&mut self) -> Vec<(Url, Stamp)> {
        let Some((first, rest)) = self.settings.folders.split_first() else {
            return Vec::new();
        };
        let mut walk = WalkBuilder::new(first);
        for folder in rest {
            walk.add(folder);
        }
        let files = walk.build().filter_map(|entry| {
            let path = entry.ok()?.into_path();
            is_note_name(&path).then_some(path)
        });
        let files: Vec<PathBuf> = files.collect();
        let mut folders = HashMap::new();
        let notes = files.into_iter().filter_map(|path| {
            let uri = Url::from_file_path(&path).ok()?;
            let stamp = stamp(&path)?;
            let excluded = self.settings.leave_out(&path, &mut folders);
            (!excluded).then_some((uri, stamp))
        });
        notes.collect()
    }

    /// Judges a note; `None` where it has gone, is no text, or where judging it panics.
    fn look(&mut self, uri: &Url, reads: Reads) -> Option<Looked> {
        let path = uri.to_file_path().ok()?;
        let stamp = stamp(&path)?;
        let text = fs::read_to_string(&path).ok()?;
        let (config, _) = self.settings.of(uri, &mut |_| {});
        let client = &self.client;
        let reads = match text.len() > ide::LONGEST_NOTE {
            true => Reads::Never,
            false => reads,
        };
        // An editor takes a byte order mark away, and counts without it.
        let document = Document::new(text.strip_prefix('\u{feff}').unwrap_or(&text));
        let judge = AssertUnwindSafe(|| {
            let mut memo = Memo::reading(reads);
            let analysis = Analysis::new(document, config, today(), &mut memo);
            let findings = analysis.diagnostics();
            Looked {
                stamp,
                goals: Goals::new(&analysis, uri, client),
                findings: to_proto::diagnostics(analysis.document(), uri, &findings, client),
            }
        });
        // What went wrong is told to whoever opens the note.
        catch_unwind(judge).ok()
    }
}
