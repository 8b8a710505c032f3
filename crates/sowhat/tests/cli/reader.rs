//! The learned reader in the program, on the example notes.

use std::fs;
use std::path::Path;

use expect_test::expect;

use crate::folder::Folder;

/// A folder with the example notes.
fn examples() -> Folder {
    let folder = Folder::new(&[]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for from in ["", "obsidian"] {
        for entry in fs::read_dir(examples.join(from)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let path = Path::new(from).join(entry.file_name());
                folder.write(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
            }
        }
    }
    folder
}

#[test]
fn the_rules_alone_judge_where_it_is_switched_off() {
    let folder = examples();
    let note = "2026-09-22-pennyfold-bakeries.md";
    let with_it = folder.report(&[note]);
    folder.write("sowhat.toml", "reader = false\n");
    let report = folder.report(&[note]);
    assert_ne!(report, with_it, "the reader has nothing to say");
    let mut told = String::new();
    for goal in report["notes"][0]["goals"].as_array().unwrap() {
        told += goal["text"].as_str().unwrap();
        for (name, qualifier) in goal["qualifiers"].as_object().unwrap() {
            told += &format!("\n  {name} {}", qualifier["state"].as_str().unwrap());
        }
        told += "\n";
    }
    expect![[r#"
        open 4 more stores before Christmas next year
          cost_of_inaction missing
          importance vague
          realism missing
        bring waste down to 6% of sales by March
          cost_of_inaction missing
          importance missing
          realism answered
        grow wholesale revenue 30% this year
          cost_of_inaction missing
          importance missing
          realism missing
    "#]]
    .assert_eq(&told);
}

#[test]
fn every_run_prints_the_same_and_no_note_bears_on_another() {
    let folder = examples();
    let run = |args: &[&str]| folder.run(&[&["check", "--format", "ndjson"], args].concat());
    let all = run(&[]);
    assert_eq!(run(&[]), all);
    // A note alone is judged on one thread, by a program that has read nothing before.
    let alone: String = folder
        .checked(&[])
        .iter()
        .map(|path| run(&[path]).stdout)
        .collect();
    assert_eq!(alone, all.stdout);
    assert!(alone.lines().count() > 4);
}

#[test]
fn asking_twice_changes_no_example() {
    let folder = examples();
    let contents = || -> Vec<String> {
        let names = folder.names();
        names.iter().map(|name| folder.read(name)).collect()
    };
    let before = contents();
    folder.run(&["ask"]);
    let once = contents();
    assert_ne!(once, before);
    let ran = folder.run(&["ask"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "Nothing to ask\n"));
    assert_eq!(contents(), once);
}

#[test]
fn many_notes_and_long_ones_are_left_to_the_rules_unless_told_otherwise() {
    let folder = examples();
    let note = "2026-09-22-pennyfold-bakeries.md";
    let by_rules = folder.run(&["check", "--reader", "never", note]);
    assert_ne!(
        folder.run(&["check", note]),
        by_rules,
        "the reader is asked"
    );

    let long = folder.read(note) + &"\nA line of small talk.".repeat(4000);
    folder.write("long/note.md", &long);
    let alone =
        |arguments: &[&str]| folder.run(&[&["check", "--format", "json"], arguments].concat());
    assert_eq!(alone(&["long"]), alone(&["--reader", "never", "long"]));

    folder.write("many/log.md", "A line of small talk.\n\n".repeat(1 << 16));
    folder.write("many/note.md", folder.read(note));
    let many = folder.run(&["check", "many"]);
    assert!(many.stderr.contains("--reader always"), "{}", many.stderr);
    assert_eq!(
        many.stdout,
        folder.run(&["check", "--reader", "never", "many"]).stdout
    );
}

#[test]
fn explain_names_the_rule_or_how_sure_the_reader_is() {
    let folder = examples();
    let note = "2026-09-22-pennyfold-bakeries.md";
    let why = |reader: &str| {
        let ran = folder.run(&["check", "--explain", "--reader", reader, note]);
        let from = ran.stdout.rfind("\n\n2026").unwrap();
        let until = ran.stdout.rfind("\n\n3 goals").unwrap();
        ran.stdout[from..until].trim().to_owned()
    };
    expect![[r#"
        2026-09-22-pennyfold-bakeries.md:3:43 “open 4 more stores before Christmas next year”
          goal              rule G3: a metric with a value behind a wish
          importance        vague     rule Q2: fits every goal
          cost of inaction  missing   nothing speaks to it
          realism           missing   nothing speaks to it
        2026-09-22-pennyfold-bakeries.md:6:28 “bring waste down to 6% of sales by March”
          goal              rule G3: a metric with a value behind a wish
          importance        missing   nothing speaks to it
          cost of inaction  missing   nothing speaks to it
          realism           answered  rule Q7: a value at a past or present time
        2026-09-22-pennyfold-bakeries.md:10:16 “grow wholesale revenue 30% this year”
          goal              rule G3: a metric with a value behind a wish
          importance        missing   nothing speaks to it
          cost of inaction  missing   nothing speaks to it
          realism           missing   nothing speaks to it"#]]
    .assert_eq(&why("never"));
    let with_it = why("always");
    assert!(with_it.contains("; the reader: "), "{with_it}");
    assert!(with_it.contains("the reader, "), "{with_it}");

    let ran = folder.run(&["check", "--explain", "--format", "json", note]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("--format human"), "{ran:?}");
}
