//! What is remembered never changes an answer: a note that was edited step by step is judged like a fresh one.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::fs;
use std::path::PathBuf;

use sowhat_goals::{Memo, Qualifier, Settings, note};
use syntax::Document;

/// Lines that change what stands around others.
const LINES: &[&str] = &[
    "## Goals\n",
    "# Call 2, 3 March 2026\n",
    "- Grow ARR from $8M to $12M this year\n",
    "  - why: the board promised it\n",
    "- Cut churn to 5% by June\n",
    "Realism: it was 7% last year\n",
    "| Goal | Why | If missed |\n| --- | --- | --- |\n| Hire 5 reps | board | |\n",
    "> We want to double revenue, otherwise jobs go.\n",
    "Anna (CFO): we need 20% more leads\nBen (AE): why does that matter?\nAnna: the bank looks at it\nBen: ok\n",
    "1. Open 3 offices\n2. Win 40 customers\n",
    "Actually 6M ARR now.\n",
    "\n",
    "- Who signs it?\n",
    "  - Who signs it?\n    - the board\n",
    "- Who wants “Cut churn to 5% by June”?\n> Anna does\n",
];

/// A team that asks its own questions.
fn settings() -> Settings {
    let own = [
        (Qualifier::Importance, "Who signs it?"),
        (Qualifier::CostOfInaction, "Who wants “{goal}”?"),
    ];
    Settings {
        own_questions: own
            .map(|(qualifier, question)| (qualifier, question.to_owned()))
            .into(),
        ..Settings::default()
    }
}

/// Steps of a small generator of numbers; the tests need no better one.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// An edit that may change what stands around it.
fn edit(document: &mut Document, random: &mut Random) {
    let mut at = random.below(document.len() + 1);
    if random.below(2) == 0 {
        at = document
            .line_range(random.below(document.line_count()))
            .start;
    }
    match random.below(4) {
        0 => document.edit(at..at + random.below(60), ""),
        1 => document.edit(at..at, ["x", " ", "7", "\n", "#", "- "][random.below(6)]),
        _ => document.edit(at..at, LINES[random.below(LINES.len())]),
    }
}

/// What a person types within a line.
const TYPED: &[&str] = &[
    "x",
    " because the board asked",
    " (was $4M last year)",
    " by 25%",
    ", otherwise 12 people go.",
    " They want to cut churn to 5%.",
    " revenue",
    "goal 2 ",
    "9",
    "? ",
    "Why: ",
    " actually ",
    "last year we did 30 ",
    "**bold** ",
    "the team",
];

/// Types letter by letter somewhere in a line, then takes some of it back; `check` sees every letter.
fn type_on(document: &mut Document, random: &mut Random, mut check: impl FnMut(&Document)) {
    let line = (0..20)
        .map(|_| document.line_range(random.below(document.line_count())))
        .find(|line| !line.is_empty())
        .unwrap_or(0..0);
    let mut at = match random.below(3) {
        0 => line.end,
        _ => line.start + random.below(line.len() + 1),
    };
    while !document.text().is_char_boundary(at) {
        at -= 1;
    }
    for letter in TYPED[random.below(TYPED.len())].chars() {
        document.edit(at..at, letter.encode_utf8(&mut [0; 4]));
        at += 1;
        check(document);
    }
    for _ in 0..random.below(4) {
        let text = document.text();
        let Some((start, _)) = text[..at].char_indices().next_back() else {
            return;
        };
        document.edit(start..at, "");
        at = start;
        check(document);
    }
}

fn notes() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/train");
    let mut notes: Vec<PathBuf> = (fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    notes.sort();
    notes
}

/// How many notes are taken, and how many edits each gets. `SOWHAT_EDITS=580,200` takes them all, for longer.
fn extent(notes: usize, edits: usize) -> (usize, usize) {
    let told = std::env::var("SOWHAT_EDITS").ok();
    let told = told.as_deref().and_then(|told| told.split_once(','));
    told.map_or((notes, edits), |(notes, edits)| {
        (notes.parse().unwrap(), edits.parse().unwrap())
    })
}

#[test]
fn a_remembered_note_reads_like_a_fresh_one() {
    let all = notes();
    let (count, edits) = extent(20, 15);
    let settings = settings();
    let mut memo = Memo::default();
    let mut random = Random(7);
    let mut goals = 0;
    for path in all.iter().step_by(all.len().div_ceil(count)) {
        let mut document = Document::new(&fs::read_to_string(path).unwrap());
        for step in 0..edits {
            edit(&mut document, &mut random);
            let remembered = note(&document, &settings, &mut memo);
            let fresh = note(&document, &settings, &mut Memo::default());
            goals += fresh.goals.len();
            assert_eq!(remembered, fresh, "{} after edit {step}", path.display());
        }
    }
    assert!(goals > 500, "the notes hold goals: {goals}");
}

#[test]
fn a_typed_note_reads_like_a_fresh_one() {
    let all = notes();
    let (count, edits) = extent(65, 3);
    let settings = settings();
    let mut random = Random(11);
    let (mut letters, mut followed) = (0, 0);
    for path in all.iter().step_by(all.len().div_ceil(count)) {
        let mut memo = Memo::default();
        let mut text = fs::read_to_string(path).unwrap();
        text.push_str("\n- Cut churn to 5% by June\n  - Who signs it?\n- Who wants “Cut churn to 5% by June”?\n");
        let mut document = Document::new(&text);
        note(&document, &settings, &mut memo);
        for step in 0..edits {
            type_on(&mut document, &mut random, |document| {
                letters += 1;
                let remembered = note(document, &settings, &mut memo);
                let fresh = note(document, &settings, &mut Memo::default());
                assert_eq!(
                    remembered,
                    fresh,
                    "{} in edit {step}:\n{}",
                    path.display(),
                    document.text()
                );
            });
            // Typing on for ever makes notes that nobody writes.
            if step % 12 == 11 {
                document = Document::new(&text);
            }
        }
        followed += memo.followed();
    }
    assert!(
        followed * 10 > letters * 6,
        "most letters take the short way: {followed} of {letters}"
    );
}

/// A note with each of the places where people type, and all of it several times.
fn long_note() -> String {
    let call = |n: usize| {
        format!(
            "# Call {n} with Brackenfield\n\n## Goals\n\n- Grow ARR from $8M to ${}M this year\n  - why: the board promised it to investor {n}\n- Cut churn to {}% by June\n\n## Notes\n\nThey have used the old system for {n} years and the team knows it well.\n\n| Goal | Why | If missed |\n| --- | --- | --- |\n| Hire {} reps | the board wants region {n} | |\n\nAnna: we need {}% more leads by May\n\nBen: why does that matter?\n\nAnna: the bank looks at it in round {n}\n\n",
            20 + n,
            2 + n,
            50 + n,
            20 + n,
        )
    };
    (1..12).map(call).collect()
}

/// Letters typed at a place of the long note's sixth call take the short way, but for the first `whole` of them.
#[track_caller]
fn check_short_way(place: &str, typed: &str, whole: u64) {
    let text = long_note();
    let call = text.find("# Call 6").unwrap();
    let mut at = call + text[call..].find(place).unwrap() + place.len();
    let settings = Settings::default();
    let (mut document, mut memo) = (Document::new(&text), Memo::default());
    note(&document, &settings, &mut memo);
    for letter in typed.chars() {
        document.edit(at..at, letter.encode_utf8(&mut [0; 4]));
        at += letter.len_utf8();
        let fresh = note(&document, &settings, &mut Memo::default());
        assert_eq!(note(&document, &settings, &mut memo), fresh);
    }
    let letters = typed.chars().count() as u64;
    assert!(
        memo.followed() >= letters - whole,
        "{} of {letters} letters behind {place:?}",
        memo.followed()
    );
}

#[test]
fn typing_in_a_line_takes_the_short_way() {
    check_short_way("this year", " with the new partner team", 1);
    check_short_way("Cut churn", " in the northern region", 1);
    check_short_way(
        "promised it to investor 6",
        " and to the bank in writing",
        1,
    );
    check_short_way("knows it well", " enough to run it alone", 1);
    check_short_way("Hire 56 reps", " in the south", 1);
    check_short_way("wants region 6", " to open before summer", 1);
    check_short_way("26% more leads", " from the fairs", 1);
    check_short_way("looks at it in round 6", " and asks for more", 1);
    check_short_way("why does that matter", " to them now", 1);
}

#[test]
fn other_words_for_a_heading_are_not_answered_from_memory() {
    let document = Document::new("## Moonshots\n\n- Grow ARR to $12M\n");
    let mut memo = Memo::default();
    let plain = Settings::default();
    let told = Settings {
        goal_headings: vec!["Moonshots".to_owned()],
        ..Settings::default()
    };
    for settings in [&plain, &told, &plain] {
        let fresh = note(&document, settings, &mut Memo::default());
        assert_eq!(note(&document, settings, &mut memo), fresh);
    }
}
