//! What is remembered of notes between runs of `check`. That an answer was remembered is seen by putting another into
//! its place.

use std::fs;
use std::path::PathBuf;

use crate::folder::{Folder, ONE_GOAL, Ran};

/// The files of the cache that hold answers.
fn answers(folder: &Folder) -> Vec<PathBuf> {
    let shards = fs::read_dir(folder.cache()).unwrap().flatten();
    let shards = shards.filter(|entry| entry.file_name().len() == 2);
    shards
        .flat_map(|shard| fs::read_dir(shard.path()).unwrap().flatten())
        .map(|entry| entry.path())
        .collect()
}

/// Puts a mark into every answer that is remembered.
fn mark(folder: &Folder) {
    for path in answers(folder) {
        let answer = fs::read_to_string(&path).unwrap();
        fs::write(path, answer.replace("Increase", "REMEMBERED")).unwrap();
    }
}

fn is_remembered(ran: &Ran) -> bool {
    ran.stdout.contains("REMEMBERED")
}

#[test]
fn a_note_that_has_not_changed_is_not_judged_again() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("b.md", ONE_GOAL)]);
    let first = folder.run(&["check"]);
    assert_eq!(folder.run(&["check"]), first);
    assert_eq!(answers(&folder).len(), 2);
    mark(&folder);
    let again = folder.run(&["check"]);
    assert!(is_remembered(&again));
    assert_eq!(again.code, first.code);
}

#[test]
fn whatever_a_print_hangs_on_makes_it_another() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    folder.run(&["check"]);
    mark(&folder);
    let other: [&[&str]; 4] = [
        &["check", "--format", "json"],
        &["check", "--explain"],
        &["check", "--statistics"],
        &["check", "--reader", "never"],
    ];
    for args in other {
        assert!(!is_remembered(&folder.run(args)), "{args:?}");
    }
    let coloured = folder
        .command(&["check"])
        .env("CLICOLOR_FORCE", "1")
        .output();
    assert!(!is_remembered(&Ran::from(coloured.unwrap())));
    folder.write("b.md", ONE_GOAL);
    let both = folder.run(&["check"]);
    assert_eq!(
        both.stdout.matches("REMEMBERED").count(),
        1,
        "b.md is another note"
    );
    fs::remove_file(folder.path().join("b.md")).unwrap();
    folder.write("sowhat.toml", "qualifiers = [\"realism\"]\n");
    assert!(!is_remembered(&folder.run(&["check"])));
    fs::remove_file(folder.path().join("sowhat.toml")).unwrap();
    assert!(is_remembered(&folder.run(&["check"])));
    folder.write("a.md", format!("{ONE_GOAL}\nAnd so on.\n"));
    assert!(!is_remembered(&folder.run(&["check"])));
}

#[test]
fn without_it_nothing_is_remembered() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let first = folder.run(&["check", "--no-cache"]);
    assert_eq!(answers(&folder).len(), 0);
    folder.run(&["check"]);
    mark(&folder);
    assert_eq!(folder.run(&["check", "--no-cache"]), first);
}

#[test]
fn a_broken_answer_is_replaced() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let first = folder.run(&["check"]);
    for broken in ["", "{", "{\"printed\": 3}", "[[[["] {
        answers(&folder)
            .iter()
            .for_each(|path| fs::write(path, broken).unwrap());
        assert_eq!(folder.run(&["check"]), first, "{broken}");
    }
    mark(&folder);
    assert!(is_remembered(&folder.run(&["check"])));
}

#[test]
fn a_cache_that_cannot_be_written_costs_nothing() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("file", "")]);
    let expected = folder.run(&["check"]);
    let mut command = folder.command(&["check"]);
    command.env("SOWHAT_CACHE_DIR", folder.path().join("file"));
    assert_eq!(Ran::from(command.output().unwrap()), expected);
}

#[test]
fn old_answers_go() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    folder.run(&["check"]);
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(40 * 24 * 60 * 60);
    let age = |path: PathBuf| {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(old).unwrap();
    };
    answers(&folder).into_iter().for_each(age);
    // Whoever names a folder of their own keeps what is in it.
    let foreign = folder.cache().join("documents").join("contract.docx");
    fs::create_dir(foreign.parent().unwrap()).unwrap();
    fs::write(&foreign, "").unwrap();
    age(foreign.clone());
    folder.write("a.md", "# Nothing\n");
    folder.run(&["check"]);
    assert_eq!(answers(&folder).len(), 2, "not every run looks for them");
    age(folder.cache().join("swept"));
    folder.run(&["check"]);
    assert_eq!(answers(&folder).len(), 1);
    assert!(foreign.exists());
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let cache = folder.cache().join("deeper");
    let mut command = folder.command(&["check"]);
    command.env("SOWHAT_CACHE_DIR", &cache).output().unwrap();
    let mode = fs::metadata(cache).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
