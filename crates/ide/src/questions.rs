//! The questions a rep can ask about a goal, as templates with fields, and how they are filled.

use goals::{Goal, QUALIFIERS, Qualifier, Vagueness, Verdict};
use syntax::Document;

use crate::config::Config;
use crate::words::one_line;

/// The questions of each qualifier, the preferred first, where a team sets none.
pub(crate) const DEFAULT_QUESTIONS: [&[&str]; 3] = [
    &["Is this an important target? Why or why not?"],
    &[
        "What happens if you don't hit that goal?",
        "Could you hit it by simply doing more of what you already do? Why or why not?",
    ],
    &[
        "How does that target compare to last {period}'s performance?",
        "Do you think it is attainable?",
    ],
];

/// The default questions once more, naming the goal: for a place that several goals share.
const NAMED: [(&str, &str); 5] = [
    (
        DEFAULT_QUESTIONS[0][0],
        "Is “{goal}” an important target? Why or why not?",
    ),
    (
        DEFAULT_QUESTIONS[1][0],
        "What happens if you don't hit “{goal}”?",
    ),
    (
        DEFAULT_QUESTIONS[1][1],
        "Could you hit “{goal}” by simply doing more of what you already do? Why or why not?",
    ),
    (
        DEFAULT_QUESTIONS[2][0],
        "How does “{goal}” compare to last {period}'s performance?",
    ),
    (
        DEFAULT_QUESTIONS[2][1],
        "Do you think “{goal}” is attainable?",
    ),
];

/// The questions to offer for one qualifier of a goal, the preferred first: a sharper one for a
/// vague answer, then those of the settings. `shared`: whether another goal has its questions in
/// the same place, so that each must name its goal.
pub(crate) fn questions(
    document: &Document,
    config: &Config,
    goal: &Goal,
    qualifier: Qualifier,
    shared: bool,
) -> Vec<String> {
    let mut fields = Fields::new(document, goal);
    let sharper = sharper(document, goal.verdict(qualifier), &mut fields);
    let templates = sharper.into_iter().chain(config.questions_of(qualifier));
    let mut questions = Vec::new();
    for template in templates {
        let question = if shared {
            fields.fill_named(template)
        } else {
            fields.fill(template)
        };
        if let Some(question) = question.filter(|question| !questions.contains(question)) {
            questions.push(question);
        }
    }
    questions
}

/// The first of [`questions`].
pub(crate) fn preferred(
    document: &Document,
    config: &Config,
    goal: &Goal,
    qualifier: Qualifier,
) -> Option<String> {
    let mut fields = Fields::new(document, goal);
    let sharper = sharper(document, goal.verdict(qualifier), &mut fields);
    let mut templates = sharper.into_iter().chain(config.questions_of(qualifier));
    templates.find_map(|template| fields.fill(template))
}

/// The questions that sowhat itself may have put into a note, named ones as well: the judgement takes them for asked
/// wherever they stand.
pub(crate) fn own(config: &Config) -> Vec<(Qualifier, String)> {
    let all = QUALIFIERS.into_iter().flat_map(|qualifier| {
        let templates = config.questions_of(qualifier).flat_map(|template| {
            let named = NAMED.iter().filter(move |(usual, _)| *usual == template);
            std::iter::once(template).chain(named.map(|(_, named)| *named))
        });
        templates.map(move |template| (qualifier, template.to_owned()))
    });
    all.collect()
}

/// The sharper question for a vague answer (section 1.2 of the guide); none where the usual one
/// has to be asked again.
fn sharper(
    document: &Document,
    verdict: &Verdict,
    fields: &mut Fields<'_>,
) -> Option<&'static str> {
    match verdict.vagueness? {
        Vagueness::Feeling => {
            let said = verdict
                .evidence
                .first()
                .map(|evidence| document.slice(evidence.range.clone()));
            fields.person = said.as_deref().and_then(person);
            Some(
                "Besides {person} being unhappy, what actually changes: headcount, budget, a customer, a date?",
            )
        }
        Vagueness::Generic => Some("What does that let you do that is on hold right now?"),
        Vagueness::Desire => Some("What did they commit to, and to whom? What ranks below it?"),
        Vagueness::Circular => Some("And when the number is missed, then what?"),
        Vagueness::Hedge => Some("How sure is that: has it been said out loud, and by whom?"),
        Vagueness::NoNumber => Some("Roughly how many, worth how much, by when?"),
        Vagueness::BeliefOrPlan => {
            fields.metric()?;
            Some("How does {target} compare to last {period}'s {metric}?")
        }
        Vagueness::Dodge => None,
    }
}

/// What fills the fields of a template.
struct Fields<'a> {
    document: &'a Document,
    goal: &'a Goal,
    person: Option<String>,
}

impl<'a> Fields<'a> {
    fn new(document: &'a Document, goal: &'a Goal) -> Fields<'a> {
        Fields {
            document,
            goal,
            person: None,
        }
    }

    /// The question; `None` where it asks about something unknown that nothing stands in for.
    fn fill(&self, template: &str) -> Option<String> {
        let mut question = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, field) = rest.split_at(open);
            question.push_str(before);
            let Some(close) = field.find('}') else {
                rest = field;
                break;
            };
            match self.value(&field[1..close]) {
                Value::Known(value) => question.push_str(&value),
                Value::Unknown => return None,
                Value::NoField => question.push_str(&field[..=close]),
            }
            rest = &field[close + 1..];
        }
        question.push_str(rest);
        Some(question)
    }

    /// The question with its goal's words in it.
    fn fill_named(&self, template: &str) -> Option<String> {
        if template.contains("{goal}") {
            return self.fill(template);
        }
        match NAMED.iter().find(|(usual, _)| *usual == template) {
            Some((_, named)) => self.fill(named),
            None => Some(format!("“{}”: {}", self.goal_text(), self.fill(template)?)),
        }
    }

    fn value(&self, field: &str) -> Value {
        let target = self.goal.target.as_ref();
        let number = |number: Option<f64>| {
            Some(amount(
                number?,
                target.and_then(|target| target.unit.as_deref()),
            ))
        };
        let or = |value: Option<String>, instead: &str| {
            Value::Known(value.unwrap_or_else(|| instead.to_owned()))
        };
        match field {
            "goal" => Value::Known(self.goal_text()),
            "metric" => or(self.metric(), "that number"),
            "target" => or(
                number(target.and_then(|target| target.value)),
                "that target",
            ),
            "period" => {
                let period = target.and_then(|target| target.period_kind);
                or(period.map(|period| period.name().to_owned()), "year")
            }
            "baseline" => number(target.and_then(|target| target.baseline))
                .map_or(Value::Unknown, Value::Known),
            "deadline" => target
                .and_then(|target| target.deadline.clone())
                .map_or(Value::Unknown, Value::Known),
            "person" => or(self.person.clone(), "people"),
            _ => Value::NoField,
        }
    }

    /// The goal's words on one line.
    fn goal_text(&self) -> String {
        one_line(&self.document.slice(self.goal.range.clone()))
    }

    /// The metric as the goal's words spell it: `ARR`, where the target says `arr`.
    fn metric(&self) -> Option<String> {
        let metric = self.goal.target.as_ref()?.metric.as_deref()?;
        let text = self.goal_text();
        let spelt = text
            .to_ascii_lowercase()
            .find(&metric.to_ascii_lowercase())
            .and_then(|at| text.get(at..at + metric.len()));
        Some(spelt.unwrap_or(metric).to_owned())
    }
}

enum Value {
    Known(String),
    Unknown,
    NoField,
}

/// The person whose feeling was told, as one would say it.
fn person(said: &str) -> Option<String> {
    said.split(|at: char| !at.is_alphanumeric())
        .find(|word| match word.as_bytes() {
            [b'C', between @ .., b'O'] => {
                (1..=2).contains(&between.len()) && between.iter().all(u8::is_ascii_uppercase)
            }
            _ => matches!(
                *word,
                "VP" | "SVP" | "EVP" | "MD" | "GM" | "board" | "boss" | "owner"
            ),
        })
        .map(|word| format!("the {word}"))
}

/// A number with its unit, as a rep writes it: `$5M`, `20%`, `60 days`.
pub(crate) fn amount(number: f64, unit: Option<&str>) -> String {
    let (scaled, suffix) = match number.abs() {
        of if of >= 1e9 => (number / 1e9, "B"),
        of if of >= 1e6 => (number / 1e6, "M"),
        of if of >= 1e4 => (number / 1e3, "k"),
        _ => (number, ""),
    };
    let digits = format!("{}{suffix}", (scaled * 100.0).round() / 100.0);
    match unit {
        None => digits,
        Some("%" | "x") => format!("{digits}{}", unit.unwrap_or_default()),
        Some(unit) if unit.chars().all(char::is_alphanumeric) => format!("{digits} {unit}"),
        Some(currency) => format!("{currency}{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use goals::{Evidence, Period, Reason, State, Target, Zone};

    const REASON: Reason = Reason {
        rule: "G4",
        why: "outcome in a Goals zone",
    };

    fn goal(document: &Document, target: Option<Target>) -> Goal {
        Goal {
            range: 0..document.len(),
            zone: Zone::Goals,
            block: 0,
            cells: [None, None, None],
            verdicts: Default::default(),
            target,
            reason: REASON,
        }
    }

    #[track_caller]
    fn check(template: &str, target: Option<Target>, expected: &str) {
        let document = Document::new("Grow ARR\n> to $5M");
        let filled = Fields::new(&document, &goal(&document, target)).fill(template);
        assert_eq!(filled.as_deref().unwrap_or("-"), expected);
    }

    #[test]
    fn fields_are_filled_from_the_target() {
        let target = || {
            Some(Target {
                metric: Some("arr".into()),
                value: Some(5e6),
                baseline: Some(4_100_000.0),
                unit: Some("$".into()),
                period_kind: Some(Period::Quarter),
                ..Target::default()
            })
        };
        check("Why {goal}?", target(), "Why Grow ARR to $5M?");
        check(
            "{target} on {metric}, from {baseline} last {period}?",
            target(),
            "$5M on ARR, from $4.1M last quarter?",
        );
    }

    #[test]
    fn what_is_unknown_falls_back_or_is_not_offered() {
        check(
            "{target} of {metric} this {period}?",
            None,
            "that target of that number this year?",
        );
        check("Still at {baseline}?", None, "-");
        check("Before {deadline}?", None, "-");
        check("{colour} {", None, "{colour} {");
    }

    #[test]
    fn amounts_read_as_a_rep_writes_them() {
        let all = [
            (20.0, Some("%"), "20%"),
            (2.0, Some("x"), "2x"),
            (60.0, Some("days"), "60 days"),
            (12_500.0, Some("€"), "€12.5k"),
            (500.0, None, "500"),
            (0.1 + 0.2, None, "0.3"),
        ];
        for (number, unit, expected) in all {
            assert_eq!(amount(number, unit), expected);
        }
    }

    #[test]
    fn a_shared_place_names_the_goal() {
        let document = Document::new("grow 20%");
        let config = Config {
            extra_questions: [vec!["Whose name is on it?".into()], vec![], vec![]],
            ..Config::default()
        };
        let goal = goal(&document, None);
        let questions = questions(&document, &config, &goal, Qualifier::Importance, true);
        assert_eq!(
            questions,
            [
                "Is “grow 20%” an important target? Why or why not?",
                "“grow 20%”: Whose name is on it?"
            ]
        );
    }

    #[test]
    fn a_vague_answer_is_met_with_a_sharper_question() {
        let document = Document::new("grow 20%, else the CEO is sad");
        let mut goal = goal(&document, None);
        goal.verdicts[1] = Verdict {
            state: State::Vague,
            vagueness: Some(Vagueness::Feeling),
            evidence: vec![Evidence {
                range: 10..29,
                state: State::Vague,
                reason: REASON,
            }],
            ..Verdict::default()
        };
        let first = preferred(
            &document,
            &Config::default(),
            &goal,
            Qualifier::CostOfInaction,
        );
        assert!(
            first
                .unwrap()
                .starts_with("Besides the CEO being unhappy, what actually changes")
        );

        goal.verdicts[2].vagueness = Some(Vagueness::BeliefOrPlan);
        let unnamed = preferred(&document, &Config::default(), &goal, Qualifier::Realism);
        assert_eq!(
            unnamed.unwrap(),
            "How does that target compare to last year's performance?"
        );
    }
}
