//! All that the server knows, and what each event changes. Time comes in with every call.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use ide::{Analysis, Diagnostic, Read};
use lsp_types::{DidOpenTextDocumentParams, MessageType, TextDocumentContentChangeEvent, Url};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

use crate::capabilities::Client;
use crate::disk::{Disk, Job};
use crate::event::{Event, Look, Message, Snapshot};
use crate::features::Goals;
use crate::open_note::{Judge, OpenNote};
use crate::pull::{Pulled, Pulls};
use crate::reader::Reader;
use crate::settings::Settings;
use crate::workspace::{Next, Workspace};
use crate::{from_proto, to_proto};

/// From so many notes on a person sees how far the work is.
const WORTH_SHOWING: usize = 100;

/// The state, and the way out.
pub(crate) struct State {
    client: Client,
    settings: Settings,
    notes: BTreeMap<Url, OpenNote>,
    out: UnboundedSender<Message>,
    judge: Judge,
    reader: Reader,
    pulls: Pulls,
    /// Who waits for a note to be shown.
    looks: Vec<(Url, Look)>,
    /// Of which notes somebody asked before they were open: who did is to ask again.
    early: BTreeSet<Url>,
    workspace: Workspace,
    disk: Disk,
    /// Hears how far the work on the workspace is, while there is enough of it.
    working: Option<watch::Sender<(usize, usize)>>,
    today: fn() -> Option<(i32, u8, u8)>,
}

impl State {
    /// Knows nothing yet; `out` hears what is to be said, `events` what becomes of work that takes its time.
    pub(crate) fn new(out: UnboundedSender<Message>, events: Sender<Event>) -> State {
        State {
            client: Client::default(),
            settings: Settings::default(),
            notes: BTreeMap::new(),
            out,
            judge: Analysis::new,
            reader: Reader::new(events.clone()),
            pulls: Pulls::default(),
            looks: Vec::new(),
            early: BTreeSet::new(),
            workspace: Workspace::default(),
            disk: Disk::new(events),
            working: None,
            today,
        }
    }

    /// Judges with something else.
    #[cfg(test)]
    pub(crate) fn judging(self, judge: Judge) -> State {
        State { judge, ..self }
    }

    /// Takes in an event. Nothing is judged before [`State::settle`], so that what is typed
    /// faster than judged costs one judgement; but for those who ask for a snapshot.
    pub(crate) fn handle(&mut self, event: Event, now: Instant) {
        match event {
            Event::Hello(client, options, folders) => {
                self.settings.encoding = client.encoding;
                self.client = client;
                self.settings.folders = paths(&folders);
                self.settings.set_options(options);
                self.reader.prepare();
            }
            Event::Open(opened) => self.open(&opened, now),
            Event::Change(uri, version, changes) => self.change(&uri, version, &changes, now),
            Event::Save(uri) => {
                self.configure(&uri);
                if let Some(note) = self.notes.get_mut(&uri) {
                    note.saved(now);
                }
            }
            Event::Close(uri) => {
                self.pulls.forget(&uri);
                self.looks.retain(|(of, _)| *of != uri);
                // From now on the disk counts.
                self.workspace.touch(uri.clone());
                if self.notes.remove(&uri).is_some() && !self.client.pulls {
                    self.say(Message::Findings(uri, None, Vec::new()));
                }
            }
            Event::Settings(settings) => {
                self.settings.set_client(settings);
                self.configure_all();
            }
            Event::Files(files) => self.touch(files),
            Event::Folders(added, removed) => {
                let removed = paths(&removed);
                let folders = &mut self.settings.folders;
                folders.retain(|folder| !removed.contains(folder));
                folders.extend(paths(&added));
                self.workspace.doubt();
            }
            Event::Check(uri) => {
                let notes = self.notes.iter_mut();
                let asked = notes.filter(|(of, _)| uri.as_ref().is_none_or(|uri| uri == *of));
                asked.for_each(|(_, note)| note.ask(now));
            }
            Event::Read(uri, read) => self.learn(&uri, read),
            Event::Pull(pull) => match self.notes.contains_key(&pull.uri) {
                true => self.pulls.wait(pull),
                // Where nobody waits any more, nobody is told.
                false => drop(pull.reply.send(Pulled::nothing())),
            },
            Event::PullAll(pull) => {
                self.workspace.pull(pull, self.client.registers_watchers);
                for uri in self.notes.keys().cloned().collect::<Vec<_>>() {
                    self.tell_workspace(&uri);
                }
            }
            Event::Search(search) => {
                self.workspace
                    .search(search, self.client.registers_watchers);
            }
            Event::Walked(notes, other_settings) => self.workspace.walked(notes, other_settings),
            Event::Looked(looked, reads) => self.workspace.looked(looked, reads),
            Event::Stop => self.workspace.stop(),
            Event::Look(uri, look) => self.show(&uri, look),
            Event::LookAtShown(uri, look) => match self.notes.get(&uri) {
                Some(note) if !note.is_shown() => self.looks.push((uri, look)),
                Some(_) => self.show(&uri, look),
                None => {
                    self.early.insert(uri.clone());
                    self.show(&uri, look);
                }
            },
        }
    }

    /// Judges what has changed and publishes what is to be shown.
    pub(crate) fn settle(&mut self) {
        let is_due = |(uri, note): &(&Url, &OpenNote)| note.is_due() || self.pulls.are_waiting(uri);
        let due = self.notes.iter().filter(is_due);
        let due: Vec<Url> = due.map(|(uri, _)| uri.clone()).collect();
        for uri in due {
            let analysis = self.analysis(&uri);
            let Some(note) = self.notes.get_mut(&uri) else {
                continue;
            };
            if let Some(unread) = note.take_unread() {
                self.reader.read(uri.clone(), unread);
            }
            if note.is_awaited() {
                continue;
            }
            let new = note.publish(analysis.as_ref());
            if self.client.pulls {
                note.told();
            }
            let is_owed = note.is_owed();
            let is_new = new.is_some();
            self.tell(&uri, new);
            if is_new {
                self.tell_workspace(&uri);
            }
            if is_owed {
                self.say(Message::Refresh(self.client.clone()));
            }
        }
        let notes = &self.notes;
        let is_shown = |(uri, _): &mut (Url, Look)| notes.get(uri).is_none_or(OpenNote::is_shown);
        for (uri, look) in self.looks.extract_if(.., is_shown).collect::<Vec<_>>() {
            self.show(&uri, look);
        }
        self.go_on();
    }

    fn show(&mut self, uri: &Url, look: Look) {
        // Where nobody waits any more, nobody is told.
        let _ = look.send(self.snapshot(uri));
    }

    /// Answers who waits for the workspace, and hands out the next work on it. What is open goes first.
    fn go_on(&mut self) {
        let notes = &self.notes;
        self.workspace.leave_out(|uri| notes.contains_key(uri));
        if self.workspace.is_found() {
            let open = self.open_goals();
            self.workspace.answer_searches(&open);
        }
        self.workspace.answer_pulls();
        if !self.notes.values().any(|note| note.reading) {
            match self.workspace.next() {
                Some(Next::Walk) => {
                    let (given, client) = (self.settings.by_client(), self.client.clone());
                    self.disk.begin(Job::Walk(given, Box::new(client)));
                }
                Some(Next::Look(notes, reads)) => self.disk.begin(Job::Look(notes, reads)),
                None => {}
            }
        }
        self.show_progress();
    }

    fn show_progress(&mut self) {
        match (self.workspace.progress(), &self.working) {
            (Some(progress), Some(working)) => drop(working.send_replace(progress)),
            (Some((done, all)), None)
                if self.client.shows_progress && all - done > WORTH_SHOWING =>
            {
                let (sender, receiver) = watch::channel((done, all));
                self.working = Some(sender);
                self.say(Message::Working(receiver));
            }
            (Some(_), None) => {}
            (None, _) => self.working = None,
        }
    }

    /// The open notes with their goals.
    fn open_goals(&mut self) -> BTreeMap<Url, Goals> {
        let open: Vec<Url> = self.notes.keys().cloned().collect();
        let goals = open.into_iter().map(|uri| {
            let shown = self.notes.get(&uri).is_some_and(|note| !note.excluded);
            let analysis = self.analysis(&uri).filter(|_| shown);
            let goals = analysis.map(|analysis| Goals::new(&analysis, &uri, &self.client));
            (uri, goals.unwrap_or_default())
        });
        goals.collect()
    }

    /// Tells who pulls everything what an open note's findings are.
    fn tell_workspace(&mut self, uri: &Url) {
        let Some(note) = self.notes.get(uri).filter(|_| self.client.pulls) else {
            return;
        };
        let findings = note.published();
        let findings = to_proto::diagnostics(&note.document, uri, findings, &self.client);
        self.workspace.published(uri, note.version, &findings);
    }

    /// Files have changed on the disk. What is open counts as it is in the editor.
    fn touch(&mut self, files: Vec<Url>) {
        let (settings, notes): (Vec<Url>, Vec<Url>) = files
            .into_iter()
            .partition(|file| file.path().ends_with(ide::config::FILE_NAME));
        if !settings.is_empty() {
            self.settings.forget();
            self.configure_all();
        }
        let closed = notes
            .into_iter()
            .filter(|uri| !self.notes.contains_key(uri));
        closed.for_each(|uri| self.workspace.touch(uri));
    }

    /// Tells the client what it is to show: pushes what is `new`, or answers who pulls.
    fn tell(&mut self, uri: &Url, new: Option<Arc<[Diagnostic]>>) {
        let Some(note) = self.notes.get(uri) else {
            return;
        };
        let of = |findings: &[Diagnostic]| {
            to_proto::diagnostics(&note.document, uri, findings, &self.client)
        };
        match new {
            _ if self.client.pulls => self.pulls.answer(uri, &of(note.published())),
            Some(new) => self.say(Message::Findings(uri.clone(), Some(note.version), of(&new))),
            None => {}
        }
    }

    /// When there is something to do although nothing happens.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.notes.values().filter_map(OpenNote::deadline).min()
    }

    /// Time has passed. A person who pauses is the moment to look at the disk, which nothing does
    /// while they type.
    pub(crate) fn tick(&mut self, now: Instant) {
        let notes = self.notes.iter_mut();
        let paused = notes.filter_map(|(uri, note)| note.pause(now).then(|| uri.clone()));
        for uri in paused.collect::<Vec<_>>() {
            self.configure(&uri);
        }
    }

    fn open(&mut self, opened: &DidOpenTextDocumentParams, now: Instant) {
        let document = &opened.text_document;
        if !is_note(&document.uri, &document.language_id) {
            return;
        }
        let settings = self.settings_of(&document.uri);
        let mut note = OpenNote::new(document.version, &document.text, settings, now);
        if self.early.remove(&document.uri) {
            note.owe();
        }
        self.notes.insert(document.uri.clone(), note);
    }

    fn change(
        &mut self,
        uri: &Url,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        now: Instant,
    ) {
        let Some(note) = self.notes.get_mut(uri) else {
            return;
        };
        note.begin_edits(version, now);
        for change in changes {
            match change.range {
                Some(range) => {
                    let range = from_proto::range(&note.document, range, self.client.encoding);
                    note.edit(range, &change.text);
                }
                None => note.replace(&change.text),
            }
        }
    }

    /// What is read of a note that was closed since is of no use to anybody.
    fn learn(&mut self, uri: &Url, read: Result<Read, String>) {
        let Some(note) = self.notes.get_mut(uri) else {
            return;
        };
        match read {
            Ok(read) => note.learn(read),
            Err(panic) => {
                note.give_up_reading();
                let text = format!("a bug in sowhat while reading {uri}: {panic}");
                self.say(Message::Log(MessageType::ERROR, text));
            }
        }
    }

    fn snapshot(&mut self, uri: &Url) -> Option<Snapshot> {
        let analysis = self.analysis(uri)?;
        let note = self.notes.get_mut(uri).filter(|note| !note.excluded)?;
        let settled = note.look(&analysis);
        Some(Snapshot {
            uri: uri.clone(),
            version: note.version,
            analysis,
            settled,
            client: self.client.clone(),
        })
    }

    /// The judgement of a note as it is; `None` where it is not open, or where judging it panics.
    fn analysis(&mut self, uri: &Url) -> Option<Analysis> {
        let note = self.notes.get_mut(uri)?;
        let (judge, today) = (self.judge, (self.today)());
        match catch_unwind(AssertUnwindSafe(|| note.analysis(judge, today))) {
            Ok(analysis) => analysis,
            Err(panic) => {
                let text = format!(
                    "a bug in sowhat while judging {uri}: {}",
                    panic_text(&*panic)
                );
                self.say(Message::Log(MessageType::ERROR, text));
                None
            }
        }
    }

    fn configure(&mut self, uri: &Url) {
        if !self.notes.contains_key(uri) {
            return;
        }
        let (config, excluded) = self.settings_of(uri);
        if let Some(note) = self.notes.get_mut(uri) {
            note.configure(config, excluded);
        }
    }

    fn configure_all(&mut self) {
        self.workspace.doubt();
        for uri in self.notes.keys().cloned().collect::<Vec<_>>() {
            self.configure(&uri);
        }
    }

    fn settings_of(&mut self, uri: &Url) -> (Arc<ide::Config>, bool) {
        let out = self.out.clone();
        self.settings.of(uri, &mut |message| {
            let _ = out.send(message);
        })
    }

    fn say(&self, message: Message) {
        // Where the writer has gone, the client has.
        let _ = self.out.send(message);
    }
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    (panic.downcast_ref::<&str>().copied())
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

fn is_note(uri: &Url, language: &str) -> bool {
    language.eq_ignore_ascii_case("markdown") || is_note_name(Path::new(uri.path()))
}

/// Whether a file's name is that of a note.
pub(crate) fn is_note_name(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str());
    end.is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

fn paths(folders: &[Url]) -> Vec<PathBuf> {
    let paths = folders.iter().filter_map(|of| of.to_file_path().ok());
    paths.collect()
}

pub(crate) fn today() -> Option<(i32, u8, u8)> {
    let today = jiff::ZonedDateTime::now().date();
    let (month, day) = (u8::try_from(today.month()), u8::try_from(today.day()));
    Some((i32::from(today.year()), month.ok()?, day.ok()?))
}

#[cfg(test)]
mod tests;
