//! What goes to a person's terminal, and in which colours. The colours go only where a terminal
//! shows them and `NO_COLOR` does not forbid them.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
pub(crate) const CYAN: Style = AnsiColor::Cyan.on_default();

/// Standard output, and whether it shows colours.
pub(crate) struct Output {
    /// Where to write; buffered unless a person watches.
    pub(crate) writer: Box<dyn Write>,
    /// Whether escape sequences may be written to it.
    pub(crate) colours: bool,
}

/// Opens standard output.
pub(crate) fn output() -> Output {
    let stdout = io::stdout();
    match AutoStream::choice(&stdout) {
        ColorChoice::Never => Output {
            writer: Box::new(BufWriter::new(stdout.lock())),
            colours: false,
        },
        _ => Output {
            writer: Box::new(anstream::stdout().lock()),
            colours: true,
        },
    }
}

/// Tells an error on standard error.
pub(crate) fn error(message: &str) {
    tell("error", RED, message);
}

/// Tells a warning on standard error.
pub(crate) fn warning(message: &str) {
    tell("warning", YELLOW, message);
}

/// Tells something on standard error that is neither.
pub(crate) fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{message}");
}

fn tell(label: &str, style: Style, message: &str) {
    // Where even standard error is gone, nobody is left to tell.
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#}: {message}");
}

/// Text in a style, or plain.
pub(crate) fn paint(colours: bool, style: Style, text: &str) -> String {
    match colours {
        true => format!("{style}{text}{style:#}"),
        false => text.to_owned(),
    }
}
