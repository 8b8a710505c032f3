//! How a connection begins, what it survives, and how it ends.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

const NOTE: &str = "file:///notes/a.md";

#[test]
fn a_client_is_offered_what_works_and_nothing_else() {
    for name in ["nvim", "vscode", "none"] {
        let client = Client::start(name, Value::Null);
        let modifiers = [
            "qualified",
            "asked",
            "vague",
            "importance",
            "costOfInaction",
            "realism",
        ];
        let legend = json!({"tokenTypes": ["goal", "evidence"], "tokenModifiers": modifiers});
        let mut expected = json!({
            "completionProvider": {},
            "documentSymbolProvider": true,
            "executeCommandProvider": {"commands": ["sowhat.check", "sowhat.ask"]},
            "foldingRangeProvider": true,
            "hoverProvider": true,
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
            "workspaceSymbolProvider": true,
            "inlayHintProvider": true,
            "semanticTokensProvider": {"full": {"delta": true}, "range": true, "legend": legend},
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
        });
        if name != "none" {
            let kinds = json!(["quickfix", "refactor.rewrite", "source.fixAll.sowhat"]);
            expected["codeActionProvider"] = json!({"codeActionKinds": kinds});
            expected["codeLensProvider"] = json!({"resolveProvider": false});
        }
        match name {
            "nvim" => expected["positionEncoding"] = json!("utf-8"),
            "vscode" => {
                expected["positionEncoding"] = json!("utf-16");
                expected["diagnosticProvider"] = json!({
                    "identifier": "sowhat",
                    "interFileDependencies": false,
                    "workspaceDiagnostics": true,
                });
            }
            _ => {}
        }
        assert_eq!(client.server["capabilities"], expected, "{name}");
        assert_eq!(client.server["serverInfo"]["name"], "sowhat");
        client.quit();
    }
}

#[test]
fn only_what_a_client_announced_is_registered_or_asked() {
    let mut vscode = Client::start("vscode", Value::Null);
    vscode.open(NOTE, "");
    vscode.findings(NOTE, 1);
    let _ = vscode.wait_for(Duration::from_millis(300), |_| None::<()>);
    assert!(
        vscode
            .registered
            .contains(&"workspace/didChangeWatchedFiles".to_owned())
    );
    assert!(
        vscode
            .registered
            .contains(&"workspace/didChangeConfiguration".to_owned())
    );
    vscode.quit();

    // Whatever the server asks of this one, the client panics at.
    let mut none = Client::start("none", Value::Null);
    none.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    none.open(NOTE, "");
    none.findings(NOTE, 1);
    let _ = none.wait_for(Duration::from_millis(300), |_| None::<()>);
    assert_eq!(none.registered, [""; 0]);
    none.quit();
}

#[test]
fn a_burst_of_edits_and_then_shutdown_answers_at_once() {
    // The best of three, for the machine may be busy with something else.
    let took = (0..3).map(|_| burst()).min().unwrap();
    assert!(took < Duration::from_millis(100), "{took:?}");
}

fn burst() -> Duration {
    let mut client = Client::start("nvim", Value::Null);
    let note = "# Goals\n\n- Grow ARR to $5M\n".repeat(200);
    client.open(NOTE, &note);
    client.findings(NOTE, 1);
    for version in 2..202 {
        let end = json!({"line": 2, "character": 3});
        client.change(
            NOTE,
            version,
            json!([{"range": {"start": end, "end": end}, "text": "x"}]),
        );
    }
    let asked = Instant::now();
    client.request("shutdown", Value::Null).unwrap();
    let took = asked.elapsed();
    client.notify("exit", Value::Null);
    assert!(client.end().success());
    took
}

#[test]
fn what_is_no_message_is_answered_and_the_next_is_read() {
    let mut client = Client::start("nvim", Value::Null);
    let error = |client: &mut Client| {
        client.wait("an error", |message| {
            message
                .get("error")
                .map(|error| (message["id"].clone(), error["code"].clone()))
        })
    };
    client.send_raw(b"{\"jsonrpc\": \"2.0\", \"method\":");
    assert_eq!(error(&mut client), (Value::Null, json!(-32700)));
    client.send_raw(b"\xFF\xFE");
    assert_eq!(error(&mut client), (Value::Null, json!(-32700)));
    client.send_raw(b"");
    assert_eq!(error(&mut client), (Value::Null, json!(-32700)));
    client.send_raw(b"[]");
    assert_eq!(error(&mut client), (Value::Null, json!(-32600)));
    client.quit();
}

#[test]
fn bad_parameters_are_an_error_and_nothing_more() {
    let mut client = Client::start("nvim", Value::Null);
    let code = |answer: Result<Value, Value>| answer.unwrap_err()["code"].clone();
    assert_eq!(
        code(client.request("textDocument/codeAction", json!({"textDocument": 7}))),
        -32602
    );
    let empty = json!({"textDocument": {"uri": ""}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "context": {"diagnostics": []}});
    assert_eq!(
        code(client.request("textDocument/codeAction", empty)),
        -32602
    );
    assert_eq!(
        code(client.request("textDocument/teleport", json!({}))),
        -32601
    );
    assert_eq!(
        code(client.request("initialize", json!({"capabilities": {}}))),
        -32600
    );
    assert_eq!(
        code(client.request("workspace/executeCommand", json!({"command": "rm"}))),
        -32602
    );
    client.notify("textDocument/didOpen", json!({"textDocument": {"uri": ""}}));
    client.notify("textDocument/didChange", json!([]));
    client.notify("$/setTrace", json!({"value": "off"}));
    client.notify("$/cancelRequest", json!({"id": 900}));
    client.send(&json!({"jsonrpc": "2.0", "id": 901, "result": null}));
    client.open(NOTE, "");
    assert_eq!(client.findings(NOTE, 1), [] as [Value; 0]);
    client.quit();
}

#[test]
fn a_cancelled_request_is_answered_and_harms_nothing() {
    let mut client = Client::start("nvim", Value::Null);
    client.open(NOTE, &"# Goals\n\n- Grow ARR to $5M\n".repeat(300));
    let zero = json!({"line": 2, "character": 3});
    let params = json!({"textDocument": {"uri": NOTE}, "range": {"start": zero, "end": zero}, "context": {"diagnostics": []}});
    let ids: Vec<i64> = (0..20)
        .map(|_| client.ask("textDocument/codeAction", params.clone()))
        .collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({"id": id}));
    }
    for id in ids {
        match client.answer(id) {
            Ok(actions) => assert!(actions.is_array()),
            Err(error) => assert_eq!(error["code"], -32800),
        }
    }
    client.quit();
}

#[test]
fn nothing_is_answered_before_initialize() {
    let mut client = Client::spawn();
    assert_eq!(
        client.request("shutdown", Value::Null).unwrap_err()["code"],
        -32002
    );
    client.open(NOTE, "# Goals\n\n- Grow ARR to $5M\n");
    let params = json!({"processId": null, "capabilities": capabilities("nvim")});
    client.request("initialize", params).unwrap();
    client.quit();
}

#[test]
fn messages_behind_exit_do_not_keep_the_server() {
    let mut client = Client::start("nvim", Value::Null);
    client.request("shutdown", Value::Null).unwrap();
    assert_eq!(
        client.request("textDocument/hover", json!({})).unwrap_err()["code"],
        -32600
    );
    client.notify("exit", Value::Null);
    // The server may be gone already.
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        client.notify("textDocument/didOpen", json!({}));
        client.ask("shutdown", Value::Null);
    }));
    assert_eq!(client.end().code(), Some(0));
}

#[test]
fn the_exit_code_tells_whether_goodbye_was_said() {
    let mut client = Client::start("nvim", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(1));

    let mut client = Client::start("nvim", Value::Null);
    assert_eq!(client.hang_up().code(), Some(1));

    let mut client = Client::start("nvim", Value::Null);
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(0));
}
