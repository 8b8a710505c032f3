//! All notes of a folder: searched for goals, and their findings pulled.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, capabilities};

const GROW: &str = "# Acme\n\n## Goals\n\n- Grow ARR to $5M\n";
const CUT: &str = "# Initech\n\n## Goals\n\n- Cut churn to 5%\n";
/// Longer than it takes to look at some small notes.
const A_WHILE: Duration = Duration::from_millis(400);

/// A folder with two notes, and some files that are none of ours.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("acme.md", GROW);
    write("calls/initech.markdown", CUT);
    write("calls/plain.txt", GROW);
    write(".hidden/a.md", GROW);
    write("archive/old.md", GROW);
    write("private/mine.md", GROW);
    write(".ignore", "private/\n");
    write("sowhat.toml", "exclude = [\"archive/\"]\n");
    folder
}

fn uri(folder: &TempDir, name: &str) -> String {
    format!("file://{}", folder.path().join(name).display())
}

fn start(name: &str, folder: &Path) -> Client {
    Client::in_folder(capabilities(name), folder)
}

/// The goals that a query finds, each with the title of its note.
fn search(client: &mut Client, query: &str) -> Vec<String> {
    let found = client.request("workspace/symbol", json!({"query": query}));
    let shown = |goal: &Value| {
        let [note, goal] = ["containerName", "name"].map(|key| goal[key].as_str().unwrap());
        format!("{note}: {goal}")
    };
    found
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(shown)
        .collect()
}

#[test]
fn the_goals_of_all_notes_come_with_how_each_stands() {
    let folder = folder();
    let mut client = start("vscode", folder.path());
    let note = uri(&folder, "acme.md");
    client.open(
        &note,
        "# Acme\n\n## Goals\n\n- Grow ARR to $5M so we can open in Berlin\n  - What happens if you don't hit that goal?\n",
    );
    let notes = client.request("sowhat/goals", json!({})).unwrap();
    assert_eq!(notes.as_array().unwrap().len(), 2);
    let one = json!({"textDocument": {"uri": note}});
    let one = client.request("sowhat/goals", one).unwrap();
    assert_eq!(one, json!([notes[0]]));
    assert_eq!(notes[0]["uri"], note.as_str());
    assert_eq!(notes[0]["title"], "Acme");
    let goal = &notes[0]["goals"][0];
    assert_eq!(goal["text"], "Grow ARR to $5M");
    assert_eq!(goal["range"]["start"], json!({"line": 4, "character": 2}));
    let states = json!([
        {"qualifier": "importance", "state": "answered", "open": false},
        {"qualifier": "cost-of-inaction", "state": "asked", "open": false},
        {"qualifier": "realism", "state": "missing", "open": true},
    ]);
    assert_eq!(goal["qualifiers"], states);
    client.quit();
}

/// Tells that a file has changed, where the client tells such things.
fn touched(client: &mut Client, uri: &str) {
    let changes = json!({"changes": [{"uri": uri, "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
}

#[test]
fn a_search_finds_the_goals_of_all_notes() {
    for name in ["vscode", "nvim", "none"] {
        let folder = folder();
        let mut client = start(name, folder.path());
        let all = ["Acme: Grow ARR to $5M", "Initech: Cut churn to 5%"];
        assert_eq!(search(&mut client, ""), all, "{name}");
        assert_eq!(search(&mut client, "CHURN"), all[1..], "{name}");
        assert_eq!(search(&mut client, "acme arr"), all[..1], "{name}");
        assert_eq!(search(&mut client, "nrr"), [""; 0], "{name}");
        client.quit();
    }
}

#[test]
fn what_changes_on_the_disk_is_found_whether_the_client_watches_or_not() {
    for name in ["vscode", "nvim", "none"] {
        let folder = folder();
        let mut client = start(name, folder.path());
        assert_eq!(search(&mut client, "").len(), 2);
        let new = "# Hooli\n\n## Goals\n\n- Open 12 stores\n- Hire 4 reps\n";
        fs::write(folder.path().join("hooli.md"), new).unwrap();
        fs::write(folder.path().join("acme.md"), "# Acme\n\nLunch.\n").unwrap();
        fs::remove_file(folder.path().join("calls/initech.markdown")).unwrap();
        if name == "vscode" {
            for file in ["hooli.md", "acme.md", "calls/initech.markdown"] {
                touched(&mut client, &uri(&folder, file));
            }
        }
        let found = search(&mut client, "");
        assert_eq!(
            found,
            ["Hooli: Open 12 stores", "Hooli: Hire 4 reps"],
            "{name}"
        );

        // Settings count from then on, too.
        fs::write(
            folder.path().join("sowhat.toml"),
            "exclude = [\"hooli*\"]\n",
        )
        .unwrap();
        if name == "vscode" {
            touched(&mut client, &uri(&folder, "sowhat.toml"));
        }
        assert_eq!(search(&mut client, ""), ["Acme: Grow ARR to $5M"], "{name}");
        client.quit();
    }
}

#[test]
fn an_open_note_counts_as_it_is_in_the_editor() {
    let folder = folder();
    let note = uri(&folder, "acme.md");
    let mut client = start("vscode", folder.path());
    client.open(&note, "# Acme\n\n## Goals\n\n- Grow ARR to $9M\n");
    assert_eq!(search(&mut client, "grow"), ["Acme: Grow ARR to $9M"]);
    touched(&mut client, &note);
    assert_eq!(search(&mut client, "grow"), ["Acme: Grow ARR to $9M"]);
    client.close(&note);
    assert_eq!(search(&mut client, "grow"), ["Acme: Grow ARR to $5M"]);
    client.quit();
}

#[test]
fn a_folder_whose_only_note_is_open_is_searched_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("acme.md"), GROW).unwrap();
    let mut client = start("vscode", folder.path());
    client.open(&uri(&folder, "acme.md"), GROW);
    assert_eq!(search(&mut client, ""), ["Acme: Grow ARR to $5M"]);
    client.quit();
}

#[test]
fn folders_come_and_go() {
    let [first, second] = [folder(), tempfile::tempdir().unwrap()];
    fs::write(
        second.path().join("hooli.md"),
        "# Hooli\n\n## Goals\n\n- Open 12 stores\n",
    )
    .unwrap();
    let mut client = start("vscode", first.path());
    let of = |folder: &TempDir| json!([{"uri": format!("file://{}", folder.path().display()), "name": "x"}]);
    let event = json!({"event": {"added": of(&second), "removed": of(&first)}});
    client.notify("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(search(&mut client, ""), ["Hooli: Open 12 stores"]);
    client.quit();
}

/// The reports of an answer: each note's name, its result id and how many findings it has.
fn reports(answer: &Value) -> Vec<(String, Value, usize)> {
    let report = |report: &Value| {
        assert_eq!(report["kind"], "full");
        let name = report["uri"].as_str().unwrap().rsplit_once('/').unwrap().1;
        let count = report["items"].as_array().unwrap().len();
        (name.to_owned(), report["resultId"].clone(), count)
    };
    answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(report)
        .collect()
}

/// What a client sends that has these reports.
fn previous(folder: &TempDir, known: &[(&str, &Value)]) -> Value {
    let of = |(name, id): &(&str, &Value)| json!({"uri": uri(folder, name), "value": id});
    json!({"previousResultIds": known.iter().map(of).collect::<Vec<_>>()})
}

#[test]
fn findings_of_all_notes_are_pulled_once_and_then_when_something_changes() {
    let folder = folder();
    let mut client = start("vscode", folder.path());
    let first = client
        .request("workspace/diagnostic", previous(&folder, &[]))
        .unwrap();
    let first = reports(&first);
    let seen: Vec<_> = first
        .iter()
        .map(|(name, _, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(seen, [("acme.md", 3), ("initech.markdown", 3)]);
    let [acme, initech] = [&first[0].1, &first[1].1];

    // Nothing is new: the answer waits until something is.
    let known = [("acme.md", acme), ("calls/initech.markdown", initech)];
    let held = client.ask("workspace/diagnostic", previous(&folder, &known));
    let answered = |message: &Value| (message["id"] == held).then(|| message["result"].clone());
    assert_eq!(client.wait_for(A_WHILE, answered), None);
    let reached = "# Acme\n\n## Goals\n\n- Grow ARR to $5M so we can open in Berlin\n";
    fs::write(folder.path().join("acme.md"), reached).unwrap();
    touched(&mut client, &uri(&folder, "acme.md"));
    let second = client.answer(held).unwrap();
    let second = reports(&second);
    assert_eq!(second.len(), 1);
    assert_eq!((second[0].0.as_str(), second[0].2), ("acme.md", 2));

    // A note that has gone has no findings any more.
    let known = [
        ("acme.md", &second[0].1),
        ("calls/initech.markdown", initech),
    ];
    let held = client.ask("workspace/diagnostic", previous(&folder, &known));
    fs::remove_file(folder.path().join("calls/initech.markdown")).unwrap();
    touched(&mut client, &uri(&folder, "calls/initech.markdown"));
    let third = client.answer(held).unwrap();
    assert_eq!(
        reports(&third),
        [("initech.markdown".to_owned(), Value::Null, 0)]
    );

    // One who knows nothing gets everything.
    let all = client
        .request("workspace/diagnostic", previous(&folder, &[]))
        .unwrap();
    assert_eq!(reports(&all), second);
    client.quit();
}

#[test]
fn an_open_notes_findings_come_with_its_version_and_win() {
    let folder = folder();
    let note = uri(&folder, "acme.md");
    let mut client = start("vscode", folder.path());
    client.open(
        &note,
        "# Acme\n\n## Goals\n\n- Grow ARR to $5M so we can open in Berlin\n",
    );
    client.pull(&note);
    let answer = client
        .request("workspace/diagnostic", previous(&folder, &[]))
        .unwrap();
    let open = answer["items"].as_array().unwrap().iter();
    let open: Vec<_> = open
        .filter(|report| report["uri"] == note.as_str())
        .collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["version"], 1);
    assert_eq!(open[0]["items"].as_array().unwrap().len(), 2);
    client.quit();
}

#[test]
fn a_pull_that_is_held_can_be_cancelled_and_holds_no_goodbye_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = start("vscode", folder.path());
    let held = client.ask("workspace/diagnostic", previous(&folder, &[]));
    client.notify("$/cancelRequest", json!({"id": held}));
    assert_eq!(client.answer(held).unwrap_err()["code"], -32800);
    client.ask("workspace/diagnostic", previous(&folder, &[]));
    client.quit();
}

#[test]
fn many_notes_are_told_in_parts_with_progress_and_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..300 {
        fs::write(folder.path().join(format!("{number:03}.md")), GROW).unwrap();
    }
    let mut client = start("vscode", folder.path());
    let mut params = previous(&folder, &[]);
    params["partialResultToken"] = json!("parts");
    let pulled = client.ask("workspace/diagnostic", params);
    let last = reports(&client.answer(pulled).unwrap());
    let early = client
        .heard
        .iter()
        .filter(|of| of["params"]["token"] == "parts");
    let early: usize = early.map(|of| reports(&of["params"]["value"]).len()).sum();
    assert!(early > 0);
    assert_eq!(early + last.len(), 300);
    assert_eq!(
        client.asked("window/workDoneProgress/create")["token"],
        "sowhat/workspace"
    );
    let kind = |kind: &'static str| {
        move |message: &Value| {
            let value = &message["params"]["value"];
            (message["params"]["token"] == "sowhat/workspace" && value["kind"] == kind)
                .then_some(())
        }
    };
    client.wait("the begin", kind("begin"));
    client.wait("the end", kind("end"));
    client.quit();
}
