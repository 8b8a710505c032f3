//! Questions within a passage: asked, told, answered in the same breath, or left without an answer (Q9, D8, D16).

use std::ops::Range;

use super::{Label, Reader, Speaker};
use crate::claim::{Says, Serves};
use crate::lexicon::Class;
use crate::question;
use crate::substance::Substance;
use crate::{Qualifier, Reason};

impl Reader<'_> {
    /// "not discussed" under a label or as an answer (D8, D16).
    pub(super) fn unanswered(&mut self, sentence: &Range<usize>) -> bool {
        let labels = self.labels(sentence);
        let none = !labels.is_empty()
            && self.text.has(Class::NoAnswer, sentence.clone())
            && sentence.len() < 12
            && !sentence.clone().any(|at| self.text.is(at, "?"));
        if none {
            for qualifier in labels {
                self.push(
                    sentence.clone(),
                    Says::Asks(qualifier),
                    Reason {
                        rule: "D8",
                        why: "no answer was given",
                    },
                );
            }
            self.answers = None;
        }
        none
    }

    pub(super) fn question(&mut self, sentence: Range<usize>, asked: &question::Asked) {
        if self.context.speaker == Speaker::Prospect {
            return self.asks_back(sentence);
        }
        // "… Why or why not?" asks no more than the question before it.
        if sentence.len() <= 5
            && self.answers.is_some()
            && self.text.has(Class::WhyNot, sentence.clone())
        {
            return;
        }
        if sentence.start < asked.tokens.start
            && !self.context.no_goal_zone
            && self.context.speaker != Speaker::Rep
        {
            self.prose(sentence.start..asked.tokens.start);
        }
        let rest = self.trim(asked.tokens.end..sentence.end);
        // A joint label without content asks for both (D10).
        let joint = self.context.label == Label::WhyAndCost && rest.is_empty();
        let qualifiers = match joint {
            true => &[Qualifier::Importance, Qualifier::CostOfInaction],
            false => asked.qualifiers.as_slice(),
        };
        for &qualifier in qualifiers {
            self.push(
                asked.tokens.clone(),
                Says::Asks(qualifier),
                Reason {
                    rule: "Q9",
                    why: "a question",
                },
            );
        }
        self.answers = asked.qualifiers.first().copied();
        self.as_it_is = self.text.has(Class::AskAsItIs, asked.tokens.clone());
        if let Some(qualifier) = self.answers
            && !rest.is_empty()
            && self.context.speaker != Speaker::Rep
        {
            self.labelled(rest, &[qualifier]);
        }
    }

    /// The prospect's own questions ask for no qualifier; a short one in place of an answer is a dodge.
    fn asks_back(&mut self, sentence: Range<usize>) {
        if let Some(qualifier) = self.answers
            && sentence.len() <= 8
        {
            let found = Substance::vague("Q3", "a question back", crate::Vagueness::Dodge);
            self.answer(sentence, qualifier, found, Serves::Near);
        }
    }
}
