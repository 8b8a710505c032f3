//! What each passage of a note states, seen with what stands around it (rules P7, D3 to D7, G10).

mod same;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use syntax::Task;

use crate::Reason;
use crate::claim::{Claim, Says};
use crate::lexicon::Class;
use crate::memo::Kept;
use crate::outcome::{self, Setting};
use crate::outline::{Form, Passage};
use crate::piece::Piece;
use crate::scope::{self, Told};
use crate::target;
use crate::text::Text;
use crate::voice::Side;
use crate::zone::Zone;

pub(crate) use same::{Goals, Kin, Reworded, same_goal};

/// What each passage states, and what that hangs on around it.
#[derive(Debug)]
pub(crate) struct Outcomes {
    pub(crate) stated: Vec<Arc<[Stated]>>,
    seen: Vec<Seen>,
    /// That of the note (P8).
    year: i32,
}

impl Outcomes {
    /// Reads all passages. `year`: that of the note (P8).
    pub(crate) fn read(passages: &[Passage], year: i32) -> Outcomes {
        let asked = asked_targets(passages);
        let covered = covered_boxes(passages);
        let slogans = slogans(passages);
        let ended = ended_rows(passages);
        let mut outcomes = Outcomes {
            stated: Vec::with_capacity(passages.len()),
            seen: Vec::with_capacity(passages.len()),
            year,
        };
        for (index, passage) in passages.iter().enumerate() {
            let measures = objective_of(passages, index);
            let nested = ancestors(passages, index).chain(measures).any(|above| {
                let stated = outcomes.stated.get(above);
                stated.is_some_and(|stated| !stated.is_empty())
            });
            let past = matches!(passage.form, Form::Cell { row, .. } if ended.contains(&row));
            outcomes.seen.push(Seen {
                asked: asked[index],
                covered: covered[index],
                nested,
                silent: slogans[index] || past,
            });
            let stated = outcomes.reread(index, passages);
            outcomes.stated.push(stated);
        }
        outcomes
    }

    /// What a passage states whose words have changed, and nothing around it.
    pub(crate) fn reread(&self, index: usize, passages: &[Passage]) -> Arc<[Stated]> {
        let passage = &passages[index];
        let seen = self.seen[index];
        if seen.silent {
            return Arc::default();
        }
        if let Some(value) = passage.value {
            return two_cells(passage, &passages[value as usize]);
        }
        if passage.side == Side::Rep {
            return confirmed_summary(passages, index, self.year);
        }
        stated(passage, seen, self.year)
    }
}

/// Whether what other passages state sees no difference between two pieces that stand in one passage's place.
pub(crate) fn alike(old: &Piece, new: &Piece, passage: &Passage) -> bool {
    let asks = |piece: &Piece| {
        let text = &piece.text;
        let all = 0..text.tokens.len();
        (
            text.plain.contains('?'),
            text.has(Class::TargetQuestion, all.clone()),
            text.has(Class::AnythingElse, all),
        )
    };
    let key_result = |piece: &Piece| {
        let is_key_result = is_key_result(&piece.text);
        (is_key_result, is_key_result && has_amount(&piece.text))
    };
    let objective = |piece: &Piece| {
        let lead = piece.lead_in(passage.turn.is_some());
        is_objective(&piece.text).then(|| tells_its_own(&piece.text, lead))
    };
    let in_place = match passage.side {
        Side::Rep => asks(old) == asks(new),
        Side::Prospect => confirms(old, true) == confirms(new, true),
        Side::Note => true,
    };
    in_place
        && key_result(old) == key_result(new)
        && objective(old) == objective(new)
        && ends_row(old) == ends_row(new)
}

/// D3: a metric and its value in two cells of a row.
fn two_cells(passage: &Passage, value: &Passage) -> Arc<[Stated]> {
    let text = &passage.piece.text;
    if !has_amount(&value.piece.text) || passage.piece.is_empty() {
        return Arc::default();
    }
    let claim = Claim {
        range: text.bytes(0..text.tokens.len()),
        says: Says::Outcome,
        certainty: 1.0,
        reason: Reason {
            rule: "D3",
            why: "a metric and its value in two cells",
        },
    };
    let mut stated = Stated::new(text, claim);
    let units = stated.told.units.clone();
    let both = format!("{} {}", text.plain.trim(), value.piece.text.plain.trim());
    stated.told = Arc::new(Told {
        units,
        ..told(&Text::read(both.clone()), 0..both.len())
    });
    Arc::new([stated])
}

/// What a passage's outcomes hang on around it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    asked: bool,
    covered: bool,
    nested: bool,
    /// It states nothing, whatever it says: a slogan, or a row that tells of the past.
    silent: bool,
}

fn stated(passage: &Passage, seen: Seen, year: i32) -> Arc<[Stated]> {
    let piece = &passage.piece;
    let done = matches!(passage.task, Some(Task::Done | Task::Cancelled)) && !seen.covered;
    let task = passage.task == Some(Task::Open) && !passage.zone.is_goals();
    let title = passage.form == Form::Heading && (passage.labelled || !passage.zone.is_goals());
    let group = passage.form == Form::Item
        && piece.opens.is_some()
        && piece.text.plain.trim_end().ends_with(':');
    if done || task || title || group || piece.is_empty() {
        return Arc::default();
    }
    let setting = Setting {
        zone: passage.zone,
        side: passage.side,
        quoted: passage.quoted,
        asked_target: seen.asked,
        heading_zone: !passage.labelled,
        item: passage.form != Form::Line || piece.text.tokens.len() < 25,
        nested: seen.nested && !passage.labelled,
        labelled_line: passage.labelled && !matches!(passage.form, Form::Cell { .. }),
        year,
    };
    piece.known.outcomes.get((passage.lead(), setting), |_| {
        let claims = outcome::outcomes(&piece.text, passage.lead(), setting);
        (claims.into_iter())
            .map(|claim| Stated::new(&piece.text, claim))
            .collect()
    })
}

/// The passages around one, from the nearest.
fn ancestors(passages: &[Passage], index: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(passages[index].parent, |&at| passages[at as usize].parent)
        .map(|at| at as usize)
}

/// D3: which passages answer a question about targets.
fn asked_targets(passages: &[Passage]) -> Vec<bool> {
    let mut asked = false;
    let mut turn = None;
    let mut out = Vec::with_capacity(passages.len());
    for passage in passages {
        let text = &passage.piece.text;
        if passage.side == Side::Rep {
            let all = 0..text.tokens.len();
            let more = asked && text.has(Class::AnythingElse, all.clone());
            asked = text.plain.contains('?') && (text.has(Class::TargetQuestion, all) || more);
            turn = passage.turn;
            out.push(false);
        } else {
            let next = passage
                .turn
                .zip(turn)
                .is_some_and(|(now, then)| now == then + 1);
            out.push(asked && passage.side == Side::Prospect && next);
        }
    }
    out
}

/// D6: boxes of a list whose ticked items are labels ("Attendees: …", "Goal: …") mean "covered in the call".
fn covered_boxes(passages: &[Passage]) -> Vec<bool> {
    let labelled = |passage: &Passage| {
        passage.task == Some(Task::Done) && passage.list.is_some() && passage.labelled
    };
    let mut labels: FxHashMap<Option<u32>, usize> = FxHashMap::default();
    for passage in passages.iter().filter(|passage| labelled(passage)) {
        *labels.entry(passage.list).or_default() += 1;
    }
    passages
        .iter()
        .map(|passage| labelled(passage) && labels[&passage.list] >= 2)
        .collect()
}

/// D5: an objective that is only a slogan or a group's name, over key results with numbers of their own.
fn slogans(passages: &[Passage]) -> Vec<bool> {
    let mut out = vec![false; passages.len()];
    for index in 0..passages.len() {
        let Some(above) = objective_of(passages, index) else {
            continue;
        };
        let text = &passages[above].piece.text;
        let (outcome, ordinal) = tells_its_own(text, passages[above].lead());
        if has_amount(&passages[index].piece.text) && !outcome && !ordinal {
            out[above] = true;
        }
    }
    out
}

/// Whether an objective is an outcome by itself, and whether it names one by an ordinal.
fn tells_its_own(text: &Text, lead: usize) -> (bool, bool) {
    let from = text.tokens_in(lead..text.plain.len());
    let mut quantities = text.quantities.iter();
    (
        outcome::is_outcome(text, from, true),
        quantities.any(|quantity| quantity.kind == target::Kind::Ordinal),
    )
}

fn has_amount(text: &Text) -> bool {
    text.quantities.iter().any(|quantity| quantity.is_amount())
}

/// The objective that a key result measures: the item around it, else the nearest objective before it.
fn objective_of(passages: &[Passage], index: usize) -> Option<usize> {
    let passage = &passages[index];
    if !is_key_result(&passage.piece.text) || !passage.zone.is_goals() {
        return None;
    }
    let near = (0..index)
        .rev()
        .take(12)
        .find(|&at| !is_key_result(&passages[at].piece.text));
    ancestors(passages, index)
        .next()
        .or(near)
        .filter(|&above| is_objective(&passages[above].piece.text))
}

/// A row of a table that says how a target ended ("hit", "missed") reports the past (G6).
fn ended_rows(passages: &[Passage]) -> HashSet<u32> {
    let ended = passages.iter().filter_map(|passage| match passage.form {
        Form::Cell { row, .. } if ends_row(&passage.piece) => Some(row),
        _ => None,
    });
    ended.collect()
}

fn ends_row(piece: &Piece) -> bool {
    const ENDS: &[&str] = &[
        "hit",
        "missed",
        "met",
        "not met",
        "achieved",
        "not achieved",
        "miss",
        "reached",
        "not reached",
    ];
    let plain = piece.text.plain.trim();
    ENDS.iter().any(|end| end.eq_ignore_ascii_case(plain))
}

fn is_key_result(text: &Text) -> bool {
    let plain = text.plain.trim_start();
    begins(plain, "kr") && !plain[2..].starts_with(char::is_alphabetic)
        || begins(plain, "key result")
}

fn is_objective(text: &Text) -> bool {
    let plain = text.plain.trim_start();
    let rest = plain
        .strip_prefix(['O', 'o'])
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.starts_with([':', ' ', '-', '–'])) || begins(plain, "objective")
}

/// Whether a text begins with ASCII words, in any case.
fn begins(plain: &str, words: &str) -> bool {
    plain
        .get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// P7: a rep's summary ("so your goal is …") that the next prospect turn confirms holds the goal.
fn confirmed_summary(passages: &[Passage], index: usize, year: i32) -> Arc<[Stated]> {
    let passage = &passages[index];
    let text = &passage.piece.text;
    let all = 0..text.tokens.len();
    if !text.has(Class::Summary, all) {
        return Arc::default();
    }
    let answer = passages[index + 1..]
        .iter()
        .find(|other| other.turn != passage.turn);
    let confirmed = answer.is_some_and(|answer| {
        answer.side == Side::Prospect && confirms(&answer.piece, answer.turn.is_some())
    });
    if !confirmed {
        return Arc::default();
    }
    let setting = Setting {
        zone: Zone::Prose,
        side: Side::Prospect,
        quoted: true,
        asked_target: false,
        heading_zone: true,
        item: false,
        nested: false,
        labelled_line: false,
        year,
    };
    (outcome::summarised(text, passage.lead(), setting).into_iter())
        .map(|claim| Stated::new(text, claim))
        .collect()
}

/// Whether an answer begins with a yes.
fn confirms(piece: &Piece, in_turn: bool) -> bool {
    let text = &piece.text;
    let first = text
        .tokens_in(piece.lead_in(in_turn)..text.plain.len())
        .start;
    text.at(Class::Confirms, first).is_some()
}

/// A goal as one passage states it.
#[derive(Debug)]
pub(crate) struct Stated {
    pub(crate) claim: Claim,
    /// It corrects what was said before (D7).
    pub(crate) supersedes: bool,
    pub(crate) told: Arc<Told>,
}

impl Stated {
    fn new(text: &Text, claim: Claim) -> Stated {
        Stated {
            supersedes: supersedes(text, &claim),
            told: Arc::new(told(text, claim.range.clone())),
            claim,
        }
    }
}

pub(crate) fn told(text: &Text, range: Range<usize>) -> Told {
    let amounts = text
        .quantities_in(text.tokens_in(range.clone()))
        .map(|quantity| {
            text.plain[quantity.range.clone()]
                .to_lowercase()
                .trim_matches(['%', '+', '~', '<', '>', ' '])
                .to_string()
        })
        .collect();
    let units = text
        .quantities_in(text.tokens_in(range.clone()))
        .map(|quantity| quantity.unit)
        .collect();
    let target = target::read(&text.plain[range.clone()]);
    let metric = target
        .as_ref()
        .and_then(|target| target.metric.as_deref())
        .map(|metric| target::canonical_metric(metric).into_owned());
    Told {
        names: scope::names(text, range),
        amounts,
        units,
        metric,
        target,
        measured: Kept::default(),
    }
}

/// D7: words that correct an earlier statement.
fn supersedes(text: &Text, claim: &Claim) -> bool {
    let sentence = text
        .sentence_at(claim.range.start)
        .map(|at| text.sentences[at].clone());
    sentence.is_some_and(|sentence| text.has(Class::Corrects, sentence))
}
