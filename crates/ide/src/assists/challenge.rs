//! The qualified challenge: what they want the goal for, turned into the question for the end of the sale. "So we can
//! open an office overseas" becomes "If you don't go ahead, what is the plan to open an office overseas?"

use crate::words::one_line;

/// What stands before a reason and is none of its words.
const LEADS: [&str; 12] = [
    "because", "so that", "so", "since", "as", "in order", "which", "that", "then", "and", "why:",
    "for:",
];
/// Who is able or wants to.
const PERSONS: [&str; 6] = ["we", "they", "he", "she", "i", "you"];
const MODALS: [&str; 14] = [
    "can finally",
    "can then",
    "can",
    "could",
    "will be able to",
    "will",
    "would",
    "want to",
    "need to",
    "have to",
    "plan to",
    "get to",
    "would like to",
    "are able to",
];
/// What makes it possible: "that lets us open ...", "it would allow them to open ...".
const ENABLERS: [&str; 9] = [
    "lets us",
    "lets them",
    "let us",
    "let them",
    "allows us to",
    "allows them to",
    "allow us to",
    "allow them to",
    "means we can",
];
/// Said of themselves, and said to them.
const TURNED: [(&str, &str); 8] = [
    ("we", "you"),
    ("us", "you"),
    ("our", "your"),
    ("ours", "yours"),
    ("my", "your"),
    ("their", "your"),
    ("them", "you"),
    ("they", "you"),
];

/// The question; `None` where the reason has no words.
pub(super) fn question(reason: &str) -> Option<String> {
    let reason = one_line(reason);
    let reason = reason.trim_matches(|c: char| !c.is_alphanumeric() && !"$€£%(\"“".contains(c));
    if reason.is_empty() {
        return None;
    }
    Some(match plan(reason) {
        Some(plan) => format!("If you don't go ahead, what is the plan to {plan}?"),
        None => format!("If you don't go ahead, what becomes of this: “{reason}”?"),
    })
}

/// What they are going to do, as a verb and what belongs to it; `None` where the reason names no deed.
fn plan(reason: &str) -> Option<String> {
    let mut rest = reason;
    while let Some(behind) = LEADS.iter().find_map(|lead| behind(rest, lead)) {
        rest = behind;
    }
    let able = |rest: &'_ str| -> Option<usize> {
        let person = PERSONS.iter().find_map(|person| behind(rest, person))?;
        let deed = MODALS.iter().find_map(|modal| behind(person, modal))?;
        Some(rest.len() - deed.len())
    };
    let enabled = ENABLERS.iter().find_map(|enabler| {
        let at = rest.to_ascii_lowercase().find(&format!("{enabler} "))?;
        (at < 20).then_some(at + enabler.len() + 1)
    });
    let deed = match able(rest).or(enabled) {
        Some(start) => &rest[start..],
        None => behind(rest, "to")?,
    };
    let words: Vec<&str> = deed.split(' ').collect();
    (words.len() > 1).then(|| words.into_iter().map(turned).collect::<Vec<_>>().join(" "))
}

/// What stands behind some words at the beginning, in any case.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (head, rest) = (text.get(..words.len())?, &text[words.len()..]);
    let ends = rest.starts_with(' ');
    (head.eq_ignore_ascii_case(words) && ends).then(|| rest.trim_start())
}

fn turned(word: &str) -> String {
    let turned = TURNED
        .iter()
        .find(|(own, _)| word.eq_ignore_ascii_case(own));
    turned.map_or_else(|| word.to_owned(), |(_, other)| (*other).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reason: &str, expected: &str) {
        assert_eq!(question(reason).as_deref().unwrap_or("-"), expected);
    }

    #[test]
    fn a_deed_becomes_the_plan() {
        let plan = "If you don't go ahead, what is the plan to open your new office overseas?";
        check("so we can open our new office overseas", plan);
        check("so that they could open our new office overseas.", plan);
        check("in order to open our new office overseas", plan);
        check(
            "to hire twelve nurses",
            "If you don't go ahead, what is the plan to hire twelve nurses?",
        );
        check(
            "that lets us close the Leeds depot",
            "If you don't go ahead, what is the plan to close the Leeds depot?",
        );
    }

    #[test]
    fn another_reason_is_quoted() {
        check(
            "because the board promised it to the lead investor",
            "If you don't go ahead, what becomes of this: “because the board promised it to the lead investor”?",
        );
    }

    #[test]
    fn no_words_are_no_reason() {
        check(" …", "-");
    }
}
