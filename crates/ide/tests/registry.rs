//! Every rule for ever: `bad` yields exactly its code, its fix turns `bad` into `good`, `good` is
//! silent.

use std::sync::Arc;

use sowhat_ide as ide;

use ide::{Analysis, Config, Document, Memo, RULES, Rule, apply};

fn analysis(text: &str) -> Analysis {
    analysis_with(text, Config::default())
}

fn analysis_with(text: &str, config: Config) -> Analysis {
    Analysis::new(
        Document::new(text),
        Arc::new(config),
        None,
        &mut Memo::default(),
    )
}

fn codes(text: &str) -> Vec<&'static str> {
    analysis(text)
        .diagnostics()
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

/// `bad` with the preferred fix of its finding; `None` where nothing is there to fix: a question
/// that waits for its answer, an answer that the rep has to think about.
fn fixed(rule: &Rule) -> Option<String> {
    let analysis = analysis(rule.bad);
    let finding = analysis.diagnostics().into_iter().next()?;
    let assists = analysis.assists(finding.range);
    let fix = assists.into_iter().find(|assist| assist.preferred)?;
    apply(rule.bad, &fix.edits)
}

#[test]
fn rules_are_told_apart_and_explained() {
    for (index, rule) in RULES.iter().enumerate() {
        let code = rule.code.as_str();
        assert!(
            RULES[..index].iter().all(|other| other.code != rule.code),
            "{code} stands twice"
        );
        assert_eq!(
            ide::rules::find(code).map(|found| found.code),
            Some(rule.code)
        );
        for sentence in [rule.summary, rule.explanation] {
            assert!(sentence.ends_with('.'), "{code}: {sentence}");
        }
        assert_ne!(rule.bad, rule.good, "{code}");
        assert!(
            rule.prose_severity <= rule.severity,
            "{code} is louder in prose"
        );
    }
    assert_eq!(
        ide::rules::find_or_nearest("realism-mising").unwrap_err(),
        Some("realism-missing")
    );
}

#[test]
fn bad_yields_exactly_its_code() {
    for rule in RULES {
        assert_eq!(codes(rule.bad), [rule.code.as_str()], "{}", rule.bad);
    }
}

#[test]
fn good_is_silent() {
    for rule in RULES {
        let code = rule.code.as_str();
        for note in [rule.bad, rule.good] {
            let goals = analysis(note).note().goals.clone();
            let goals: Vec<&str> = goals.iter().map(|goal| &note[goal.range.clone()]).collect();
            assert_eq!(goals.len(), 1, "{code}: {goals:?}:\n{note}");
        }
        assert_eq!(codes(rule.good), [""; 0], "{}:\n{}", rule.code, rule.good);
    }
}

/// A fix that asks leaves the answer to the rep: `good` has it behind the question, or the same
/// text where the fix is all there is to do.
#[test]
fn the_fix_turns_bad_into_good() {
    let mut fixes = 0;
    for rule in RULES {
        let Some(fixed) = fixed(rule) else {
            continue;
        };
        fixes += 1;
        let code = rule.code.as_str();
        let pairs: Vec<_> = fixed.lines().zip(rule.good.lines()).collect();
        assert_eq!(
            fixed.lines().count(),
            rule.good.lines().count(),
            "{code}:\n{fixed}"
        );
        for (fixed, good) in pairs {
            let answered = fixed.ends_with('?') && good.starts_with(fixed);
            assert!(fixed == good || answered, "{code}:\n{fixed}\n{good}");
        }
        assert!(
            !codes(&fixed).contains(&code) || code.ends_with("-vague"),
            "{code} stays:\n{fixed}"
        );
    }
    assert_eq!(
        fixes, 7,
        "three that are missing, three that are vague, and a comment"
    );
}

/// Asking silences what was asked, to `asked`, and nothing else changes; asked once is enough.
#[test]
fn asking_silences_exactly_what_it_asked() {
    let note = "# Goals\n\n- Grow ARR by 25% this year\n- Cut churn by 3 pts by June\n";
    for qualifier in ide::QUALIFIERS {
        let before = analysis(note);
        let asked = apply(note, &before.ask_all(&[qualifier])).unwrap();
        let after = analysis(&asked);
        assert_eq!(after.ask_all(&[qualifier]), []);
        for (goal, was) in after.note().goals.iter().zip(&before.note().goals) {
            for of in ide::QUALIFIERS {
                let expected = if of == qualifier {
                    ide::State::Asked
                } else {
                    was.verdict(of).state
                };
                assert_eq!(goal.verdict(of).state, expected, "{}:\n{asked}", of.id());
            }
        }
    }
}

/// A team's own words ask as well as the usual ones: with fields, without a question mark, in words
/// that would ask something else, and where they name their goal.
#[test]
fn asking_a_teams_own_question_is_enough() {
    let list = "# Goals\n\n- Grow ARR from $8M to $10M this year\n";
    let prose = "We talked for long. They want to grow ARR from $8M to $10M this year, and to cut \
        churn to 4% by June.\n";
    for (qualifier, own) in [
        (0, "Who signs off {goal}?"),
        (
            0,
            "What happens to the roadmap, year over year, with {target}?",
        ),
        (1, "Name the person who gets a call in January"),
        (1, "Is last year's {metric} fine with them?"),
        (
            2,
            "Which team carries {metric} today, and on what plan? Names please.",
        ),
    ] {
        let mut config = Config::default();
        config.questions[qualifier] = vec![own.to_owned()];
        let qualifier = ide::QUALIFIERS[qualifier];
        for note in [list, prose] {
            let before = analysis_with(note, config.clone());
            let edits = before.ask_all(&[qualifier]);
            let asked = apply(note, &edits).unwrap();
            let after = analysis_with(&asked, config.clone());
            assert_eq!(after.ask_all(&[qualifier]), [], "{asked}");
            let (was, is) = (&before.note().goals, &after.note().goals);
            assert_eq!(was.len(), is.len(), "{asked}");
            for (was, is) in was.iter().zip(is) {
                for of in ide::QUALIFIERS {
                    let was = was.verdict(of).state;
                    let missing = of == qualifier && was == ide::State::Missing;
                    let expected = if missing { ide::State::Asked } else { was };
                    assert_eq!(is.verdict(of).state, expected, "{}:\n{asked}", of.id());
                }
            }
        }
    }
}

#[test]
fn an_answer_behind_or_below_a_teams_own_question_counts() {
    let mut config = Config::default();
    config.questions[0] = vec!["Name the sponsor of {goal}".to_owned()];
    for answer in [
        ": the CFO promised it to the board",
        "\n    - the CFO promised it to the board",
    ] {
        let goal = "Grow ARR from $8M to $10M this year";
        let note = format!("# Goals\n\n- {goal}\n  - Name the sponsor of {goal}{answer}\n");
        let analysis = analysis_with(&note, config.clone());
        let goals = &analysis.note().goals;
        assert_eq!(goals.len(), 1, "{note}");
        let state = goals[0].verdict(ide::QUALIFIERS[0]).state;
        assert_eq!(state, ide::State::Answered, "{note}");
    }
}
