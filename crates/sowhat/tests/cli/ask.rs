//! `ask` writes the missing questions, whole or not at all.

use crate::folder::{Folder, ONE_GOAL};

const FIRST: &str = "Is this an important target? Why or why not?";
const SECOND: &str = "What happens if you don't hit that goal?";

#[test]
fn the_missing_questions_are_written_below_the_goal() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("b.md", "# Recipe\n")]);
    let ran = folder.run(&["ask"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "a.md: 3 questions asked\n3 questions asked in 1 note\n"
    );
    let note = folder.read("a.md");
    assert!(
        note.starts_with("# Goals\n\n- Increase revenue 20%\n  - "),
        "{note}"
    );
    assert!(note.contains(FIRST) && note.contains(SECOND), "{note}");
    assert_eq!(folder.read("b.md"), "# Recipe\n");
    assert_eq!(folder.names(), ["a.md", "b.md"]);
}

#[test]
fn asking_twice_changes_nothing() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    folder.run(&["ask"]);
    let once = folder.read("a.md");
    let ran = folder.run(&["ask"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "Nothing to ask\n"));
    assert_eq!(folder.read("a.md"), once);
}

#[test]
fn a_qualifier_limits_what_is_asked() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let ran = folder.run(&["ask", "--qualifier", "importance"]);
    assert_eq!(
        ran.stdout,
        "a.md: 1 question asked\n1 question asked in 1 note\n"
    );
    let note = folder.read("a.md");
    assert!(note.contains(FIRST) && !note.contains(SECOND), "{note}");

    let ran = folder.run(&["ask", "--qualifier", "importence"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("importance"), "{ran:?}");
}

#[test]
fn a_diff_is_printed_and_nothing_written() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("b.md", "# Recipe\n")]);
    let args = ["ask", "--diff", "--qualifier", "cost-of-inaction"];
    let ran = folder.run(&args);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let expected = format!(
        "--- a.md\n+++ a.md\n@@ -1,3 +1,4 @@\n # Goals\n \n - Increase revenue 20%\n+  - {SECOND}"
    );
    assert_eq!(ran.stdout.trim_end(), expected);
    assert_eq!(folder.read("a.md"), ONE_GOAL);

    folder.run(&["ask"]);
    let ran = folder.run(&args);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
}

#[test]
fn a_diff_says_where_no_line_ending_is() {
    let folder = Folder::new(&[("a.md", "# Goals\r\n\r\n- Increase revenue 20%")]);
    let ran = folder.run(&["ask", "--diff", "--qualifier", "importance"]);
    let lines: Vec<&str> = ran.stdout.split('\n').collect();
    assert_eq!(lines[5], "-- Increase revenue 20%");
    assert_eq!(lines[6], "\\ No newline at end of file");
    assert_eq!(lines[7], "+- Increase revenue 20%\r");
}

/// The note after asking one question.
fn asked(content: &[u8]) -> Vec<u8> {
    let folder = Folder::new(&[]);
    let path = folder.write("a.md", content);
    let ran = folder.run(&["ask", "--qualifier", "importance"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    std::fs::read(path).unwrap()
}

#[test]
fn line_endings_the_missing_last_one_and_the_byte_order_mark_stay() {
    let note = asked(b"# Goals\r\n\r\n- Increase revenue 20%\r\n");
    let text = String::from_utf8(note).unwrap();
    assert!(text.contains(&format!("20%\r\n  - {FIRST}")), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.ends_with("\r\n"), "{text:?}");

    let text = String::from_utf8(asked(b"# Goals\n\n- Increase revenue 20%")).unwrap();
    assert!(text.contains(&format!("20%\n  - {FIRST}")), "{text:?}");
    assert!(!text.ends_with('\n'), "{text:?}");

    let text = String::from_utf8(asked(
        "\u{FEFF}# Goals\n\n- Increase revenue 20%\n".as_bytes(),
    ));
    let text = text.unwrap();
    assert!(text.starts_with("\u{FEFF}# Goals"), "{text:?}");
    assert!(text.contains(FIRST), "{text:?}");
}

#[test]
fn standard_input_comes_back_on_standard_output() {
    let folder = Folder::new(&[]);
    let ran = folder.run_with_stdin(&["ask", "-", "--qualifier", "importance"], ONE_GOAL);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(
        ran.stdout.starts_with(&format!("{ONE_GOAL}  - {FIRST}")),
        "{ran:?}"
    );
    let again = folder.run_with_stdin(&["ask", "-", "--qualifier", "importance"], &ran.stdout);
    assert_eq!(again.stdout, ran.stdout);

    let recipe = "# Recipe\r\n\r\nBake.";
    assert_eq!(folder.run_with_stdin(&["ask", "-"], recipe).stdout, recipe);
}

#[test]
fn a_note_that_is_no_text_is_left_alone_and_the_rest_is_asked() {
    let folder = Folder::new(&[("b.md", ONE_GOAL)]);
    let path = folder.write("a.md", b"# Goals\n\n- \xFF\n");
    let ran = folder.run(&["ask"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("a.md: not UTF-8"), "{ran:?}");
    assert_eq!(std::fs::read(path).unwrap(), b"# Goals\n\n- \xFF\n");
    assert!(folder.read("b.md").contains(FIRST));
}

#[test]
fn a_read_only_note_is_left_alone() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let path = folder.path().join("a.md");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let ran = folder.run(&["ask"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("a.md: not written: the note is read-only"),
        "{ran:?}"
    );
    assert_eq!(folder.read("a.md"), ONE_GOAL);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new(&[("real/a.md", ONE_GOAL)]);
    let real = folder.path().join("real/a.md");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o604)).unwrap();
    std::os::unix::fs::symlink("real/a.md", folder.path().join("link.md")).unwrap();
    let ran = folder.run(&["ask", "link.md"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(folder.path().join("link.md").is_symlink());
    assert!(folder.read("real/a.md").contains(FIRST));
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o604
    );
    assert_eq!(folder.names(), ["link.md", "real/a.md"]);
}
