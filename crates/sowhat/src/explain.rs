//! `sowhat explain`: what a finding means, from the registry of rules.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use ide::rules::{self, RULES, Rule};

use crate::style::{BOLD, CYAN, DIM, paint};
use crate::{Failure, style};

/// Paragraphs are wrapped at this column.
const WIDTH: usize = 80;

/// Explains one finding, or lists them all.
pub(crate) fn run(code: Option<&str>) -> Result<ExitCode, Failure> {
    let mut output = style::output();
    let text = match code {
        None => list(output.colours),
        Some(code) => explain(find(code)?, output.colours),
    };
    output.writer.write_all(text.as_bytes())?;
    output.writer.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn find(code: &str) -> Result<&'static Rule, Failure> {
    rules::find_or_nearest(code).map_err(|nearest| {
        Failure::Message(match nearest {
            Some(nearest) => format!("no finding is called `{code}`; did you mean `{nearest}`?"),
            None => format!("no finding is called `{code}`; `sowhat explain` lists them"),
        })
    })
}

fn list(colours: bool) -> String {
    let width = RULES
        .iter()
        .map(|rule| rule.code.as_str().len())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for rule in RULES {
        let code = paint(colours, BOLD, &format!("{:width$}", rule.code.as_str()));
        let _ = writeln!(out, "{code}  {}", rule.summary);
    }
    out
}

fn explain(rule: &Rule, colours: bool) -> String {
    let code = rule.code.as_str();
    let heading = |text: &str| paint(colours, CYAN, text);
    let mut out = format!(
        "{}  {}\n\n{}\n\n{}\n",
        paint(colours, BOLD, code),
        paint(colours, DIM, &format!("({})", rule.loudness())),
        wrap(rule.summary),
        wrap(rule.explanation),
    );
    for (title, note) in [("Before", rule.bad), ("After", rule.good)] {
        let _ = write!(out, "\n{}\n\n{}", heading(title), indent(note));
    }
    let hint = format!(
        "To switch it off, write `severity.{code} = \"off\"` in sowhat.toml; to silence one goal, \
         write <!-- sowhat: ignore --> on the line above it."
    );
    let _ = write!(out, "\n{}\n", wrap(&hint));
    out
}

fn indent(note: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        _ => format!("    {line}\n"),
    };
    note.lines().map(line).collect()
}

fn wrap(paragraph: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let width = word.chars().count();
        match column {
            0 => {}
            _ if column + 1 + width > WIDTH => {
                out.push('\n');
                column = 0;
            }
            _ => {
                out.push(' ');
                column += 1;
            }
        }
        out += word;
        column += width;
    }
    out
}
