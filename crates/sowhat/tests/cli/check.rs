//! What `check` prints, and what it exits with.

use expect_test::expect;
use serde_json::json;

use crate::folder::{Folder, ONE_GOAL};

#[test]
fn the_exit_code_follows_the_severities_and_fail_on() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let code = |args: &[&str]| folder.run(&[&["check"], args].concat()).code;
    assert_eq!(code(&[]), 1);
    assert_eq!(code(&["--fail-on", "error"]), 0);
    assert_eq!(code(&["--fail-on", "hint"]), 1);
    assert_eq!(code(&["--fail-on", "never"]), 0);

    let hints = "severity.importance-missing = \"hint\"\nseverity.cost-of-inaction-missing = \"off\"\n\
                 severity.realism-missing = \"off\"\n";
    folder.write("sowhat.toml", hints);
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail-on", "information"]), 0);
    assert_eq!(code(&["--fail-on", "hint"]), 1);
    assert_eq!(code(&["--fail-on", "never"]), 0);
}

#[test]
fn a_note_without_goals_is_nothing_to_report() {
    let folder = Folder::new(&[("a.md", "# Recipe\n\nBake the bread.\n")]);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "No goals in 1 note\n");
}

#[test]
fn a_person_sees_the_goal_and_the_questions() {
    let folder = Folder::new(&[("notes/a.md", ONE_GOAL), ("notes/b.md", "# Recipe\n")]);
    let ran = folder.run(&["check", "notes"]);
    expect![[r#"
        notes/a.md  1 goal, 0 qualified, 3 questions open

          ╭▸ notes/a.md:3:3
          │
        3 │ - Increase revenue 20%
          │   ━━━━━━━━━━━━━━━━━━━━
          │
          ├ ✗ No importance. Ask: “Is this an important target? Why or why not?”  [importance-missing]
          ├ ✗ No cost of inaction. Ask: “What happens if you don't hit that goal?”  [cost-of-inaction-missing]
          ╰ ✗ No realism. Ask: “How does that target compare to last year's performance?”  [realism-missing]

        1 goal in 1 of 2 notes: 0 qualified, 3 questions open
        `sowhat ask notes` writes the missing questions below the goal (--diff shows it first).
    "#]]
    .assert_eq(&ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn colours_go_where_they_are_asked_for_only() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let colourful = |variables: &[(&str, &str)]| {
        let mut command = folder.command(&["check"]);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!colourful(&[]));
    assert!(colourful(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colourful(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn the_report_is_version_1() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let mut report = folder.report(&[]);
    let note = report["notes"][0].take();
    assert_eq!(
        report,
        json!({
            "version": 1,
            "notes": [null],
            "summary": {"notes": 1, "goals": 1, "qualified": 0, "findings": 3},
        })
    );
    assert_eq!(note["path"], "a.md");
    let goal = &note["goals"][0];
    assert_eq!(goal["bytes"], json!([11, 31]));
    assert_eq!((&goal["line"], &goal["column"]), (&json!(3), &json!(3)));
    assert_eq!(goal["text"], "Increase revenue 20%");
    let missing = json!({"state": "missing", "evidence": []});
    assert_eq!(
        goal["qualifiers"],
        json!({"importance": missing, "cost_of_inaction": missing, "realism": missing})
    );
    let finding = &note["findings"][0];
    assert_eq!(finding["code"], "importance-missing");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["bytes"], json!([11, 31]));
    let message = finding["message"].as_str().unwrap();
    assert!(
        message.contains("Ask: “Is this an important target?"),
        "{message}"
    );
}

#[test]
fn ndjson_is_the_notes_of_json_one_a_line() {
    let files = [
        ("b.md", ONE_GOAL),
        ("a.md", "# Recipe\n"),
        ("c/d.md", ONE_GOAL),
    ];
    let folder = Folder::new(&files);
    let ran = folder.run(&["check", "--format", "ndjson"]);
    assert_eq!(ran.code, 1);
    let lines: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(folder.report(&[])["notes"], json!(lines));
}

#[test]
fn with_nothing_to_check_json_is_still_a_report() {
    let folder = Folder::new(&[]);
    let summary = json!({"notes": 0, "goals": 0, "qualified": 0, "findings": 0});
    assert_eq!(
        folder.report(&[]),
        json!({"version": 1, "notes": [], "summary": summary})
    );
}

/// The goal's bytes in the file, its line and its column.
fn place(content: &[u8]) -> (String, i64, i64) {
    let folder = Folder::new(&[]);
    folder.write("a.md", content);
    let report = folder.report(&["a.md"]);
    let goal = &report["notes"][0]["goals"][0];
    let at = |index: usize| goal["bytes"][index].as_u64().unwrap() as usize;
    let bytes = &content[at(0)..at(1)];
    assert_eq!(goal["text"].as_str().unwrap().as_bytes(), bytes);
    let number = |key: &str| goal[key].as_i64().unwrap();
    (
        String::from_utf8_lossy(bytes).into_owned(),
        number("line"),
        number("column"),
    )
}

#[test]
fn bytes_are_those_of_the_file_as_stored_and_columns_are_characters() {
    let goal = "Increase revenue 20%".to_owned();
    assert_eq!(
        place(b"# Goals\n\n- Increase revenue 20%\n"),
        (goal.clone(), 3, 3)
    );
    assert_eq!(
        place(b"# Goals\n\n- Increase revenue 20%"),
        (goal.clone(), 3, 3)
    );
    assert_eq!(
        place(b"# Goals\r\n\r\n- Increase revenue 20%\r\n"),
        (goal.clone(), 3, 3)
    );
    assert_eq!(
        place(b"\xEF\xBB\xBF# Goals\n\n- Increase revenue 20%\n"),
        (goal.clone(), 3, 3)
    );
    let emoji = "# Goals 👩‍👩‍👧\n\n- **🎯🎯** Increase revenue 20%\n";
    let (text, line, column) = place(emoji.as_bytes());
    assert!(text.ends_with(&goal), "{text}");
    let before = emoji.lines().nth(2).unwrap().split(&text).next().unwrap();
    assert_eq!((line, column as usize), (3, before.chars().count() + 1));
}

#[test]
fn the_place_that_a_person_reads_is_the_place_of_the_report() {
    let folder = Folder::new(&[("a.md", "# Goals\n\n> - 🎯 ﬁrst: Increase revenue 20%\n")]);
    let goal = &folder.report(&[])["notes"][0]["goals"][0];
    let place = format!("a.md:{}:{}", goal["line"], goal["column"]);
    let shown = folder.run(&["check"]).stdout;
    assert!(
        shown.lines().any(|line| line.ends_with(&place)),
        "{place} is not in\n{shown}"
    );
}

#[test]
fn statistics_count_by_code() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("b.md", ONE_GOAL)]);
    let ran = folder.run(&["check", "--statistics"]);
    assert_eq!(ran.code, 1);
    let rows: Vec<Vec<&str>> = ran
        .stdout
        .lines()
        .take(3)
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["2", "warning", "cost-of-inaction-missing"],
            ["2", "warning", "importance-missing"],
            ["2", "warning", "realism-missing"],
        ]
    );
    assert!(
        ran.stdout
            .contains("2 goals in 2 notes: 0 qualified, 6 questions open"),
        "{ran:?}"
    );

    let ran = folder.run(&["check", "--statistics", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
}

#[test]
fn a_note_on_standard_input_is_checked_under_the_name_it_is_given() {
    let folder = Folder::new(&[("sub/sowhat.toml", "qualifiers = [\"realism\"]\n")]);
    let ran = folder.run_with_stdin(&["check", "-"], ONE_GOAL);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("<stdin>:3:3"), "{ran:?}");
    assert!(ran.stdout.contains("importance-missing"), "{ran:?}");

    let args = [
        "check",
        "-",
        "--stdin-filename",
        "sub/a.md",
        "--format",
        "ndjson",
    ];
    let ran = folder.run_with_stdin(&args, ONE_GOAL);
    let note: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(note["path"], "sub/a.md");
    assert_eq!(note["findings"].as_array().unwrap().len(), 1);
    assert_eq!(note["findings"][0]["code"], "realism-missing");
}

#[test]
fn standard_input_stands_alone_and_its_name_needs_it() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let ran = folder.run_with_stdin(&["check", "-", "a.md"], ONE_GOAL);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`-` stands alone"), "{ran:?}");
    let ran = folder.run_with_stdin(&["check", "--stdin-filename", "b.md"], ONE_GOAL);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("add `-`"), "{ran:?}");
}
