use std::sync::Arc;

use goals::{Goal, Memo, Note, QUALIFIERS, Reason, Zone};
use syntax::{Block, BlockKind, Document, apply};

use super::*;
use crate::config::Config;

const ALL: [Qualifier; 3] = QUALIFIERS;

/// Notes with `«goals»`, judged by hand: everything is missing. The way questions are placed must
/// not depend on what the judgement finds.
fn by_hand(marked: &str) -> Analysis {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for (index, part) in marked.split(['«', '»']).enumerate() {
        if index % 2 == 1 {
            ranges.push(text.len()..text.len() + part.len());
        }
        text.push_str(part);
    }
    let document = Document::new(&text);
    let leaf = |at: usize| {
        let blocks = document.blocks().iter().enumerate();
        let holds = |block: &Block| {
            block.range.start <= at && at < block.range.end && !block.lines.is_empty()
        };
        blocks
            .filter(|(_, block)| holds(block))
            .map(|(index, _)| index)
            .next_back()
            .unwrap()
    };
    let goals = ranges
        .into_iter()
        .map(|range| Goal {
            zone: Zone::Goals,
            block: leaf(range.start),
            range,
            cells: [None, None, None],
            verdicts: Default::default(),
            target: None,
            reason: Reason {
                rule: "G4",
                why: "outcome in a Goals zone",
            },
        })
        .collect();
    Analysis::by_hand(document, Note { goals }, Arc::new(Config::default()))
}

/// Asks the cost of inaction, shortened to `Q?`.
#[track_caller]
fn check(marked: &str, expected: &str) {
    let analysis = by_hand(marked);
    let before = analysis.document().text();
    let edits = ask_all(&analysis, &[Qualifier::CostOfInaction]);
    let after = apply(&before, &edits).unwrap();
    let shown = after
        .replace("What happens if you don't hit that goal?", "Q?")
        .replace("What happens if you don't hit ", "Q ");
    assert_eq!(shown, expected, "{marked}");
    means_the_same(&before, &after);
    assert_eq!(untouched(&before, &edits), before);
    let again = by_hand_again(&analysis, &after);
    assert_eq!(
        ask_all(&again, &[Qualifier::CostOfInaction]),
        [],
        "asked twice"
    );
}

/// What is left of the new text without the inserts: no byte was taken.
fn untouched(before: &str, edits: &[TextEdit]) -> String {
    assert!(edits.iter().all(|edit| edit.range.is_empty()));
    before.to_owned()
}

/// The same goals in the new text.
fn by_hand_again(old: &Analysis, after: &str) -> Analysis {
    let mut marked = after.to_owned();
    let mut words: Vec<_> = old
        .note()
        .goals
        .iter()
        .map(|goal| old.document().slice(goal.range.clone()).into_owned())
        .collect();
    words.dedup();
    for words in words {
        marked = marked.replacen(&words, &format!("«{words}»"), 1);
    }
    by_hand(&marked)
}

/// Every leaf stands there still, in the same containers, with the same text.
#[track_caller]
fn means_the_same(before: &str, after: &str) {
    let leaves = |text: &str| -> Vec<String> {
        let document = Document::new(text);
        let blocks = document.blocks();
        let leaves = blocks.iter().filter(|block| !block.lines.is_empty());
        leaves
            .map(|block| {
                let up = |block: &&Block| Some(&blocks[block.parent? as usize]);
                let path: Vec<String> = std::iter::successors(Some(block), up)
                    .map(|block| match block.kind {
                        BlockKind::ListItem { task, .. } => format!("item {task:?}"),
                        kind => format!("{kind:?}"),
                    })
                    .collect();
                let lines: Vec<_> = block
                    .line_ranges()
                    .map(|line| document.slice(line).into_owned())
                    .collect();
                format!("{path:?} {lines:?}")
            })
            .collect()
    };
    let mut after = leaves(after).into_iter();
    for leaf in leaves(before) {
        assert!(after.any(|other| other == leaf), "lost or changed: {leaf}");
    }
}

#[test]
fn below_a_bullet_one_level_deeper_in_the_notes_own_style() {
    check("- «a»\n- b\n", "- a\n  - Q?\n- b\n");
    check("* «a»\n* «b»\n", "* a\n  * Q?\n* b\n  * Q?\n");
    check("+   «a»\n", "+   a\n    +   Q?\n");
    check("- «a»\n    - why\n- b\n", "- a\n    - Q?\n    - why\n- b\n");
    check("- «a»\n- b\n    - why\n", "- a\n    - Q?\n- b\n    - why\n");
    check("- «a»\n\t- why\n", "- a\n\t- Q?\n\t- why\n");
    check("- b\n\t- «a»\n", "- b\n\t- a\n\t\t- Q?\n");
    check("- [ ] «a»\n- [x] b\n", "- [ ] a\n  - Q?\n- [x] b\n");
    check("1. «a»\n2. b\n", "1. a\n   - Q?\n2. b\n");
    check(
        "* x\n\n1) «a»\n   1) why\n   2) what\n",
        "* x\n\n1) a\n   1) Q?\n   1) why\n   2) what\n",
    );
    check("10. «a»\n\tmore\n", "10. a\n\tmore\n    - Q?\n");
    check("- «a»\n  goes on\n- b\n", "- a\n  goes on\n  - Q?\n- b\n");
    check("- «a»\n\n  and then\n", "- a\n  - Q?\n\n  and then\n");
    check("- «a»\n\n      code\n", "- a\n\n  Q?\n\n      code\n");
}

#[test]
fn below_a_paragraph_as_a_list() {
    check("They want «a».\n\nNext\n", "They want a.\n- Q?\n\nNext\n");
    check("They want «a»\nby June.\n", "They want a\nby June.\n- Q?\n");
    check("Goal: «a»\n- why: b\n", "Goal: a\n- Q?\n- why: b\n");
    check("Goal: «a»\n* why: b\n", "Goal: a\n* Q?\n* why: b\n");
    check("«a»\n\n    code\n", "a\n\nQ?\n\n    code\n");
    check("«a»\n\n  text\n", "a\n\nQ?\n\n  text\n");
    check("«a»\n# Next\n", "a\n- Q?\n# Next\n");
}

#[test]
fn in_block_quotes_with_their_prefix() {
    check("> - «a»\n> - b\n", "> - a\n>   - Q?\n> - b\n");
    check("> «a»\n\nb\n", "> a\n> - Q?\n\nb\n");
    check("> «a»\nlazy\n", "> a\nlazy\n> - Q?\n");
    check("- x\n  > «a»\n", "- x\n  > a\n  > - Q?\n");
    check("> > «a»\n> >\n> > b\n", "> > a\n> > - Q?\n> >\n> > b\n");
}

#[test]
fn below_a_heading_and_never_swallowing_what_follows() {
    check("### «a»\n\ntext\n", "### a\n- Q?\n\ntext\n");
    check("### «a»\ntext\n", "### a\n- Q?\n\ntext\n");
    check("### «a»\n- why\n", "### a\n- Q?\n- why\n");
    check("### «a»\n### b\n", "### a\n- Q?\n### b\n");
    check("«a»\n---\ntext\n", "a\n---\n- Q?\n\ntext\n");
    check("> ### «a»\n> text\n", "> ### a\n> - Q?\n>\n> text\n");
}

#[test]
fn below_a_table_behind_a_blank_line() {
    check(
        "| g |\n|---|\n| «a» |\n\nb\n",
        "| g |\n|---|\n| a |\n\n- Q?\n\nb\n",
    );
    check(
        "| g |\n|---|\n| «a» |\n# b\n",
        "| g |\n|---|\n| a |\n\n- Q?\n# b\n",
    );
    check(
        "| g |\n|---|\n| «a» |\n| «b» |\n",
        "| g |\n|---|\n| a |\n| b |\n\n- Q “a”?\n- Q “b”?\n",
    );
}

#[test]
fn goals_that_share_a_place_are_named() {
    check("Goals: «a»; «b»\n", "Goals: a; b\n- Q “a”?\n- Q “b”?\n");
}

#[test]
fn line_endings_and_a_missing_last_one_stay() {
    check("- «a»", "- a\n  - Q?");
    check("- b\r\n- «a»", "- b\r\n- a\r\n  - Q?");
    check("- «a»\r\n- b\r\n", "- a\r\n  - Q?\r\n- b\r\n");
    check("- «a»\r- b\r", "- a\r  - Q?\r- b\r");
    check("# x\n- «a»  \n", "# x\n- a  \n  - Q?\n");
    check("«a»", "a\n- Q?");
}

#[test]
fn a_fence_that_never_ends_is_left_alone() {
    check("```\nA: «a»\n```\nb\n", "```\nA: a\n```\n- Q?\n\nb\n");
    let analysis = by_hand("```\nA: «a»\n");
    assert_eq!(ask_all(&analysis, &ALL), []);
}

#[test]
fn in_the_cell_of_its_column() {
    let check = |cell: &str, expected: &str| {
        let text = format!("| g | if missed |\n|---|---|\n| a |{cell}|\n");
        let document = Document::new(&text);
        let cells: Vec<_> = document
            .blocks()
            .iter()
            .filter(|of| of.kind == BlockKind::TableCell)
            .collect();
        let edit = place::in_cell(&document, cells[3].range.clone(), "Q | R?");
        let after = apply(&text, &[edit]).unwrap();
        assert_eq!(after.lines().last().unwrap(), format!("| a |{expected}|"));
    };
    check(" ", " Q \\| R? ");
    check("", " Q \\| R? ");
    check("  ", " Q \\| R? ");
    check(" TBD ", " TBD Q \\| R? ");
}

#[test]
fn the_questions_come_first_then_all_at_once_then_silence() {
    let analysis = by_hand("- «a»\n- «b»\n");
    let assists = assists(&analysis, 2..3);
    let labels: Vec<_> = assists
        .iter()
        .map(|assist| {
            format!(
                "{}{}",
                if assist.preferred { "* " } else { "" },
                assist.label
            )
        })
        .collect();
    assert_eq!(
        labels,
        [
            "* Ask: \"Is this an important target? Why or why not?\"",
            "* Ask: \"What happens if you don't hit that goal?\"",
            "Ask: \"Could you hit it by simply doing more of what you already do? Why or why not?\"",
            "* Ask: \"How does that target compare to last year's performance?\"",
            "Ask: \"Do you think it is attainable?\"",
            "Ask all 3 that this goal misses",
            "Ignore importance for this goal",
            "Ignore cost of inaction for this goal",
            "Ignore realism for this goal",
            "Ignore this goal",
        ]
    );
    let apply = |assist: &Assist| apply("- a\n- b\n", &assist.edits).unwrap();
    assert_eq!(
        apply(&assists[5]),
        "- a\n  - Is this an important target? Why or why not?\n  - What happens if you don't hit that goal?\n  - How does that target compare to last year's performance?\n- b\n"
    );
    assert_eq!(
        apply(&assists[8]),
        "- a <!-- sowhat: ignore realism -->\n- b\n"
    );
    assert_eq!(assists[5].fixes.len(), 3);
    assert!(
        assists
            .iter()
            .all(|assist| assist.fixes.iter().all(|of| of.goal == Some(0)))
    );
}

#[test]
fn what_is_silenced_is_not_asked() {
    let analysis =
        by_hand("- «a» <!-- sowhat: ignore realism -->\n<!-- sowhat: ignore -->\n- «b»\n- «c»\n");
    let found: Vec<_> = analysis
        .diagnostics()
        .iter()
        .map(|of| (of.goal, of.qualifier))
        .collect();
    let missing = |goal, qualifier| (Some(goal), Some(qualifier));
    assert_eq!(
        found,
        [
            missing(0, ALL[0]),
            missing(0, ALL[1]),
            missing(2, ALL[0]),
            missing(2, ALL[1]),
            missing(2, ALL[2]),
        ]
    );
    assert_eq!(ask_all(&analysis, &[Qualifier::Realism]).len(), 1);

    let analysis = by_hand("<!-- sowhat: ignore-file -->\n- «a»\n");
    assert_eq!(analysis.diagnostics(), []);
    assert_eq!(ask_all(&analysis, &ALL), []);
}

#[test]
fn comments_that_do_nothing_are_told() {
    let check = |marked: &str, expected: &[&str]| {
        let analysis = by_hand(marked);
        let found = analysis
            .diagnostics()
            .into_iter()
            .filter(|of| of.goal.is_none());
        let told: Vec<_> = found
            .map(|of| format!("{}: {}", analysis.document().slice(of.range), of.message))
            .collect();
        assert_eq!(told, expected, "{marked}");
    };
    check(
        "text <!-- sowhat: ignore -->\n\n- «a»\n",
        &[
            "<!-- sowhat: ignore -->: This comment silences nothing: no goal stands on its line or on the next.",
        ],
    );
    check(
        "- «a» <!-- sowhat: ignore relism -->\n",
        &[
            "<!-- sowhat: ignore relism -->: No qualifier is called `relism`; did you mean `realism`?",
        ],
    );
    check(
        "- «a» <!-- sowhat: ignor -->\n",
        &["<!-- sowhat: ignor -->: No comment is called `ignor`; did you mean `ignore`?"],
    );
    check(
        "<!-- sowhat: ignore-file -->\n",
        &["<!-- sowhat: ignore-file -->: This comment silences nothing: the note has no findings."],
    );
    check(
        "`<!-- sowhat: ignore -->`\n\n    <!-- sowhat: ignore -->\n",
        &[],
    );
    check(
        "- «a» <!-- sowhat: ignore importance, cost_of_inaction -->\n",
        &[],
    );
}

#[test]
fn a_comment_that_does_nothing_can_be_removed() {
    for (before, after) in [
        ("a <!-- sowhat: ignore -->\nb\n", "a\nb\n"),
        ("a\n\n<!-- sowhat: ignore -->\n\nb\n", "a\n\n\nb\n"),
    ] {
        let analysis = Analysis::new(
            Document::new(before),
            Arc::default(),
            None,
            &mut Memo::default(),
        );
        let at = before.find("<!").unwrap();
        let assists = assists(&analysis, at..at);
        assert_eq!(apply(before, &assists[0].edits).unwrap(), after);
    }
}
