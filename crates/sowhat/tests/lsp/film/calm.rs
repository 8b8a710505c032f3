//! What calm means: everything in a film that would catch a person's eye without a cause.

use std::collections::HashMap;
use std::ops::Range;

use super::keys::{Edit, Key, line_of, line_range};
use super::typist::{Film, Finding, Frame, Hint};

/// Something that is not calm.
#[derive(Debug)]
pub(crate) struct Stir {
    /// The frames between which it happens.
    pub(crate) frames: [usize; 2],
    pub(crate) what: String,
}

impl Stir {
    fn new(frames: [usize; 2], what: impl ToString) -> Stir {
        let what = what.to_string();
        Stir { frames, what }
    }
}

/// Findings that vanish and come back while nobody touches the lines of their goals, nor what is nested below. Who takes
/// back a paste gets back what was there before it: that is no flicker. Nor is it one where both come after a pause: who
/// stops in the middle of a sentence and then ends it otherwise has said two things.
pub(crate) fn vanished_and_returned(film: &Film) -> Vec<Stir> {
    let mut stirs = Vec::new();
    let mut gone: Vec<(Finding, usize)> = Vec::new();
    for (index, before, after) in steps(film) {
        if matches!(after.key, Some(Key::Undo | Key::Redo)) {
            gone.clear();
        }
        for (finding, _) in &mut gone {
            *finding = after.carried(finding);
        }
        gone.retain(|(finding, _)| !after.touches(&finding.range));
        gone.retain(|(finding, since)| {
            let is_back = after.shows(finding);
            if is_back && !(film.frames[*since].rested && after.rested) {
                let line = after.line_at(finding.range.start);
                let what = format!("{} is gone and back: {line:?}", finding.code);
                stirs.push(Stir::new([*since, index], what));
            }
            !is_back
        });
        let here = before.findings.iter().map(|of| after.carried(of));
        let went = here.filter(|of| !after.shows(of) && !after.touches(&of.range));
        gone.extend(went.map(|finding| (finding, index)));
    }
    stirs
}

/// Findings that come before the pause on the goal that is being typed, or on one with the cursor in what is nested below.
pub(crate) fn came_too_early(film: &Film) -> Vec<Stir> {
    let mut stirs = Vec::new();
    for (index, before, after) in steps(film).filter(|(_, _, after)| !after.rested) {
        let shown: Vec<Finding> = before.findings.iter().map(|of| after.carried(of)).collect();
        let new = |of: &&Finding| !shown.iter().any(|old| old.is_same(of));
        for finding in after.findings.iter().filter(new) {
            if after.lines_of(&finding.range).contains(&after.line) {
                let line = after.line_at(finding.range.start);
                let what = format!("{} comes too early: {line:?}", finding.code);
                stirs.push(Stir::new([index, index], what));
            }
        }
    }
    stirs
}

/// Findings that leave their words although nobody touches the goal's lines.
pub(crate) fn strayed(film: &Film) -> Vec<Stir> {
    let mut stirs = Vec::new();
    for (index, before, after) in steps(film).filter(|(_, _, after)| !after.rested) {
        for finding in before.findings.iter().map(|of| after.carried(of)) {
            let is_here = |now: &Finding| now.code == finding.code && now.range == finding.range;
            let is_touched = after.touches(&finding.range);
            if after.shows(&finding) && !is_touched && !after.findings.iter().any(is_here) {
                let line = after.line_at(finding.range.start);
                let what = format!("{} strays: {line:?}", finding.code);
                stirs.push(Stir::new([index, index], what));
            }
        }
    }
    stirs
}

/// Findings that are told of a version again before the pause, or more than once after it; or, where they are pushed,
/// although they are what was told. A reader that takes its time may tell once more.
pub(crate) fn told_too_often(film: &Film) -> Vec<Stir> {
    let mut stirs = Vec::new();
    let mut pauses: HashMap<i64, usize> = HashMap::new();
    let again = steps(film).filter(|(_, _, after)| after.told && after.edit.is_none());
    for (index, before, after) in again {
        let count = pauses.entry(after.version).or_default();
        *count += 1;
        let what = match () {
            () if !after.rested => "told again before the pause",
            () if *count > 1 && !after.late => "told more than once after the pause",
            () if !film.pulls && before.findings == after.findings => "told what was told",
            () => continue,
        };
        stirs.push(Stir::new([index, index], what));
    }
    stirs
}

/// More requests to look again, of one kind, than there were pauses.
pub(crate) fn refreshed_too_often(film: &Film) -> Vec<Stir> {
    let mut stirs = Vec::new();
    for stretch in &film.stretches {
        let frames = [stretch.end, stretch.end];
        for (method, count) in &stretch.refreshes {
            if *count > stretch.pauses {
                stirs.push(Stir::new(frames, format!("{count} × {method}")));
            }
        }
    }
    stirs
}

/// What a person still sees once all has settled, although there is something else to see.
pub(crate) fn outdated(film: &Film) -> Vec<Stir> {
    let stretches = film.stretches.iter().filter(|of| of.is_outdated);
    let stirs = stretches.map(|of| Stir::new([of.end, of.end], "the screen is out of date"));
    stirs.collect()
}

/// Hints on the line that is being typed.
pub(crate) fn hints_at_the_cursor(film: &Film) -> Vec<Stir> {
    let typed = steps(film).filter(|(_, _, after)| !after.rested);
    let with_hint = typed.filter(|(_, _, after)| !after.hints_on(after.line).is_empty());
    let stirs = with_hint.map(|(index, ..)| Stir::new([index, index], "a hint behind the cursor"));
    stirs.collect()
}

/// Hints that change on lines where nobody types. On the goal that was just left they may come.
pub(crate) fn hints_moved(film: &Film) -> Vec<Stir> {
    let mut stirs = Vec::new();
    for (index, before, after) in steps(film).filter(|(_, _, after)| !after.rested) {
        let mut lines: Vec<usize> = before.hints.iter().map(|hint| hint.line).collect();
        lines.dedup();
        for line in lines {
            let place = line_range(&before.text, line);
            let now = after.moved(&place);
            if after.touches(&now) || before.lines_of(&place).contains(&before.line) {
                continue;
            }
            let line_now = line_of(&after.text, now.start);
            if before.hints_on(line) != after.hints_on(line_now) {
                let what = format!("hints move: {:?}", after.line_at(now.start));
                stirs.push(Stir::new([index, index], what));
            }
        }
    }
    stirs
}

/// Each frame with the one before it and its number.
fn steps(film: &Film) -> impl Iterator<Item = (usize, &Frame, &Frame)> {
    let pairs = film.frames.windows(2).enumerate();
    pairs.map(|(index, pair)| (index + 1, &pair[0], &pair[1]))
}

impl Finding {
    /// Whether both are one: what they say at about the same words.
    fn is_same(&self, other: &Finding) -> bool {
        let (a, b) = (&self.range, &other.range);
        self.code == other.code && a.start <= b.end && b.start <= a.end
    }
}

impl Frame {
    fn shows(&self, finding: &Finding) -> bool {
        self.findings.iter().any(|of| of.is_same(finding))
    }

    /// A finding of the frame before, at its place in this one.
    fn carried(&self, finding: &Finding) -> Finding {
        let range = self.moved(&finding.range);
        Finding {
            range,
            ..finding.clone()
        }
    }

    /// Where a place of the frame before is in this one.
    fn moved(&self, place: &Range<usize>) -> Range<usize> {
        match &self.edit {
            Some(edit) => edit.moved(place.start)..edit.moved(place.end),
            None => place.clone(),
        }
    }

    /// Whether the edit before this frame changed one of the lines of what stands at a place.
    fn touches(&self, place: &Range<usize>) -> bool {
        let Some(edit) = &self.edit else {
            return false;
        };
        let lines = self.lines_of(place);
        let first = line_of(&self.text, edit.range.start + new_line(edit));
        let last = line_of(&self.text, edit.end());
        first < lines.end && lines.start <= last
    }

    /// The lines (from 0) of what stands at a place, with those that are nested below its first.
    fn lines_of(&self, place: &Range<usize>) -> Range<usize> {
        let (first, last) = (
            line_of(&self.text, place.start),
            line_of(&self.text, place.end),
        );
        let mut lines = self.text.lines().skip(first);
        let own = depth(lines.next().unwrap_or_default());
        let nested = lines.take_while(|line| !line.trim().is_empty() && depth(line) > own);
        first..(first + nested.count()).max(last) + 1
    }

    /// The line of a byte.
    pub(crate) fn line_at(&self, at: usize) -> &str {
        &self.text[line_range(&self.text, line_of(&self.text, at))]
    }

    fn hints_on(&self, line: usize) -> Vec<(u64, &str)> {
        let on = |hint: &&Hint| hint.line == line;
        let hints = self.hints.iter().filter(on);
        hints
            .map(|hint| (hint.column, hint.label.as_str()))
            .collect()
    }
}

/// How much of an edit only ends the line before it, which that leaves as it is.
fn new_line(edit: &Edit) -> usize {
    let text = edit.text.trim_start_matches('\r');
    match text.starts_with('\n') && edit.range.is_empty() {
        true => edit.text.len() - text.len() + 1,
        false => 0,
    }
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}
