//! Who speaks (rules P6, P7): the sides of a transcript's turns.

use std::collections::HashMap;

use crate::lexicon::Class;
use crate::outline::{Form, Passage};
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
    let cloned: Vec<_> = passages
        .iter()
        .map(|passage| passage.piece.clone())
        .collect();
    for piece in &cloned {
        if let Some(speaker) = &piece.speaker {
            // Single letters are a template's labels, where they are not question and answer.
            if speaker.name.chars().count() == 1
                && !matches!(speaker.name.as_str(), "q" | "a")
                && cloned
                    .iter()
                    .any(|piece| matches!(piece.letter, Some('G' | 'M' | 'S')))
            {
                continue;
            }
            *turns.entry(&speaker.name).or_default() += 1;
            timed += usize::from(speaker.timed);
        }
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
    for (index, piece) in cloned.iter().enumerate() {
        if let Some(speaker) = piece
            .speaker
            .as_ref()
            .filter(|speaker| known(&speaker.name, speaker.timed))
        {
            turn += 1;
            current = Some(
                sides
                    .get(speaker.name.as_str())
                    .copied()
                    .unwrap_or(Side::Prospect),
            );
        } else if passages[index].form == Form::Heading || passages[index].labelled {
            current = None;
        }
        if let Some(side) = current {
            passages[index].side = side;
            passages[index].turn = Some(turn);
        }
    }
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
    for (order, passage) in passages.iter().enumerate() {
        let Some(speaker) = &passage.piece.speaker else {
            continue;
        };
        let name = speaker.name.as_str();
        let first = name.split_whitespace().next().unwrap_or(name);
        if let Some(side) = side_word(name)
            .or_else(|| side_word(first))
            .or_else(|| side_of_role(&speaker.role))
        {
            sides.entry(name.to_string()).or_insert(side);
        }
        if !questions.iter().any(|(known, ..)| *known == name) {
            questions.push((name, 0, order));
        }
    }
    let mut current: Option<&str> = None;
    for passage in passages {
        if let Some(speaker) = &passage.piece.speaker {
            current = Some(&speaker.name);
        }
        let marks = passage.piece.text.plain.matches('?').count();
        if let Some(entry) = questions
            .iter_mut()
            .find(|(name, ..)| Some(*name) == current)
        {
            entry.1 += marks;
        }
    }
    // Attendees: `Sarah Chen (VP Sales, Nextera)`, `David Park (AE)`, `me`.
    for (name, ..) in &questions {
        if !sides.contains_key(*name)
            && let Some(side) = passages
                .iter()
                .filter(|passage| passage.piece.speaker.is_none())
                .find_map(|passage| listed_side(&passage.piece.text.plain, name))
        {
            sides.insert(name.to_string(), side);
        }
    }
    // `Moderator (Binroute, L. Hartwig)`, later only `L. Hartwig`.
    let reps: Vec<&str> = passages
        .iter()
        .filter_map(|passage| passage.piece.speaker.as_ref())
        .filter(|speaker| sides.get(&speaker.name) == Some(&Side::Rep))
        .map(|speaker| speaker.role.as_str())
        .collect();
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

/// What a list of attendees says of a name.
fn listed_side(line: &str, name: &str) -> Option<Side> {
    let lower = line.to_lowercase();
    let first = name.split_whitespace().next()?;
    if first.len() < 2 {
        return None;
    }
    let at = lower.find(first)?;
    if lower.len() != line.len() {
        return None;
    }
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
