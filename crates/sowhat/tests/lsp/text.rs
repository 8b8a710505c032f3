//! The text on both sides stays the same, whatever is edited and however columns are counted.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

const NOTE: &str = "file:///notes/a.md";
const FRESH: &str = "file:///notes/fresh.md";

/// Columns in UTF-16, no pause and no reader, who waits for one: what is published is what there is.
fn utf16() -> Client {
    Client::start("vscode", json!({"typing_pause": 0, "reader": false}))
}

fn range(lines: [u32; 2], columns: [u32; 2]) -> Value {
    json!({"start": {"line": lines[0], "character": columns[0]}, "end": {"line": lines[1], "character": columns[1]}})
}

/// Findings without what only says where they came from.
fn fresh(client: &mut Client, text: &str) -> Vec<Value> {
    client.open(FRESH, text);
    let findings = client.findings(FRESH, 1);
    client.close(FRESH);
    findings.into_iter().map(bare).collect()
}

fn bare(mut finding: Value) -> Value {
    finding
        .as_object_mut()
        .unwrap()
        .remove("relatedInformation");
    finding
}

#[test]
fn no_one_and_many_changes_in_one_notification() {
    let mut client = utf16();
    client.open(NOTE, "# Goals\n\n- Grow ARR\n");
    client.findings(NOTE, 1);
    client.change(NOTE, 2, json!([]));
    client.findings(NOTE, 2);
    client.change(
        NOTE,
        3,
        json!([{"range": range([2, 2], [10, 10]), "text": " to $5M"}]),
    );
    client.findings(NOTE, 3);
    let changes = json!([
        {"text": "# Goals\n- x\n"},
        {"range": range([1, 1], [2, 3]), "text": "Grow ARR to $5M"},
        {"range": range([0, 0], [0, 0]), "text": "🚀\n\n"},
        {"range": range([90, 99], [7, 7]), "text": "- Cut churn to 5%\n"},
        {"range": range([3, 3], [17, 999]), "text": " by June"},
    ]);
    client.change(NOTE, 4, changes);
    let findings: Vec<Value> = client.findings(NOTE, 4).into_iter().map(bare).collect();
    let expected = fresh(
        &mut client,
        "🚀\n\n# Goals\n- Grow ARR to $5M by June\n- Cut churn to 5%\n",
    );
    assert_eq!(findings, expected);
    assert_eq!(findings.len(), 6);
    client.quit();
}

#[test]
fn columns_are_counted_as_agreed() {
    let line = "- 👨‍👩‍👧 Grow café ARR to $5M";
    let note = format!("# Goals\r\n\r\n{line}\r\n");
    for (encoding, width) in [
        ("utf-8", (|of| of.len_utf8() as u64) as fn(char) -> u64),
        ("utf-16", |of| of.len_utf16() as u64),
        ("utf-32", |_| 1),
    ] {
        let mut announced = capabilities("none");
        announced["general"] = json!({"positionEncodings": [encoding]});
        let mut client = Client::with(announced, json!({"typing_pause": 0}), Value::Null);
        assert_eq!(client.server["capabilities"]["positionEncoding"], encoding);
        client.open(NOTE, &note);
        let findings = client.findings(NOTE, 1);
        let columns = |text: &str| text.chars().map(width).sum::<u64>();
        assert_eq!(findings.len(), 3, "{encoding}");
        for finding in findings {
            assert_eq!(
                finding["range"]["end"],
                json!({"line": 2, "character": columns(line)}),
                "{encoding}"
            );
        }
        let at = columns("- 👨‍👩‍👧");
        let start = json!({"line": 2, "character": 2});
        let end = json!({"line": 2, "character": at});
        client.change(
            NOTE,
            2,
            json!([{"range": {"start": start, "end": end}, "text": ""}]),
        );
        let after: Vec<Value> = client.findings(NOTE, 2).into_iter().map(bare).collect();
        assert_eq!(
            after,
            fresh(&mut client, "# Goals\r\n\r\n-  Grow café ARR to $5M\r\n"),
            "{encoding}"
        );
        client.quit();
    }
}

/// What is typed into notes, and what breaks them.
const PIECES: &[&str] = &[
    "# Goals\n",
    "- ",
    "Grow ARR to $5M",
    "\n",
    "\r\n",
    "\r",
    "  - why: ",
    "so we can open Lyon",
    "👨‍👩‍👧",
    "é",
    " ",
    "> ",
    "| a | b |\n|---|---|\n",
    "```\n",
    "x",
    "\t",
    "<!-- sowhat: ignore -->",
    "Cut churn from 8% to 5% by EOY",
    "**",
    "\n\n",
    "What happens if you don't hit that goal?",
    "---\n",
];

#[test]
fn a_thousand_edits_end_where_a_fresh_note_begins() {
    let mut client = utf16();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    let mut text = String::from(
        "# Goals\n\n- Grow ARR to $5M 🚀\n- Cut churn to 5%\n\nThey want 40 demos a month.\n",
    );
    client.open(NOTE, &text);
    for version in 2..1002 {
        let mut changes = Vec::new();
        for _ in 0..1 + next(2) {
            let bounds: Vec<usize> = (0..=text.len()).filter(|at| is_place(&text, *at)).collect();
            let start = next(bounds.len());
            let length = if text.len() > 1500 {
                next(400)
            } else {
                next(4)
            };
            let (start, end) = (
                bounds[start],
                bounds[(start + length).min(bounds.len() - 1)],
            );
            let piece = PIECES[next(PIECES.len())];
            changes.push(json!({"range": {"start": position(&text, start), "end": position(&text, end)}, "text": piece}));
            text.replace_range(start..end, piece);
        }
        client.change(NOTE, version, json!(changes));
        if version % 50 == 1 {
            let findings: Vec<Value> = client
                .findings(NOTE, version)
                .into_iter()
                .map(bare)
                .collect();
            assert_eq!(
                findings,
                fresh(&mut client, &text),
                "version {version}:\n{text}"
            );
        }
    }
    client.quit();
}

/// Where a client can edit: not inside a character, nor inside a line ending.
fn is_place(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && !(text[..at].ends_with('\r') && text[at..].starts_with('\n'))
}

fn position(text: &str, at: usize) -> Value {
    let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
    let column: usize = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .map(char::len_utf16)
        .sum();
    json!({"line": before.matches('\n').count(), "character": column})
}
