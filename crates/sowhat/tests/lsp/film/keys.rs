//! What a person does at the keyboard, as data; made of a note's text, always the same for the same text.

use std::ops::Range;

/// One thing that a person does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Key {
    Type(char),
    /// In a list, the editor puts the next marker.
    Enter,
    Backspace,
    Paste(String),
    /// Takes back what was pasted last.
    Undo,
    Redo,
    /// Puts the cursor at a line's end.
    Go(usize),
    /// Thinks, until everything has settled.
    Pause,
}

/// A change of the text: these bytes become those words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

impl Edit {
    /// Where a byte of the old text is in the new one.
    pub(crate) fn moved(&self, at: usize) -> usize {
        match at {
            _ if at >= self.range.end => at - self.range.end + self.end(),
            _ => at.min(self.range.start),
        }
    }

    /// Where it ends in the new text.
    pub(crate) fn end(&self) -> usize {
        self.range.start + self.text.len()
    }
}

/// The text under a person's hands.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) text: String,
    cursor: usize,
    ending: &'static str,
    /// What was pasted last, and where.
    pasted: Option<(usize, String)>,
}

impl Sheet {
    /// An empty one. `ending`: what Enter puts.
    pub(crate) fn new(ending: &'static str) -> Sheet {
        Sheet {
            text: String::new(),
            cursor: 0,
            ending,
            pasted: None,
        }
    }

    /// Presses a key. Says what that changed; `None` where the text stays as it is.
    pub(crate) fn press(&mut self, key: &Key) -> Option<Edit> {
        let at = self.cursor;
        let (range, text) = match key {
            Key::Type(letter) => (at..at, letter.to_string()),
            Key::Enter => (at..at, self.ending.to_owned() + &self.next_marker()),
            Key::Backspace => (self.before_cursor()..at, String::new()),
            Key::Paste(text) => {
                self.pasted = Some((at, text.clone()));
                (at..at, text.clone())
            }
            Key::Undo => {
                let (at, text) = self.pasted.as_ref()?;
                (*at..at + text.len(), String::new())
            }
            Key::Redo => {
                let (at, text) = self.pasted.clone()?;
                (at..at, text)
            }
            Key::Go(line) => {
                self.cursor = line_range(&self.text, *line).end;
                return None;
            }
            Key::Pause => return None,
        };
        let edit = Edit { range, text };
        self.text.replace_range(edit.range.clone(), &edit.text);
        self.cursor = edit.end();
        Some(edit)
    }

    /// The line of the cursor up to it.
    fn line_before(&self) -> &str {
        let start = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
        &self.text[start..self.cursor]
    }

    fn before_cursor(&self) -> usize {
        let before = &self.text[..self.cursor];
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        if before.ends_with("\r\n") {
            return self.cursor - 2;
        }
        self.cursor - last
    }

    /// The marker of the cursor's item, for the next one; a number is counted on.
    fn next_marker(&self) -> String {
        let line = self.line_before();
        let inner = line.trim_start_matches([' ', '\t']);
        let indent = &line[..line.len() - inner.len()];
        let digits = inner.len()
            - inner
                .trim_start_matches(|of: char| of.is_ascii_digit())
                .len();
        if let Some(number) = inner[..digits]
            .parse::<u64>()
            .ok()
            .filter(|_| inner[digits..].starts_with(". "))
        {
            return format!("{indent}{}. ", number + 1);
        }
        let marker = ["- [ ] ", "- ", "* ", "> - ", "> "]
            .into_iter()
            .find(|of| inner.starts_with(of));
        marker.map_or_else(String::new, |marker| format!("{indent}{marker}"))
    }
}

/// The bytes of a line (from 0) without its ending.
pub(crate) fn line_range(text: &str, line: usize) -> Range<usize> {
    let start = match line {
        0 => 0,
        _ => (text.match_indices('\n').nth(line - 1)).map_or(text.len(), |(at, _)| at + 1),
    };
    let line = text[start..].split('\n').next().unwrap_or_default();
    start..start + line.trim_end_matches('\r').len()
}

/// The line (from 0) of a byte.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}

/// What comes to a person's mind for a line further up.
const ADDED: [&str; 5] = [
    " again",
    " (he said it twice)",
    " by June",
    " because the board asked",
    ", was 12 last year",
];

/// A person who types a note from its first line to its last.
struct Person {
    keys: Vec<Key>,
    sheet: Sheet,
    random: u64,
}

/// The keys that make a note of a text, with everything that happens on the way.
pub(crate) fn script(text: &str, ending: &'static str) -> Vec<Key> {
    let mut person = Person {
        keys: Vec::new(),
        sheet: Sheet::new(ending),
        random: text.bytes().fold(0x2545_F491_4F6C_DD1D, |seed, byte| {
            (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        }),
    };
    let lines: Vec<&str> = text.lines().collect();
    let block = lines.len() * 3 / 5;
    let mut next = 0;
    while next < lines.len() {
        if next == block && next + 3 < lines.len() {
            person.paste_block(&lines[next..next + 3]);
            next += 3;
        } else {
            person.write_line(lines[next]);
            next += 1;
        }
        person.end_line(next == lines.len() && !text.ends_with('\n'));
    }
    person.press(Key::Pause);
    person.keys
}

impl Person {
    fn press(&mut self, key: Key) {
        self.sheet.press(&key);
        self.keys.push(key);
    }

    /// Whether something happens that happens once in so many times.
    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn below(&mut self, count: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % count.max(1)
    }

    /// Writes a line, on one that may have a marker already.
    fn write_line(&mut self, line: &str) {
        let rest = self.keep_marker(line);
        match rest.len() > 12 && self.once_in(8) {
            true => self.paste(rest.to_owned()),
            false => self.type_words(rest),
        }
    }

    /// Deletes what the editor put on the line and does not belong there. What is left to be typed.
    fn keep_marker<'a>(&mut self, line: &'a str) -> &'a str {
        while !line.starts_with(self.sheet.line_before()) {
            self.press(Key::Backspace);
        }
        &line[self.sheet.line_before().len()..]
    }

    fn type_words(&mut self, words: &str) {
        for letter in words.chars() {
            if letter.is_ascii_lowercase() && self.once_in(30) {
                self.mistype(letter);
            }
            self.press(Key::Type(letter));
            if letter == ' ' && self.once_in(25) {
                self.press(Key::Pause);
            }
        }
    }

    /// Hits another key, notices at once or one key later, and deletes.
    fn mistype(&mut self, letter: char) {
        let wrong = char::from(b'a' + self.below(26) as u8);
        let noticed_late = self.once_in(2);
        let typed = [wrong, letter];
        let typed = &typed[..1 + usize::from(noticed_late)];
        for letter in typed {
            self.press(Key::Type(*letter));
        }
        for _ in typed {
            self.press(Key::Backspace);
        }
    }

    /// Pastes, and at times takes it back and forth.
    fn paste(&mut self, text: String) {
        self.press(Key::Paste(text));
        if self.once_in(2) {
            if self.once_in(2) {
                self.press(Key::Pause);
            }
            self.press(Key::Undo);
            if self.once_in(2) {
                self.press(Key::Pause);
            }
            self.press(Key::Redo);
        }
    }

    fn paste_block(&mut self, lines: &[&str]) {
        self.keep_marker("");
        let text = lines.join(self.sheet.ending);
        self.paste(text);
    }

    /// Goes on to the next line; at times thinks first, or has something to add further up.
    fn end_line(&mut self, is_last: bool) {
        if self.once_in(3) {
            self.press(Key::Pause);
        }
        if self.once_in(6) {
            self.add_above();
        }
        if !is_last {
            self.press(Key::Enter);
        }
    }

    fn add_above(&mut self) {
        let last = line_of(&self.sheet.text, self.sheet.text.len());
        let up = 2 + self.below(7) as usize;
        let line = last.saturating_sub(up);
        if self.sheet.text[line_range(&self.sheet.text, line)].len() < 12 {
            return;
        }
        self.press(Key::Go(line));
        let words = ADDED[self.below(ADDED.len() as u64) as usize];
        self.type_words(words);
        if self.once_in(2) {
            self.press(Key::Pause);
        }
        self.press(Key::Go(last));
    }
}
