//! Which sowhat.toml is in force, and what is said of one that is wrong.

use crate::folder::{Folder, ONE_GOAL};

const REALISM_ONLY: &str = "qualifiers = [\"realism\"]\n";

fn findings(folder: &Folder, args: &[&str]) -> Vec<usize> {
    let report = folder.report(args);
    let notes = report["notes"].as_array().unwrap().iter();
    notes
        .map(|note| note["findings"].as_array().unwrap().len())
        .collect()
}

#[test]
fn the_nearest_file_from_the_notes_folder_upward_is_in_force() {
    let folder = Folder::new(&[
        ("a.md", ONE_GOAL),
        ("sub/sowhat.toml", REALISM_ONLY),
        ("sub/deep/b.md", ONE_GOAL),
        ("sub/other/sowhat.toml", ""),
        ("sub/other/c.md", ONE_GOAL),
    ]);
    assert_eq!(findings(&folder, &[]), [3, 1, 3]);
    let mut inside = folder.command(&["check", "--format", "ndjson", "b.md"]);
    inside.current_dir(folder.path().join("sub/deep"));
    let stdout = String::from_utf8(inside.output().unwrap().stdout).unwrap();
    assert_eq!(stdout.matches("-missing").count(), 1, "{stdout}");
    let mut beside = folder.command(&["check", "--format", "ndjson", "../deep/b.md"]);
    beside.current_dir(folder.path().join("sub/other"));
    let stdout = String::from_utf8(beside.output().unwrap().stdout).unwrap();
    assert_eq!(stdout.matches("-missing").count(), 1, "{stdout}");
}

#[test]
fn a_file_that_is_named_is_in_force_for_all() {
    let folder = Folder::new(&[
        ("a.md", ONE_GOAL),
        ("sub/sowhat.toml", ""),
        ("sub/b.md", ONE_GOAL),
        ("team.toml", REALISM_ONLY),
    ]);
    assert_eq!(findings(&folder, &["--config", "team.toml"]), [1, 1]);
}

#[test]
fn a_file_that_is_wrong_is_told_with_its_place_and_what_was_expected() {
    let folder = Folder::new(&[
        ("a.md", ONE_GOAL),
        ("sub/sowhat.toml", "exclude = []\nrun = \"always\"\n"),
        ("sub/b.md", ONE_GOAL),
        ("sub/c.md", ONE_GOAL),
    ]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stderr.matches("error").count(), 1, "{ran:?}");
    assert!(ran.stderr.contains("sub/sowhat.toml:2:7: "), "{ran:?}");
    assert!(
        ran.stderr.contains("\"type\", \"save\" or \"manual\""),
        "{ran:?}"
    );
    // The notes of other folders are checked all the same.
    assert!(
        ran.stdout.contains("a.md:3:3") && !ran.stdout.contains("b.md"),
        "{ran:?}"
    );

    let ran = folder.run(&["check", "a.md", "--config", "sub/sowhat.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("sub/sowhat.toml:2:7: "), "{ran:?}");

    let ran = folder.run(&["check", "--config", "none.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("none.toml: "), "{ran:?}");
}

#[test]
fn an_unknown_key_is_a_warning_with_the_nearest_name() {
    let folder = Folder::new(&[
        ("a.md", ONE_GOAL),
        ("sowhat.toml", "qualifier = [\"realism\"]\n"),
    ]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("warning: sowhat.toml:1:1: "), "{ran:?}");
    assert!(ran.stderr.contains("`qualifiers`"), "{ran:?}");
}

#[test]
fn a_glob_that_is_none_is_told() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("sowhat.toml", "exclude = [\"a[\"]\n")]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("sowhat.toml: exclude: "), "{ran:?}");
}

#[test]
fn globs_leave_notes_out_relative_to_their_file() {
    let folder = Folder::new(&[
        (
            "sub/sowhat.toml",
            "exclude = [\"/old/\", \"*.draft.md\", \"!keep.draft.md\"]\n",
        ),
        ("old/a.md", ""),
        ("sub/old/b.md", ""),
        ("sub/new/old/c.md", ""),
        ("sub/d.draft.md", ""),
        ("sub/keep.draft.md", ""),
        ("e.draft.md", ""),
    ]);
    let taken = [
        "e.draft.md",
        "old/a.md",
        "sub/keep.draft.md",
        "sub/new/old/c.md",
    ];
    assert_eq!(folder.checked(&[]), taken);
    // What is named is taken.
    assert_eq!(folder.checked(&["sub/d.draft.md"]), ["sub/d.draft.md"]);
}
