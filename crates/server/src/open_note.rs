//! One open note: its text, what was judged of it, and what of that is shown. Knows no client.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ide::config::Run;
use ide::{
    Analysis, BlockKind, Code, Config, Diagnostic, Document, Memo, Qualifier, Read, Reads, Unread,
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
    /// What the client shows, at its place in the text as it is; by start.
    shown: Vec<Shown>,
    /// Whether findings are held back until the person pauses.
    held: bool,
    /// Whether everything is to be shown, whatever `run` says.
    asked: bool,
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

#[derive(Debug)]
struct Shown {
    range: Range<usize>,
    code: Code,
    qualifier: Option<Qualifier>,
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
            shown: Vec::new(),
            held: false,
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
        let moved = |at: usize| match at {
            _ if at >= range.end => at - range.end + range.start + text.len(),
            _ => at.min(range.start),
        };
        for shown in &mut self.shown {
            shown.range = moved(shown.range.start)..moved(shown.range.end);
        }
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
            self.forget();
        }
    }

    /// Shows everything with the next findings, whatever `run` says, and ends the typing.
    pub(crate) fn ask(&mut self, now: Instant) {
        self.asked = true;
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
        let awaited = self.reading && self.patience.is_some();
        self.stale &= !awaited;
        awaited
    }

    fn is_readable(&self) -> bool {
        !self.unread.is_empty() && !self.reading
    }

    /// Whether there is anything to look at before the client shows what it should.
    pub(crate) fn is_due(&self) -> bool {
        let paused = self.typing.is_none();
        self.stale || self.asked || paused && (self.held || self.is_readable())
    }

    /// The findings to publish; `None` where the client shows just these for this version.
    pub(crate) fn publish(&mut self, analysis: Option<&Analysis>) -> Option<Arc<[Diagnostic]>> {
        let all = match analysis {
            Some(analysis) if !self.excluded => analysis.diagnostics(),
            _ => Vec::new(),
        };
        let count = all.len();
        let show_new = self.config.run == Run::Type || self.asked;
        let typed = match analysis {
            Some(analysis) if show_new => self.typed(analysis),
            _ => Vec::new(),
        };
        let is_held = |finding: &Diagnostic| match finding.goal {
            _ if !show_new => true,
            Some(goal) => typed.contains(&goal),
            None => false,
        };
        let before = Places::of(&self.shown);
        let shown: Arc<[Diagnostic]> = all
            .into_iter()
            .filter(|finding| !is_held(finding) || before.hold(finding))
            .collect();
        self.held = show_new && shown.len() < count;
        self.stale = false;
        // What the reader says later was asked for, too.
        self.asked &= self.reading;
        self.patience = None;
        self.shown = shown
            .iter()
            .map(|finding| Shown {
                range: finding.range.clone(),
                code: finding.code,
                qualifier: finding.qualifier,
            })
            .collect();
        let last = self.published.as_ref();
        if last.is_some_and(|(version, last)| (*version, last) == (self.version, &shown)) {
            return None;
        }
        self.published = Some((self.version, shown.clone()));
        Some(shown)
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
    fn of(shown: &[Shown]) -> Places {
        let mut places: HashMap<_, Vec<Range<usize>>> = HashMap::new();
        for Shown {
            range,
            code,
            qualifier,
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
