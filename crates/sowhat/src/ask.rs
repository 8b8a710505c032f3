//! `sowhat ask`: writes the missing questions into the notes.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

use ide::{Memo, QUALIFIERS, Qualifier, TextEdit};
use similar::{ChangeTag, TextDiff};

use crate::cli::Ask;
use crate::fault::Fault;
use crate::progress::Progress;
use crate::replace::replace;
use crate::report::path_text;
use crate::session::{self, Session};
use crate::style::{BOLD, CYAN, GREEN, RED, paint};
use crate::walk::Input;
use crate::{Failure, ordered, style};

/// What is done with the new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// Replace the note.
    Write,
    /// Show what would change.
    Diff,
    /// Print the whole text: for standard input.
    Print,
}

/// What became of a note.
struct Asked {
    printed: Vec<u8>,
    questions: usize,
}

/// Asks, prints what was done, and says with what to exit.
pub(crate) fn run(args: &Ask) -> Result<ExitCode, Failure> {
    let session = Session::open(&args.selection)?;
    let aim = match (args.diff, session.stdin) {
        (true, _) => Aim::Diff,
        (false, true) => Aim::Print,
        (false, false) => Aim::Write,
    };
    let mut output = style::output();
    let colours = output.colours;
    let writer = &mut output.writer;
    let mut faulty = session.faulty;
    let (mut notes, mut questions) = (0, 0);
    let mut progress = Progress::new(session.inputs.len(), session.started);

    let broken = ordered::for_each(
        &session.inputs,
        || session.memo(),
        |memo, input| ask(args, aim, colours, &session, memo, input),
        |asked| match asked {
            Ok(asked) => {
                notes += usize::from(asked.questions > 0);
                questions += asked.questions;
                match progress.step(|| writer.write_all(&asked.printed)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => ControlFlow::Break(error),
                }
            }
            Err(fault) => {
                faulty = true;
                progress.step(|| fault.tell());
                ControlFlow::Continue(())
            }
        },
    );
    if let Some(error) = broken {
        return Err(error.into());
    }
    drop(progress);
    if aim == Aim::Write && !session.inputs.is_empty() {
        writeln!(
            writer,
            "{}",
            paint(colours, BOLD, &summary(questions, notes))
        )?;
    }
    writer.flush()?;
    Ok(match faulty {
        true => ExitCode::from(2),
        false => ExitCode::from(u8::from(aim == Aim::Diff && questions > 0)),
    })
}

fn ask(
    args: &Ask,
    aim: Aim,
    colours: bool,
    session: &Session,
    memo: &mut Memo,
    input: &Input,
) -> Result<Asked, Fault> {
    let bytes = session.read(input)?;
    let source = session::source(&input.path, &bytes)?;
    let qualifiers: &[Qualifier] = match args.qualifiers.as_slice() {
        [] => &QUALIFIERS,
        some => some,
    };
    let edits = session.judge(input, source, memo, |judged| {
        judged.analysis.ask_all(qualifiers)
    })?;
    let after = source.store(&apply(source.text, &edits));
    let changed = after != bytes;
    let printed = match aim {
        Aim::Print => after,
        _ if !changed => Vec::new(),
        Aim::Diff => diff(&input.path, &bytes, &after, colours)
            .map_err(|error| Fault::new(&input.path, error))?,
        Aim::Write => {
            replace(&input.path, &bytes, &after).map_err(|error| Fault::new(&input.path, error))?;
            let path = path_text(&input.path);
            format!("{path}: {}\n", count(edits.len())).into_bytes()
        }
    };
    let questions = if changed { edits.len() } else { 0 };
    Ok(Asked { printed, questions })
}

fn summary(questions: usize, notes: usize) -> String {
    match (questions, notes) {
        (0, _) => "Nothing to ask".to_owned(),
        (_, 1) => format!("{} in 1 note", count(questions)),
        _ => format!("{} in {notes} notes", count(questions)),
    }
}

fn count(questions: usize) -> String {
    match questions {
        1 => "1 question asked".to_owned(),
        _ => format!("{questions} questions asked"),
    }
}

/// The text with the edits, which are disjoint and sorted.
fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut out = String::with_capacity(text.len() + 128 * edits.len());
    let mut done = 0;
    for edit in edits {
        out += &text[done..edit.range.start];
        out += &edit.insert;
        done = edit.range.end;
    }
    out + &text[done..]
}

/// A unified diff of a note as it is stored, in bytes: line endings and all.
fn diff(path: &Path, before: &[u8], after: &[u8], colours: bool) -> io::Result<Vec<u8>> {
    let path = path_text(path);
    let diff = TextDiff::from_lines(before, after);
    let mut out = Vec::new();
    let style = |tag| match tag {
        ChangeTag::Insert => Some(GREEN),
        ChangeTag::Delete => Some(RED),
        ChangeTag::Equal => None,
    };
    writeln!(out, "{}", paint(colours, BOLD, &format!("--- {path}")))?;
    writeln!(out, "{}", paint(colours, BOLD, &format!("+++ {path}")))?;
    for hunk in diff.unified_diff().iter_hunks() {
        writeln!(out, "{}", paint(colours, CYAN, &hunk.header().to_string()))?;
        for change in hunk.iter_changes() {
            let line = format!("{}{}", change.tag(), change.to_string_lossy());
            match style(change.tag()).filter(|_| colours) {
                Some(style) => {
                    let text = line.trim_end_matches(['\r', '\n']);
                    write!(out, "{}{}", paint(true, style, text), &line[text.len()..])?;
                }
                None => out.write_all(line.as_bytes())?,
            }
            if change.missing_newline() {
                writeln!(out, "\n\\ No newline at end of file")?;
            }
        }
    }
    Ok(out)
}
