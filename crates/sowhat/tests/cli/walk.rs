//! Which notes are taken: as ripgrep would, and in path order.

use crate::folder::{Folder, ONE_GOAL};

#[test]
fn folders_are_searched_for_notes_in_path_order() {
    let folder = Folder::new(&[
        ("b.md", ""),
        ("a/z.markdown", ""),
        ("a/B.MD", ""),
        ("c.txt", ""),
        ("md", ""),
        (".hidden.md", ""),
        (".obsidian/a.md", ""),
    ]);
    assert_eq!(folder.checked(&[]), ["a/B.MD", "a/z.markdown", "b.md"]);
    assert_eq!(folder.checked(&["."]), ["a/B.MD", "a/z.markdown", "b.md"]);
    assert_eq!(folder.checked(&["a"]), ["a/B.MD", "a/z.markdown"]);
}

#[test]
fn a_note_that_is_named_is_taken_whatever_it_is_called_and_once() {
    let folder = Folder::new(&[("c.txt", ""), (".hidden.md", ""), ("a.md", "")]);
    assert_eq!(
        folder.checked(&["c.txt", ".hidden.md", "./a.md", "a.md", "."]),
        [".hidden.md", "a.md", "c.txt"]
    );
}

#[test]
fn gitignore_is_honoured_in_a_repository() {
    let folder = Folder::new(&[
        (".git/HEAD", ""),
        (".gitignore", "drafts/\n"),
        ("drafts/a.md", ""),
        ("b.md", ""),
        (".ignore", "c.md\n"),
        ("c.md", ""),
    ]);
    assert_eq!(folder.checked(&[]), ["b.md"]);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_followed_where_it_is_named_only() {
    let folder = Folder::new(&[("notes/a.md", "")]);
    std::os::unix::fs::symlink("a.md", folder.path().join("notes/link.md")).unwrap();
    assert_eq!(folder.checked(&["notes"]), ["notes/a.md"]);
    assert_eq!(folder.checked(&["notes/link.md"]), ["notes/link.md"]);
}

#[test]
fn with_nothing_to_check_one_line_says_why() {
    let nothing = |files: &[(&str, &str)]| {
        let folder = Folder::new(files);
        let ran = folder.run(&["check"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{ran:?}");
        assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
        ran.stderr
    };
    assert_eq!(
        nothing(&[]),
        "nothing to check: no *.md or *.markdown file in the current folder (it is empty)\n"
    );
    assert_eq!(
        nothing(&[("a.txt", ""), ("b/c.docx", "")]),
        "nothing to check: no *.md or *.markdown file in the current folder (2 files of other types)\n"
    );
    assert_eq!(
        nothing(&[
            (".git/HEAD", ""),
            (".gitignore", "*.md\n"),
            ("a.md", ""),
            ("b.md", "")
        ]),
        "nothing to check: all notes in the current folder are left out, by \"*.md\" in .gitignore\n"
    );
    assert_eq!(
        nothing(&[(".trash/a.md", "")]),
        "nothing to check: all notes in the current folder are left out, by the rule that hidden \
         files are skipped (.trash)\n"
    );
    assert_eq!(
        nothing(&[("sowhat.toml", "exclude = [\"old/\"]\n"), ("old/a.md", "")]),
        "nothing to check: all notes in the current folder are left out, by \"old/\" in sowhat.toml\n"
    );
}

#[test]
fn the_report_is_the_same_whatever_the_threads_do() {
    let folder = Folder::new(&[]);
    for index in 0..120 {
        let note = ONE_GOAL.repeat(1 + index % 7);
        folder.write(&format!("{}/{index}.md", index % 5), note);
    }
    let once = folder.run(&["check", "--format", "json"]);
    for _ in 0..5 {
        assert_eq!(folder.run(&["check", "--format", "json"]), once);
    }
    #[cfg(target_os = "linux")]
    assert_eq!(pinned(&folder), once);
}

/// The same on one core, where there is one thread.
#[cfg(target_os = "linux")]
fn pinned(folder: &Folder) -> crate::folder::Ran {
    let output = std::process::Command::new("taskset")
        .args([
            "-c",
            "0",
            env!("CARGO_BIN_EXE_sowhat"),
            "check",
            "--format",
            "json",
        ])
        .current_dir(folder.path())
        .output();
    output.expect("util-linux is on every Linux").into()
}
