//! The learned reader as a setting: off means the rules alone, and changing one's mind leaves no trace.
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sowhat_ide::{Analysis, Config, Document, Memo, Note, READER, Reads};

#[test]
fn without_the_reader_the_rules_judge_alone() {
    let mut differ = 0;
    for (path, text) in examples() {
        let rules = judged(&text, true, &mut Memo::default());
        let off = judged(&text, false, &mut Memo::reading(Reads::AtOnce));
        assert_eq!(off, rules, "{}", path.display());
        let mut later = Memo::reading(Reads::Later);
        assert_eq!(judged(&text, false, &mut later), rules);
        assert_eq!(later.unread(), [], "nothing to be read");
        let on = judged(&text, true, &mut Memo::reading(Reads::AtOnce));
        differ += usize::from(on != rules);
    }
    assert!(differ > 0, "the reader has nothing to say on any example");
}

#[test]
fn a_memory_knows_no_settings_but_the_last() {
    let mut memo = Memo::reading(Reads::AtOnce);
    for (path, text) in examples() {
        for reader in [true, false, true] {
            let fresh = judged(&text, reader, &mut Memo::reading(Reads::AtOnce));
            let path = path.display();
            assert_eq!(judged(&text, reader, &mut memo), fresh, "{path}, {reader}");
        }
    }
}

#[test]
fn an_explanation_names_what_decided_each_goal_and_state() {
    let config = Arc::new(Config::default());
    let today = Some((2026, 11, 2));
    let (mut by_rule, mut by_words) = (0, 0);
    for (path, text) in examples() {
        let mut memo = Memo::reading(Reads::AtOnce);
        let analysis = Analysis::new(Document::new(&text), config.clone(), today, &mut memo);
        let explanation = analysis.explanation(&mut Memo::reading(Reads::AtOnce));
        let goals: Vec<_> = explanation.goals.iter().map(|of| of.goal.clone()).collect();
        assert_eq!(goals, analysis.note().goals, "{}", path.display());
        for explained in &explanation.goals {
            for (verdict, decided) in explained.goal.verdicts.iter().zip(&explained.states) {
                let reason = verdict.evidence.first().map(|evidence| evidence.reason);
                assert_eq!(decided.reason, reason);
                let certainty = decided.certainty.unwrap();
                assert!((0.0..=1.001).contains(&certainty), "{certainty}");
                by_words += usize::from(!decided.words.is_empty());
            }
            by_rule += usize::from(explained.outcome.reason.is_some_and(|of| of.rule != READER));
        }
    }
    assert!(
        by_rule > 0 && by_words > 0,
        "{by_rule} by a rule, {by_words} by words"
    );
}

#[test]
fn without_the_reader_an_explanation_names_rules_alone() {
    for (_, text) in examples() {
        let config = Arc::new(Config::default());
        let analysis = Analysis::new(Document::new(&text), config, None, &mut Memo::default());
        let explanation = analysis.explanation(&mut Memo::default());
        let goals: Vec<_> = explanation.goals.iter().map(|of| of.goal.clone()).collect();
        assert_eq!(goals, analysis.note().goals);
        let all = explanation.goals.iter().flat_map(|of| &of.states);
        assert!(
            all.into_iter()
                .all(|of| of.certainty.is_none() && of.words.is_empty())
        );
    }
}

fn judged(text: &str, reader: bool, memo: &mut Memo) -> Note {
    let config = Arc::new(Config {
        reader,
        ..Config::default()
    });
    let today = Some((2026, 11, 2));
    let analysis = Analysis::new(Document::new(text), config, today, memo);
    analysis.note().clone()
}

/// The example notes.
fn examples() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let entries = [folder.join("obsidian"), folder].into_iter();
    let paths = entries.flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = paths.map(|entry| entry.unwrap().path());
    let notes = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut notes: Vec<_> = notes
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    notes.sort();
    assert!(notes.len() > 4);
    notes
}
