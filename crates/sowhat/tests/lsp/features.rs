//! What an editor shows beside the findings, with what real clients announce and with nothing announced at all.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

const NOTE: &str = "file:///notes/a.md";
const TEXT: &str =
    "# Acme 👩‍👩‍👧\n\n## Goals\n\n- 🚀 Grow ARR to $5M so we can open in Berlin\n- Cut churn to 5%\n";
const CLIENTS: [&str; 3] = ["vscode", "nvim", "none"];

/// A client that has seen the note's findings.
fn started(name: &str) -> Client {
    let mut client = Client::start(name, Value::Null);
    client.open(NOTE, TEXT);
    client.findings(NOTE, 1);
    client
}

fn at(line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": NOTE}, "position": {"line": line, "character": character}})
}

fn note() -> Value {
    json!({"textDocument": {"uri": NOTE}})
}

/// The words that a range of the protocol takes in the note, on one line. `utf8`: what its columns count.
fn words(range: &Value, utf8: bool) -> String {
    let (start, end) = (&range["start"], &range["end"]);
    assert_eq!(start["line"], end["line"], "on one line");
    let line = TEXT
        .lines()
        .nth(start["line"].as_u64().unwrap() as usize)
        .unwrap();
    let column = |of: &Value| of["character"].as_u64().unwrap() as usize;
    if utf8 {
        return line[column(start)..column(end)].to_owned();
    }
    let units: Vec<u16> = line.encode_utf16().collect();
    String::from_utf16(&units[column(start)..column(end)]).unwrap()
}

/// Neovim announces UTF-8, the others count UTF-16.
fn counts_bytes(name: &str) -> bool {
    name == "nvim"
}

#[test]
fn hover_tells_what_is_open_and_in_the_form_that_the_client_shows() {
    for (name, form) in [
        ("vscode", "markdown"),
        ("nvim", "markdown"),
        ("none", "plaintext"),
    ] {
        let mut client = started(name);
        let hover = client.request("textDocument/hover", at(4, 12)).unwrap();
        assert_eq!(
            words(&hover["range"], counts_bytes(name)),
            "Grow ARR to $5M"
        );
        assert_eq!(hover["contents"]["kind"], form);
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.contains("1 of 3 answered"), "{text}");
        assert_eq!(text.contains("**Realism**"), form == "markdown", "{text}");
        let nothing = client.request("textDocument/hover", at(0, 3)).unwrap();
        assert_eq!(nothing, Value::Null);
        client.quit();
    }
}

#[test]
fn hints_stand_at_the_goals_end_and_insert_their_question() {
    for name in CLIENTS {
        let mut client = started(name);
        let range =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let params = json!({"textDocument": {"uri": NOTE}, "range": range});
        let hints = client.request("textDocument/inlayHint", params).unwrap();
        let hints = hints.as_array().unwrap();
        let labels: Vec<_> = hints
            .iter()
            .map(|hint| hint["label"].as_str().unwrap())
            .collect();
        assert_eq!(
            labels,
            [
                "if missed?",
                "· vs last year?",
                "why?",
                "· if missed?",
                "· vs last year?"
            ]
        );
        let start = json!({"line": 4, "character": 0});
        let before = json!({"start": start, "end": hints[0]["position"]});
        assert_eq!(words(&before, counts_bytes(name)), "- 🚀 Grow ARR to $5M");
        assert_eq!(
            hints[0]["tooltip"],
            "What happens if you don't hit that goal?"
        );
        assert_eq!(
            hints[0]["textEdits"][0]["newText"],
            "\n  - What happens if you don't hit that goal?"
        );
        client.quit();
    }
}

#[test]
fn who_asks_before_a_note_is_shown_waits_for_it() {
    // Helix asks right behind the opening, and cannot be told to ask again.
    let mut client = Client::start("none", Value::Null);
    client.open(NOTE, TEXT);
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let hints = json!({"textDocument": {"uri": NOTE}, "range": all});
    let hints = client.request("textDocument/inlayHint", hints).unwrap();
    assert_eq!(hints.as_array().unwrap().len(), 5);
    client.quit();
}

#[test]
fn who_asks_before_a_note_is_open_is_told_to_ask_again() {
    let mut client = Client::start("vscode", Value::Null);
    let lenses = client.request("textDocument/codeLens", note()).unwrap();
    assert_eq!(lenses, Value::Null);
    client.open(NOTE, TEXT);
    client.asked("workspace/codeLens/refresh");
    let lenses = client.request("textDocument/codeLens", note()).unwrap();
    assert_eq!(lenses.as_array().unwrap().len(), 1);
    client.quit();
}

#[test]
fn no_hint_stands_on_a_line_that_is_being_typed() {
    let mut client = Client::start("vscode", json!({"typing_pause": 300}));
    client.open(NOTE, TEXT);
    client.findings(NOTE, 1);
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let params = json!({"textDocument": {"uri": NOTE}, "range": all});
    let end = json!({"line": 5, "character": 17});
    client.change(
        NOTE,
        2,
        json!([{"range": {"start": end, "end": end}, "text": " "}]),
    );
    let hints = client
        .request("textDocument/inlayHint", params.clone())
        .unwrap();
    let lines: Vec<_> = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| &hint["position"]["line"])
        .collect();
    assert_eq!(lines, [4, 4]);
    // After the pause the client is told to look again, once.
    client.asked("workspace/inlayHint/refresh");
    let hints = client.request("textDocument/inlayHint", params).unwrap();
    assert_eq!(hints.as_array().unwrap().len(), 5);
    client.quit();
}

#[test]
fn completion_offers_what_is_open_below_a_goal() {
    for (name, format) in [("vscode", 2), ("nvim", 2), ("none", 1)] {
        let mut client = started(name);
        let end = json!({"line": 6, "character": 0});
        client.change(
            NOTE,
            2,
            json!([{"range": {"start": end, "end": end}, "text": "  - "}]),
        );
        let items = client.request("textDocument/completion", at(6, 4)).unwrap();
        let items = items.as_array().unwrap();
        assert_eq!(
            items[0]["label"],
            "Is this an important target? Why or why not?"
        );
        assert_eq!(items.last().unwrap()["label"], "Goal:");
        assert!(items.iter().all(|item| item["insertTextFormat"] == format));
        client.quit();
    }
}

#[test]
fn a_lens_counts_and_its_command_asks() {
    let mut client = started("vscode");
    let lenses = client.request("textDocument/codeLens", note()).unwrap();
    let lens = &lenses[0];
    assert_eq!(words(&lens["range"], false), "Goals");
    assert_eq!(
        lens["command"]["title"],
        "2 goals · 0 qualified · ask 5 questions"
    );
    let command =
        json!({"command": lens["command"]["command"], "arguments": lens["command"]["arguments"]});
    client.request("workspace/executeCommand", command).unwrap();
    let edit = client.asked("workspace/applyEdit");
    let edits = edit["edit"]["documentChanges"][0]["edits"]
        .as_array()
        .unwrap();
    assert_eq!(edits.len(), 5);
    client.quit();
}

#[test]
fn a_client_that_lets_no_server_edit_gets_no_lens() {
    let client = Client::with(capabilities("none"), Value::Null, Value::Null);
    assert_eq!(
        client.server["capabilities"]["codeLensProvider"],
        Value::Null
    );
    client.quit();
}

#[test]
fn a_wrong_command_is_refused_in_words() {
    let mut client = started("vscode");
    let wrong = client.request(
        "workspace/executeCommand",
        json!({"command": "sowhat.ask", "arguments": [7]}),
    );
    assert_eq!(
        wrong.unwrap_err()["message"],
        "the argument is no place in a note"
    );
    client.quit();
}

#[test]
fn the_outline_is_a_tree_or_flat_as_the_client_knows_it() {
    let mut client = started("vscode");
    let symbols = client
        .request("textDocument/documentSymbol", note())
        .unwrap();
    let goals = &symbols[0]["children"][0];
    assert_eq!(goals["name"], "Goals");
    assert_eq!(goals["children"][0]["name"], "Grow ARR to $5M");
    assert_eq!(goals["children"][1]["detail"], "0 of 3 answered");
    client.quit();

    let mut client = started("none");
    let symbols = client
        .request("textDocument/documentSymbol", note())
        .unwrap();
    let flat: Vec<_> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|of| (of["name"].as_str().unwrap(), of["containerName"].as_str()))
        .collect();
    assert_eq!(
        flat,
        [
            ("Acme 👩‍👩‍👧", None),
            ("Goals", Some("Acme 👩‍👩‍👧")),
            ("Grow ARR to $5M", Some("Goals")),
            ("Cut churn to 5%", Some("Goals")),
        ]
    );
    client.quit();
}

#[test]
fn tokens_come_whole_in_a_range_and_as_what_has_changed() {
    for name in CLIENTS {
        let mut client = started(name);
        let legend = client.server["capabilities"]["semanticTokensProvider"]["legend"].clone();
        assert_eq!(legend["tokenTypes"], json!(["goal", "evidence"]));
        let all = client
            .request("textDocument/semanticTokens/full", note())
            .unwrap();
        // Goal, its reason, goal.
        let kinds: Vec<_> = all["data"]
            .as_array()
            .unwrap()
            .chunks(5)
            .map(|of| of[3].as_u64().unwrap())
            .collect();
        assert_eq!(kinds, [0, 1, 0]);
        let second =
            json!({"start": {"line": 5, "character": 0}, "end": {"line": 6, "character": 0}});
        let params = json!({"textDocument": {"uri": NOTE}, "range": second});
        let some = client
            .request("textDocument/semanticTokens/range", params)
            .unwrap();
        assert_eq!(some["data"].as_array().unwrap().len(), 5);
        assert_eq!(some["data"][0], 5);
        let params = json!({"textDocument": {"uri": NOTE}, "previousResultId": all["resultId"]});
        let same = client
            .request("textDocument/semanticTokens/full/delta", params)
            .unwrap();
        assert_eq!(same["edits"], json!([]));
        client.quit();
    }
}

#[test]
fn a_goal_folds_with_what_stands_below_it() {
    let mut client = Client::start("vscode", Value::Null);
    client.open(
        NOTE,
        "# Goals\n\n- Grow ARR to $5M\n  - so we can open in Berlin\n- Cut churn to 5%\n",
    );
    let ranges = client.request("textDocument/foldingRange", note()).unwrap();
    assert_eq!(
        ranges,
        json!([{"startLine": 2, "endLine": 3, "kind": "region"}])
    );
    client.quit();
}

#[test]
fn rewrites_are_offered_where_they_are_wanted() {
    let mut client = started("vscode");
    let place = json!({"start": {"line": 4, "character": 12}, "end": {"line": 4, "character": 12}});
    let actions = client.actions(NOTE, place, json!(["refactor"]));
    assert_eq!(actions.len(), 1, "{actions:?}");
    assert_eq!(actions[0]["kind"], "refactor.rewrite");
    assert_eq!(
        actions[0]["title"],
        "Challenge: \"If you don't go ahead, what is the plan to open in Berlin?\""
    );
    client.quit();
}

#[test]
fn nothing_is_said_of_a_note_that_is_not_open() {
    let mut client = Client::start("vscode", Value::Null);
    for (method, params) in [
        ("textDocument/hover", at(0, 0)),
        ("textDocument/completion", at(0, 0)),
        ("textDocument/codeLens", note()),
        ("textDocument/documentSymbol", note()),
        ("textDocument/foldingRange", note()),
        ("textDocument/semanticTokens/full", note()),
    ] {
        assert_eq!(
            client.request(method, params).unwrap(),
            Value::Null,
            "{method}"
        );
    }
    client.quit();
}

#[test]
fn who_pulls_is_never_pushed_to_and_hears_when_to_pull_again() {
    let mut client = Client::start("vscode", json!({"typing_pause": 300}));
    assert!(client.pulls());
    client.open(NOTE, "# Goals\n\n- Grow ARR to $5M\n- \n");
    let pull = |previous: &Value| {
        let mut params = note();
        if !previous.is_null() {
            params["previousResultId"] = previous.clone();
        }
        params
    };
    let first = client
        .request("textDocument/diagnostic", pull(&Value::Null))
        .unwrap();
    assert_eq!(first["items"].as_array().unwrap().len(), 3);
    let again = client
        .request("textDocument/diagnostic", pull(&first["resultId"]))
        .unwrap();
    assert_eq!(
        again,
        json!({"kind": "unchanged", "resultId": first["resultId"]})
    );

    // While a goal is typed its findings are held back; after the pause there is something new to pull.
    let end = json!({"line": 3, "character": 2});
    client.change(
        NOTE,
        2,
        json!([{"range": {"start": end, "end": end}, "text": "Cut churn to 5%"}]),
    );
    let typed = client
        .request("textDocument/diagnostic", pull(&first["resultId"]))
        .unwrap();
    assert_eq!(typed["kind"], "unchanged");
    client.asked("workspace/diagnostic/refresh");
    let paused = client
        .request("textDocument/diagnostic", pull(&first["resultId"]))
        .unwrap();
    assert_eq!(paused["items"].as_array().unwrap().len(), 6);

    client.notify("textDocument/didClose", note());
    let closed = client
        .request("textDocument/diagnostic", pull(&Value::Null))
        .unwrap();
    assert_eq!(closed, json!({"kind": "full", "items": []}));
    assert!(
        client
            .heard
            .iter()
            .all(|of| of["method"] != "textDocument/publishDiagnostics")
    );
    client.quit();
}

#[test]
fn who_pulls_but_cannot_be_told_to_is_pushed_to() {
    for name in ["nvim", "none"] {
        let client = Client::start(name, Value::Null);
        assert!(!client.pulls(), "{name}");
        client.quit();
    }
}
