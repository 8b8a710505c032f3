//! Who speaks (rules P6, P7): the sides of a transcript's turns.

use std::collections::HashMap;

use crate::lexicon::Class;
use crate::outline::{Form, Passage};
use crate::piece::Piece;
use crate::text::Text;

/// Whose words a passage holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    /// The rep's note.
    Note,
    /// The prospect, in a transcript.
    Prospect,
    /// The rep, in a transcript.
    Rep,
}

const REP: &[&str] = &[
    "rep",
    "me",
    "ae",
    "se",
    "sdr",
    "bdr",
    "seller",
    "us",
    "account executive",
    "account manager",
    "sales",
    "salesperson",
    "interviewer",
    "sales engineer",
    "our side",
    "csm",
    "consultant",
    "solutions engineer",
    "presales",
    "vendor",
    "q",
    "moderator",
    "advisor",
];
const PROSPECT: &[&str] = &["prospect", "customer", "client", "buyer", "lead", "a"];

/// Sets sides and turns where the note is a transcript, or holds one.
pub(crate) fn assign(passages: &mut [Passage]) {
    let mut turns: HashMap<&str, usize> = HashMap::new();
    let mut timed = 0;
    let pieces = || passages.iter().map(|passage| &passage.piece);
    let template = pieces().any(|piece| matches!(piece.letter, Some('G' | 'M' | 'S')));
    for speaker in pieces().filter_map(|piece| piece.speaker.as_ref()) {
        // Single letters are a template's labels, where they are not question and answer.
        if template
            && speaker.name.chars().count() == 1
            && !matches!(speaker.name.as_str(), "q" | "a")
        {
            continue;
        }
        *turns.entry(&speaker.name).or_default() += 1;
        timed += usize::from(speaker.timed);
    }
    let repeated: Vec<&str> = turns
        .iter()
        .filter(|(_, count)| **count >= 2)
        .map(|(name, _)| *name)
        .collect();
    let shared: usize = repeated.iter().map(|name| turns[name]).sum();
    let is_transcript = (repeated.len() >= 2 && shared >= 4)
        || timed >= 2
        || (turns.len() >= 2 && is_question_and_answer(&turns));
    if !is_transcript {
        return;
    }
    let known = |name: &str, timed: bool| {
        timed || turns.get(name).is_some_and(|count| *count >= 2) || side_word(name).is_some()
    };
    let sides = sides(passages, &turns);
    let mut current = None;
    let mut turn = 0;
    let mut voices = Vec::with_capacity(passages.len());
    for passage in passages.iter() {
        if let Some(speaker) =
            (passage.piece.speaker.as_ref()).filter(|speaker| known(&speaker.name, speaker.timed))
        {
            turn += 1;
            let side = sides.get(speaker.name.as_str()).copied();
            current = Some(side.unwrap_or(Side::Prospect));
        } else if passage.form == Form::Heading || passage.labelled {
            current = None;
        }
        voices.push(current.map(|side| (side, turn)));
    }
    for (passage, voice) in passages.iter_mut().zip(voices) {
        if let Some((side, turn)) = voice {
            passage.side = side;
            passage.turn = Some(turn);
        }
    }
}

/// Whether the sides of a transcript see no difference between two pieces of one speaker.
pub(crate) fn alike(old: &Piece, new: &Piece) -> bool {
    let marks = |piece: &Piece| piece.text.plain.matches('?').count();
    let listed = |piece: &Piece| piece.speaker.is_none() && piece.text.plain.contains('(');
    marks(old) == marks(new) && !(listed(old) || listed(new)) | (old.text.plain == new.text.plain)
}

fn is_question_and_answer(turns: &HashMap<&str, usize>) -> bool {
    ["q", "a"]
        .iter()
        .all(|name| turns.get(name).is_some_and(|count| *count >= 1))
}

fn side_word(word: &str) -> Option<Side> {
    let word = word.trim();
    if REP.contains(&word) {
        return Some(Side::Rep);
    }
    PROSPECT.contains(&word).then_some(Side::Prospect)
}

fn side_of_role(role: &str) -> Option<Side> {
    if role.is_empty() {
        return None;
    }
    if let Some(side) = role.split([',', '/', ';']).find_map(side_word) {
        return Some(side);
    }
    if role
        .split_whitespace()
        .any(|word| matches!(word, "ae" | "sdr" | "rep" | "se" | "seller" | "bdr"))
    {
        return Some(Side::Rep);
    }
    let text = Text::read(role.to_string());
    text.has(Class::Role, 0..text.tokens.len())
        .then_some(Side::Prospect)
}

/// P7: by label, by what a list of attendees says, else the speaker with most question marks is the rep.
fn sides<'a>(passages: &'a [Passage], turns: &HashMap<&'a str, usize>) -> HashMap<String, Side> {
    let mut sides: HashMap<String, Side> = HashMap::new();
    let mut questions: Vec<(&str, usize, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (order, passage) in passages.iter().enumerate() {
        let Some(speaker) = &passage.piece.speaker else {
            continue;
        };
        let name = speaker.name.as_str();
        let first = name.split_whitespace().next().unwrap_or(name);
        if !sides.contains_key(name)
            && let Some(side) = side_word(name)
                .or_else(|| side_word(first))
                .or_else(|| side_of_role(&speaker.role))
        {
            sides.insert(name.to_string(), side);
        }
        places.entry(name).or_insert_with(|| {
            questions.push((name, 0, order));
            questions.len() - 1
        });
    }
    let mut current: Option<&str> = None;
    for passage in passages {
        if let Some(speaker) = &passage.piece.speaker {
            current = Some(&speaker.name);
        }
        if let Some(&place) = current.and_then(|current| places.get(current)) {
            questions[place].1 += passage.piece.text.plain.matches('?').count();
        }
    }
    // Attendees: `Sarah Chen (VP Sales, Nextera)`, `David Park (AE)`, `me`.
    let listed: Vec<String> = passages
        .iter()
        .filter(|passage| passage.piece.speaker.is_none())
        .map(|passage| &passage.piece.text.plain)
        .filter(|plain| plain.contains('('))
        .map(|plain| (plain, plain.to_lowercase()))
        .filter(|(plain, lower)| plain.len() == lower.len())
        .map(|(_, lower)| lower)
        .take(ATTENDEES)
        .collect();
    for (name, ..) in questions.iter().take(ATTENDEES) {
        if !sides.contains_key(*name)
            && let Some(side) = listed.iter().find_map(|lower| listed_side(lower, name))
        {
            sides.insert(name.to_string(), side);
        }
    }
    // `Moderator (Binroute, L. Hartwig)`, later only `L. Hartwig`.
    let mut reps: Vec<&str> = passages
        .iter()
        .filter_map(|passage| passage.piece.speaker.as_ref())
        .filter(|speaker| sides.get(&speaker.name) == Some(&Side::Rep))
        .map(|speaker| speaker.role.as_str())
        .collect();
    reps.sort_unstable();
    reps.dedup();
    reps.truncate(ATTENDEES);
    let same: Vec<String> = questions
        .iter()
        .map(|(name, ..)| *name)
        .filter(|name| !sides.contains_key(*name) && name.len() > 2)
        .filter(|name| reps.iter().any(|role| role.contains(name)))
        .map(str::to_string)
        .collect();
    sides.extend(same.into_iter().map(|name| (name, Side::Rep)));
    let has_rep = sides.values().any(|side| *side == Side::Rep);
    if !has_rep {
        let rep = questions
            .iter()
            .filter(|(name, ..)| {
                !sides.contains_key(*name) && turns.get(name).is_some_and(|count| *count >= 2)
            })
            .max_by_key(|(_, marks, order)| (*marks, std::cmp::Reverse(*order)));
        if let Some((name, ..)) = rep {
            sides.insert(name.to_string(), Side::Rep);
        }
    }
    for (name, ..) in questions {
        sides.entry(name.to_string()).or_insert(Side::Prospect);
    }
    sides
}

/// So many speakers are looked for in the lists of attendees, and in so many lines.
const ATTENDEES: usize = 256;

/// What a list of attendees, in lower case, says of a name.
fn listed_side(lower: &str, name: &str) -> Option<Side> {
    let first = name.split_whitespace().next()?;
    if first.len() < 2 {
        return None;
    }
    let at = lower.find(first)?;
    let rest = &lower[at..];
    let open = rest.find('(')?;
    let comma = rest.find([',', ';', '\n']).unwrap_or(rest.len());
    if open > comma || open > 30 {
        let ours = lower[..at].contains("our side")
            || lower[..at].contains("from us")
            || lower[..at].trim_start().starts_with("us:")
            || lower[..at].contains("ours:");
        return ours.then_some(Side::Rep);
    }
    side_of_role(rest[open + 1..].split(')').next().unwrap_or(""))
}
