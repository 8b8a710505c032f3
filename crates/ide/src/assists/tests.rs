mod elsewhere;
mod everywhere;

use std::sync::Arc;

use goals::{Goal, Memo, Note, QUALIFIERS, Reason, Zone};
use syntax::{Bias, Block, BlockKind, Document, apply, map_offset};

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
    with_goals(Document::new(&text), ranges)
}

/// A note with goals in these ranges, of which everything is missing.
fn with_goals(document: Document, ranges: Vec<Range<usize>>) -> Analysis {
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
    let edits = analysis.ask_all(&[Qualifier::CostOfInaction]);
    let after = apply(&before, &edits).unwrap();
    let shown = after
        .replace("What happens if you don't hit that goal?", "Q?")
        .replace("What happens if you don't hit ", "Q ");
    assert_eq!(shown, expected, "{marked}");
    assert_eq!(
        elsewhere::wrong(analysis.document(), &edits, &Document::new(&after)),
        None
    );
    let again = by_hand_again(&analysis, &after);
    assert_eq!(
        again.ask_all(&[Qualifier::CostOfInaction]),
        [],
        "asked twice"
    );
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
    check("«a»\n| b |\n|---|\n", "a\n- Q?\n\n| b |\n|---|\n");
}

#[test]
fn below_code_by_its_indentation_as_a_list_that_is_none() {
    check("b\n\n    «a»\n", "b\n\n    a\n- Q?\n");
    check("    «a»\nb\n", "    a\n- Q?\n\nb\n");
    check("\t«a»\n\n\tb\n", "\ta\n\n\tb\n- Q?\n");
    check(">     «a»\n", ">     a\n> - Q?\n");
}

#[test]
fn in_block_quotes_with_their_prefix() {
    check("> - «a»\n> - b\n", "> - a\n>   - Q?\n> - b\n");
    check("> «a»\n\nb\n", "> a\n> - Q?\n\nb\n");
    check("> «a»\nlazy\n", "> a\nlazy\n> - Q?\n");
    check("- x\n  > «a»\n", "- x\n  > a\n  > - Q?\n");
    check("> > «a»\n> >\n> > b\n", "> > a\n> > - Q?\n> >\n> > b\n");
    // The blank behind the mark may be left out: a child stands as much deeper all the same.
    check(">«a»\n", ">a\n>- Q?\n");
    check(">- «a»\n>- b\n", ">- a\n>   - Q?\n>- b\n");
    check(">1. «a»\n>2. b\n", ">1. a\n>    - Q?\n>2. b\n");
    check(">>- «a»\n", ">>- a\n>>   - Q?\n");
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
    assert_eq!(analysis.ask_all(&ALL), []);
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
    assert_eq!(analysis.ask_all(&[Qualifier::Realism]).len(), 1);

    let analysis = by_hand("<!-- sowhat: ignore-file -->\n- «a»\n");
    assert_eq!(analysis.diagnostics(), []);
    assert_eq!(analysis.ask_all(&ALL), []);
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

/// The labels and results of the rewrites at `$0`.
fn rewritten(marked: &str) -> Vec<(String, String)> {
    let at = marked.find("$0").unwrap();
    let text = marked.replacen("$0", "", 1);
    let rewrites = crate::tests::judged(&text).rewrites(at..at).into_iter();
    rewrites
        .map(|assist| (assist.label, apply(&text, &assist.edits).unwrap()))
        .collect()
}

#[test]
fn a_stated_reason_becomes_a_challenge() {
    let note = "# Goals\n\n- Gro$0w ARR to $5M so we can open our Berlin office\n";
    let [(label, after)] = &rewritten(note)[..] else {
        panic!("one rewrite")
    };
    let question = "If you don't go ahead, what is the plan to open your Berlin office?";
    assert_eq!(*label, format!("Challenge: \"{question}\""));
    assert_eq!(
        *after,
        format!("# Goals\n\n- Grow ARR to $5M so we can open our Berlin office\n  - {question}\n")
    );
    let again = after.replace("Grow", "Gr$0ow");
    assert_eq!(rewritten(&again), [], "asked twice");
}

#[test]
fn a_line_becomes_a_goal() {
    let found = rewritten("We talked.\n\n- [ ] stay past a y$0ear\n");
    let (label, after) = &found[0];
    assert_eq!(label, "Make this line a goal");
    assert_eq!(after, "We talked.\n\n- [ ] Goal: stay past a year\n");
    assert_eq!(rewritten("# Head$0ing words\n"), []);
    assert_eq!(rewritten("How $0so?\n"), []);
    assert_eq!(rewritten("Goal: grow A$0RR to $5M\n"), []);
    assert_eq!(rewritten("G$0oal: grow ARR to $5M\n"), [], "is one");
    assert_eq!(rewritten("Goal: sta$0y past a year\n"), [], "is announced");
}
