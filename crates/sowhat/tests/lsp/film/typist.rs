//! Types into the real server at a steady pace and takes down all that it shows: the film's frames.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::keys::{Edit, Key, Sheet, line_of, line_range};
use crate::client::Client;

/// Stands for a person's 700 ms.
pub(crate) const PAUSE: Duration = Duration::from_millis(60);
/// Between two keys.
const KEY: Duration = Duration::from_millis(2);
/// For how long findings wait for the learned reader after a pause. On a busy machine it takes longer: then the rules'
/// findings come first.
const PATIENCE: Duration = Duration::from_secs(1);
/// For how long nothing must be heard, where no refresh says that all has settled.
const QUIET: Duration = Duration::from_millis(1500);

const NOTE: &str = "file:///notes/film.md";

/// All that was shown of one note.
pub(crate) struct Film {
    /// The client's and the note's.
    pub(crate) name: String,
    /// Whether the client pulls findings.
    pub(crate) pulls: bool,
    pub(crate) keys: usize,
    pub(crate) frames: Vec<Frame>,
    pub(crate) stretches: Vec<Stretch>,
}

/// What is typed between two pauses.
#[derive(Default)]
pub(crate) struct Stretch {
    /// How often the client was asked to look again, by method.
    pub(crate) refreshes: BTreeMap<String, usize>,
    /// How many pauses there were: the one at its end, and those that a slow machine made.
    pub(crate) pauses: usize,
    /// Its last frame.
    pub(crate) end: usize,
    /// Whether there was something else to see then than was shown.
    pub(crate) is_outdated: bool,
}

/// What is shown at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) version: i64,
    pub(crate) key: Option<Key>,
    /// What changed since the frame before; `None` where nobody typed.
    pub(crate) edit: Option<Edit>,
    pub(crate) text: String,
    /// The line (from 0) in which the last edit ended.
    pub(crate) line: usize,
    /// Whether a pause lies before this frame.
    pub(crate) rested: bool,
    /// Whether the learned reader may have come after the rules.
    pub(crate) late: bool,
    /// Whether the findings were told, or are those of the frame before.
    pub(crate) told: bool,
    pub(crate) findings: Vec<Finding>,
    pub(crate) hints: Vec<Hint>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) code: String,
    /// All of it, as it was told.
    pub(crate) told: Value,
    pub(crate) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hint {
    pub(crate) line: usize,
    pub(crate) column: u64,
    pub(crate) label: String,
}

/// Types keys into a server for a client of this name.
pub(crate) fn film(
    client: &str,
    note: &str,
    reader: bool,
    keys: &[Key],
    ending: &'static str,
) -> Film {
    let options = json!({"typing_pause": PAUSE.as_millis() as u64, "reader": reader});
    let mut typist = Typist::new(Client::start(client, options), ending);
    typist.film.name = format!("{client} {note}");
    typist.film.keys = keys.len();
    typist.client.open(NOTE, "");
    typist.look(None, None);
    for key in keys {
        typist.press(key);
    }
    typist.client.quit();
    typist.film
}

struct Typist {
    client: Client,
    sheet: Sheet,
    /// Whether columns count bytes, or else UTF-16.
    counts_bytes: bool,
    version: i64,
    line: usize,
    /// Since when nothing was typed, for what is seen next.
    quiet_since: Instant,
    /// When the last key was pressed.
    typed: Instant,
    /// Whether nothing was typed since all had settled.
    is_settled: bool,
    stretch: Stretch,
    film: Film,
}

impl Typist {
    fn new(client: Client, ending: &'static str) -> Typist {
        let film = Film {
            name: String::new(),
            pulls: client.pulls(),
            keys: 0,
            frames: Vec::new(),
            stretches: Vec::new(),
        };
        Typist {
            counts_bytes: client.server["capabilities"]["positionEncoding"] == "utf-8",
            client,
            sheet: Sheet::new(ending),
            version: 1,
            line: 0,
            quiet_since: Instant::now(),
            typed: Instant::now(),
            is_settled: true,
            stretch: Stretch::default(),
            film,
        }
    }

    fn press(&mut self, key: &Key) {
        if *key == Key::Pause {
            self.settle();
        }
        let before = self.sheet.text.clone();
        let Some(edit) = self.sheet.press(key) else {
            return;
        };
        self.listen(Duration::ZERO);
        self.quiet_since = self.typed;
        self.typed = Instant::now();
        self.is_settled = false;
        self.version += 1;
        self.line = line_of(&self.sheet.text, edit.end());
        let range = json!({"start": self.position(&before, edit.range.start), "end": self.position(&before, edit.range.end)});
        let change = json!([{"range": range, "text": edit.text}]);
        self.client.change(NOTE, self.version, change);
        self.look(Some(key.clone()), Some(edit));
        // What a slow machine's pause brought may come a key later.
        if self.film.frames.last().is_some_and(|of| !of.rested) {
            self.quiet_since = self.typed;
        }
        self.listen(KEY.saturating_sub(self.typed.elapsed()));
    }

    /// Waits until nothing more is to come: the client is told to look again, or nothing is heard for long.
    fn settle(&mut self) {
        let mut heard = Instant::now();
        while !self.is_settled && heard.elapsed() < QUIET {
            if self.listen(PAUSE / 20) {
                heard = Instant::now();
            }
        }
        self.listen(PAUSE / 2);
        // A client that is not told to does not look: it goes on showing what it has.
        let hints = self.hints();
        self.stretch.end = self.film.frames.len() - 1;
        self.stretch.is_outdated = self.film.frames[self.stretch.end].hints != hints;
        self.stretch.pauses += 1;
        let stretch = std::mem::take(&mut self.stretch);
        self.film.stretches.push(stretch);
        self.is_settled = true;
        self.typed = Instant::now();
    }

    /// Takes down what the server says within a time, and looks where it is told to. Whether it said anything.
    fn listen(&mut self, time: Duration) -> bool {
        let heard = self.client.listen(time);
        let methods: Vec<&str> = heard
            .iter()
            .filter_map(|of| of["method"].as_str())
            .collect();
        for message in &heard {
            // One of an older text came too late to be of this one.
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics"
                && params["version"] == self.version
            {
                let findings = params["diagnostics"].as_array().unwrap();
                self.frame(None, None, Some(findings.clone()));
            }
        }
        for method in methods.iter().filter(|of| of.ends_with("/refresh")) {
            let counts = &mut self.stretch.refreshes;
            *counts.entry((*method).to_owned()).or_default() += 1;
        }
        let is_told = |what: &str| methods.contains(&what);
        if is_told("workspace/inlayHint/refresh") {
            self.is_settled = true;
        }
        if is_told("workspace/diagnostic/refresh") {
            self.look(None, None);
        } else if is_told("workspace/inlayHint/refresh") {
            self.frame(None, None, None);
        }
        !heard.is_empty()
    }

    /// Waits for the findings of the text as it is: pushed or pulled.
    fn look(&mut self, key: Option<Key>, edit: Option<Edit>) {
        let findings = self.client.findings(NOTE, self.version);
        self.frame(key, edit, Some(findings));
    }

    /// A frame of these findings, or of the last ones, with the hints as they are now.
    fn frame(&mut self, key: Option<Key>, edit: Option<Edit>, told: Option<Vec<Value>>) {
        let quiet = self.quiet_since.elapsed();
        let rested = quiet >= PAUSE;
        if rested && edit.is_some() {
            // A slow machine made a pause where none was meant.
            self.stretch.pauses += 1;
        }
        let findings = match &told {
            Some(told) => told.iter().map(|of| self.finding(of)).collect(),
            None => self.film.frames.last().unwrap().findings.clone(),
        };
        let frame = Frame {
            version: self.version,
            key,
            edit,
            text: self.sheet.text.clone(),
            line: self.line,
            rested,
            late: quiet >= PAUSE + PATIENCE,
            told: told.is_some(),
            findings,
            hints: self.hints(),
        };
        self.film.frames.push(frame);
    }

    fn finding(&self, of: &Value) -> Finding {
        Finding {
            code: of["code"].as_str().unwrap().to_owned(),
            range: self.byte(&of["range"]["start"])..self.byte(&of["range"]["end"]),
            told: of.clone(),
        }
    }

    fn hints(&mut self) -> Vec<Hint> {
        let all =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}});
        let params = json!({"textDocument": {"uri": NOTE}, "range": all});
        let hints = self
            .client
            .request("textDocument/inlayHint", params)
            .unwrap();
        let hints = hints.as_array().unwrap().iter().map(|hint| Hint {
            line: hint["position"]["line"].as_u64().unwrap() as usize,
            column: hint["position"]["character"].as_u64().unwrap(),
            label: hint["label"].as_str().unwrap().to_owned(),
        });
        hints.collect()
    }

    fn width(&self, text: &str) -> usize {
        match self.counts_bytes {
            true => text.len(),
            false => text.encode_utf16().count(),
        }
    }

    fn position(&self, text: &str, at: usize) -> Value {
        let line = line_of(text, at);
        let start = line_range(text, line).start;
        json!({"line": line, "character": self.width(&text[start..at])})
    }

    /// The byte of a position in the text as it is.
    fn byte(&self, position: &Value) -> usize {
        let text = &self.sheet.text;
        let line = line_range(text, position["line"].as_u64().unwrap() as usize);
        let column = position["character"].as_u64().unwrap() as usize;
        let words = &text[line.clone()];
        let mut letters = words.char_indices().map(|(at, _)| at);
        let at = letters.find(|&at| self.width(&words[..at]) == column);
        line.start + at.unwrap_or(words.len())
    }
}
