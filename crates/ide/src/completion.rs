//! What a person can type below a goal: its open questions, and the labels of answers.

use std::ops::Range;

use goals::{Goal, Period, Qualifier, State};
use syntax::{BlockKind, Document};

use crate::analysis::Analysis;
use crate::assists::{Asker, lead_below, surroundings};
use crate::rules::capital;
use crate::words::one_line;

/// Something to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What a menu shows.
    pub label: String,
    /// What it is for, in a few words.
    pub detail: String,
    /// Which kind it is.
    pub kind: CompletionKind,
    /// What is typed of it so far, and is replaced; in bytes, within one line.
    pub range: Range<usize>,
    /// What takes its place.
    pub insert: Insert,
}

/// The kinds of completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A question.
    Question,
    /// The label of an answer.
    Label,
    /// A whole goal, to be filled in.
    Goal,
}

/// A text with places for the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// Text, and after each part but the last a place with a word that stands for what belongs there.
    parts: Vec<(String, &'static str)>,
}

impl Insert {
    fn text(text: String) -> Insert {
        Insert {
            parts: vec![(text, "")],
        }
    }

    /// In LSP's snippet syntax.
    pub fn snippet(&self) -> String {
        let mut out = String::new();
        for (number, (text, word)) in self.parts.iter().enumerate() {
            out += &escape_snippet(text);
            match *word {
                "" => out += "$0",
                word => out += &format!("${{{}:{word}}}", number + 1),
            }
        }
        out
    }

    /// For a client that knows no snippets.
    pub fn plain(&self) -> String {
        let parts = self.parts.iter();
        parts.map(|(text, word)| format!("{text}{word}")).collect()
    }
}

/// Text as it stands in LSP's snippet syntax.
pub fn escape_snippet(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What can be typed at a byte; nothing in code, in front matter or behind other words.
pub(crate) fn completions(analysis: &Analysis, at: usize) -> Vec<Completion> {
    let document = analysis.document();
    let Some(line) = Line::new(document, at) else {
        return Vec::new();
    };
    let mut completions =
        goal_above(analysis, at).map_or_else(Vec::new, |goal| of_goal(analysis, goal, &line));
    completions.push(Completion {
        label: "Goal:".to_owned(),
        detail: "a goal with its target".to_owned(),
        kind: CompletionKind::Goal,
        range: line.typed,
        insert: Insert {
            parts: [
                ("Goal: ", "increase"),
                (" ", "what"),
                (" from ", "last year's"),
                (" to ", "target"),
                (" by ", "when"),
                ("", ""),
            ]
            .map(|(text, word)| (text.to_owned(), word))
            .into(),
        },
    });
    completions
}

fn of_goal(analysis: &Analysis, index: usize, line: &Line) -> Vec<Completion> {
    let goal = &analysis.note().goals[index];
    let words = one_line(&analysis.document().slice(goal.range.clone()));
    let lead = match line.is_blank {
        true => lead_below(analysis.document(), goal.block).unwrap_or_default(),
        false => String::new(),
    };
    let range = if line.is_blank {
        line.whole.clone()
    } else {
        line.typed.clone()
    };
    let completion = |label: String, kind: CompletionKind, detail: String| Completion {
        insert: Insert::text(format!("{lead}{label} ")),
        label,
        detail,
        kind,
        range: range.clone(),
    };
    let asker = Asker::new(analysis);
    let open = |of: &Qualifier| goal.verdict(*of).state != State::Answered;
    let mut completions = Vec::new();
    for qualifier in analysis.qualifiers().filter(open) {
        for question in asker.questions(index, qualifier) {
            let detail = format!("{} of “{words}”", qualifier.name());
            completions.push(completion(question, CompletionKind::Question, detail));
        }
    }
    for qualifier in analysis.qualifiers().filter(open) {
        let detail = format!("{} of “{words}”", qualifier.name());
        completions.push(completion(
            label(goal, qualifier),
            CompletionKind::Label,
            detail,
        ));
    }
    completions
}

/// What stands before an answer to a qualifier.
fn label(goal: &Goal, qualifier: Qualifier) -> String {
    match qualifier {
        Qualifier::Importance => "Why:".to_owned(),
        Qualifier::CostOfInaction => "If missed:".to_owned(),
        Qualifier::Realism => {
            let period = goal.target.as_ref().and_then(|target| target.period_kind);
            capital(&format!("last {}:", period.unwrap_or(Period::Year).name()))
        }
    }
}

/// The goal below which a byte's line stands, or would stand.
fn goal_above(analysis: &Analysis, at: usize) -> Option<usize> {
    let document = analysis.document();
    let line = document.line_of(at);
    let goals = &analysis.note().goals;
    let above = goals.partition_point(|goal| document.line_of(goal.range.end) < line);
    let index = above.checked_sub(1)?;
    let end = surroundings(document, goals[index].block).end;
    (line <= document.line_of(end) + 1).then_some(index)
}

/// The line with the cursor, which stands behind what is typed so far.
struct Line {
    /// Up to the cursor.
    whole: Range<usize>,
    /// Behind indentation, quotes, marker and task.
    typed: Range<usize>,
    is_blank: bool,
}

impl Line {
    fn new(document: &Document, at: usize) -> Option<Line> {
        let block = document.block_at(at).map(|index| &document.blocks()[index]);
        if block.is_some_and(|block| {
            matches!(
                block.kind,
                BlockKind::Code { .. } | BlockKind::FrontMatter | BlockKind::Html
            ) && at <= block.range.end
        }) {
            return None;
        }
        let whole = document.line_range(document.line_of(at));
        let text = document.slice(whole.start..at);
        let behind = document.slice(at..whole.end);
        if !behind.trim().is_empty() {
            return None;
        }
        let words = text.trim_start_matches([' ', '\t', '>']);
        let rest = without_marker(words);
        Some(Line {
            whole: whole.start..at,
            typed: at - rest.len()..at,
            is_blank: text.trim().is_empty(),
        })
    }
}

/// What stands behind a list item's marker and a task's box.
fn without_marker(text: &str) -> &str {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = match digits.len() == text.len() {
        true => text.strip_prefix(['-', '*', '+']),
        false => digits.strip_prefix(['.', ')']),
    };
    let Some(rest) = marked.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) else {
        return text;
    };
    let rest = rest.trim_start();
    ["[ ]", "[x]", "[X]"]
        .iter()
        .find_map(|task| rest.strip_prefix(task))
        .map_or(rest, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::judged;

    /// The note after each completion at `$0`, as plain text, by its label.
    fn completed(marked: &str) -> Vec<(String, String)> {
        let at = marked.find("$0").unwrap();
        let text = marked.replacen("$0", "", 1);
        let completions = judged(&text).completions(at).into_iter();
        completions
            .map(|completion| {
                let mut text = text.clone();
                text.replace_range(completion.range, &completion.insert.plain());
                (completion.label, text)
            })
            .collect()
    }

    #[test]
    fn below_a_goal_its_open_questions_and_labels() {
        let found = completed("# Goals\n\n- Grow ARR to $5M so we can open in Berlin\n  - $0\n");
        let labels: Vec<&str> = found.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "What happens if you don't hit that goal?",
                "Could you hit it by simply doing more of what you already do? Why or why not?",
                "How does that target compare to last year's performance?",
                "Do you think it is attainable?",
                "If missed:",
                "Last year:",
                "Goal:",
            ]
        );
        assert_eq!(
            found[4].1,
            "# Goals\n\n- Grow ARR to $5M so we can open in Berlin\n  - If missed: \n"
        );
    }

    #[test]
    fn an_empty_line_becomes_a_child_of_the_goal() {
        let found = completed("# Goals\n\n* Grow ARR to $5M\n$0\n");
        assert_eq!(
            found[0].1.lines().last(),
            Some("  * Is this an important target? Why or why not? ")
        );
    }

    #[test]
    fn what_is_typed_so_far_is_replaced() {
        let found = completed("# Goals\n\n- Grow ARR to $5M\n  - if mi$0\n");
        let missed = found
            .iter()
            .find(|(label, _)| label == "If missed:")
            .unwrap();
        assert_eq!(missed.1.lines().last(), Some("  - If missed: "));
    }

    #[test]
    fn elsewhere_a_goal_can_be_begun() {
        let found = completed("# Acme\n\nWe talked.\n\n- [ ] $0\n");
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].1.lines().last(),
            Some("- [ ] Goal: increase what from last year's to target by when")
        );
    }

    #[test]
    fn nothing_in_code_or_between_words() {
        assert_eq!(completed("```\nGoal$0\n```\n"), []);
        assert_eq!(completed("Grow $0 revenue\n"), []);
    }

    #[test]
    fn a_snippet_escapes_what_is_syntax() {
        let insert = Insert {
            parts: vec![("cost $5} to ".into(), "what"), (String::new(), "")],
        };
        assert_eq!(insert.snippet(), "cost \\$5\\} to ${1:what}$0");
        assert_eq!(insert.plain(), "cost $5} to what");
    }
}
