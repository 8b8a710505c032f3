//! What a specification says of a goal, as annotations: reads and writes them, and compares what was found with
//! what was expected. Knows names and numbers only, not what they mean.
//!
//! ```text
//! - Grow revenue from $4M to $5M so we can open an office; last year it grew 3%
//!   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ goal: importance=answered realism=answered
//!   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ target: metric=revenue direction=increase value=5M unit=$ baseline=4M
//!   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comparison: stretch=8.33 far
//! ```
//!
//! - `goal` is complete: a qualifier that is not named is `missing`, a goal without annotation must not be found.
//!   Behind the state may stand `,against`, and `,feeling` or another kind of vagueness. `against` is compared
//!   always, the vagueness only where it is named. `realism=?` is not looked at.
//! - `target` is complete too: a part that is not named must be absent, a part `name=?` is not looked at.
//!   `target: none` expects no target; without a `target` line nothing is expected of it. Numbers may end in `k`
//!   or `M`; values of several words stand in double quotes; case does not count.
//! - `comparison` likewise: `stretch=…` to two decimals or `no-ratio`, and the flags `far` and `reached`.

use std::ops::Range;

use crate::{QUALIFIERS, State, annotation::Annotation};

/// A goal, as expected or as found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalLabel {
    /// Bytes in the note.
    pub range: Range<usize>,
    /// What is said of each qualifier, in the order of [`QUALIFIERS`].
    pub answers: [Answer; 3],
    /// The target's parts. `None`: nothing is said of it.
    pub target: Option<Part>,
    /// The comparison's parts. `None`: nothing is said of it.
    pub comparison: Option<Part>,
}

/// What is said of one qualifier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Its state.
    pub state: State,
    /// Whether the answer speaks against the goal.
    pub against: bool,
    /// The kind of vagueness, lower case, words joined by `-`.
    pub vagueness: Option<String>,
    /// Nothing is said of it: whatever is found will do.
    pub open: bool,
}

impl Answer {
    fn open() -> Answer {
        Answer {
            open: true,
            ..Answer::default()
        }
    }
}

/// Named parts of a target or of a comparison; `None` where there is no such thing.
pub type Part = Option<Vec<(String, String)>>;

/// The parts of a target, in the order in which they are written.
pub const TARGET_PARTS: [&str; 7] = [
    "metric",
    "direction",
    "value",
    "unit",
    "period",
    "deadline",
    "baseline",
];

const NUMBERS: [&str; 3] = ["value", "baseline", "stretch"];

/// The goals that annotations tell of, by their spans.
///
/// # Errors
/// What cannot be read, with the annotation's body.
pub fn read(annotations: &[Annotation]) -> Result<Vec<GoalLabel>, String> {
    let mut goals: Vec<GoalLabel> = Vec::new();
    for annotation in annotations {
        let fault = |why: String| format!("{:?}: {why}", annotation.body);
        let (kind, rest) = annotation
            .body
            .split_once(':')
            .unwrap_or((&annotation.body, ""));
        let words = words(rest).map_err(fault)?;
        if kind == "goal" {
            goals.push(GoalLabel {
                range: annotation.range(),
                answers: answers(&words).map_err(fault)?,
                ..GoalLabel::default()
            });
            continue;
        }
        let goal = goals
            .last_mut()
            .filter(|goal| goal.range == annotation.range())
            .ok_or_else(|| fault("stands under no goal of the same span".to_owned()))?;
        match kind {
            "target" => goal.target = Some(part(&words, &TARGET_PARTS, &[]).map_err(fault)?),
            "comparison" => {
                let flags = ["no-ratio", "far", "reached"];
                goal.comparison = Some(part(&words, &["stretch"], &flags).map_err(fault)?);
            }
            _ => return Err(fault("expected goal, target or comparison".to_owned())),
        }
    }
    Ok(goals)
}

/// The annotations that tell of these goals.
pub fn write(goals: &[GoalLabel]) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for goal in goals {
        let mut say = |body: String| annotations.push(Annotation::new(goal.range.clone(), body));
        let answers: Vec<String> = QUALIFIERS
            .iter()
            .zip(&goal.answers)
            .filter_map(|(name, answer)| answer_words(name, answer))
            .collect();
        say(with_words("goal", &answers));
        if let Some(target) = &goal.target {
            say(with_words("target", &part_words(target)));
        }
        if let Some(comparison) = &goal.comparison {
            say(with_words("comparison", &part_words(comparison)));
        }
    }
    annotations
}

/// Takes from what was found all that the expectation of the same span leaves open, so that what is left differs
/// only where the expectation does not hold.
pub fn mask(found: &mut [GoalLabel], expected: &[GoalLabel]) {
    for goal in found {
        let same = expected.iter().find(|label| label.range == goal.range);
        for (q, answer) in goal.answers.iter_mut().enumerate() {
            if same.is_some_and(|label| label.answers[q].open) {
                *answer = Answer::open();
            }
            if same.is_none_or(|label| label.answers[q].vagueness.is_none()) {
                answer.vagueness = None;
            }
        }
        mask_part(
            &mut goal.target,
            same.and_then(|label| label.target.as_ref()),
        );
        mask_part(
            &mut goal.comparison,
            same.and_then(|label| label.comparison.as_ref()),
        );
    }
}

/// A number as annotations write it: `20`, `0.63`, `400k`, `1.2M`.
pub fn number(value: f64) -> String {
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let exact = |scale: f64| (rounded(value / scale) * scale - value).abs() < 1e-6;
    match value.abs() {
        size if size >= 1e6 && exact(1e6) => format!("{}M", rounded(value / 1e6)),
        size if size >= 1e4 && exact(1e3) => format!("{}k", rounded(value / 1e3)),
        _ => rounded(value).to_string(),
    }
}

fn mask_part(found: &mut Option<Part>, expected: Option<&Part>) {
    let Some(expected) = expected else {
        *found = None;
        return;
    };
    let open = |name: &str| {
        let parts = expected.iter().flatten();
        parts
            .clone()
            .any(|(part, value)| part == name && value == "?")
    };
    let Some(Some(parts)) = found else { return };
    parts.retain(|(name, _)| !open(name));
    for (name, value) in expected.iter().flatten() {
        if value == "?" {
            parts.push((name.clone(), value.clone()));
        }
    }
    parts.sort_by_key(|(name, _)| order(name));
}

fn order(name: &str) -> usize {
    TARGET_PARTS
        .iter()
        .position(|part| *part == name)
        .unwrap_or(TARGET_PARTS.len())
}

fn answers(words: &[Word]) -> Result<[Answer; 3], String> {
    let mut answers = <[Answer; 3]>::default();
    for word in words {
        let q = QUALIFIERS
            .iter()
            .position(|name| *name == word.name)
            .ok_or_else(|| format!("no qualifier is called {:?}", word.name))?;
        let value = word.value.as_deref().unwrap_or_default();
        if value == "?" {
            answers[q] = Answer::open();
            continue;
        }
        let mut parts = value.split(',');
        let state = parts.next().unwrap_or_default();
        answers[q].state =
            State::from_id(state).ok_or_else(|| format!("no state is called {state:?}"))?;
        for modifier in parts {
            match modifier {
                "against" => answers[q].against = true,
                kind => answers[q].vagueness = Some(kind.to_owned()),
            }
        }
    }
    Ok(answers)
}

fn answer_words(name: &str, answer: &Answer) -> Option<String> {
    if *answer == Answer::default() {
        return None;
    }
    if answer.open {
        return Some(format!("{name}=?"));
    }
    let mut words = format!("{name}={}", answer.state);
    if answer.against {
        words.push_str(",against");
    }
    if let Some(kind) = &answer.vagueness {
        words.push(',');
        words.push_str(kind);
    }
    Some(words)
}

fn part(words: &[Word], names: &[&str], flags: &[&str]) -> Result<Part, String> {
    if let [Word { name, value: None }] = words
        && name == "none"
    {
        return Ok(None);
    }
    let mut parts = Vec::new();
    for Word { name, value } in words {
        match value {
            Some(value) if names.contains(&name.as_str()) => {
                parts.push((name.clone(), canonical(name, value)?));
            }
            None if flags.contains(&name.as_str()) => parts.push((name.clone(), String::new())),
            _ => return Err(format!("cannot say {name:?} here")),
        }
    }
    parts.sort_by_key(|(name, _)| order(name));
    Ok(Some(parts))
}

fn canonical(name: &str, value: &str) -> Result<String, String> {
    if value == "?" || !NUMBERS.contains(&name) {
        return Ok(value.to_lowercase());
    }
    let (digits, scale) = match value.strip_suffix(['k', 'M']) {
        Some(digits) if value.ends_with('k') => (digits, 1e3),
        Some(digits) => (digits, 1e6),
        None => (value, 1.0),
    };
    let parsed: f64 = digits
        .parse()
        .map_err(|_| format!("{value:?} is no number"))?;
    Ok(number(parsed * scale))
}

fn part_words(part: &Part) -> Vec<String> {
    let Some(parts) = part else {
        return vec!["none".to_owned()];
    };
    let word = |(name, value): &(String, String)| match value.as_str() {
        "" => name.clone(),
        value if value.contains([' ', '"']) => format!("{name}=\"{value}\""),
        value => format!("{name}={value}"),
    };
    parts.iter().map(word).collect()
}

fn with_words(kind: &str, words: &[String]) -> String {
    match words {
        [] => kind.to_owned(),
        words => format!("{kind}: {}", words.join(" ")),
    }
}

struct Word {
    name: String,
    value: Option<String>,
}

/// `name`, `name=value` and `name="several words"`, between blanks.
fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = None;
        if let Some(after) = rest.strip_prefix("=\"") {
            let close = after.find('"').ok_or("a quote is not closed")?;
            value = Some(after[..close].to_owned());
            rest = &after[close + 1..];
        } else if let Some(after) = rest.strip_prefix('=') {
            let end = after.find(' ').unwrap_or(after.len());
            value = Some(after[..end].to_owned());
            rest = &after[end..];
        }
        words.push(Word { name, value });
        rest = rest.trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goals(bodies: &[&str]) -> Result<Vec<GoalLabel>, String> {
        let annotations: Vec<_> = bodies
            .iter()
            .map(|body| Annotation::new(0..4, *body))
            .collect();
        read(&annotations)
    }

    fn bodies(goals: &[GoalLabel]) -> Vec<String> {
        write(goals).into_iter().map(|a| a.body).collect()
    }

    #[test]
    fn what_is_read_is_written_again() {
        let said = [
            "goal: importance=answered,against realism=vague,belief-or-plan",
            "target: metric=\"win rate\" direction=? value=5M unit=$ baseline=400k",
            "comparison: stretch=12.5 far",
        ];
        assert_eq!(bodies(&goals(&said).unwrap()), said);
        assert_eq!(bodies(&goals(&["goal"]).unwrap()), ["goal"]);
        assert_eq!(
            bodies(&goals(&["goal", "target: none", "comparison: no-ratio"]).unwrap()),
            ["goal", "target: none", "comparison: no-ratio"]
        );
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let fault = |bodies: &[&str]| goals(bodies).unwrap_err();
        assert_eq!(
            fault(&["goal: importance=good"]),
            "\"goal: importance=good\": no state is called \"good\""
        );
        assert_eq!(
            fault(&["goal: cost=asked"]),
            "\"goal: cost=asked\": no qualifier is called \"cost\""
        );
        assert_eq!(
            fault(&["target: value=2"]),
            "\"target: value=2\": stands under no goal of the same span"
        );
        assert_eq!(
            fault(&["goal", "target: value=two"]),
            "\"target: value=two\": \"two\" is no number"
        );
    }

    #[test]
    fn what_the_expectation_leaves_open_is_masked() {
        let mut found = goals(&[
            "goal: importance=vague,desire realism=asked",
            "target: metric=revenue direction=increase value=20 unit=%",
            "comparison: stretch=2",
        ])
        .unwrap();
        let expected = goals(&[
            "goal: importance=vague realism=?",
            "target: metric=revenue direction=?",
        ]);
        mask(&mut found, &expected.unwrap());
        assert_eq!(
            bodies(&found),
            [
                "goal: importance=vague realism=?",
                "target: metric=revenue direction=? value=20 unit=%"
            ]
        );
    }

    #[test]
    fn numbers_are_short() {
        let said = [
            20.0,
            2.0 / 3.0,
            15_000_000.0,
            1_250_000.0,
            400_000.0,
            1234.0,
            33.33333,
        ];
        assert_eq!(
            said.map(number),
            ["20", "0.67", "15M", "1.25M", "400k", "1234", "33.33"]
        );
    }
}
