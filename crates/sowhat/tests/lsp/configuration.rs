//! Settings: from files, from the client, broken and mended.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

const TEXT: &str = "# Goals\n\n- Grow ARR to $5M\n";

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}

#[test]
fn the_nearest_file_is_in_force_and_a_change_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    fs::create_dir_all(&inner).unwrap();
    fs::write(
        folder.path().join("sowhat.toml"),
        "qualifiers = [\"realism\"]",
    )
    .unwrap();
    let note = uri(&inner.join("note.md"));
    let mut client = Client::start("nvim", json!({"typing_pause": 0}));
    client.open(&note, TEXT);
    assert_eq!(codes(&client.findings(&note, 1)), ["realism-missing"]);

    // A nearer one appears, and this client watches: told at once.
    fs::write(inner.join("sowhat.toml"), "qualifiers = [\"importance\"]").unwrap();
    let changes = json!({"changes": [{"uri": uri(&inner.join("sowhat.toml")), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
    assert_eq!(codes(&client.findings(&note, 1)), ["importance-missing"]);

    // This one goes, and the client saves: noticed without being told.
    fs::remove_file(inner.join("sowhat.toml")).unwrap();
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": note}}),
    );
    assert_eq!(codes(&client.findings(&note, 1)), ["realism-missing"]);
    client.quit();
}

#[test]
fn a_changed_file_is_noticed_after_a_pause_and_the_buffer_beats_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note.md");
    fs::write(&path, "nothing").unwrap();
    let note = uri(&path);
    let mut client = Client::start("nvim", json!({"typing_pause": 100}));
    client.open(&note, TEXT);
    assert_eq!(client.findings(&note, 1).len(), 3);
    fs::write(
        folder.path().join("sowhat.toml"),
        "qualifiers = [\"realism\"]",
    )
    .unwrap();
    client.change(&note, 2, json!([{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "\n"}]));
    assert_eq!(
        client.findings(&note, 2).len(),
        3,
        "nothing is read while typing"
    );
    let after = client.findings(&note, 2);
    assert_eq!(codes(&after), ["realism-missing"]);
    assert_eq!(after[0]["range"]["start"]["line"], 3);
    client.quit();
}

#[test]
fn a_broken_file_is_told_with_its_line_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sowhat.toml");
    fs::write(&path, "\nrun = \"fast\"\n").unwrap();
    let note = uri(&folder.path().join("note.md"));
    let mut client = Client::start("vscode", json!({"typing_pause": 0}));
    client.open(&note, TEXT);
    let told = client.told();
    assert!(
        told.contains("line 2") && told.contains("expected \"type\", \"save\" or \"manual\""),
        "{told}"
    );
    let findings = client.published(&uri(&path));
    assert_eq!(
        findings[0]["range"],
        json!({"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 12}})
    );
    assert_eq!(findings[0]["severity"], 1);
    assert_eq!(
        client.findings(&note, 1).len(),
        3,
        "the defaults are in force"
    );

    fs::write(&path, "typing_paus = 7\n").unwrap();
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": note}}),
    );
    let findings = client.published(&uri(&path));
    assert_eq!(
        findings[0]["message"],
        "unknown setting `typing_paus`; did you mean `typing_pause`?"
    );
    assert_eq!(findings[0]["severity"], 2);

    fs::write(&path, "").unwrap();
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": note}}),
    );
    assert_eq!(client.published(&uri(&path)), [] as [Value; 0]);
    client.quit();
}

#[test]
fn a_client_that_is_asked_wins_over_the_file_and_can_take_it_back() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("sowhat.toml"),
        "qualifiers = [\"realism\"]",
    )
    .unwrap();
    let note = uri(&folder.path().join("note.md"));
    let settings = json!({"qualifiers": ["importance"]});
    let mut client = Client::with(capabilities("vscode"), json!({"typing_pause": 0}), settings);
    client.open(&note, TEXT);
    let asks = |of: &'static str| move |findings: &[Value]| codes(findings) == [of];
    let findings = client.findings_at_last(&note, 1, asks("importance-missing"));
    assert_eq!(codes(&findings), ["importance-missing"]);
    client.settings = Value::Null;
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    let findings = client.findings_at_last(&note, 1, asks("realism-missing"));
    assert_eq!(codes(&findings), ["realism-missing"]);
    client.quit();
}

#[test]
fn a_client_that_pushes_is_heard_with_and_without_the_wrapper() {
    let note = "file:///notes/a.md";
    let mut client = Client::start("none", json!({"sowhat": {"qualifiers": ["realism"]}}));
    client.open(note, TEXT);
    assert_eq!(codes(&client.findings(note, 1)), ["realism-missing"]);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"sowhat": {"qualifiers": ["importance"]}}}),
    );
    assert_eq!(codes(&client.findings(note, 1)), ["importance-missing"]);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"severity": {"realism-missing": "hint"}}}),
    );
    let findings = client.findings(note, 1);
    assert_eq!(findings[0]["severity"], 4);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"qualifier": []}}),
    );
    assert_eq!(
        client.told(),
        "sowhat, the editor's settings: unknown setting `qualifier`; did you mean `qualifiers`?"
    );
    assert_eq!(
        client.findings(note, 1)[0]["severity"],
        2,
        "the default is back"
    );
    client.quit();
}

#[test]
fn run_says_when_findings_are_shown() {
    let note = "file:///notes/a.md";
    let at = json!({"line": 3, "character": 0});
    let more = json!([{"range": {"start": at, "end": at}, "text": "- Cut churn to 5%\n"}]);

    let mut client = Client::start("nvim", json!({"run": "save"}));
    client.open(note, TEXT);
    assert_eq!(client.findings(note, 1).len(), 3);
    client.change(note, 2, more.clone());
    assert_eq!(client.findings(note, 2).len(), 3);
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": note}}),
    );
    assert_eq!(client.findings(note, 2).len(), 6);
    client.quit();

    let mut client = Client::start("nvim", json!({"run": "manual"}));
    client.open(note, TEXT);
    assert_eq!(client.findings(note, 1).len(), 0);
    client
        .request(
            "workspace/executeCommand",
            json!({"command": "sowhat.check", "arguments": [note]}),
        )
        .unwrap();
    assert_eq!(client.findings(note, 1).len(), 3);
    client.change(note, 2, more);
    assert_eq!(client.findings(note, 2).len(), 3);
    client
        .request(
            "workspace/executeCommand",
            json!({"command": "sowhat.check"}),
        )
        .unwrap();
    assert_eq!(client.findings(note, 2).len(), 6);
    client.quit();
}

#[test]
fn notes_that_are_left_out_are_silent() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("sowhat.toml"),
        "exclude = [\"archive/\"]",
    )
    .unwrap();
    let mut client = Client::start("nvim", Value::Null);
    for (name, count) in [("archive/note.md", 0), ("note.md", 3)] {
        let note = uri(&folder.path().join(name));
        client.open(&note, TEXT);
        assert_eq!(client.findings(&note, 1).len(), count, "{name}");
        let range =
            json!({"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 4}});
        assert_eq!(
            client.actions(&note, range, Value::Null).is_empty(),
            count == 0
        );
    }
    client.quit();
}
