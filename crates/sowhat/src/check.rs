//! `sowhat check`: what the goals in the notes still lack.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use ide::{Memo, Severity};

use crate::cache::{Answer, Cache};
use crate::cli::{Check, Format};
use crate::fault::Fault;
use crate::human::Look;
use crate::progress::Progress;
use crate::report::{self, NoteReport, Summary, path_text};
use crate::session::{self, Session};
use crate::source::Source;
use crate::tally::Tally;
use crate::walk::Input;
use crate::{Failure, ordered, style};

/// Checks, prints, and says with what to exit.
pub(crate) fn run(args: &Check) -> Result<ExitCode, Failure> {
    if args.statistics && args.format != Format::Human {
        return Err(Failure::Message(
            "--statistics goes with --format human only".to_owned(),
        ));
    }
    if args.explain && args.format != Format::Human {
        return Err(Failure::Message(
            "--explain goes with --format human only".to_owned(),
        ));
    }
    let session = Session::open(&args.selection)?;
    let mut output = style::output();
    let look = Look {
        colours: output.colours,
        width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
    };
    let cache = match args.no_cache {
        true => None,
        false => Cache::open(&format!("{:?}", (args.print(), look, session.year()))),
    };
    let checker = Checker {
        args,
        session: &session,
        look,
        cache,
    };
    let mut faulty = session.faulty;
    let mut total = Tally::default();
    let mut progress = Progress::new(session.inputs.len(), session.started);
    let writer = &mut output.writer;

    start(args.format, writer)?;
    let broken = ordered::for_each(
        &session.inputs,
        || session.memo(),
        |memo, input| checker.answer(memo, input),
        |answer| match answer {
            Ok(answer) => {
                let first = total.notes == 0;
                total.add(&answer.tally);
                match progress.step(|| print(args.format, writer, &answer.printed, first)) {
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
    finish(args, look, writer, &total)?;
    writer.flush()?;

    let fails = |severity: Severity| args.fail_on.counts(severity);
    Ok(
        match total.by_code.keys().any(|(_, severity)| fails(*severity)) {
            _ if faulty => ExitCode::from(2),
            true => ExitCode::from(1),
            false => ExitCode::SUCCESS,
        },
    )
}

/// Answers for one note after the other.
struct Checker<'a> {
    args: &'a Check,
    session: &'a Session,
    look: Look,
    cache: Option<Cache>,
}

impl Checker<'_> {
    /// The answer for a note: one of an earlier run, or a new one.
    fn answer(&self, memo: &mut Memo, input: &Input) -> Result<Answer, Fault> {
        let bytes = self.session.read(input)?;
        let source = session::source(&input.path, &bytes)?;
        let key = self.cache.as_ref().map(|cache| {
            let path = path_text(&input.path);
            let reads = format!("{:?}", self.session.reads_of(&source));
            let config = format!("{:?}", input.values.config);
            let parts = [path.as_bytes(), reads.as_bytes(), config.as_bytes(), &bytes];
            (cache, cache.key(&parts))
        });
        if let Some(answer) = key.and_then(|(cache, key)| cache.get(key)) {
            return Ok(answer);
        }
        let answer = self.check(memo, input, source)?;
        if let Some((cache, key)) = key {
            cache.put(key, &answer);
        }
        Ok(answer)
    }

    fn check(&self, memo: &mut Memo, input: &Input, source: Source<'_>) -> Result<Answer, Fault> {
        self.session.judge(input, source, memo, |judged| {
            let analysis = &judged.analysis;
            let diagnostics = analysis.diagnostics();
            let tally = Tally::of(analysis, &diagnostics);
            let path = path_text(&input.path);
            let (args, look) = (self.args, self.look);
            let printed = match args.format {
                Format::Human if args.statistics => String::new(),
                Format::Human => {
                    let mut printed = look.note(&path, analysis, &diagnostics, &tally);
                    if args.explain {
                        printed += &look.why(&path, analysis, &judged.explanation());
                    }
                    printed
                }
                Format::Json | Format::Ndjson => json(&NoteReport::new(
                    &path,
                    analysis,
                    &diagnostics,
                    judged.offset,
                )),
            };
            Answer { printed, tally }
        })
    }
}

fn start(format: Format, writer: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => write!(writer, "{{\"version\": {},\n \"notes\": [", report::VERSION),
        Format::Human | Format::Ndjson => Ok(()),
    }
}

fn print(format: Format, writer: &mut dyn Write, printed: &str, first: bool) -> io::Result<()> {
    match format {
        Format::Human => writer.write_all(printed.as_bytes()),
        Format::Json => {
            let between = if first { "\n  " } else { ",\n  " };
            write!(writer, "{between}{printed}")
        }
        // A line as soon as it is known: whoever reads it need not wait for the rest.
        Format::Ndjson => writeln!(writer, "{printed}").and_then(|()| writer.flush()),
    }
}

fn finish(args: &Check, look: Look, writer: &mut dyn Write, total: &Tally) -> io::Result<()> {
    match args.format {
        Format::Json => writeln!(
            writer,
            "],\n \"summary\": {}}}",
            json(&Summary::from(total))
        ),
        Format::Ndjson => Ok(()),
        Format::Human if total.notes == 0 => Ok(()),
        Format::Human => {
            if args.statistics {
                writer.write_all(look.statistics(total).as_bytes())?;
            }
            writer.write_all(look.summary(total, &args.selection.paths).as_bytes())
        }
    }
}

/// Total: the report holds nothing that JSON cannot say.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("maps have string keys, and numbers are finite")
}
