//! The small commands: explain, init, completions, server, and help.

use crate::folder::{Folder, ONE_GOAL};

#[test]
fn explain_lists_the_findings_and_explains_each() {
    let folder = Folder::new(&[]);
    let list = folder.run(&["explain"]);
    assert_eq!(list.code, 0);
    let codes: Vec<&str> = list
        .stdout
        .lines()
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    assert!(
        codes.contains(&"importance-missing") && codes.contains(&"goal-doubtful"),
        "{codes:?}"
    );
    for code in codes {
        let ran = folder.run(&["explain", code]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        assert!(ran.stdout.starts_with(code), "{ran:?}");
        assert!(ran.stdout.contains("\nBefore\n\n    "), "{ran:?}");
        assert!(ran.stdout.contains("\nAfter\n\n    "), "{ran:?}");
    }
}

#[test]
fn explain_knows_what_was_meant() {
    let folder = Folder::new(&[]);
    let ran = folder.run(&["explain", "importence-missing"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("did you mean `importance-missing`?"),
        "{ran:?}"
    );
    let ran = folder.run(&["explain", "E0308"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("`sowhat explain` lists them"),
        "{ran:?}"
    );
}

#[test]
fn init_writes_settings_that_change_nothing_and_overwrites_nothing() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let before = folder.run(&["check"]);
    let ran = folder.run(&["init"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(folder.read("sowhat.toml").contains("#goal_headings = "));
    assert_eq!(folder.run(&["check"]), before);

    folder.write("sowhat.toml", "# mine\n");
    let ran = folder.run(&["init"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("sowhat.toml is here already"),
        "{ran:?}"
    );
    assert_eq!(folder.read("sowhat.toml"), "# mine\n");
}

#[test]
fn completions_know_every_command() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        for command in ["check", "ask", "explain", "init", "completions", "server"] {
            assert!(
                ran.stdout.contains(command),
                "{shell} does not know {command}"
            );
        }
    }
    assert_eq!(folder.run(&["completions", "cmd"]).code, 2);
}

#[test]
fn bad_usage_exits_with_2_and_help_with_0() {
    let folder = Folder::new(&[]);
    let code = |args: &[&str]| folder.run(args).code;
    assert_eq!(code(&["chekc"]), 2);
    assert_eq!(code(&["check", "--format", "yaml"]), 2);
    assert_eq!(code(&["check", "--fail-on", "everything"]), 2);
    assert_eq!(code(&[]), 2);
    assert_eq!(code(&["--help"]), 0);
    assert_eq!(code(&["--version"]), 0);
    assert!(folder.run(&["chekc"]).stderr.contains("'check'"));
}
