//! What `check --explain` shows: for each goal, and for what was passed over, what decided.

use std::fmt::Write;
use std::ops::Range;

use ide::{Analysis, Decided, Explained, Explanation, QUALIFIERS};

use super::{Look, one_line};
use crate::report::line_and_column;
use crate::style::{BOLD, DIM};

impl Look {
    /// Why the goals of a note are goals, and why their qualifiers are in their states.
    pub(crate) fn why(self, path: &str, analysis: &Analysis, explanation: &Explanation) -> String {
        let mut out = String::new();
        for explained in &explanation.goals {
            out += &self.place(path, analysis, &explained.goal.range);
            out += &self.goal_because(explained);
        }
        for passed in &explanation.passed_over {
            out += &self.place(path, analysis, &passed.range);
            let rule = passed.reason.map_or_else(
                || "no rule takes it for one".to_owned(),
                |reason| format!("rule {}: {}", reason.rule, reason.why),
            );
            let told = format!(
                "{rule}; the reader is {} sure that it is",
                percent(passed.certainty)
            );
            let _ = writeln!(out, "  {:16}  {}", "no goal", self.paint(DIM, &told));
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }

    fn place(self, path: &str, analysis: &Analysis, range: &Range<usize>) -> String {
        let document = analysis.document();
        let (line, column) = line_and_column(document, range.start);
        let words = one_line(&document.slice(range.clone()));
        let words = self.paint(BOLD, &format!("“{words}”"));
        format!(
            "{} {words}\n",
            self.paint(DIM, &format!("{path}:{line}:{column}"))
        )
    }

    fn goal_because(self, explained: &Explained) -> String {
        let mut out = format!("  {:16}  {}\n", "goal", self.because(&explained.outcome));
        for qualifier in QUALIFIERS {
            let state = explained.goal.verdict(qualifier).state;
            let _ = writeln!(
                out,
                "  {:16}  {:8}  {}",
                qualifier.name(),
                state.id(),
                self.because(&explained.states[qualifier.index()])
            );
        }
        out
    }

    fn because(self, decided: &Decided) -> String {
        let certain = decided.certainty.map(percent);
        let by_reader = decided.reason.filter(|reason| reason.rule == ide::READER);
        let mut told = match (decided.reason, by_reader, certain) {
            (_, Some(_), certain) => format!("the reader, {} sure", certain.unwrap_or_default()),
            (Some(reason), None, None) => format!("rule {}: {}", reason.rule, reason.why),
            (Some(reason), None, Some(certain)) => {
                format!(
                    "rule {}: {}; the reader: {certain}",
                    reason.rule, reason.why
                )
            }
            (None, None, None) => "nothing speaks to it".to_owned(),
            (None, None, Some(certain)) => format!("nothing speaks to it; the reader: {certain}"),
        };
        if !decided.words.is_empty() {
            let words: Vec<String> = decided
                .words
                .iter()
                .map(|word| format!("“{word}”"))
                .collect();
            let _ = write!(told, ", by {}", words.join(", "));
        }
        self.paint(DIM, &told)
    }
}

fn percent(certainty: f32) -> String {
    format!("{:.0}%", certainty * 100.0)
}
