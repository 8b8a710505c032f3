//! What a person sees who points at a goal, or at what answers one.

use std::ops::Range;

use goals::{Goal, Qualifier, State, Target};

use crate::analysis::Analysis;
use crate::markup::Markup;
use crate::questions;
use crate::rules::capital;
use crate::words::one_line;

/// Text about a place in a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub range: Range<usize>,
    /// What to show.
    pub text: String,
}

/// At most so many characters of the note's own words are shown at a time.
const QUOTE: usize = 120;

/// The goal at a byte, else what the evidence there answers.
pub(crate) fn hover(analysis: &Analysis, at: usize, markup: Markup) -> Option<Hover> {
    let goals = &analysis.note().goals;
    let holds = |range: &Range<usize>| range.start <= at && at < range.end;
    if let Some(goal) = goals.iter().find(|goal| holds(&goal.range)) {
        return Some(Hover {
            range: goal.range.clone(),
            text: of_goal(analysis, goal, markup),
        });
    }
    let mut range: Option<Range<usize>> = None;
    let mut lines = Vec::new();
    for goal in goals {
        for qualifier in analysis.qualifiers() {
            let evidence = &goal.verdict(qualifier).evidence;
            let Some(found) = evidence.iter().find(|found| holds(&found.range)) else {
                continue;
            };
            range.get_or_insert_with(|| found.range.clone());
            let says = match found.state {
                State::Asked => "Asks the",
                State::Vague => "Answers, without substance, the",
                State::Answered | State::Missing => "Answers the",
            };
            let name = markup.strong(qualifier.name());
            lines.push(format!(
                "{says} {name} of {}",
                quote(analysis, &goal.range, markup)
            ));
        }
    }
    Some(Hover {
        range: range?,
        text: lines.join(BREAK),
    })
}

/// A new paragraph: in markdown a line's end alone is none.
const BREAK: &str = "\n\n";

fn of_goal(analysis: &Analysis, goal: &Goal, markup: Markup) -> String {
    let states = analysis.qualifiers().map(|of| goal.verdict(of).state);
    let answered = states.filter(|state| *state == State::Answered).count();
    let all = analysis.qualifiers().count();
    let qualifiers = analysis.qualifiers();
    let qualifiers = qualifiers.map(|of| of_qualifier(analysis, goal, of, markup));
    let mut lines = vec![
        markup.strong(&format!("Goal: {answered} of {all} answered")),
        qualifiers.collect::<Vec<_>>().join("\n"),
    ];
    lines.extend(
        goal.target
            .as_ref()
            .and_then(|target| of_target(target, markup)),
    );
    lines.extend(next_question(analysis, goal, markup));
    lines.join(BREAK)
}

/// An entry of a list.
fn of_qualifier(analysis: &Analysis, goal: &Goal, qualifier: Qualifier, markup: Markup) -> String {
    let verdict = goal.verdict(qualifier);
    let name = markup.strong(&capital(qualifier.name()));
    let said = verdict.evidence.first();
    let said = said.map(|evidence| format!(": {}", quote(analysis, &evidence.range, markup)));
    let against = if verdict.against { ", against it" } else { "" };
    format!(
        "- {name} {}{against}{}",
        verdict.state.id(),
        said.unwrap_or_default()
    )
}

/// What to ask next: one question. The others are in the findings, which some editors show beside this.
fn next_question(analysis: &Analysis, goal: &Goal, markup: Markup) -> Option<String> {
    let is_open = |of: &Qualifier| matches!(goal.verdict(*of).state, State::Missing | State::Vague);
    let next = analysis.qualifiers().find(is_open)?;
    let question = questions::preferred(analysis.document(), analysis.config(), goal, next)?;
    let name = markup.strong("Ask next");
    Some(format!("{name}: “{}”", markup.quoted(&question)))
}

/// The target as understood; nothing where only the words are.
fn of_target(target: &Target, markup: Markup) -> Option<String> {
    let amount = |number: Option<f64>, unit: Option<&str>| Some(questions::amount(number?, unit));
    let unit = target.unit.as_deref();
    let base = target.baseline_unit.as_deref().or(unit);
    let facts = [
        ("metric ", target.metric.clone()),
        ("direction ", target.direction.map(|of| of.id().to_owned())),
        ("target ", amount(target.value, unit)),
        ("period ", target.period.clone()),
        ("deadline ", target.deadline.clone()),
        ("baseline ", amount(target.baseline, base)),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, fact)| Some(format!("{name}{}", fact?)));
    let facts: Vec<String> = facts.collect();
    target.value?;
    let understood = markup.quoted(&facts.join(" · "));
    let compared = target.comparison.as_ref().map(|comparison| {
        let there = if comparison.reached {
            " Already there?"
        } else {
            ""
        };
        format!(
            "{BREAK}{}.{there}",
            markup.quoted(&capital(&comparison.words))
        )
    });
    let name = markup.strong("Understood");
    Some(format!(
        "{name}: {understood}{}",
        compared.unwrap_or_default()
    ))
}

/// The note's own words, shortened, on one line.
fn quote(analysis: &Analysis, range: &Range<usize>, markup: Markup) -> String {
    let words = one_line(&analysis.document().slice(range.clone()));
    let mut short: String = words.chars().take(QUOTE).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    format!("“{}”", markup.quoted(&short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::judged;

    /// The hover where `$0` stands in a note.
    fn at(marked: &str, markup: Markup) -> Option<(String, String)> {
        let at = marked.find("$0").unwrap();
        let text = marked.replacen("$0", "", 1);
        let hover = judged(&text).hover(at, markup)?;
        Some((text[hover.range.clone()].to_owned(), hover.text))
    }

    #[test]
    fn a_goal_shows_what_is_known_and_what_to_ask() {
        let note = "# Goals\n\n- Gr$0ow revenue by 20% this year so we can open in Berlin\n  - last year: 3%\n";
        let (words, text) = at(note, Markup::Plain).unwrap();
        assert_eq!(words, "Grow revenue by 20% this year");
        assert_eq!(
            text,
            "Goal: 2 of 3 answered\n\n\
             - Importance answered: “so we can open in Berlin”\n\
             - Cost of inaction missing\n\
             - Realism answered: “3%”\n\n\
             Understood: metric revenue · direction increase · target 20% · deadline this year · baseline 3%\n\n\
             20% against 3% last year: 6.7 times.\n\n\
             Ask next: “What happens if you don't hit that goal?”"
        );
        let (_, markdown) = at(note, Markup::Markdown).unwrap();
        assert!(markdown.contains("- **Importance** answered: “so we can open in Berlin”\n"));
    }

    #[test]
    fn evidence_shows_what_it_answers() {
        let note = "# Goals\n\n- Grow revenue by 20% so we can op$0en in Berlin\n";
        assert_eq!(
            at(note, Markup::Plain).unwrap(),
            (
                "so we can open in Berlin".into(),
                "Answers the importance of “Grow revenue by 20%”".into()
            )
        );
    }

    #[test]
    fn other_words_show_nothing() {
        assert_eq!(
            at("# Go$0als\n\n- Grow revenue by 20%\n", Markup::Plain),
            None
        );
    }

    #[test]
    fn a_target_that_is_reached_is_questioned() {
        let note = "# Goals\n\n- Get N$0PS to 40\n  - last year: 45\n";
        let (_, text) = at(note, Markup::Plain).unwrap();
        assert!(text.contains("Already there?"), "{text}");
    }
}
