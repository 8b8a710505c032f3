//! What is known of the notes of the open folders, and who waits for it. Nothing is looked at before somebody asks; of a
//! note that is not open its goals and the name of its findings are kept, and nothing else. Knows no thread.

use std::collections::{BTreeMap, HashMap};

use ide::Reads;
use lsp_types::{
    Diagnostic, FullDocumentDiagnosticReport, Url, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport,
};
use tokio::sync::{mpsc::UnboundedSender, oneshot};

use crate::disk::{Looked, Stamp};
use crate::features::{Goal, Goals};
use crate::pull;

/// More bytes of notes than this are judged by the rules alone, in seconds, as on the command line.
const READ: u64 = ide::LONGEST_RUN;
/// So many notes are judged at a time: some milliseconds.
const BATCH: usize = 32;

/// Somebody who looks for goals.
pub(crate) struct Search {
    pub(crate) query: String,
    pub(crate) reply: oneshot::Sender<Vec<(Url, Goals)>>,
}

/// What is answered to somebody who pulls everything.
pub(crate) type Reports = Result<Vec<WorkspaceDocumentDiagnosticReport>, Stopped>;

/// Somebody who waits for the findings of all notes.
pub(crate) struct PullAll {
    /// The names of the findings that the client has.
    pub(crate) previous: HashMap<Url, String>,
    /// Where reports go that are ready before the others; the rest is the answer.
    pub(crate) early: Option<UnboundedSender<Vec<WorkspaceDocumentDiagnosticReport>>>,
    pub(crate) reply: oneshot::Sender<Reports>,
    /// What is to be answered.
    ready: Vec<WorkspaceDocumentDiagnosticReport>,
    told: bool,
}

/// The person has stopped the work.
#[derive(Debug)]
pub(crate) struct Stopped;

impl PullAll {
    pub(crate) fn new(
        previous: HashMap<Url, String>,
        early: Option<UnboundedSender<Vec<WorkspaceDocumentDiagnosticReport>>>,
        reply: oneshot::Sender<Reports>,
    ) -> PullAll {
        PullAll {
            previous,
            early,
            reply,
            ready: Vec::new(),
            told: false,
        }
    }

    /// Takes in what a note's findings are now.
    fn hear(&mut self, uri: &Url, version: Option<i32>, name: &str, findings: &[Diagnostic]) {
        let before = self.previous.get(uri);
        let is_news = match before {
            Some(before) => before != name,
            None => !findings.is_empty(),
        };
        if !is_news {
            return;
        }
        self.previous.insert(uri.clone(), name.to_owned());
        self.report(uri, version, Some(name.to_owned()), findings.to_vec());
    }

    /// A note has gone.
    fn miss(&mut self, uri: &Url) {
        if self.previous.remove(uri).is_some() {
            self.report(uri, None, None, Vec::new());
        }
    }

    fn report(
        &mut self,
        uri: &Url,
        version: Option<i32>,
        result_id: Option<String>,
        items: Vec<Diagnostic>,
    ) {
        let report = FullDocumentDiagnosticReport { result_id, items };
        let report = WorkspaceFullDocumentDiagnosticReport {
            uri: uri.clone(),
            version: version.map(i64::from),
            full_document_diagnostic_report: report,
        };
        self.ready
            .push(WorkspaceDocumentDiagnosticReport::Full(report));
    }

    /// Sends what is ready to those who take it early.
    fn flush(&mut self) {
        if let Some(early) = self.early.as_ref().filter(|_| !self.ready.is_empty()) {
            self.told = true;
            // Where nobody waits any more, nobody is told.
            let _ = early.send(std::mem::take(&mut self.ready));
        }
    }
}

/// A note that is not open.
#[derive(Debug)]
struct Known {
    stamp: Stamp,
    /// Whether the learned reader was asked.
    reads: Reads,
    goals: Goals,
    /// Of its findings.
    name: String,
}

/// What is known.
#[derive(Default)]
pub(crate) struct Workspace {
    known: BTreeMap<Url, Known>,
    /// Notes to look at again, each with whether the learned reader is asked.
    due: BTreeMap<Url, Reads>,
    /// Whether all notes have been found, and changes are heard of.
    walked: bool,
    /// Whether a job is being done.
    busy: bool,
    searches: Vec<Search>,
    pulls: Vec<PullAll>,
    /// How many notes there were to look at.
    total: usize,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Find all notes.
    Walk,
    /// Judge these.
    Look(Vec<Url>, Reads),
}

impl Workspace {
    /// Somebody looks for goals. `is_watched`: whether the client tells what changes on the disk; who does not, for him it
    /// is looked at anew.
    pub(crate) fn search(&mut self, search: Search, is_watched: bool) {
        self.walked &= is_watched || self.busy;
        self.searches.push(search);
    }

    /// Somebody waits for all findings.
    pub(crate) fn pull(&mut self, pull: PullAll, is_watched: bool) {
        self.walked &= is_watched || self.busy;
        for (uri, known) in &self.known {
            // Findings are not kept: what the client does not have is judged again.
            let has = pull.previous.get(uri).is_some_and(|has| *has == known.name);
            if !has && known.name != pull::name(&[]) {
                self.due.entry(uri.clone()).or_insert(known.reads);
            }
        }
        self.pulls.push(pull);
    }

    /// What is known may be out of date: other folders, other settings.
    pub(crate) fn doubt(&mut self) {
        self.walked = false;
    }

    /// The client tells that a file was made, changed or deleted, or a note was closed.
    pub(crate) fn touch(&mut self, uri: Url) {
        match self.known.contains_key(&uri) {
            true => drop(self.due.insert(uri, Reads::AtOnce)),
            // Whether it is one of ours, a walk knows.
            false => self.walked = false,
        }
    }

    /// All notes were found, with settings that are others than before or not.
    pub(crate) fn walked(&mut self, notes: Vec<(Url, Stamp)>, other_settings: bool) {
        self.busy = false;
        self.walked = true;
        let there: BTreeMap<Url, Stamp> = notes.into_iter().collect();
        let told = self.pulls.iter().flat_map(|pull| pull.previous.keys());
        let gone = self.known.keys().chain(told);
        let gone: Vec<Url> = gone
            .filter(|uri| !there.contains_key(uri))
            .cloned()
            .collect();
        gone.iter().for_each(|uri| self.forget(uri));

        let is_new = |(uri, stamp): &(&Url, &Stamp)| {
            let known = self.known.get(uri);
            other_settings || known.is_none_or(|known| known.stamp != **stamp)
        };
        let new: Vec<(&Url, &Stamp)> = there.iter().filter(is_new).collect();
        let bytes: u64 = new.iter().map(|(_, (_, length))| length).sum();
        let reads = match bytes <= READ {
            true => Reads::AtOnce,
            false => Reads::Never,
        };
        self.due
            .extend(new.into_iter().map(|(uri, _)| (uri.clone(), reads)));
        self.total = self.due.len();
    }

    /// Some notes were judged; `None` where they have gone or cannot be read.
    pub(crate) fn looked(&mut self, looked: Vec<(Url, Option<Looked>)>, reads: Reads) {
        self.busy = false;
        for (uri, looked) in looked {
            let Some(Looked {
                stamp,
                goals,
                findings,
            }) = looked
            else {
                self.forget(&uri);
                continue;
            };
            let name = pull::name(&findings);
            for pull in &mut self.pulls {
                pull.hear(&uri, None, &name, &findings);
            }
            let known = Known {
                stamp,
                reads,
                goals,
                name,
            };
            self.known.insert(uri, known);
        }
        // What comes last is the answer: nothing can overtake it then.
        if !self.due.is_empty() {
            self.pulls.iter_mut().for_each(PullAll::flush);
        }
    }

    /// An open note's findings, which win over those on the disk.
    pub(crate) fn published(&mut self, uri: &Url, version: i32, findings: &[Diagnostic]) {
        if self.pulls.is_empty() {
            return;
        }
        let name = pull::name(findings);
        for pull in &mut self.pulls {
            pull.hear(uri, Some(version), &name, findings);
        }
    }

    fn forget(&mut self, uri: &Url) {
        self.known.remove(uri);
        self.pulls.iter_mut().for_each(|pull| pull.miss(uri));
    }

    /// Whether anybody waits. Those who have given up are forgotten.
    pub(crate) fn is_awaited(&mut self) -> bool {
        self.searches.retain(|search| !search.reply.is_closed());
        self.pulls.retain(|pull| !pull.reply.is_closed());
        !self.searches.is_empty() || !self.pulls.is_empty()
    }

    /// An open note is no business of the disk.
    pub(crate) fn leave_out(&mut self, is_open: impl Fn(&Url) -> bool) {
        self.due.retain(|uri, _| !is_open(uri));
    }

    /// What to do next, where somebody waits for it.
    pub(crate) fn next(&mut self) -> Option<Next> {
        if self.busy || !self.is_awaited() {
            return None;
        }
        if !self.walked {
            self.busy = true;
            return Some(Next::Walk);
        }
        let (_, &reads) = self.due.first_key_value()?;
        let batch = match reads {
            Reads::Never => BATCH,
            _ => 1,
        };
        let same = self.due.iter().take_while(|(_, of)| **of == reads);
        let notes: Vec<Url> = same.take(batch).map(|(uri, _)| uri.clone()).collect();
        self.due.retain(|uri, _| !notes.contains(uri));
        self.busy = true;
        Some(Next::Look(notes, reads))
    }

    /// Whether everything has been looked at.
    fn is_done(&self) -> bool {
        self.walked && !self.busy && self.due.is_empty()
    }

    /// Whether somebody who searches can be answered.
    pub(crate) fn is_found(&self) -> bool {
        !self.searches.is_empty() && self.is_done()
    }

    /// Answers those who search. `open` are the open notes with their goals.
    pub(crate) fn answer_searches(&mut self, open: &BTreeMap<Url, Goals>) {
        for search in std::mem::take(&mut self.searches) {
            let found = self.find(&search.query, open);
            // Where nobody waits any more, nobody is told.
            let _ = search.reply.send(found);
        }
    }

    /// Answers those who pull and for whom there is something new; the others are held.
    pub(crate) fn answer_pulls(&mut self) {
        if !self.is_done() {
            return;
        }
        let is_told = |pull: &mut PullAll| pull.told || !pull.ready.is_empty();
        for pull in self.pulls.extract_if(.., is_told) {
            let _ = pull.reply.send(Ok(pull.ready));
        }
    }

    /// Ends the work: who searches gets what is known, who pulls hears that there is no more for now.
    pub(crate) fn stop(&mut self) {
        self.due.clear();
        self.walked = false;
        self.answer_searches(&BTreeMap::new());
        for pull in std::mem::take(&mut self.pulls) {
            let _ = pull.reply.send(Err(Stopped));
        }
    }

    /// How many of how many notes have been looked at; `None` where nothing is being done.
    pub(crate) fn progress(&self) -> Option<(usize, usize)> {
        let is_working = self.walked && (self.busy || !self.due.is_empty());
        is_working.then(|| (self.total.saturating_sub(self.due.len()), self.total))
    }

    fn find(&self, query: &str, open: &BTreeMap<Url, Goals>) -> Vec<(Url, Goals)> {
        let query = Query::new(query);
        let known = self.known.iter().map(|(uri, known)| (uri, &known.goals));
        let closed = known.filter(|(uri, _)| !open.contains_key(*uri));
        let mut notes: Vec<(&Url, &Goals)> = closed.collect();
        if !open.is_empty() {
            notes.extend(open);
            notes.sort_by_key(|(uri, _)| *uri);
        }
        let found = notes
            .into_iter()
            .filter_map(|(uri, Goals { title, goals })| {
                let hits = goals.iter().filter(|goal| query.fits(title, &goal.words));
                let goals: Box<[Goal]> = hits.cloned().collect();
                let title = title.clone();
                (!goals.is_empty()).then(|| (uri.clone(), Goals { title, goals }))
            });
        found.collect()
    }
}

/// What somebody types to find a goal: its characters, in this order, in any case (LSP's relaxed matching).
struct Query(Vec<char>);

impl Query {
    fn new(query: &str) -> Query {
        let characters = query.chars().filter(|c| !c.is_whitespace());
        Query(characters.flat_map(char::to_lowercase).collect())
    }

    /// Whether a note's title with a goal behind it has them.
    fn fits(&self, title: &str, goal: &str) -> bool {
        let said = title.chars().chain(goal.chars());
        let mut said = said.flat_map(char::to_lowercase);
        self.0.iter().all(|wanted| said.any(|c| c == *wanted))
    }
}

#[cfg(test)]
mod tests;
