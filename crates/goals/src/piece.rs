//! The pieces of a leaf block that are read on their own (rule P2): its lines, where they are items, labels or turns;
//! the whole paragraph, where its lines are only wrapped. Knows nothing of the blocks around it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use reader::{Vocabulary, WordPiece};
use syntax::{Block, BlockKind, Document, Inline, Task};

use crate::Qualifier;
use crate::claim::Claim;
use crate::detect::Stated;
use crate::evidence::Context;
use crate::memo::{Each, Kept};
use crate::outcome::Setting;
use crate::scope::Named;
use crate::speaker::speaker;
use crate::text::Text;
use crate::zone::{Place, Zone};

/// One piece of text with what its own form tells.
#[derive(Debug)]
pub(crate) struct Piece {
    /// Its text; line ends inside are blanks.
    pub(crate) text: Text,
    /// Where the content begins: behind a marker, a timestamp, a speaker's name or a label.
    pub(crate) lead: usize,
    /// Where the words of a turn begin, behind the speaker's name.
    pub(crate) turn_lead: usize,
    /// The zone that its label opens for this line.
    pub(crate) label: Option<Zone>,
    /// The zone that it opens for what follows, where it is a pseudo-heading.
    pub(crate) opens: Option<Opens>,
    /// Who speaks, where it has the form of a turn.
    pub(crate) speaker: Option<Speaker>,
    /// A box that the block grammar does not see (`[ ]` on a plain line).
    pub(crate) task: Option<Task>,
    /// A list mark that the block grammar does not see (`•`, `3.1`): how far it is indented.
    pub(crate) item: bool,
    /// `#goal` stands on the line.
    pub(crate) tagged: bool,
    /// A single letter as a label (`G - 60 demos`): its zone hangs on the template around it.
    pub(crate) letter: Option<char>,
    /// What was found out about it.
    pub(crate) known: Known,
    inline: Arc<Inline>,
    at: usize,
    /// Start of the block, to be taken off: bytes here are relative to it.
    base: usize,
}

/// What evidence depends on: where the words begin, the goals among them, the surroundings.
pub(crate) type EvidenceKey = (usize, Vec<Range<usize>>, Context);

/// What was found out about a piece, by what it depends on of its surroundings.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Goals, by where the words begin and the setting.
    pub(crate) outcomes: Kept<(usize, Setting), Arc<[Stated]>>,
    /// Evidence, by where the words begin, the goals in it and the context.
    pub(crate) evidence: Kept<EvidenceKey, Arc<[Claim]>>,
    /// What its last question asks for, and whether it asks if they get there as they are.
    pub(crate) asks: OnceLock<Option<(Qualifier, bool)>>,
    /// Its zone as a heading and as a label.
    pub(crate) title: OnceLock<Option<Zone>>,
    pub(crate) short_title: OnceLock<Option<Zone>>,
    /// In the learned reader's words.
    pub(crate) words: OnceLock<Box<[WordPiece]>>,
    /// What each sentence names.
    pub(crate) names: Each<Named>,
}

/// What a pseudo-heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opens {
    /// Its zone; `None` where its words announce nothing: it still ends the one before.
    pub(crate) zone: Option<Zone>,
}

/// The speaker of a turn, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Speaker {
    /// The name in lower case, without role and time.
    pub(crate) name: String,
    /// What stands in brackets behind it, in lower case.
    pub(crate) role: String,
    /// Whether a timestamp stands with it.
    pub(crate) timed: bool,
    /// Whether the turn's text begins on the next line.
    pub(crate) alone: bool,
}

impl Piece {
    /// The document's bytes of a range of the plain text, for a block that begins at `block_start`.
    pub(crate) fn source(&self, range: Range<usize>, block_start: usize) -> Range<usize> {
        let range = self
            .inline
            .range_to_source(self.at + range.start..self.at + range.end);
        range.start + block_start - self.base..range.end + block_start - self.base
    }

    /// Its text in the learned reader's words; bytes of `text.plain`.
    pub(crate) fn words(&self, vocabulary: &Vocabulary) -> &[WordPiece] {
        let read = || vocabulary.pieces(&self.text.plain).into();
        self.known.words.get_or_init(read)
    }

    /// What it announces where it stands as a heading.
    pub(crate) fn title(&self, extra: &[String]) -> Option<Zone> {
        let all = 0..self.text.tokens.len();
        let read = || Zone::of_title(&self.text, all, Place::Heading, extra);
        *self.known.title.get_or_init(read)
    }

    /// What it announces where it stands as a label: the head of a column or a row.
    pub(crate) fn label_title(&self, extra: &[String]) -> Option<Zone> {
        let all = 0..self.text.tokens.len();
        let read = || Zone::of_title(&self.text, all, Place::Label, extra);
        *self.known.short_title.get_or_init(read)
    }

    /// Byte of the text at which its words begin: behind a label, and behind the speaker's name where it is a turn.
    pub(crate) fn lead_in(&self, turn: bool) -> usize {
        if turn {
            self.turn_lead.max(self.lead)
        } else {
            self.lead
        }
    }

    /// Whether nothing stands behind the label but blanks, dots, dashes or a question mark (Q1).
    pub(crate) fn is_empty(&self) -> bool {
        self.text.plain[self.lead..].chars().all(|c| {
            c.is_whitespace() || matches!(c, '?' | '-' | '–' | '—' | '.' | '…' | '_' | '/')
        })
    }
}

/// The pieces of a leaf block. `extra`: further words that announce goals.
pub(crate) fn pieces(document: &Document, block: &Block, extra: &[String]) -> Vec<Piece> {
    let inline = Arc::new(document.inline(block));
    let raw: Vec<String> = block
        .lines
        .iter()
        .map(|line| {
            document
                .slice(
                    block.range.start + line.start as usize..block.range.start + line.end as usize,
                )
                .into_owned()
        })
        .collect();
    let lines: Vec<Range<usize>> = lines(&inline.text);
    let mut out = Vec::new();
    let mut start = 0;
    let wrapped = is_wrapped(&inline.text, &lines);
    while start < lines.len() {
        let mut end = start + 1;
        while wrapped && end < lines.len() && !begins_piece(&inline.text[lines[end].clone()]) {
            end += 1;
        }
        let range = lines[start].start..lines[end - 1].end;
        if !inline.text[range.clone()].trim().is_empty()
            || matches!(block.kind, BlockKind::TableCell)
        {
            let bold = end == start + 1 && raw.get(start).is_some_and(|raw| is_bold(raw));
            out.push(piece(&inline, range, block, bold, extra));
        }
        start = end;
    }
    out
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let range = start..start + line.len();
            start += line.len() + 1;
            range
        })
        .collect()
}

/// Whether the lines of a paragraph are one text that was wrapped, by their lengths.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let lengths: Vec<usize> = lines
        .iter()
        .map(|line| text[line.clone()].chars().count())
        .collect();
    let Some(longest) = lengths.iter().max() else {
        return false;
    };
    let Some((_, all_but_last)) = lengths.split_last() else {
        return false;
    };
    let lower = lines
        .iter()
        .skip(1)
        .filter(|line| {
            text[(*line).clone()]
                .trim_start()
                .starts_with(|c: char| c.is_lowercase())
        })
        .count();
    *longest >= 45
        && all_but_last.iter().all(|length| length * 10 >= longest * 6)
        && lower * 3 >= lines.len() - 1
}

/// P2: a line that starts with a label, a list mark or a speaker is its own.
fn begins_piece(line: &str) -> bool {
    let (rest, mark, task) = strip_marks(line);
    mark || task.is_some()
        || label_end(&line[rest..]).is_some_and(|(end, _)| {
            line[rest..rest + end].split_whitespace().count() <= 3
                && line[rest..].starts_with(char::is_uppercase)
        })
}

fn is_bold(raw: &str) -> bool {
    let raw = raw.trim().trim_end_matches(':').trim_end();
    let inner = raw
        .strip_prefix("**")
        .and_then(|raw| raw.strip_suffix("**"))
        .or_else(|| {
            raw.strip_prefix("__")
                .and_then(|raw| raw.strip_suffix("__"))
        });
    inner.is_some_and(|inner| !inner.contains("**") && !inner.is_empty())
}

fn piece(
    inline: &Arc<Inline>,
    range: Range<usize>,
    block: &Block,
    bold: bool,
    extra: &[String],
) -> Piece {
    let plain = inline.text[range.clone()].replace('\n', " ");
    let (mut lead, item, task) = strip_marks(&plain);
    let tagged = plain.contains("#goal") || plain.contains("#Goal");
    let speaker = if matches!(block.kind, BlockKind::TableCell | BlockKind::Heading(_)) {
        None
    } else {
        speaker(&plain[lead..])
    };
    let text = Text::read(plain);
    let plain = &text.plain;
    let mut piece_label = None;
    let mut letter = None;
    let mut opens = None;
    if !matches!(block.kind, BlockKind::Heading(_) | BlockKind::TableCell)
        && let Some((end, content)) = label_end(&plain[lead..])
    {
        let words = &plain[lead..lead + end];
        let tokens = text.tokens_in(lead..lead + end);
        let zone = Zone::of_title(&text, tokens, Place::Label, extra);
        let mut chars = words.chars().filter(|c| c.is_alphanumeric());
        if let (Some(c), None) = (chars.next(), chars.next()) {
            letter = Some(c.to_ascii_uppercase()).filter(|c| c.is_ascii_alphabetic());
        }
        if plain[lead + content..].trim().is_empty() {
            opens = Some(Opens {
                zone: zone.or_else(|| lead_in(&text, lead)),
            });
        } else if zone.is_some() || letter.is_some() {
            piece_label = zone;
            lead += content;
        }
    }
    if opens.is_none()
        && speaker.is_none()
        && !matches!(block.kind, BlockKind::Heading(_) | BlockKind::TableCell)
        && piece_label.is_none()
    {
        let tokens = text.tokens_in(lead..plain.len());
        let trimmed = plain.trim_end();
        if let Some(zone) = interview_question(&text, tokens.clone(), item) {
            opens = Some(Opens { zone });
        } else if bold {
            opens = Some(Opens {
                zone: Zone::of_title(&text, tokens, Place::Heading, extra),
            });
        } else if trimmed.ends_with(':') {
            opens = Some(Opens {
                zone: Zone::of_title(&text, tokens, Place::Label, extra)
                    .or_else(|| lead_in(&text, lead)),
            });
        } else if tokens.len() <= 4 && !trimmed.ends_with(['.', '!', '?', ',']) && !item {
            // Only a zone word: nothing else stands on the line.
            let zone = Zone::of_title(&text, tokens.clone(), Place::Label, extra)
                .filter(|zone| *zone != Zone::Prose || tokens.len() == 1);
            let only = zone.is_some() && covers(&text, tokens);
            opens = only.then_some(Opens { zone });
        }
    }
    let mut turn_lead = lead;
    if let Some(found) = &speaker
        && piece_label.is_none()
        && opens.is_none_or(|opens| opens.zone.is_none())
    {
        turn_lead = skip_blanks(plain, found.1 + strip_marks(plain).0);
    }
    let speaker = speaker
        .map(|(speaker, _)| speaker)
        .filter(|_| piece_label.is_none() && opens.is_none_or(|opens| opens.zone.is_none()));
    let base = block.range.start;
    Piece {
        lead: skip_blanks(plain, lead),
        turn_lead,
        text,
        label: piece_label,
        opens,
        speaker,
        task,
        item,
        tagged,
        letter,
        known: Known::default(),
        inline: inline.clone(),
        at: range.start,
        base,
    }
}

/// "They want to:", "What you told us the targets are:": a sentence with a cue that ends in a colon.
fn lead_in(text: &Text, lead: usize) -> Option<Zone> {
    use crate::lexicon::Class;
    let tokens = text.tokens_in(lead..text.plain.len());
    let wants = text.has(Class::Want, tokens.clone()) || text.has(Class::GoalNoun, tokens.clone());
    let vetoed = text.has(Class::ZoneCancel, tokens.clone())
        || text.has(Class::ZoneNone, tokens.clone())
        || text.has(Class::NegatedWish, tokens.clone())
        || text.has(Class::VendorGoal, tokens.clone())
        || text.has(Class::Feature, tokens);
    (wants && !vetoed).then_some(Zone::Goals)
}

/// A line that is a question about targets opens a Goals zone for the answers below it (D1); any other plain question
/// of an interview form ends it.
fn interview_question(text: &Text, tokens: Range<usize>, item: bool) -> Option<Option<Zone>> {
    use crate::lexicon::Class;
    if !text.plain.trim_end().ends_with('?') || tokens.len() > 16 {
        return None;
    }
    let target =
        text.has(Class::TargetQuestion, tokens.clone()) && !text.has(Class::ZoneCancel, tokens);
    match (target, item) {
        (true, _) => Some(Some(Zone::Goals)),
        _ => None,
    }
}

fn covers(text: &Text, tokens: Range<usize>) -> bool {
    use crate::lexicon::Class;
    // "asked why it matters" tells of a question, it opens no zone.
    if text.has(Class::ClauseVerb, tokens.start..tokens.start + 1) {
        return false;
    }
    let mut most = 0;
    for class in [
        Class::ZoneGoals,
        Class::ZoneNone,
        Class::ZoneImportance,
        Class::ZoneCost,
        Class::ZoneRealism,
        Class::ZonePlan,
        Class::ZoneMixed,
        Class::ZoneProse,
    ] {
        most = most.max(
            text.of(class, tokens.clone())
                .map(|hit| hit.len())
                .max()
                .unwrap_or(0),
        );
    }
    let dates = text
        .of(Class::Date, tokens.clone())
        .map(|hit| hit.len())
        .max()
        .unwrap_or(0);
    most > 0 && most + dates + 1 >= tokens.len()
}

fn skip_blanks(plain: &str, at: usize) -> usize {
    at + plain[at..].len() - plain[at..].trim_start().len()
}

/// Strips list marks, numbers and boxes in front that the block grammar does not see.
/// Returns (bytes stripped, whether there was a mark, the box).
fn strip_marks(line: &str) -> (usize, bool, Option<Task>) {
    let mut rest = line.trim_start();
    let mut mark = false;
    for sign in [
        "• ", "· ", "– ", "— ", "- ", "* ", "+ ", "◦ ", "▪ ", "‣ ", "> ", "→ ", "-> ", "•", "▪",
    ] {
        if let Some(after) = rest.strip_prefix(sign) {
            rest = after.trim_start();
            mark = true;
            break;
        }
    }
    let digits = rest.len()
        - rest
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            .len();
    if digits > 0 && digits <= 4 {
        let after = &rest[digits..];
        let numbered = rest[..digits].ends_with('.')
            || after.starts_with(')')
            || rest[..digits].contains('.') && rest[..digits].len() == 3;
        let after = after.strip_prefix(')').unwrap_or(after);
        if numbered
            && after.starts_with(' ')
            && after.trim_start().starts_with(|c: char| c.is_alphabetic())
        {
            rest = after.trim_start();
            mark = true;
        }
    }
    let mut task = None;
    for (sign, kind) in [
        ("[ ]", Task::Open),
        ("[]", Task::Open),
        ("[x]", Task::Done),
        ("[X]", Task::Done),
        ("[-]", Task::Cancelled),
        ("☐", Task::Open),
        ("☑", Task::Done),
        ("✅", Task::Done),
    ] {
        if let Some(after) = rest.strip_prefix(sign) {
            rest = after.trim_start();
            task = Some(kind);
            break;
        }
    }
    (line.len() - rest.len(), mark, task)
}

/// Where a label ends (before its colon or dash) and where its content begins.
pub(crate) fn label_end(line: &str) -> Option<(usize, usize)> {
    for (at, c) in line.char_indices().take(60) {
        match c {
            ':' => {
                let after = &line[at + 1..];
                let time = line[..at].ends_with(|c: char| c.is_ascii_digit())
                    && after.starts_with(|c: char| c.is_ascii_digit());
                if time || after.starts_with("//") {
                    continue;
                }
                let words = line[..at].split_whitespace().count();
                return (words > 0
                    && words <= 8
                    && (after.is_empty() || after.starts_with([' ', '*', '\u{a0}', '"'])))
                .then_some((at, at + 1));
            }
            '-' | '–' | '—' | '='
                if line[..at].ends_with(' ')
                    && line[..at].trim().chars().count() == 1
                    && line[..at].trim().starts_with(char::is_uppercase) =>
            {
                return line[at + c.len_utf8()..]
                    .starts_with(' ')
                    .then_some((at, at + c.len_utf8()));
            }
            '?' if line[at + 1..].starts_with(' ')
                && line[..at].split_whitespace().count() <= 4 =>
            {
                return Some((at, at + 1));
            }
            // An initial or a title: `L. Hartwig:`, `Mr. Sommer:`
            '.' if at <= 4
                && line[..at].chars().next().is_some_and(char::is_uppercase)
                && line[at + 1..].starts_with(' ') => {}
            '.' | '!' | '?' | ';' | '|' => return None,
            _ => {}
        }
    }
    None
}
