//! Notes that nobody writes and that still arrive: none takes long, none brings the judgement down.
//!
//! A time says little on a busy machine, growth says much: four times the text may take [`STEEPEST`] times as long,
//! and what is quadratic takes sixteen.

use std::time::{Duration, Instant};

use sowhat_goals::{Memo, Settings, note};
use syntax::Document;

/// Far above what any of them takes in a release build, for a debug build on a busy machine; a quadratic step takes
/// minutes.
const LIMIT: Duration = Duration::from_secs(30);
/// How much longer four times the text may take.
const STEEPEST: f64 = 8.0;
/// The smaller of the two texts, in bytes: enough for a quadratic step to show.
const SMALL: usize = 30_000;
/// A machine that is busy at the wrong moment gets another chance.
const TRIES: usize = 4;

fn judged_in(text: &str) -> Duration {
    let begun = Instant::now();
    let document = Document::new(text);
    note(&document, &Settings::default(), &mut Memo::default());
    begun.elapsed()
}

#[track_caller]
fn check(name: &str, text: &str) {
    let took = judged_in(text);
    assert!(took < LIMIT, "{name} took {took:?}");
}

/// Compares a text with one that is four times as long.
#[track_caller]
fn grows_evenly(name: &str, text: impl Fn(usize) -> String) {
    let (small, large) = (text(SMALL), text(4 * SMALL));
    let mut best = f64::INFINITY;
    for _ in 0..TRIES {
        let ratio = judged_in(&large).as_secs_f64() / judged_in(&small).as_secs_f64();
        best = best.min(ratio);
        if best < STEEPEST {
            return;
        }
    }
    panic!("{name}: four times the text takes {best:.1} times as long");
}

fn filled(start: &str, unit: &str, bytes: usize) -> String {
    format!("{start}{}", unit.repeat(bytes / unit.len()))
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// As many lines as fill so many bytes.
fn lines(bytes: usize, line: impl Fn(usize) -> String) -> String {
    let length = line(1_000).len();
    numbered(bytes / length, line)
}

#[test]
fn one_line() {
    check("one word", &"rate ".repeat(100_000));
    check("stars", &"*".repeat(100_000));
    check("NULs", &"goal \0 grow 5%\0".repeat(10_000));
}

#[test]
fn one_line_of_words() {
    for unit in [
        "word ",
        "word",
        "rate ",
        "20% ",
        "20%",
        "1 ",
        "1,",
        "$5M ",
        "5 000 € ",
        "hundred ",
        "2025-01-02 ",
        "from 5 to 6 ",
        "Karen said ",
        "ABC ",
        "want to ",
        "because ",
        "so that ",
        "they want to grow revenue to 20 ",
        "they want to grow revenue to 20, ",
        "We spoke about the new office in Lyon, and then Karen left. ",
        "Why? ",
        "What happens if they miss it? ",
        "A: x ",
    ] {
        grows_evenly(unit, |bytes| filled("", unit, bytes));
    }
}

#[test]
fn one_line_of_marks() {
    for unit in [
        "\"", "\" ", "?", "? ", ".", ". ", ",", ":", "a: ", "-> ", "(", "(a ", "[", "[a](", "<",
        "`", "_", "~", "*", "*a ", "a-b-", "a'", "&", "\\", "#", "> ", "- ", "\0", "|", "\u{200b}",
        "a\u{301}", "😀",
    ] {
        grows_evenly(unit, |bytes| filled("", unit, bytes));
    }
}

#[test]
fn one_line_of_a_goals_zone() {
    for unit in [
        "grow revenue by 20%, ",
        "grow revenue by 20%; ",
        "grow revenue by 20%. ",
        "grow revenue by 20% and ",
        "hire 10 reps by June because the board asked, ",
    ] {
        grows_evenly(unit, |bytes| filled("## Goals\n\n- ", unit, bytes));
    }
}

#[test]
fn many_lines_of_the_same() {
    for unit in [
        "A: x\n",
        "A: x\n\n",
        "Line: something was said\n",
        "We want to grow revenue by 20%.\n",
        "> we want 20% more\n",
        "- [ ] ask why\n",
        "- Grow ARR by 20%\n",
        "```\n",
        "<div>\n",
        "\n",
        "\r",
    ] {
        grows_evenly(unit, |bytes| filled("## Goals\n\n", unit, bytes));
    }
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
        "headings",
        &numbered(5_000, |n| format!("# Goals {n}\n\ngrow {n}%\n\n")),
    );
    let goals = numbered(5_000, |n| {
        format!("- Grow metric{n} by {n}%\n  - was {n} last year\n")
    });
    check("goals", &format!("## Goals\n\n{goals}"));
    check(
        "one line of goals",
        &"We want to grow revenue by 20% because the board asked. ".repeat(27_000),
    );
    grows_evenly("numbers", |bytes| {
        format!("## Goals\n\n{}", lines(bytes, |n| format!("{n}. item\n")))
    });
    grows_evenly("speakers", |bytes| {
        lines(bytes, |n| {
            format!("[00:12] Name{n} (Role{n}): we want {n}%\n\n")
        })
    });
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
    check(
        "one row",
        &format!(
            "|{}\n|{}\n|{}\n",
            " Goal |".repeat(20_000),
            " --- |".repeat(20_000),
            " grow 5% |".repeat(20_000)
        ),
    );
    let head = "| Goal | Why | Cost | Real |\n|---|---|---|---|\n";
    grows_evenly("table", |bytes| {
        filled(head, "| grow 5% | board | lose 5 | was 3 |\n", bytes)
    });
}

/// The learned reader reads ten thousand marks in a row as a few of them.
#[test]
fn marks_alone_are_hardly_read() {
    for unit in ["> ", "- ", "* ", "? "] {
        let text = format!("{}Grow ARR to $5M", unit.repeat(10_000));
        let mut memo = Memo::reading(sowhat_goals::Reads::Later);
        note(&Document::new(&text), &Settings::default(), &mut memo);
        assert_eq!(memo.unread().len(), 1, "{unit:?}: windows to be read");
    }
}
