//! One open note: its text, what was judged of it, and what of that is shown. Knows no client.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::carried::{Carried, Settled};
use ide::config::Run;
use ide::{
    Analysis, BlockKind, Code, Config, Diagnostic, Document, Goal, Memo, Qualifier, Read, Reads,
    Unread,
};

/// Judges a document: [`Analysis::new`], but for tests.
pub(crate) type Judge = fn(Document, Arc<Config>, Option<(i32, u8, u8)>, &mut Memo) -> Analysis;

/// For how long findings wait for the learned reader: a note of usual length takes it a fifth of this, and only one of
/// some pages shows the rules' findings first.
const PATIENCE: Duration = Duration::from_secs(1);
/// Who types without a pause that holds findings back is left alone by the reader for so long.
const QUIET: Duration = Duration::from_millis(700);

/// An open note.
#[derive(Debug)]
pub(crate) struct OpenNote {
    /// The client's version of the text.
    pub(crate) version: i32,
    /// Always the client's text.
    pub(crate) document: Document,
    /// The settings in force.
    pub(crate) config: Arc<Config>,
    /// Whether the settings leave this note out.
    pub(crate) excluded: bool,
    memo: Memo,
    /// What the learned reader has not read of the text as it was judged last.
    unread: Vec<Unread>,
    /// Whether it is reading.
    pub(crate) reading: bool,
    /// Until when findings wait for it, where they do.
    patience: Option<Instant>,
    /// The judgement of the text as it is; `None` where it has changed since.
    analysis: Option<Analysis>,
    /// Whether judging the text as it is has panicked: it would again.
    failed: bool,
    /// Whether anything has changed since findings were published: a judgement made for somebody
    /// who asked in between publishes nothing.
    stale: bool,
    typing: Option<Typing>,
    /// What the client shows, at its place in the text as it is.
    carried: Carried,
    /// What was shown when nobody typed, and the edits since.
    settled: Option<Settled>,
    /// Whether findings are held back until the person pauses.
    held: bool,
    /// Whether everything is to be shown, whatever `run` says.
    asked: bool,
    /// Whether somebody looked while something was held back.
    owes: bool,
    /// What was published last, with the version it was for.
    published: Option<(i32, Arc<[Diagnostic]>)>,
}

/// Where the person types, and until when that counts.
#[derive(Debug)]
struct Typing {
    /// The ends of the last edits, in bytes.
    at: Vec<usize>,
    until: Instant,
    /// Whether findings on the goals there are held back until then.
    holds: bool,
}

/// What there is to show.
struct View {
    findings: Vec<Diagnostic>,
    /// Goals that are shown for the first time.
    new: Vec<Range<usize>>,
    /// Whether it is all of a judgement: nothing is held back.
    settled: bool,
}

impl Default for View {
    fn default() -> View {
        View {
            findings: Vec::new(),
            new: Vec::new(),
            settled: true,
        }
    }
}

impl OpenNote {
    /// A note that was just opened.
    pub(crate) fn new(
        version: i32,
        text: &str,
        (config, excluded): (Arc<Config>, bool),
        now: Instant,
    ) -> OpenNote {
        OpenNote {
            version,
            document: Document::new(text),
            asked: config.run != Run::Manual,
            config,
            excluded,
            memo: memo(),
            unread: Vec::new(),
            reading: false,
            patience: Some(now + PATIENCE),
            analysis: None,
            failed: false,
            stale: true,
            typing: None,
            carried: Carried::default(),
            settled: None,
            held: false,
            owes: false,
            published: None,
        }
    }

    /// Begins a notification of edits at this time.
    pub(crate) fn begin_edits(&mut self, version: i32, now: Instant) {
        self.version = version;
        self.forget();
        if self.published.is_some() {
            self.patience = None;
        }
        let pause = self.config.typing_pause;
        let holds = self.config.run == Run::Type && pause > Duration::ZERO;
        self.typing = Some(Typing {
            at: Vec::new(),
            until: now + if holds { pause } else { QUIET },
            holds,
        });
    }

    /// Replaces bytes; everything that is shown follows the text.
    pub(crate) fn edit(&mut self, range: Range<usize>, text: &str) {
        self.document.edit(range.clone(), text);
        self.carried.edit(range.clone(), text);
        if let Some(settled) = &mut self.settled {
            settled.since.push(range.clone(), text);
        }
        let moved = |at: usize| match at {
            _ if at >= range.end => at - range.end + range.start + text.len(),
            _ => at.min(range.start),
        };
        if let Some(typing) = &mut self.typing {
            typing.at.iter_mut().for_each(|at| *at = moved(*at));
            typing.at.push(range.start + text.len());
        }
    }

    /// Replaces the whole text, as an edit of what differs.
    pub(crate) fn replace(&mut self, text: &str) {
        let old = self.document.text();
        let bytes = old.bytes().zip(text.bytes());
        let mut start = bytes.take_while(|(a, b)| a == b).count();
        while !(old.is_char_boundary(start) && text.is_char_boundary(start)) {
            start -= 1;
        }
        let bytes = old.bytes().rev().zip(text.bytes().rev());
        let mut behind = bytes.take_while(|(a, b)| a == b).count();
        behind = behind.min(old.len() - start).min(text.len() - start);
        while !(old.is_char_boundary(old.len() - behind)
            && text.is_char_boundary(text.len() - behind))
        {
            behind -= 1;
        }
        self.edit(start..old.len() - behind, &text[start..text.len() - behind]);
    }

    /// Takes other settings.
    pub(crate) fn configure(&mut self, config: Arc<Config>, excluded: bool) {
        if self.config != config || self.excluded != excluded {
            self.config = config;
            self.excluded = excluded;
            // Whoever changes settings does not type.
            self.typing = None;
            // Nobody edits: whoever looked before does not look again by himself.
            self.owes |= self.published.is_some();
            self.forget();
        }
    }

    /// Shows everything with the next findings, whatever `run` says, and ends the typing.
    pub(crate) fn ask(&mut self, now: Instant) {
        self.asked = true;
        self.owes |= self.published.is_some();
        self.rest(now);
    }

    /// The note was saved.
    pub(crate) fn saved(&mut self, now: Instant) {
        if self.config.run == Run::Save {
            self.ask(now);
        }
    }

    /// When there is something to do, unless there is another edit: the person has paused, or the reader took too long.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let typing = self.typing.as_ref().map(|typing| typing.until);
        typing.into_iter().chain(self.patience).min()
    }

    /// Ends the typing and the wait for the reader if their time has come. Says whether the typing ended.
    pub(crate) fn pause(&mut self, now: Instant) -> bool {
        if self.patience.is_some_and(|until| until <= now) {
            self.patience = None;
            self.stale = true;
        }
        let over = (self.typing.as_ref()).is_some_and(|typing| typing.until <= now);
        if over {
            self.rest(now);
        }
        over
    }

    /// Nobody types any more: what was not shown to the reader now is, and the next findings wait for it.
    fn rest(&mut self, now: Instant) {
        self.typing = None;
        if self.memo.is_behind() {
            self.memo.catch_up();
            self.forget();
        }
        self.patience = self.is_due().then(|| now + PATIENCE);
    }

    /// The judgement of the text as it is. A panic in it is the caller's, once: then there is none
    /// until something changes.
    pub(crate) fn analysis(
        &mut self,
        judge: Judge,
        today: Option<(i32, u8, u8)>,
    ) -> Option<Analysis> {
        if self.analysis.is_none() && !self.failed {
            self.failed = true;
            // Taken, so that what a panic leaves behind is never used again.
            let mut memo = std::mem::replace(&mut self.memo, memo());
            let config = Arc::clone(&self.config);
            self.analysis = Some(judge(self.document.clone(), config, today, &mut memo));
            self.unread = memo.unread();
            self.memo = memo;
            self.failed = false;
        }
        self.analysis.clone()
    }

    /// What the learned reader has to read now: nobody types, and it is not reading this note already. A part at a time:
    /// a long note keeps no other waiting, and what was changed or closed in between is not read in vain.
    pub(crate) fn take_unread(&mut self) -> Option<Unread> {
        if self.typing.is_some() || self.excluded || !self.is_readable() {
            return None;
        }
        self.reading = true;
        Some(self.unread.remove(0))
    }

    /// Takes in what was read. Judged anew is once all is, or has to be for another reason.
    pub(crate) fn learn(&mut self, read: Read) {
        self.reading = false;
        self.memo.learn(read);
        if self.unread.is_empty() {
            self.forget();
        }
    }

    /// The reader failed, and would again: what it has not read of the text as it is, the rules judge alone.
    pub(crate) fn give_up_reading(&mut self) {
        self.reading = false;
        self.unread.clear();
        self.stale = true;
    }

    /// Whether findings wait for the reader: those of the rules alone would change under the person's eyes.
    pub(crate) fn is_awaited(&mut self) -> bool {
        let awaited = self.waits();
        self.stale &= !awaited;
        awaited
    }

    fn is_readable(&self) -> bool {
        !self.unread.is_empty() && !self.reading
    }

    /// Whether there is anything to look at before the client shows what it should, or is told to look again.
    pub(crate) fn is_due(&self) -> bool {
        let paused = self.typing.is_none();
        self.stale || self.asked || paused && (self.held || self.owes || self.is_readable())
    }

    /// The findings to publish; `None` where the client shows just these for this version.
    pub(crate) fn publish(&mut self, analysis: Option<&Analysis>) -> Option<Arc<[Diagnostic]>> {
        let view = self.view(analysis);
        self.held = !view.settled;
        self.stale = false;
        // What the reader says later was asked for, too.
        self.asked &= self.reading;
        self.patience = None;
        let shown: Arc<[Diagnostic]> = view.findings.into();
        if view.settled {
            self.settled = analysis.map(|analysis| Settled::new(analysis, shown.clone()));
            self.carried.goals.clear();
        }
        self.carried.goals.extend(view.new);
        self.carried.findings = shown.to_vec();
        let last = self.published.as_ref();
        if last.is_some_and(|(version, last)| (*version, last) == (self.version, &shown)) {
            return None;
        }
        self.published = Some((self.version, shown.clone()));
        Some(shown)
    }

    /// Whether anything was ever shown, if only that there is nothing.
    pub(crate) fn is_shown(&self) -> bool {
        self.published.is_some() || self.failed
    }

    /// What was published last.
    pub(crate) fn published(&self) -> &[Diagnostic] {
        (self.published.as_ref()).map_or(&[], |(_, findings)| findings)
    }

    /// Somebody has seen something else, and is to look again.
    pub(crate) fn owe(&mut self) {
        self.owes = true;
    }

    /// What is to be shown now. While the person types, that is what was shown before, and the findings of goals that
    /// were typed or pasted since and that the edits have left: a half-typed line would change what is said of others.
    fn view(&self, analysis: Option<&Analysis>) -> View {
        let show_new = self.config.run == Run::Type || self.asked;
        let Some(analysis) = analysis.filter(|_| !self.excluded) else {
            return View::default();
        };
        if self.is_typing() || self.waits() {
            return self.view_while_typing(analysis, show_new && !self.waits());
        }
        let mut findings = analysis.diagnostics();
        if !show_new {
            let shown = Places::of(&self.carried.findings);
            findings.retain(|finding| shown.hold(finding));
        }
        let goals = analysis.note().goals.iter();
        View {
            findings,
            new: goals.map(|goal| goal.range.clone()).collect(),
            settled: true,
        }
    }

    fn view_while_typing(&self, analysis: &Analysis, show_new: bool) -> View {
        let goals = &analysis.note().goals;
        let new = match show_new {
            true => self.left(analysis),
            false => Vec::new(),
        };
        let mut findings = self.carried.findings.clone();
        // Judged on the way of a key: nothing is found that is not shown.
        if !new.is_empty() {
            let of_new =
                |finding: &Diagnostic| finding.goal.is_some_and(|goal| new.contains(&goal));
            findings.extend(analysis.diagnostics().into_iter().filter(of_new));
            findings.sort_by_key(|finding| finding.range.start);
        }
        let new = new.into_iter().map(|goal| goals[goal].range.clone());
        View {
            findings,
            new: new.collect(),
            settled: false,
        }
    }

    /// The goals that were typed or pasted since nobody typed, and that the edits have left.
    fn left(&self, analysis: &Analysis) -> Vec<usize> {
        let goals = analysis.note().goals.iter().enumerate();
        let unknown = goals.filter(|(_, goal)| !self.carried.knows(&goal.range));
        let unknown: Vec<_> = unknown.collect();
        let Some(settled) = self.settled.as_ref().filter(|_| !unknown.is_empty()) else {
            return Vec::new();
        };
        let edited = settled.since.typed();
        let typed = self.typed(analysis);
        let is_left = |(index, goal): &(usize, &Goal)| {
            let is_edited =
                |of: &Range<usize>| of.start < goal.range.end && goal.range.start < of.end;
            !typed.contains(index) && edited.iter().any(is_edited)
        };
        let left = unknown.into_iter().filter(is_left);
        left.map(|(index, _)| index).collect()
    }

    /// Whether somebody types for whom findings are held back.
    fn is_typing(&self) -> bool {
        self.typing.as_ref().is_some_and(|typing| typing.holds)
    }

    /// What somebody sees who asks in between. Whoever sees less than there is, is to look again.
    pub(crate) fn look(&mut self, analysis: &Analysis) -> Settled {
        let view = self.view(Some(analysis));
        self.owes |= !view.settled || self.is_unfinished();
        match &self.settled {
            Some(settled) if !view.settled => settled.clone(),
            _ => Settled::new(analysis, view.findings.into()),
        }
    }

    /// Somebody was told what is shown, and is to look again where that is not all.
    pub(crate) fn told(&mut self) {
        self.owes |= self.held || self.is_unfinished();
    }

    /// Whether what is shown may change without an edit.
    fn is_unfinished(&self) -> bool {
        self.typing.is_some() || self.reading || !self.unread.is_empty()
    }

    /// Whether somebody has to look again, now that nothing is held back any more. Says so once.
    pub(crate) fn is_owed(&mut self) -> bool {
        let now = self.owes && !self.held && !self.is_unfinished();
        self.owes &= !now;
        now
    }

    /// Whether findings wait for the reader.
    fn waits(&self) -> bool {
        self.reading && self.patience.is_some()
    }

    fn forget(&mut self) {
        self.analysis = None;
        self.failed = false;
        self.stale = true;
    }

    /// The goals that the person is typing: an edit ended in the goal's lines, or in what is
    /// nested below it.
    fn typed(&self, analysis: &Analysis) -> Vec<usize> {
        let Some(typing) = self.typing.as_ref().filter(|typing| typing.holds) else {
            return Vec::new();
        };
        let document = analysis.document();
        let blocks = document.blocks();
        let lines: Vec<Line> = (typing.at.iter().map(|&at| Line::of(document, at))).collect();
        let is_typed = |block: usize| {
            let block = blocks.get(block)?;
            let parent = block.parent.and_then(|parent| blocks.get(parent as usize));
            let item = parent.filter(|parent| matches!(parent.kind, BlockKind::ListItem { .. }));
            let range = &item.unwrap_or(block).range;
            Some(lines.iter().any(|line| line.is_in(range)))
        };
        let goals = analysis.note().goals.iter().enumerate();
        goals
            .filter(|(_, goal)| is_typed(goal.block) == Some(true))
            .map(|(index, _)| index)
            .collect()
    }
}

/// The reader reads when nobody types.
fn memo() -> Memo {
    Memo::reading(Reads::Later)
}

/// The line that an edit ended in.
struct Line {
    /// Its bytes with its ending.
    whole: Range<usize>,
    is_last: bool,
    /// Whether the edit ended before the line's ending.
    is_inside: bool,
}

impl Line {
    fn of(document: &Document, at: usize) -> Line {
        let line = document.line_of(at);
        let Range { start, end } = document.line_range(line);
        Line {
            whole: start..end + document.line_ending(line).len(),
            is_last: line + 1 >= document.line_count(),
            is_inside: at <= end,
        }
    }

    /// Whether the edit ended in the lines of a range.
    fn is_in(&self, range: &Range<usize>) -> bool {
        let begins = self.is_last || range.start < self.whole.end;
        let ends_here = self.is_last || range.end < self.whole.end;
        begins && range.end >= self.whole.start && (self.is_inside || !ends_here)
    }
}

/// What the client shows, to be asked whether it shows a finding.
struct Places(HashMap<(Code, Option<Qualifier>), Vec<Range<usize>>>);

impl Places {
    /// `shown`: by their start.
    fn of(shown: &[Diagnostic]) -> Places {
        let mut places: HashMap<_, Vec<Range<usize>>> = HashMap::new();
        for Diagnostic {
            range,
            code,
            qualifier,
            ..
        } in shown
        {
            let all = places.entry((*code, *qualifier)).or_default();
            // Each with the furthest end up to it: one look tells whether any reaches a place.
            let end = all.last().map_or(range.end, |last| last.end.max(range.end));
            all.push(range.start..end);
        }
        Places(places)
    }

    /// Whether a finding like this one is shown at its place.
    fn hold(&self, finding: &Diagnostic) -> bool {
        let Some(all) = self.0.get(&(finding.code, finding.qualifier)) else {
            return false;
        };
        let before = all.partition_point(|shown| shown.start <= finding.range.end);
        before > 0 && all[before - 1].end >= finding.range.start
    }
}
