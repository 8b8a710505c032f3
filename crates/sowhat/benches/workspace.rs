//! What a workspace of 5,000 notes costs: a search once everything is known, and opening a note beside it. Run with
//! `cargo bench -p sowhat --bench workspace`; prints medians, and ratios within this run.
#![expect(clippy::unwrap_used, reason = "what fails here fails the run")]
#![expect(clippy::print_stdout, reason = "the result")]

#[path = "../tests/lsp/client.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod client;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use client::{Client, capabilities};
use serde_json::json;

const NOTES: usize = 5_000;
const ROUNDS: usize = 41;

fn main() {
    let [full, empty] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for number in 0..NOTES {
        let folder = full.path().join(format!("{:02}", number % 50));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number:04}.md")), note(number)).unwrap();
    }

    let mut beside = start("vscode", full.path());
    let first = time(|| assert_eq!(search(&mut beside, "4999 arr"), 1));
    println!("{NOTES} notes, first search: {}", shown(first));
    let mut alone = start("vscode", empty.path());
    search(&mut alone, "");
    searches(full.path());
    opening(&mut beside, &mut alone);
    let [full, none] = [memory(&beside), memory(&alone)];
    println!("memory: {full} beside them, {none} without");
}

fn searches(folder: &Path) {
    for (name, what) in [
        ("vscode", "told of changes"),
        ("nvim", "looking for changes itself"),
    ] {
        let mut client = start(name, folder);
        search(&mut client, "");
        let one = median(|| assert_eq!(search(&mut client, "4999 arr"), 1));
        let all = median(|| assert_eq!(search(&mut client, ""), 2 * NOTES));
        let [one, all] = [one, all].map(shown);
        println!("warm search, {what}: one note {one}, all goals {all}");
    }
    println!(
        "grep -rni over the same folder: {}",
        shown(median(|| grep(folder)))
    );
}

/// Opening a note that nobody has seen, in turns.
fn opening(beside: &mut Client, alone: &mut Client) {
    let mut number = 0;
    let mut open = |client: &mut Client| {
        number += 1;
        let uri = format!("file:///elsewhere/{number}.md");
        let took = time(|| {
            client.open(&uri, &note(number));
            client.pull(&uri);
        });
        client.close(&uri);
        took
    };
    let turns = (0..ROUNDS).map(|_| (open(beside), open(alone)));
    let (beside, alone): (Vec<_>, Vec<_>) = turns.unzip();
    let [beside, alone] = [beside, alone].map(middle);
    let ratio = beside.as_secs_f64() / alone.as_secs_f64();
    let [beside, alone] = [beside, alone].map(shown);
    println!("opening a note: {beside} beside them, {alone} without: {ratio:.2}x");
}

/// A note of a kilobyte with two goals.
fn note(number: usize) -> String {
    let talk = "They have used the old system for years and the team knows it well; nobody looked at the returns. ";
    format!(
        "# Call {number} with Brackenfield\n\n## Goals\n\n- Grow ARR from $8M to ${}M this year\n- Cut churn to {}% by June\n  - if missed: {} jobs go\n\n## Notes\n\n{}\n",
        9 + number % 9,
        2 + number % 7,
        3 + number % 40,
        talk.repeat(8)
    )
}

fn start(name: &str, folder: &Path) -> Client {
    Client::in_folder(capabilities(name), folder)
}

fn search(client: &mut Client, query: &str) -> usize {
    let found = client.request("workspace/symbol", json!({"query": query}));
    found.unwrap().as_array().unwrap().len()
}

fn grep(folder: &Path) {
    let mut grep = Command::new("grep");
    let grep = grep.args(["-rni", "arr"]).arg(folder);
    grep.stdout(Stdio::null()).status().unwrap();
}

/// What a server keeps in memory, as Linux counts it.
fn memory(client: &Client) -> String {
    let status = fs::read_to_string(format!("/proc/{}/status", client.process()));
    let status = status.unwrap_or_default();
    let mut fields = status.lines().filter_map(|of| of.strip_prefix("VmRSS:"));
    fields.next().unwrap_or("unknown").trim().to_owned()
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut work: impl FnMut()) -> Duration {
    middle((0..ROUNDS).map(|_| time(&mut work)).collect())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
