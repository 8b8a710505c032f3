//! The goal that each of sowhat's own questions asks about: the one it names, else the one it was put below.

use rustc_hash::FxHashMap;

use super::cascade::Scope;
use super::naming::{Among, Named};
use crate::outline::Asked;
use crate::{Evidence, Reason, State};

impl Scope<'_> {
    /// The goal of each question; `None` where none stands before it.
    pub(super) fn asked_of(&self, asked: &[Asked]) -> Vec<Option<usize>> {
        if asked.is_empty() {
            return Vec::new();
        }
        let mut by_words: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for goal in 0..self.count() {
            by_words
                .entry(folded(self.words_of(goal)))
                .or_default()
                .push(goal);
        }
        let of = |asked| {
            self.asked_by_name(asked, &by_words)
                .or_else(|| self.asked_by_place(asked))
        };
        asked.iter().map(of).collect()
    }

    /// Of several goals with its name the nearest before.
    fn asked_by_name(
        &self,
        asked: &Asked,
        by_words: &FxHashMap<String, Vec<usize>>,
    ) -> Option<usize> {
        let name = quoted(&asked.piece.text.plain)?;
        let named = match by_words.get(&folded(name)) {
            Some(goals) => goals.clone(),
            None => {
                let own = Named::of(&asked.piece, 0);
                self.named_in(own, &own.metrics, &Among::All)
            }
        };
        let before = |goal: &&usize| self.place_of(**goal) < asked.before;
        named.iter().rev().find(before).or(named.first()).copied()
    }

    fn asked_by_place(&self, asked: &Asked) -> Option<usize> {
        let mut at = asked.parent;
        while let Some(parent) = at {
            if let Some(&goal) = self.goals_at(parent as usize).last() {
                return Some(goal);
            }
            at = self.passages[parent as usize].parent;
        }
        self.places.latest_before(asked.before.checked_sub(1)?)
    }
}

/// What it adds to its goal.
pub(super) fn evidence(asked: &Asked) -> Evidence {
    let piece = &asked.piece;
    Evidence {
        range: piece.source(piece.lead_in(false)..piece.text.plain.len(), asked.start),
        state: State::Asked,
        reason: Reason {
            rule: "Q9",
            why: "a question",
        },
    }
}

/// The goal's words in a question that names it.
fn quoted(question: &str) -> Option<&str> {
    let (_, behind) = question.split_once('“')?;
    let (name, _) = behind.rsplit_once('”')?;
    Some(name)
}

/// Words without what stands between them, in lower case.
fn folded(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
