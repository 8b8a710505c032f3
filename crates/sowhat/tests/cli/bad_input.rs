//! What cannot be read is told with its path and reason, never stops the rest, and exits with 2.

use crate::folder::{Folder, ONE_GOAL};

#[test]
fn a_note_that_is_not_utf8_is_told_with_the_byte_and_the_rest_goes_on() {
    let folder = Folder::new(&[("a.md", ONE_GOAL), ("c.md", ONE_GOAL)]);
    folder.write("b.md", b"# Goals\n\n- f\xFCnf\n");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("b.md: not UTF-8: byte 0xfc at offset 12"),
        "{ran:?}"
    );
    assert!(
        ran.stdout.contains("a.md:3:3") && ran.stdout.contains("c.md:3:3"),
        "{ran:?}"
    );
    assert_eq!(folder.checked(&[]), ["a.md", "c.md"]);
}

#[test]
fn a_utf16_note_is_named_as_such() {
    let folder = Folder::new(&[]);
    folder.write("a.md", b"\xFF\xFE#\0 \0");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("a.md: not UTF-8") && ran.stderr.contains("UTF-16"),
        "{ran:?}"
    );
}

#[test]
fn a_path_that_is_not_there_does_not_stop_the_others() {
    let folder = Folder::new(&[("a.md", ONE_GOAL)]);
    let ran = folder.run(&["check", "nowhere", "a.md"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("nowhere: no such file or folder"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("a.md:3:3"), "{ran:?}");
}

#[test]
fn the_empty_note_and_the_note_of_blanks_are_notes() {
    let folder = Folder::new(&[("a.md", ""), ("b.md", "\n \t\r\n\r")]);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "No goals in 2 notes\n");
}

#[test]
fn bytes_that_are_no_prose_neither_crash_nor_hang() {
    let folder = Folder::new(&[]);
    folder.write("nul.md", b"# Goals\n\n- grow\0 revenue 20%\n\0\0\0");
    folder.write("deep.md", "> ".repeat(3_000));
    folder.write("stars.md", "*".repeat(100_000));
    folder.write(
        "long.md",
        format!("# Goals\n\n- grow {}\n", "x".repeat(200_000)),
    );
    folder.write(
        "escape.md",
        "# Goals\n\n- grow \u{1b}[31mrevenue\u{1b}[0m 20%\u{7}\n",
    );
    let ran = folder.run(&["check"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_eq!(ran.stderr, "");
    // A note cannot move the cursor or ring the bell of whoever reads about it.
    assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\0']));
}

#[test]
fn a_pipe_that_closes_ends_quietly() {
    let folder = Folder::new(&[]);
    for index in 0..500 {
        folder.write(&format!("{index:03}.md"), ONE_GOAL);
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sowhat"));
    let mut child = command
        .args(["check", "--no-cache", "--format", "ndjson"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::io::ErrorKind;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::Duration;

    use crate::folder::{Folder, ONE_GOAL, Ran};

    /// Runs a copy of the binary as somebody whom permissions bind, even where the tests run as root.
    fn run_bound(folder: &Folder, args: &[&str]) -> Ran {
        let binary = tempfile::tempdir().unwrap();
        let copy = binary.path().join("sowhat");
        fs::copy(env!("CARGO_BIN_EXE_sowhat"), &copy).unwrap();
        for path in [binary.path(), folder.path()] {
            let mut permissions = fs::metadata(path).unwrap().permissions();
            permissions.set_mode(permissions.mode() | 0o055);
            fs::set_permissions(path, permissions).unwrap();
        }
        let mut command = Command::new(copy);
        command
            .args(args)
            .current_dir(folder.path())
            .env("SOWHAT_CACHE_DIR", folder.cache())
            .stdin(Stdio::null());
        if is_root(folder) {
            command.gid(65_534).uid(65_534);
        }
        // A test that starts a program just then holds the copy open for writing until it has.
        let mut busy = 0;
        loop {
            match command.output() {
                Err(error) if error.kind() == ErrorKind::ExecutableFileBusy && busy < 100 => {
                    busy += 1;
                    thread::sleep(Duration::from_millis(20));
                }
                ran => return ran.unwrap().into(),
            }
        }
    }

    fn is_root(folder: &Folder) -> bool {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(folder.path()).unwrap().uid() == 0
    }

    fn set_mode(folder: &Folder, path: &str, mode: u32) {
        let path = folder.path().join(path);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_note_that_may_not_be_read_does_not_stop_the_others() {
        let folder = Folder::new(&[("a.md", ONE_GOAL), ("b.md", ONE_GOAL)]);
        set_mode(&folder, "a.md", 0o000);
        let ran = run_bound(&folder, &["check"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("a.md: Permission denied"), "{ran:?}");
        assert!(ran.stdout.contains("b.md:3:3"), "{ran:?}");
    }

    #[test]
    fn a_folder_that_may_not_be_read_does_not_stop_the_others() {
        let folder = Folder::new(&[("a/a.md", ONE_GOAL), ("b.md", ONE_GOAL)]);
        set_mode(&folder, "a", 0o000);
        let ran = run_bound(&folder, &["check"]);
        set_mode(&folder, "a", 0o755);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("a: Permission denied"), "{ran:?}");
        assert!(ran.stdout.contains("b.md:3:3"), "{ran:?}");
    }

    #[test]
    fn in_a_folder_that_may_not_be_written_a_note_stays_as_it_is() {
        let folder = Folder::new(&[("a/a.md", ONE_GOAL)]);
        set_mode(&folder, "a", 0o555);
        set_mode(&folder, "a/a.md", 0o666);
        let ran = run_bound(&folder, &["ask"]);
        set_mode(&folder, "a", 0o755);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("a/a.md: not written: "), "{ran:?}");
        assert_eq!(folder.read("a/a.md"), ONE_GOAL);
        assert_eq!(folder.names(), ["a/a.md"]);
    }
}
