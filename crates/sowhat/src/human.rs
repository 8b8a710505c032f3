//! What `check` shows to a person: each goal underlined in its line, and below it the three
//! qualifiers, with the question to ask where one is open.

mod excerpt;
mod why;

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Group, Level, Padding, Renderer, Snippet, normalize_untrusted_str,
};
use anstyle::Style;
use ide::{Analysis, Diagnostic, Document, Goal, Qualifier, Severity, State, Verdict};

use excerpt::Excerpt;

use crate::report::path_text;
use crate::style::{BOLD, CYAN, DIM, GREEN, RED, YELLOW, paint};
use crate::tally::Tally;

/// Evidence longer than this is cut, in characters.
const EVIDENCE_WIDTH: usize = 72;

/// How it may look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Whether there may be colours.
    pub(crate) colours: bool,
    /// The width of the terminal in columns, where it is one.
    pub(crate) width: Option<usize>,
}

impl Look {
    /// A note with its findings; empty where it has none.
    pub(crate) fn note(
        self,
        path: &str,
        analysis: &Analysis,
        diagnostics: &[Diagnostic],
        tally: &Tally,
    ) -> String {
        if diagnostics.is_empty() {
            return String::new();
        }
        let counts = format!(
            "{}, {} qualified, {} open",
            count(tally.goals, "goal"),
            tally.qualified,
            count(tally.open, "question"),
        );
        let mut out = format!(
            "{}  {}\n\n",
            self.paint(BOLD, path),
            self.paint(DIM, &counts)
        );
        for (index, goal) in analysis.note().goals.iter().enumerate() {
            let of_goal: Vec<&Diagnostic> = (diagnostics.iter())
                .filter(|finding| finding.goal == Some(index))
                .collect();
            if !of_goal.is_empty() {
                out += &self.goal(path, analysis, goal, &of_goal);
                out += "\n\n";
            }
        }
        for finding in diagnostics.iter().filter(|finding| finding.goal.is_none()) {
            out += &self.other(path, analysis.document(), finding);
            out += "\n\n";
        }
        out
    }

    /// The last lines: what all notes add up to, and what to do next.
    pub(crate) fn summary(self, tally: &Tally, paths: &[PathBuf]) -> String {
        let mut out = self.paint(BOLD, &totals(tally));
        out.push('\n');
        let missing: usize = (tally.by_code.iter())
            .filter(|((code, _), _)| code.ends_with("-missing"))
            .map(|(_, count)| count)
            .sum();
        let paths: Vec<String> = paths
            .iter()
            .map(|path| format!(" {}", quoted(path)))
            .collect();
        if missing > 0 && paths != [" -"] {
            let ask = format!(
                "`sowhat ask{}` writes the missing {} below {} (--diff shows it first).\n",
                paths.concat(),
                if missing == 1 {
                    "question"
                } else {
                    "questions"
                },
                if tally.goals == 1 {
                    "the goal"
                } else {
                    "the goals"
                },
            );
            out += &self.paint(DIM, &ask);
        }
        out
    }

    /// The findings by code, the most frequent first.
    pub(crate) fn statistics(self, tally: &Tally) -> String {
        let mut rows: Vec<_> = tally.by_code.iter().collect();
        rows.sort_by_key(|((code, severity), count)| {
            (
                std::cmp::Reverse(**count),
                std::cmp::Reverse(*severity),
                *code,
            )
        });
        let mut out = String::new();
        for ((code, severity), count) in rows {
            let name = self.paint(severity_style(*severity), &format!("{:11}", severity.id()));
            let _ = writeln!(out, "{count:>7}  {name}  {code}");
        }
        out
    }

    fn goal(
        self,
        path: &str,
        analysis: &Analysis,
        goal: &Goal,
        findings: &[&Diagnostic],
    ) -> String {
        let document = analysis.document();
        let related: Vec<_> = findings
            .iter()
            .flat_map(|finding| &finding.related)
            .collect();
        let mut lines = Vec::new();
        for qualifier in analysis.qualifiers() {
            let mut told = findings
                .iter()
                .filter(|f| f.qualifier == Some(qualifier))
                .peekable();
            if told.peek().is_none() {
                lines.extend(self.answered(document, qualifier, goal.verdict(qualifier)));
            }
            lines.extend(told.map(|finding| self.finding(finding, goal)));
        }
        let without = findings
            .iter()
            .filter(|finding| finding.qualifier.is_none());
        lines.extend(without.map(|finding| self.finding(finding, goal)));
        self.group(path, document, &goal.range, &related, lines)
    }

    fn other(self, path: &str, document: &Document, finding: &Diagnostic) -> String {
        let related: Vec<_> = finding.related.iter().collect();
        let line = self.line(
            severity_style(finding.severity),
            "!",
            &finding.message,
            finding.code.as_str(),
        );
        self.group(path, document, &finding.range, &related, vec![line])
    }

    fn group(
        self,
        path: &str,
        document: &Document,
        range: &Range<usize>,
        related: &[&(Range<usize>, String)],
        lines: Vec<String>,
    ) -> String {
        let ranges = related.iter().map(|(range, _)| range);
        let excerpt = Excerpt::new(document, ranges.chain([range]));
        let primary =
            (excerpt.spans(range).into_iter()).map(|span| AnnotationKind::Primary.span(span));
        let context = excerpt.context(range, related);
        let snippet = Snippet::source(excerpt.source.as_str())
            .line_start(excerpt.first_line + 1)
            .path(path)
            .annotations(primary)
            .annotations(context);
        let messages = (lines.into_iter()).map(|line| Level::WARNING.no_name().message(line));
        let group = Group::with_level(Level::WARNING)
            .element(snippet)
            .element(Padding)
            .elements(messages);
        let renderer = match self.colours {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        let renderer = renderer.decor_style(DecorStyle::Unicode);
        match self.width {
            Some(width) => renderer.term_width(width).render(&[group]),
            None => renderer.render(&[group]),
        }
    }

    /// The line of a qualifier that nothing is to be said about.
    fn answered(
        self,
        document: &Document,
        qualifier: Qualifier,
        verdict: &Verdict,
    ) -> Option<String> {
        let evidence = verdict.evidence.first()?;
        let text = one_line(&document.slice(evidence.range.clone()));
        let text = format!("{}: {text}", capital(qualifier.name()));
        let glyph = self.paint(state_style(verdict.state), glyph(verdict.state));
        Some(format!("{glyph} {}", self.paint(DIM, &text)))
    }

    fn finding(self, finding: &Diagnostic, goal: &Goal) -> String {
        let (style, glyph) = match finding
            .qualifier
            .map(|qualifier| goal.verdict(qualifier).state)
        {
            None | Some(State::Answered) => (severity_style(finding.severity), "!"),
            Some(state) => (state_style(state), glyph(state)),
        };
        let style = match finding.severity {
            Severity::Hint => DIM,
            _ => style,
        };
        self.line(style, glyph, &finding.message, finding.code.as_str())
    }

    fn line(self, style: Style, glyph: &str, message: &str, code: &str) -> String {
        let message = normalize_untrusted_str(message);
        let message = match style == DIM {
            true => self.paint(DIM, &message),
            false => self.with_question(&message),
        };
        let code = self.paint(DIM, &format!("[{code}]"));
        format!("{} {message}  {code}", self.paint(style, glyph))
    }

    /// A message with the question in it, where it has one, to be seen at a glance.
    fn with_question(self, message: &str) -> String {
        match (message.find('“'), message.rfind('”')) {
            (Some(start), Some(end)) if start < end => {
                let end = end + '”'.len_utf8();
                let question = self.paint(BOLD, &message[start..end]);
                format!("{}{question}{}", &message[..start], &message[end..])
            }
            _ => message.to_owned(),
        }
    }

    fn paint(self, style: Style, text: &str) -> String {
        paint(self.colours, style, text)
    }
}

/// `12 goals in 4 notes: 3 qualified, 21 questions open`
fn totals(tally: &Tally) -> String {
    let notes = count(tally.notes, "note");
    if tally.goals == 0 {
        return format!("No goals in {notes}");
    }
    let goals = count(tally.goals, "goal");
    let place = match tally.notes_with_goals == tally.notes {
        true => notes,
        false => format!("{} of {notes}", tally.notes_with_goals),
    };
    let qualified = match tally.qualified == tally.goals {
        true => "all qualified".to_owned(),
        false => format!("{} qualified", tally.qualified),
    };
    match tally.open {
        0 => format!("{goals} in {place}: {qualified}"),
        open => format!(
            "{goals} in {place}: {qualified}, {} open",
            count(open, "question")
        ),
    }
}

fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// A path as it is typed to a shell.
fn quoted(path: &Path) -> String {
    let path = path_text(path);
    let plain = |c: char| c.is_alphanumeric() || "-_./:~+,@%".contains(c);
    match path.chars().all(plain) {
        true => path,
        false => format!("\"{path}\""),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A passage on one line, without control characters, cut where it is long.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| *word != ">")
        .collect();
    let text: Cow<'_, str> = normalize_untrusted_str(&words.join(" ")).into();
    match text.char_indices().nth(EVIDENCE_WIDTH) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.into_owned(),
    }
}

fn glyph(state: State) -> &'static str {
    match state {
        State::Missing => "✗",
        State::Asked => "?",
        State::Vague => "~",
        State::Answered => "✓",
    }
}

fn state_style(state: State) -> Style {
    match state {
        State::Missing => RED,
        State::Asked => DIM,
        State::Vague => YELLOW,
        State::Answered => GREEN,
    }
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Information => CYAN,
        Severity::Hint => DIM,
    }
}
