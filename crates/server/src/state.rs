//! All that the server knows, and what each event changes. Time comes in with every call.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::Instant;

use ide::{Analysis, Read};
use lsp_types::{DidOpenTextDocumentParams, MessageType, TextDocumentContentChangeEvent, Url};
use tokio::sync::mpsc::UnboundedSender;

use crate::capabilities::Client;
use crate::event::{Event, Message, Snapshot};
use crate::open_note::{Judge, OpenNote};
use crate::reader::Reader;
use crate::settings::Settings;
use crate::{from_proto, to_proto};

/// The state, and the way out.
pub(crate) struct State {
    client: Client,
    settings: Settings,
    notes: BTreeMap<Url, OpenNote>,
    out: UnboundedSender<Message>,
    judge: Judge,
    reader: Reader,
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
            reader: Reader::new(events),
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
                self.settings.folders = folders
                    .iter()
                    .filter_map(|folder| folder.to_file_path().ok())
                    .collect();
                self.settings.set_options(options);
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
                if self.notes.remove(&uri).is_some() {
                    self.say(Message::Findings(uri, None, Vec::new()));
                }
            }
            Event::Settings(settings) => {
                self.settings.set_client(settings);
                self.configure_all();
            }
            Event::SettingsFiles => {
                self.settings.forget();
                self.configure_all();
            }
            Event::Check(uri) => {
                let notes = self.notes.iter_mut();
                let asked = notes.filter(|(of, _)| uri.as_ref().is_none_or(|uri| uri == *of));
                asked.for_each(|(_, note)| note.ask(now));
            }
            Event::Read(uri, read) => self.learn(&uri, read),
            Event::Look(uri, reply) => {
                // Where nobody waits any more, nobody is told.
                let _ = reply.send(self.snapshot(&uri));
            }
        }
    }

    /// Judges what has changed and publishes what is to be shown.
    pub(crate) fn settle(&mut self) {
        let due = self.notes.iter().filter(|(_, note)| note.is_due());
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
            let Some(findings) = note.publish(analysis.as_ref()) else {
                continue;
            };
            let findings = to_proto::diagnostics(&note.document, &uri, &findings, &self.client);
            let version = note.version;
            self.say(Message::Findings(uri, Some(version), findings));
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
        let note = OpenNote::new(document.version, &document.text, settings, now);
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
        let note = self.notes.get(uri).filter(|note| !note.excluded)?;
        Some(Snapshot {
            uri: uri.clone(),
            version: note.version,
            analysis,
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
        for uri in self.notes.keys().cloned().collect::<Vec<_>>() {
            self.configure(&uri);
        }
    }

    fn settings_of(&mut self, uri: &Url) -> (std::sync::Arc<ide::Config>, bool) {
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
    let end = Path::new(uri.path())
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default();
    language.eq_ignore_ascii_case("markdown")
        || end.eq_ignore_ascii_case("md")
        || end.eq_ignore_ascii_case("markdown")
}

fn today() -> Option<(i32, u8, u8)> {
    let today = jiff::ZonedDateTime::now().date();
    let (month, day) = (u8::try_from(today.month()), u8::try_from(today.day()));
    Some((i32::from(today.year()), month.ok()?, day.ok()?))
}

#[cfg(test)]
mod tests;
