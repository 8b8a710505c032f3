//! Notes that nobody writes and that still arrive: none takes long, none brings the judgement down.

use std::time::{Duration, Instant};

use sowhat_goals::{Memo, Settings, note};
use syntax::Document;

/// Far above what any of them takes in a release build, for a debug build on a busy machine; a quadratic step takes
/// minutes.
const LIMIT: Duration = Duration::from_secs(30);

#[track_caller]
fn check(name: &str, text: &str) {
    let document = Document::new(text);
    let begun = Instant::now();
    note(&document, &Settings::default(), &mut Memo::default());
    let took = begun.elapsed();
    assert!(took < LIMIT, "{name} took {took:?}");
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn one_line() {
    check(
        "one line",
        &"We want to grow revenue by 20% because the board asked. ".repeat(27_000),
    );
    check(
        "no end of a sentence",
        &"they want to grow revenue to 20 ".repeat(16_000),
    );
    check("one word", &"rate ".repeat(100_000));
    check("stars", &"*".repeat(100_000));
    check("NULs", &"goal \0 grow 5%\0".repeat(10_000));
}

#[test]
fn many_lines() {
    check(
        "items",
        &format!(
            "## Goals\n\n{}",
            numbered(20_000, |n| format!("- item {n}\n"))
        ),
    );
    check(
        "numbers",
        &format!(
            "## Goals\n\n{}",
            numbered(20_000, |n| format!("{}. item\n", n + 1))
        ),
    );
    check(
        "lines",
        &numbered(20_000, |n| format!("Line {n}: something was said\n")),
    );
    let goals = numbered(5_000, |n| {
        format!("- Grow metric{n} by {n}%\n  - was {n} last year\n")
    });
    check("goals", &format!("## Goals\n\n{goals}"));
    check(
        "speakers",
        &numbered(10_000, |n| {
            format!("[00:12] Name{n} (Role{n}): we want {n}%\n\n")
        }),
    );
}

#[test]
fn deep_and_wide() {
    check(
        "quotes",
        &format!("{} we want 20% more", "> ".repeat(10_000)),
    );
    check(
        "nested items",
        &numbered(1_000, |n| format!("{}- grow {n}%\n", "  ".repeat(n))),
    );
    let row = format!("|{}\n", " grow 5% |".repeat(20));
    let rule = format!("|{}\n", " --- |".repeat(20));
    check(
        "table",
        &format!(
            "| Goal |{}\n{rule}{}",
            " Why |".repeat(19),
            row.repeat(1_500)
        ),
    );
}
