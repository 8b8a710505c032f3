//! Where goals and evidence stand, so that a theme can colour them.

use std::ops::Range;

use goals::{Qualifier, State};

use crate::analysis::Analysis;

/// A piece of one line that is a goal or evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SemanticToken {
    /// Bytes, within one line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A goal; whether all is answered.
    Goal {
        /// Whether nothing is left to ask.
        qualified: bool,
    },
    /// Evidence.
    Evidence {
        /// What it answers.
        qualifier: Qualifier,
        /// Whether it asks, answers vaguely, or answers.
        state: State,
    },
}

/// The tokens that touch a range of bytes, in order, disjoint. Where several things stand in one place, a goal wins, then
/// what decided more.
pub(crate) fn semantic_tokens(analysis: &Analysis, range: &Range<usize>) -> Vec<SemanticToken> {
    let goals = &analysis.note().goals;
    let mut free = Free::default();
    for goal in goals {
        let qualified = goal.is_qualified();
        free.take(goal.range.clone(), TokenKind::Goal { qualified });
    }
    for (goal, qualifier) in goals
        .iter()
        .flat_map(|goal| goals::QUALIFIERS.map(|of| (goal, of)))
    {
        for evidence in &goal.verdict(qualifier).evidence {
            let state = evidence.state;
            free.take(
                evidence.range.clone(),
                TokenKind::Evidence { qualifier, state },
            );
        }
    }
    let document = analysis.document();
    let tokens = free.taken.into_iter().flat_map(|(start, (end, kind))| {
        let lines = document.line_of(start)..=document.line_of(end);
        lines.filter_map(move |line| {
            let line = document.line_range(line);
            let range = start.max(line.start)..end.min(line.end);
            let words = document.slice(range.clone());
            // What stands before a line's words is the list's or the quote's.
            let words = words.trim_start_matches([' ', '\t', '>']);
            let range = range.end - words.len()..range.end;
            (!words.is_empty()).then_some(SemanticToken { range, kind })
        })
    });
    tokens
        .filter(|token| token.range.start < range.end && range.start < token.range.end)
        .collect()
}

/// What is taken, by its start; the rest is free.
#[derive(Default)]
struct Free {
    taken: std::collections::BTreeMap<usize, (usize, TokenKind)>,
}

impl Free {
    /// Takes what is free of a range.
    fn take(&mut self, range: Range<usize>, kind: TokenKind) {
        let before = self.taken.range(..=range.start).next_back();
        let mut at = before.map_or(range.start, |(_, (end, _))| range.start.max(*end));
        while at < range.end {
            let next = self
                .taken
                .range(at..)
                .next()
                .map(|(start, (end, _))| (*start, *end));
            let (until, behind) = match next {
                Some((start, end)) if start < range.end => (start, end),
                _ => (range.end, range.end),
            };
            if at < until {
                self.taken.insert(at, (until, kind));
            }
            at = behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::judged;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let tokens = judged(text).semantic_tokens(0..text.len());
        let shown: Vec<(&str, String)> = tokens
            .iter()
            .map(|token| {
                let kind = match token.kind {
                    TokenKind::Goal { qualified } => format!("goal {qualified}"),
                    TokenKind::Evidence { qualifier, state } => {
                        format!("{} {}", qualifier.id(), state.id())
                    }
                };
                (&text[token.range.clone()], kind)
            })
            .collect();
        let shown: Vec<(&str, &str)> = shown
            .iter()
            .map(|(words, kind)| (*words, kind.as_str()))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn goals_and_evidence_are_told_apart() {
        check(
            "# Goals\n\n- Grow ARR to $5M so we can open in Berlin\n  - What happens if you don't hit that goal?\n",
            &[
                ("Grow ARR to $5M", "goal false"),
                ("so we can open in Berlin", "importance answered"),
                (
                    "What happens if you don't hit that goal?",
                    "cost-of-inaction asked",
                ),
            ],
        );
    }

    #[test]
    fn a_token_never_runs_over_a_lines_end() {
        check(
            "# Goals\n\n- Grow ARR to $5M so we can open the new office\n  in Berlin\n",
            &[
                ("Grow ARR to $5M", "goal false"),
                ("so we can open the new office", "importance answered"),
                ("in Berlin", "importance answered"),
            ],
        );
    }

    #[test]
    fn what_is_taken_is_not_taken_twice() {
        let mut free = Free::default();
        let goal = TokenKind::Goal { qualified: true };
        let evidence = TokenKind::Evidence {
            qualifier: Qualifier::Realism,
            state: State::Vague,
        };
        free.take(5..10, goal);
        free.take(0..20, evidence);
        free.take(3..12, goal);
        let taken: Vec<_> = free
            .taken
            .iter()
            .map(|(start, (end, kind))| (*start..*end, *kind))
            .collect();
        assert_eq!(taken, [(0..5, evidence), (5..10, goal), (10..20, evidence)]);
    }
}
