//! Findings and what can be done about them.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

const NOTE: &str = "file:///notes/a.md";
const TEXT: &str = "# Goals\n\n- Grow ARR to $5M\n- Cut churn to 5%\n";

fn range(line: u32) -> Value {
    json!({"start": {"line": line, "character": 4}, "end": {"line": line, "character": 4}})
}

/// VS Code, as if it knew no edits that leave the cursor inside.
fn plain_edits() -> Value {
    let mut capabilities = capabilities("vscode");
    capabilities["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(false);
    capabilities
}

/// Applies edits whose ranges are empty, in the order of the list.
fn insert(text: &str, edits: &Value) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for edit in edits.as_array().unwrap().iter().rev() {
        let start = &edit["range"]["start"];
        assert_eq!(start, &edit["range"]["end"]);
        let line = &mut lines[start["line"].as_u64().unwrap() as usize];
        line.insert_str(
            start["character"].as_u64().unwrap() as usize,
            edit["newText"].as_str().unwrap(),
        );
    }
    lines.join("\n")
}

#[test]
fn findings_come_once_with_version_code_and_source() {
    let mut client = Client::start("vscode", Value::Null);
    client.open(NOTE, TEXT);
    let findings = client.findings(NOTE, 1);
    let told: Vec<_> = findings
        .iter()
        .map(|of| {
            format!(
                "{} {} {} {}",
                of["range"]["start"]["line"],
                of["severity"],
                of["code"].as_str().unwrap(),
                of["source"]
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "2 2 importance-missing \"sowhat\"",
            "2 2 cost-of-inaction-missing \"sowhat\"",
            "2 2 realism-missing \"sowhat\"",
            "3 2 importance-missing \"sowhat\"",
            "3 2 cost-of-inaction-missing \"sowhat\"",
            "3 2 realism-missing \"sowhat\"",
        ]
    );
    assert_eq!(
        findings[1]["message"],
        "No cost of inaction. Ask: “What happens if you don't hit that goal?”"
    );
    assert_eq!(
        findings[1]["data"],
        json!({"qualifier": "cost-of-inaction"})
    );

    client.close(NOTE);
    client.quit();
}

#[test]
fn what_is_no_markdown_is_not_judged() {
    let mut client = Client::start("nvim", Value::Null);
    let document = json!({"uri": "file:///notes/a.txt", "languageId": "plaintext", "version": 1, "text": TEXT});
    client.notify("textDocument/didOpen", json!({"textDocument": document}));
    assert_eq!(
        client.actions("file:///notes/a.txt", range(2), Value::Null),
        [] as [Value; 0]
    );
    for (uri, language) in [
        ("file:///notes/b.MD", "text"),
        ("untitled:Untitled-1", "markdown"),
    ] {
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": TEXT});
        client.notify("textDocument/didOpen", json!({"textDocument": document}));
        assert_eq!(client.findings(uri, 1).len(), 6);
    }
    assert!(
        client
            .heard
            .iter()
            .all(|message| message["params"]["uri"] != "file:///notes/a.txt")
    );
    client.quit();
}

#[test]
fn a_quick_fix_asks_and_carries_its_whole_edit() {
    for (capabilities, versioned) in [(plain_edits(), true), (capabilities("nvim"), false)] {
        let mut client = Client::with(capabilities, Value::Null, Value::Null);
        client.open(NOTE, TEXT);
        let findings = client.findings(NOTE, 1);
        let actions = client.actions(NOTE, range(2), json!(["quickfix"]));
        let ask = actions
            .iter()
            .find(|action| action["title"] == "Ask: \"What happens if you don't hit that goal?\"")
            .unwrap_or_else(|| panic!("{actions:?}"));
        assert_eq!(ask["kind"], "quickfix");
        assert_eq!(ask["isPreferred"], true);
        assert_eq!(ask["diagnostics"], json!([findings[1]]));
        let edits = match versioned {
            true => {
                let edit = &ask["edit"]["documentChanges"][0];
                assert_eq!(edit["textDocument"], json!({"uri": NOTE, "version": 1}));
                &edit["edits"]
            }
            false => &ask["edit"]["changes"][NOTE],
        };
        let asked = insert(TEXT, edits);
        assert_eq!(
            asked,
            "# Goals\n\n- Grow ARR to $5M\n  - What happens if you don't hit that goal?\n- Cut churn to 5%\n"
        );
        client.quit();
    }
}

/// What an action inserts for a client whose snippets leave the cursor inside.
fn snippet(client: &mut Client, line: u32, title: &str) -> Value {
    let actions = client.actions(NOTE, range(line), json!(["quickfix"]));
    let action = actions.iter().find(|action| action["title"] == title);
    action.unwrap()["edit"]["documentChanges"][0]["edits"].clone()
}

#[test]
fn the_cursor_goes_where_the_answer_is_to_be_typed() {
    const ASK: &str = "Ask: \"What happens if you don't hit that goal?\"";
    let mut client = Client::start("vscode", Value::Null);
    client.open(NOTE, "# Goals\n\n- Sales\n  - Grow ARR to $5M\n\n| Goal | Cost |\n|---|---|\n| Cut churn to 5% | |\n");
    let edits = snippet(&mut client, 3, ASK);
    let end = json!({"line": 3, "character": 19});
    // The editor adds the indentation of the goal's line.
    let value = "\n  - What happens if you don't hit that goal? $0";
    assert_eq!(
        edits,
        json!([{"range": {"start": end, "end": end}, "snippet": {"kind": "snippet", "value": value}}])
    );

    // Tab goes from answer to answer.
    let all = snippet(&mut client, 3, "Ask all 3 that this goal misses");
    let value = all[0]["snippet"]["value"].as_str().unwrap();
    let places: Vec<&str> = value
        .lines()
        .filter_map(|line| line.rsplit(' ').next())
        .collect();
    assert_eq!(places, ["", "$1", "$2", "$0"]);
    client.quit();
}

#[test]
fn where_an_editor_would_change_the_indentation_edits_are_plain() {
    let mut client = Client::start("vscode", Value::Null);
    client.open(NOTE, "# Goals\n\n- Sales\n\t- Grow ARR to $5M\n");
    let edits = snippet(
        &mut client,
        3,
        "Ask: \"What happens if you don't hit that goal?\"",
    );
    assert_eq!(
        edits[0]["newText"],
        "\n\t\t- What happens if you don't hit that goal?"
    );
    client.quit();
}

#[test]
fn what_nobody_asked_for_is_offered_about_findings_only() {
    let mut client = Client::start("vscode", Value::Null);
    client.open(
        NOTE,
        "# Goals\n\n- Grow ARR to $5M so we can open in Berlin\n\nThey had lunch with us.\n",
    );
    let kinds = |client: &mut Client, line: u32, trigger: u32| {
        let context = json!({"diagnostics": [], "triggerKind": trigger});
        let params =
            json!({"textDocument": {"uri": NOTE}, "range": range(line), "context": context});
        let actions = client.request("textDocument/codeAction", params).unwrap();
        let actions = actions.as_array().unwrap().iter();
        let mut kinds: Vec<String> = actions
            .map(|of| of["kind"].as_str().unwrap().to_owned())
            .collect();
        kinds.dedup();
        kinds
    };
    let (invoked, automatic) = (1, 2);
    let all = ["quickfix", "refactor.rewrite", "source.fixAll.sowhat"];
    assert_eq!(kinds(&mut client, 2, invoked), all);
    assert_eq!(kinds(&mut client, 2, automatic), all[..1]);
    assert_eq!(kinds(&mut client, 4, invoked), all[1..]);
    assert_eq!(kinds(&mut client, 4, automatic), [""; 0]);
    client.quit();
}

#[test]
fn a_finding_names_the_page_that_explains_it() {
    for (name, named) in [("vscode", true), ("nvim", false)] {
        let mut client = Client::start(name, Value::Null);
        client.open(NOTE, TEXT);
        let findings = client.findings(NOTE, 1);
        let page = &findings[0]["codeDescription"]["href"];
        assert_eq!(page.is_string(), named, "{name}");
        if let Some(page) = page.as_str() {
            let page = fs::read_to_string(page.strip_prefix("file://").unwrap()).unwrap();
            assert!(page.starts_with("# importance-missing\n"), "{page}");
        }
        client.quit();
    }
}

#[test]
fn fix_all_asks_everything_and_only_where_it_is_wanted() {
    let mut client = Client::start("nvim", Value::Null);
    client.open(NOTE, TEXT);
    for only in [
        json!(["source"]),
        json!(["source.fixAll"]),
        json!(["source.fixAll.sowhat"]),
    ] {
        let actions = client.actions(NOTE, range(0), only);
        assert_eq!(actions.len(), 1);
        assert_eq!(actions[0]["kind"], "source.fixAll.sowhat");
        let edits = &actions[0]["edit"]["changes"][NOTE];
        assert_eq!(edits.as_array().unwrap().len(), 6);
        assert_eq!(insert(TEXT, edits).lines().count(), 10);
    }
    for only in [
        json!(["source.organizeImports"]),
        json!(["source.fixAllX"]),
        json!(["refactor"]),
        json!([]),
    ] {
        assert_eq!(client.actions(NOTE, range(2), only), [] as [Value; 0]);
    }
    client.quit();
}

#[test]
fn a_question_keeps_the_notes_line_endings_and_its_missing_last_one() {
    let mut client = Client::with(plain_edits(), Value::Null, Value::Null);
    for (text, expected) in [
        ("# Goals\r\n\r\n- Grow ARR to $5M 🚀", ("\r\n", 2)),
        ("# Goals\n- Grow ARR to $5M", ("\n", 1)),
    ] {
        client.open(NOTE, text);
        let actions = client.actions(NOTE, range(expected.1), json!(["quickfix"]));
        let edit = &actions[0]["edit"]["documentChanges"][0]["edits"][0];
        assert_eq!(
            edit["newText"],
            format!(
                "{}  - Is this an important target? Why or why not?",
                expected.0
            )
        );
        let line = text.lines().last().unwrap();
        let end = json!({"line": expected.1, "character": line.encode_utf16().count()});
        assert_eq!(edit["range"], json!({"start": end, "end": end}));
    }
    client.quit();
}

#[test]
fn a_client_without_literals_gets_no_actions_but_all_findings() {
    let mut client = Client::with(capabilities("none"), Value::Null, Value::Null);
    client.open(NOTE, TEXT);
    let findings = client.findings(NOTE, 1);
    assert_eq!(findings.len(), 6);
    assert!(
        findings
            .iter()
            .all(|of| of.get("data").is_none() && of.get("relatedInformation").is_none())
    );
    client.quit();
}

#[test]
fn findings_on_a_goal_that_is_being_typed_come_after_the_pause() {
    let mut client = Client::start("nvim", json!({"typing_pause": 400}));
    client.open(NOTE, "# Goals\n\n- Grow ARR to $5M\n- \n");
    assert_eq!(client.findings(NOTE, 1).len(), 3);
    let mut version = 1;
    let mut column = 2;
    for piece in ["Cut ", "churn ", "to ", "5%"] {
        version += 1;
        let at = json!({"line": 3, "character": column});
        client.change(
            NOTE,
            version,
            json!([{"range": {"start": at, "end": at}, "text": piece}]),
        );
        column += piece.len();
        assert_eq!(client.findings(NOTE, version).len(), 3, "{piece}");
    }
    assert_eq!(client.findings(NOTE, version).len(), 6, "after the pause");
    client.quit();
}
