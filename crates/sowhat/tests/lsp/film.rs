//! The film strip: real notes, typed key by key into the real server, and everything that is shown on the way. Calm is
//! what a person does not notice.
//!
//! A note is typed with typing errors, pauses, lists that go on by themselves, pastes that are taken back, and words added
//! further up. Each key is one `didChange`. One client is pushed to, the other pulls after every change and whenever it
//! is told to; both ask for hints whenever findings came, and when told to. Every such look is a frame.
//!
//! A *settled change* is all that is typed between two pauses. The server tells the findings of every version, so that
//! they follow the text: that is one telling a key, and it brings nothing new for the goal under the cursor. What the
//! pause brings comes in one telling more, and only if there is something to tell; and whoever looked before is asked to
//! look again once.

mod calm;
mod keys;
mod typist;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex};
use std::thread;

use calm::Stir;
use typist::{Film, Frame};

/// A labelled note, and how it is typed.
struct Note {
    name: &'static str,
    /// What Enter puts at a line's end.
    ending: &'static str,
    /// Whether the learned reader judges with the rules.
    reader: bool,
}

const fn plain(name: &'static str) -> Note {
    let (ending, reader) = ("\n", false);
    Note {
        name,
        ending,
        reader,
    }
}

const fn windows(name: &'static str) -> Note {
    Note {
        ending: "\r\n",
        ..plain(name)
    }
}

const fn read(name: &'static str) -> Note {
    Note {
        reader: true,
        ..plain(name)
    }
}

/// One of each kind: headings and lists, numbers, a table, bullets of another kind, tabs, checkboxes with an emoji, a
/// callout behind front matter, lines without marks, quotes.
const NOTES: [Note; 12] = [
    plain("s008-lindqvist-packaging"),
    windows("s020-wexford-generics"),
    plain("s006-corrigan-freight"),
    plain("s037-lattice-semi"),
    plain("w001-tandle-ironmongery"),
    windows("w022-grumpy-ibex-coffee"),
    plain("p026-norvik-people-obsidian"),
    plain("s063-fairlight-apartments"),
    plain("s067-hawthorn-wm"),
    plain("s021-tamar-water"),
    read("p004-tallis-hr"),
    read("s031-meridian-edu"),
];

const CLIENTS: [&str; 2] = ["nvim", "vscode"];

/// How much of a film that is not calm is shown.
const SHOWN: usize = 3;

/// All notes in both clients, two at a time.
static FILMS: LazyLock<Vec<Film>> = LazyLock::new(|| {
    let takes = CLIENTS
        .iter()
        .flat_map(|client| NOTES.iter().map(move |note| (client, note)));
    let (takes, films) = (Mutex::new(takes), Mutex::new(Vec::new()));
    let next = || takes.lock().unwrap().next();
    let work = || {
        while let Some((client, note)) = next() {
            let film = typist::film(client, note.name, note.reader, &note.keys(), note.ending);
            films.lock().unwrap().push(film);
        }
    };
    thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    films.into_inner().unwrap()
});

impl Note {
    /// With `\r\n` it ends without one.
    fn keys(&self) -> Vec<keys::Key> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/train");
        let text = fs::read_to_string(folder.join(format!("{}.md", self.name))).unwrap();
        match self.ending {
            "\n" => keys::script(&text, self.ending),
            _ => keys::script(text.trim_end(), self.ending),
        }
    }
}

#[test]
fn a_finding_elsewhere_never_vanishes_and_comes_back() {
    check(calm::vanished_and_returned);
}

#[test]
fn findings_stay_at_their_words() {
    check(calm::strayed);
}

#[test]
fn a_finding_on_the_goal_that_is_being_typed_comes_after_the_pause() {
    check(calm::came_too_early);
}

#[test]
fn a_settled_change_is_told_once() {
    check(calm::told_too_often);
}

#[test]
fn a_settled_change_asks_to_look_again_once() {
    check(calm::refreshed_too_often);
}

#[test]
fn what_is_shown_after_the_pause_is_what_there_is() {
    check(calm::outdated);
}

#[test]
fn no_hint_stands_behind_the_cursor() {
    check(calm::hints_at_the_cursor);
}

#[test]
fn hints_elsewhere_stay() {
    check(calm::hints_moved);
}

/// Looks through all films for what is not calm, and shows the frames around it.
#[track_caller]
fn check(find: fn(&Film) -> Vec<Stir>) {
    let mut report = String::new();
    let mut count = 0;
    for film in FILMS.iter() {
        let mut stirs = find(film);
        count += stirs.len();
        stirs.dedup_by_key(|stir| stir.frames);
        for stir in stirs.iter().take(SHOWN) {
            let _ = writeln!(report, "\n{}: {}", film.name, stir.what);
            show(film, stir.frames, &mut report);
        }
    }
    let keys: usize = FILMS.iter().map(|film| film.keys).sum();
    let frames: usize = FILMS.iter().map(|film| film.frames.len()).sum();
    assert_eq!(count, 0, "of {keys} keys and {frames} frames:\n{report}");
}

/// The frames around where something begins and where it ends.
fn show(film: &Film, [begins, ends]: [usize; 2], report: &mut String) {
    for (index, frame) in film.frames.iter().enumerate() {
        let is_near = |at: usize| index + 2 >= at && index <= at + 1;
        if is_near(begins) || is_near(ends) {
            let _ = writeln!(report, "{}", strip(frame));
        }
    }
}

/// A frame in a line: what was pressed, where, and which findings (by their codes' initials) and hints are shown on which
/// line (from 0).
fn strip(frame: &Frame) -> String {
    let line = frame.line_at(keys::line_range(&frame.text, frame.line).start);
    let key = match &frame.key {
        Some(keys::Key::Type(letter)) => letter.to_string(),
        Some(key) => format!("{key:?}").chars().take(9).collect(),
        None => "…".to_owned(),
    };
    let mut shown: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for finding in &frame.findings {
        let line = keys::line_of(&frame.text, finding.range.start);
        let initials = finding
            .code
            .split('-')
            .filter_map(|word| word.chars().next());
        shown.entry(line).or_default().push(initials.collect());
    }
    for hint in &frame.hints {
        shown.entry(hint.line).or_default().push(hint.label.clone());
    }
    let shown = shown
        .iter()
        .map(|(line, what)| format!("{line}[{}]", what.join(" ")));
    let shown: Vec<String> = shown.collect();
    let mark = if frame.rested { " (after a pause)" } else { "" };
    format!(
        "  v{} {key:9} {}|{line}|{mark} shows {}",
        frame.version,
        frame.line,
        shown.join(" ")
    )
}
