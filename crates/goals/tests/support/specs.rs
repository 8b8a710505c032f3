//! The specifications under `tests/specs`, compared with the judgement.

use std::{fmt::Write as _, fs, path::PathBuf};

use sowhat_goals as goals;
use syntax::Document;
use test_utils::{
    State,
    annotation::{diff, render},
    label::{self, Answer, GoalLabel, number},
    spec::{self, Case},
};

/// The day on which a note is judged whose block names none.
const TODAY: (i32, u8, u8) = (2026, 3, 4);

/// What came of the comparison.
pub(crate) struct Outcome {
    /// Notes that were judged.
    pub(crate) notes: usize,
    /// One text a note that is judged otherwise than its specification says: where it stands, and the difference.
    pub(crate) mismatches: Vec<String>,
}

impl Outcome {
    /// The mismatches, then the count.
    pub(crate) fn summary(&self) -> String {
        let mut summary = self.mismatches.concat();
        let passed = self.notes - self.mismatches.len();
        let _ = write!(summary, "specs: {passed} of {} pass", self.notes);
        summary
    }
}

/// Where the specifications are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/specs")
}

/// Judges every note whose place (`file.md:12 Heading > Sub-heading`) holds `filter`.
pub(crate) fn check(filter: &str) -> Result<Outcome, String> {
    let mut outcome = Outcome {
        notes: 0,
        mismatches: Vec::new(),
    };
    for case in spec::load(&folder())? {
        let place = case.place();
        if !place.to_lowercase().contains(&filter.to_lowercase()) {
            continue;
        }
        let expected = label::read(&case.note.annotations)
            .map_err(|why| format!("tests/specs/{place}: {why}"))?;
        let found = judge(&case, &expected).map_err(|why| format!("tests/specs/{place}: {why}"))?;
        outcome.notes += 1;
        let [expected, found] =
            [&expected, &found].map(|goals| render(&case.note.text, &label::write(goals)));
        let difference = diff(&expected, &found);
        if !difference.is_empty() {
            outcome
                .mismatches
                .push(format!("tests/specs/{place}\n{difference}\n"));
        }
    }
    Ok(outcome)
}

/// Writes the specifications anew, with what is found where `found`, else with what they expect in its plainest
/// form; notes whose place does not hold `filter` keep what they expect.
pub(crate) fn rewrite(filter: &str, found: bool) -> Result<(), String> {
    for entry in fs::read_dir(folder()).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !name.ends_with(".md") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        let mut faults = Vec::new();
        let written = spec::rewrite(&name, &text, |case| {
            let wanted = found && case.place().to_lowercase().contains(&filter.to_lowercase());
            let goals = label::read(&case.note.annotations).and_then(|expected| match wanted {
                true => judge(case, &expected),
                false => Ok(expected),
            });
            match goals {
                Ok(goals) => label::write(&goals),
                Err(why) => {
                    faults.push(format!("tests/specs/{}: {why}", case.place()));
                    case.note.annotations.clone()
                }
            }
        })
        .map_err(|fault| format!("{name}: {fault}"))?;
        if !faults.is_empty() {
            return Err(faults.join("\n"));
        }
        if written != text {
            fs::write(&path, written).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}

/// What the judgement finds, without what the expectation leaves open.
fn judge(case: &Case, expected: &[GoalLabel]) -> Result<Vec<GoalLabel>, String> {
    let document = Document::new(&case.note.text);
    let note = goals::note(&document, &settings(case)?, &mut goals::Memo::default());
    let mut found: Vec<_> = note.goals.iter().map(goal).collect();
    label::mask(&mut found, expected);
    Ok(found)
}

fn settings(case: &Case) -> Result<goals::Settings, String> {
    let mut settings = goals::Settings {
        today: Some(TODAY),
        ..goals::Settings::default()
    };
    for (name, value) in &case.settings {
        match name.as_str() {
            "today" => settings.today = Some(date(value).ok_or(format!("no date: {value}"))?),
            "goal-headings" => {
                settings.goal_headings = value.split(',').map(str::to_owned).collect();
            }
            _ => return Err(format!("no setting is called {name:?}")),
        }
    }
    Ok(settings)
}

fn date(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.splitn(3, '-');
    let mut next = || parts.next();
    Some((
        next()?.parse().ok()?,
        next()?.parse().ok()?,
        next()?.parse().ok()?,
    ))
}

fn goal(goal: &goals::Goal) -> GoalLabel {
    GoalLabel {
        range: goal.range.clone(),
        answers: goal.verdicts.each_ref().map(answer),
        target: Some(goal.target.as_ref().map(target)),
        comparison: Some(
            goal.target
                .as_ref()
                .and_then(|target| target.comparison.as_ref())
                .map(comparison),
        ),
    }
}

fn answer(verdict: &goals::Verdict) -> Answer {
    Answer {
        state: State::from_id(verdict.state.id()).expect("both crates name the same four states"),
        against: verdict.against,
        vagueness: verdict.vagueness.map(|kind| dashed(&format!("{kind:?}"))),
        open: false,
    }
}

fn target(target: &goals::Target) -> Vec<(String, String)> {
    let parts = [
        ("metric", target.metric.clone()),
        (
            "direction",
            target.direction.map(|direction| direction.id().to_owned()),
        ),
        ("value", target.value.map(number)),
        ("unit", target.unit.clone()),
        ("period", target.period.clone()),
        ("deadline", target.deadline.clone()),
        ("baseline", target.baseline.map(number)),
    ];
    let present = |(name, value): (&str, Option<String>)| {
        let value = value?;
        let number = matches!(name, "value" | "baseline");
        Some((
            name.to_owned(),
            if number { value } else { value.to_lowercase() },
        ))
    };
    parts.into_iter().filter_map(present).collect()
}

fn comparison(comparison: &goals::Comparison) -> Vec<(String, String)> {
    let mut parts = vec![match comparison.stretch {
        Some(stretch) => ("stretch".to_owned(), number(stretch)),
        None => ("no-ratio".to_owned(), String::new()),
    }];
    for (name, is_so) in [("far", comparison.far), ("reached", comparison.reached)] {
        if is_so {
            parts.push((name.to_owned(), String::new()));
        }
    }
    parts
}

/// `BeliefOrPlan` as `belief-or-plan`.
fn dashed(name: &str) -> String {
    let mut dashed = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !dashed.is_empty() {
            dashed.push('-');
        }
        dashed.extend(c.to_lowercase());
    }
    dashed
}
