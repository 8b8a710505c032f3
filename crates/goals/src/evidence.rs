//! Evidence: which clauses of a passage answer a qualifier, in what state, and which questions stay open.
//! Reads one passage at a time and knows of its surroundings only what [`Context`] says. Which goal gets
//! what is decided elsewhere.

use std::ops::Range;

use crate::claim::{Answer, Claim, Says, Serves};
use crate::lexicon::Class;
use crate::question;
use crate::substance::Substance;
use crate::text::Text;
use crate::{Qualifier, Reason};

mod asked;
mod connectives;
mod context;
mod from_to;
mod labelled;
mod pieces;
mod realism;
mod statement;
#[cfg(test)]
mod tests;

pub(crate) use context::{Context, Label, Speaker};
use pieces::{Kind, Lead, Piece};

/// The evidence in a passage. `from`: where the content starts, behind a label. `goals`: bytes of the goals in it.
pub(crate) fn claims(
    text: &Text,
    from: usize,
    goals: &[Range<usize>],
    context: Context,
) -> Vec<Claim> {
    // Each sentence is told only of the goals that it touches: a passage may hold thousands of both.
    let mut touching: Vec<Vec<Range<usize>>> = vec![Vec::new(); text.sentences.len()];
    for goal in goals.iter().map(|goal| text.tokens_in(goal.clone())) {
        let first = (text.sentences).partition_point(|sentence| sentence.end < goal.start);
        let sentences = text.sentences[first..].iter().zip(&mut touching[first..]);
        for (_, goals) in sentences.take_while(|(sentence, _)| sentence.start <= goal.end) {
            goals.push(goal.clone());
        }
    }
    let mut reader = Reader {
        text,
        goals: Vec::new(),
        context,
        answers: context.answers,
        as_it_is: context.as_it_is,
        first: text
            .tokens
            .partition_point(|token| (token.start as usize) < from),
        out: Vec::new(),
    };
    for (whole, goals) in text.sentences.iter().zip(touching) {
        reader.goals = goals;
        let sentence = whole.start.max(reader.first)..whole.end;
        if sentence.start < sentence.end {
            reader.sentence(whole.clone(), sentence);
        }
    }
    reader.out
}

/// Reads a passage, sentence by sentence.
struct Reader<'t> {
    text: &'t Text,
    /// Tokens of the goals that touch the sentence.
    goals: Vec<Range<usize>>,
    context: Context,
    /// The question that the coming sentences answer.
    answers: Option<Qualifier>,
    /// That question is whether they get there as they are: a yes speaks against the cost of inaction.
    as_it_is: bool,
    /// Where the content begins, behind a label or a speaker's name.
    first: usize,
    out: Vec<Claim>,
}

impl Reader<'_> {
    fn sentence(&mut self, whole: Range<usize>, sentence: Range<usize>) {
        let holds_goal = self
            .goals
            .iter()
            .any(|goal| goal.start < sentence.end && sentence.start < goal.end);
        if !holds_goal && self.unanswered(&sentence) {
            return;
        }
        let told = self.text.has(Class::AskCue, whole.start..sentence.start);
        if !holds_goal
            && let Some(mut asked) =
                question::asked(self.text, if told { whole } else { sentence.clone() })
            && asked.tokens.end > sentence.start
        {
            asked.tokens.start = asked.tokens.start.max(sentence.start);
            return self.question(sentence, &asked);
        }
        if self.context.no_goal_zone || self.context.speaker == Speaker::Rep {
            return;
        }
        if holds_goal {
            self.answers = None;
        }
        let labels = self.labels(&sentence);
        if labels.is_empty() || holds_goal {
            self.prose(sentence);
        } else {
            self.labelled(sentence, &labels);
        }
    }

    /// A sentence that nothing announces: its connectives and its words tell.
    fn prose(&mut self, sentence: Range<usize>) {
        let pieces = pieces::split(self.text, sentence.clone(), &self.goals);
        let mut at = 0;
        let mut plain_from = 0;
        while at < pieces.len() {
            if let Some(qualifier) = self.inline_label(&pieces, at) {
                self.plain(&pieces[plain_from..at]);
                let end = (at + 1..pieces.len())
                    .find(|&end| {
                        pieces[end].lead == Lead::Break || self.inline_label(&pieces, end).is_some()
                    })
                    .unwrap_or(pieces.len());
                match end > at + 1 {
                    true => self.labelled(
                        pieces[at + 1].tokens.start..pieces[end - 1].tokens.end,
                        &[qualifier],
                    ),
                    false => self.push(
                        pieces[at].tokens.clone(),
                        Says::Asks(qualifier),
                        Reason {
                            rule: "Q1",
                            why: "empty label",
                        },
                    ),
                }
                (at, plain_from) = (end, end);
                continue;
            }
            let end = match pieces[at].kind {
                Kind::Miss | Kind::Otherwise | Kind::Or => {
                    self.consequence(&pieces, plain_from, at)
                }
                Kind::HitIt => self.after(
                    &pieces,
                    at,
                    Qualifier::Importance,
                    "Q5",
                    "what reaching it brings",
                ),
                Kind::Because => self.reason(&pieces, at),
                Kind::Purpose | Kind::NegPurpose => self.purpose(&pieces, at),
                Kind::OtherIf => connectives::tail_end(&pieces, at),
                Kind::Goal => {
                    self.before_goal(&pieces, plain_from, at);
                    self.in_goal(&pieces[at]);
                    self.leads_to(&pieces, at).unwrap_or(at + 1)
                }
                Kind::Plain => {
                    at += 1;
                    continue;
                }
            };
            self.plain(&pieces[plain_from..at]);
            at = end;
            plain_from = end;
        }
        self.plain(&pieces[plain_from..]);
    }

    /// Pieces without connective.
    fn plain(&mut self, pieces: &[Piece]) {
        let mut at = 0;
        while at < pieces.len() {
            if pieces[at].kind != Kind::Plain {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < pieces.len()
                && pieces[end].kind == Kind::Plain
                && !pieces[end].lead.is_strong()
            {
                end += 1;
            }
            let whole = self.trim(pieces[at].tokens.start..pieces[end - 1].tokens.end);
            if !whole.is_empty() {
                let serves = self.serves(&whole);
                for (qualifier, found) in
                    statement::read(self.text, whole.clone(), &self.goals, &self.context)
                        .into_iter()
                        .flatten()
                {
                    self.answer(whole.clone(), qualifier, found, serves);
                }
                for piece in &pieces[at..end] {
                    let tokens = self.trim(piece.tokens.clone());
                    // "losing 80k a month" is what it costs, not where it stands.
                    if self.text.has(Class::Loss, tokens.clone()) {
                        continue;
                    }
                    if let Some(found) =
                        realism::statement(self.text, tokens.clone(), &self.goals, &self.context)
                    {
                        // "Economic buyer: …, not met yet" is the status of something else.
                        let other = self.first > 0
                            && self.context.label == Label::None
                            && self.context.speaker == Speaker::Note
                            && !self.context.contained;
                        if !(other && found.reason.why == realism::STATUS) {
                            self.answer(tokens, Qualifier::Realism, found, serves);
                        }
                    }
                }
            }
            at = end;
        }
    }

    /// "these", "both", "all of them", "the targets": every goal of the list before (A4).
    fn serves(&self, tokens: &Range<usize>) -> Serves {
        let is = |at: usize, words: &[&str]| words.iter().any(|word| self.text.is(at, word));
        let all = tokens.clone().any(|at| {
            is(at, &["these", "both"])
                || is(at, &["all", "any", "either"]) && is(at + 1, &["of"])
                || is(at, &["the"]) && is(at + 1, &["plan", "targets", "goals", "numbers"])
        });
        if all { Serves::All } else { Serves::Near }
    }

    fn answer(
        &mut self,
        tokens: Range<usize>,
        qualifier: Qualifier,
        found: Substance,
        serves: Serves,
    ) {
        let answer = Answer {
            qualifier,
            state: found.state,
            against: found.against,
            vagueness: found.vagueness,
            serves,
        };
        self.push(tokens, Says::Answer(answer), found.reason);
    }

    fn push(&mut self, tokens: Range<usize>, says: Says, reason: Reason) {
        let tokens = self.trim(tokens);
        if !tokens.is_empty() {
            self.out.push(Claim {
                range: self.text.bytes(tokens),
                says,
                certainty: 1.0,
                reason,
            });
        }
    }

    /// Without marks at the edges.
    fn trim(&self, tokens: Range<usize>) -> Range<usize> {
        pieces::trim(self.text, tokens)
    }
}
