//! What `check` and `ask` have in common: finding the notes, reading and judging each.

use std::any::Any;
use std::fs;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use ide::{
    Analysis, Document, Explanation, LONGEST_NOTE, LONGEST_RUN, Memo, READER_BUILT_IN, Reads,
};

use crate::cli::{Reader, Selection};
use crate::fault::Fault;
use crate::settings::Settings;
use crate::source::Source;
use crate::walk::{self, Input};
use crate::{Failure, nothing, style};

/// What a note on standard input is called where it has no name.
const STDIN_NAME: &str = "<stdin>";

/// The notes of one run.
pub(crate) struct Session {
    /// The notes, in path order.
    pub(crate) inputs: Vec<Input>,
    /// Whether the only note is the one on standard input.
    pub(crate) stdin: bool,
    /// Whether something could not be used, which was told already.
    pub(crate) faulty: bool,
    /// When it began.
    pub(crate) started: Instant,
    reader: Reader,
    today: Option<(i32, u8, u8)>,
}

/// A note that was read and judged.
pub(crate) struct Judged {
    /// Bytes in the file before the text that was judged: those of a byte order mark.
    pub(crate) offset: usize,
    /// The judgement.
    pub(crate) analysis: Analysis,
    /// Whether the learned reader was asked.
    reads: Reads,
}

impl Judged {
    /// Why it was judged so.
    pub(crate) fn explanation(&self) -> Explanation {
        self.analysis.explanation(&mut Memo::reading(self.reads))
    }
}

impl Session {
    /// Finds the notes and their settings; tells on standard error what cannot be used, and why
    /// there is nothing where there is nothing.
    pub(crate) fn open(selection: &Selection) -> Result<Session, Failure> {
        let started = Instant::now();
        if selection.reader == Reader::Always && !READER_BUILT_IN {
            return Err(Failure::Message(
                "this sowhat was built without the learned reader: the rules judge alone (leave \
                 `--reader always` out, or build it with default features)"
                    .to_owned(),
            ));
        }
        let stdin = is_stdin(selection)?;
        let settings = Settings::new(selection.config.as_deref()).map_err(Failure::Message)?;
        let mut session = Session {
            inputs: Vec::new(),
            stdin,
            faulty: false,
            started,
            reader: selection.reader,
            today: today(),
        };
        if stdin {
            let path = selection.stdin_filename.clone();
            let path = path.unwrap_or_else(|| PathBuf::from(STDIN_NAME));
            if let Some(values) = settings.of_file(&path) {
                session.inputs.push(Input { path, values });
            }
            session.faulty = settings.tell();
            return Ok(session);
        }

        let here = [PathBuf::from(".")];
        let paths = match selection.paths.as_slice() {
            [] => &here,
            paths => paths,
        };
        let found = walk::find(paths, &settings);
        session.faulty = settings.tell() || !found.faults.is_empty();
        found.faults.iter().for_each(Fault::tell);
        if found.inputs.is_empty() && !session.faulty {
            nothing::tell(paths, &found);
        }
        session.inputs = found.inputs;
        session.save_time();
        Ok(session)
    }

    /// Leaves the learned reader out where nobody would wait for it, and says so.
    fn save_time(&mut self) {
        let size = |input: &Input| fs::metadata(&input.path).map_or(0, |file| file.len());
        if self.reader == Reader::Auto
            && READER_BUILT_IN
            && self.inputs.iter().map(size).sum::<u64>() > LONGEST_RUN
        {
            self.reader = Reader::Never;
            style::note(
                "so many notes are judged by the rules alone, in seconds; `--reader always` asks \
                 the learned reader as well, which takes minutes",
            );
        }
    }

    /// What a thread remembers between the notes that it judges.
    pub(crate) fn memo(&self) -> Memo {
        Memo::reading(self.reads())
    }

    fn reads(&self) -> Reads {
        match self.reader {
            Reader::Never => Reads::Never,
            Reader::Auto | Reader::Always => Reads::AtOnce,
        }
    }

    /// How a note is read.
    pub(crate) fn reads_of(&self, source: &Source<'_>) -> Reads {
        match self.reader == Reader::Auto && source.text.len() > LONGEST_NOTE {
            true => Reads::Never,
            false => self.reads(),
        }
    }

    /// The year of a note that names none.
    pub(crate) fn year(&self) -> Option<i32> {
        self.today.map(|(year, ..)| year)
    }

    /// The bytes of a note, as they are stored.
    pub(crate) fn read(&self, input: &Input) -> Result<Vec<u8>, Fault> {
        let bytes = match self.stdin {
            true => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            false => fs::read(&input.path),
        };
        bytes.map_err(|error| Fault::new(&input.path, error))
    }

    /// Judges a note and does `work` with the judgement. A bug that panics costs this note only.
    pub(crate) fn judge<T>(
        &self,
        input: &Input,
        source: Source<'_>,
        memo: &mut Memo,
        work: impl FnOnce(&Judged) -> T,
    ) -> Result<T, Fault> {
        let reads = self.reads_of(&source);
        let judge = AssertUnwindSafe(|| {
            let mut by_rules = Memo::default();
            let memo = match reads {
                Reads::Never => &mut by_rules,
                _ => &mut *memo,
            };
            let document = Document::new(source.text);
            let config = Arc::clone(&input.values.config);
            work(&Judged {
                offset: source.offset,
                analysis: Analysis::new(document, config, self.today, memo),
                reads,
            })
        });
        catch_unwind(judge).map_err(|panic| {
            *memo = self.memo();
            Fault::new(&input.path, panic_text(panic.as_ref()))
        })
    }
}

/// The text of a note's bytes, or why it is none.
pub(crate) fn source<'a>(path: &Path, bytes: &'a [u8]) -> Result<Source<'a>, Fault> {
    Source::new(bytes).map_err(|error| Fault::new(path, error))
}

fn is_stdin(selection: &Selection) -> Result<bool, Failure> {
    let dash = Path::new("-");
    let stdin = selection.paths.iter().any(|path| path == dash);
    let message = match (stdin, selection.paths.len(), &selection.stdin_filename) {
        (true, 2.., _) => "`-` stands alone: standard input is one note",
        (false, _, Some(_)) => "--stdin-filename names the note on standard input: add `-`",
        _ => return Ok(stdin),
    };
    Err(Failure::Message(message.to_owned()))
}

/// Today where the computer stands: the date of a note that names none.
fn today() -> Option<(i32, u8, u8)> {
    let today = jiff::ZonedDateTime::now().date();
    let (month, day) = (u8::try_from(today.month()), u8::try_from(today.day()));
    Some((i32::from(today.year()), month.ok()?, day.ok()?))
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let why = (panic.downcast_ref::<&str>().copied())
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown");
    format!("a bug in sowhat, please report it: {why}")
}
