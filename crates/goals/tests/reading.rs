//! The learned reader beside the rules: whenever it reads, at once or when there is time, the answer is the same.

use std::fs;
use std::path::PathBuf;

use sowhat_goals::{Memo, Note, Qualifier, Reads, Settings, State, note};
use syntax::Document;

fn notes() -> impl Iterator<Item = (String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/train");
    let mut paths: Vec<PathBuf> = (fs::read_dir(folder)
        .expect("the labelled notes are in the repository"))
    .map(|entry| {
        entry
            .expect("the labelled notes are in the repository")
            .path()
    })
    .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
    .collect();
    paths.sort();
    let paths = paths.into_iter().step_by(83);
    paths.map(|path| {
        (
            path.display().to_string(),
            fs::read_to_string(path).expect("the labelled notes are in the repository"),
        )
    })
}

/// Judges until the reader has read everything. Gives how often it had to read, too.
fn settled(document: &Document, settings: &Settings, memo: &mut Memo) -> (Note, usize) {
    if memo.is_behind() {
        memo.catch_up();
    }
    let mut rounds = 0;
    loop {
        let judged = note(document, settings, memo);
        if memo.is_behind() {
            memo.catch_up();
            continue;
        }
        let unread = memo.unread();
        if unread.is_empty() {
            return (judged, rounds);
        }
        rounds += 1;
        for part in unread {
            memo.learn(part.read());
        }
    }
}

#[test]
fn what_is_read_later_is_what_is_read_at_once() {
    let settings = Settings::default();
    let mut by_reader = 0;
    for (path, text) in notes() {
        let mut document = Document::new(&text);
        let mut later = Memo::reading(Reads::Later);
        for edit in [
            "",
            "x",
            "\n- Grow revenue 20% by June, or the Leeds office closes\n",
        ] {
            let at = document.line_range(document.line_count() / 2).start;
            document.edit(at..at, edit);
            // The first answer comes without the reader, and does no harm to the second.
            note(&document, &settings, &mut later);
            let (judged, rounds) = settled(&document, &settings, &mut later);
            let fresh = note(&document, &settings, &mut Memo::reading(Reads::AtOnce));
            assert_eq!(judged, fresh, "{path} after {edit:?}");
            assert!(rounds <= 1, "{path}: read {rounds} times");
            let read = fresh
                .goals
                .iter()
                .filter(|goal| goal.reason.rule == "reader");
            by_reader += read.count();
        }
    }
    assert!(
        by_reader > 5,
        "the reader finds goals that the rules do not: {by_reader}"
    );
}

/// A long note is read window by window, and cut where it has to be: here in the middle of a line.
#[test]
fn a_long_note_is_heard_whole_in_whatever_order_it_is_read() {
    let settings = Settings::default();
    let mut text: String = notes().map(|(_, text)| text + "\n\n").collect();
    text += &"and then we went on to the next hall where they pack the orders ".repeat(60);
    text += "\n\n# Goals\n\n- Grow ARR to $5M by June\n";
    let document = Document::new(&text);
    let fresh = note(&document, &settings, &mut Memo::reading(Reads::AtOnce));
    let mut later = Memo::reading(Reads::Later);
    note(&document, &settings, &mut later);
    let unread = later.unread();
    assert!(unread.len() > 4, "so many windows: {}", unread.len());
    for part in unread.into_iter().rev() {
        assert_ne!(note(&document, &settings, &mut later), fresh);
        later.learn(part.read());
    }
    assert_eq!(note(&document, &settings, &mut later), fresh);
}

#[test]
fn an_answer_is_heard_from_another_window() {
    let far = "# Goals\n\n- Grow ARR to $5M by June\n\n## Visit\n\n".to_owned()
        + &"We walked through the hall and looked at the racks.\n\n".repeat(60)
        + "## Numbers\n\nARR was $4M last year.\n";
    let document = Document::new(&far);
    let judged = note(
        &document,
        &Settings::default(),
        &mut Memo::reading(Reads::AtOnce),
    );
    let realism = judged.goals[0].verdict(Qualifier::Realism);
    assert_eq!(realism.state, State::Answered);
}

#[test]
fn a_log_is_not_read() {
    let text = "# Goals\n\n- Grow ARR to $5M\n".to_owned() + &"10:31 ok\n".repeat(10_000);
    let mut memo = Memo::reading(Reads::Later);
    let mut document = Document::new(&text);
    note(&document, &Settings::default(), &mut memo);
    assert_eq!(memo.unread(), []);
    let typed = text.len() - 1;
    document.edit(typed..typed, "ay");
    note(&document, &Settings::default(), &mut memo);
    assert_eq!(memo.followed(), 1);
    assert!(!memo.is_behind(), "a pause judges nothing anew");
}

#[test]
fn the_rules_alone_judge_where_the_settings_say_so() {
    let settings = Settings {
        rules_only: true,
        ..Settings::default()
    };
    for (path, text) in notes() {
        let document = Document::new(&text);
        let judged = note(&document, &settings, &mut Memo::reading(Reads::AtOnce));
        let by_rules = note(&document, &Settings::default(), &mut Memo::default());
        assert_eq!(judged, by_rules, "{path}");
    }
}

/// Nothing stands around these goals by which the reader could tell them from those of nobody in particular.
#[test]
fn a_bare_list_under_a_goals_heading_is_found_whatever_the_reader_makes_of_it() {
    for (text, count) in [
        ("# Goals\n\n- Grow ARR to $5M\n- Cut churn to 5%\n", 2),
        (
            "## Goals\n\n- open 3 offices\n- hire 20 people by June\n- NPS 60\n",
            3,
        ),
        ("## Ziele\n- Umsatz auf 5 Mio steigern\n", 1),
    ] {
        let document = Document::new(text);
        let found = note(
            &document,
            &Settings::default(),
            &mut Memo::reading(Reads::AtOnce),
        );
        assert_eq!(found.goals.len(), count, "{text}");
    }
}
