//! What hangs on a connective: "so that …", "because …", "if they miss …", "or …" (rules Q5, Q6, Q8, T1 to T3,
//! T8), what the goal's own words tell, and labels within a line. Statements without connective are read elsewhere.

use std::ops::Range;

use super::from_to::from_to;
use super::pieces::{Kind, Lead, Piece};
use super::{Reader, Speaker, realism, statement};
use crate::claim::Serves;
use crate::lexicon::Class;
use crate::substance::{Substance, substance};
use crate::{Qualifier, Reason, State, Vagueness, target};

impl Reader<'_> {
    /// A label within the line: "…; why - the board; if not - ; vs LY - 106".
    pub(super) fn inline_label(&self, pieces: &[Piece], at: usize) -> Option<Qualifier> {
        let tokens = &pieces[at].tokens;
        let next = pieces.get(at + 1);
        let labels = match next {
            Some(next) => next.lead == Lead::Colon,
            None => self
                .text
                .mark(tokens.end)
                .is_some_and(|mark| matches!(mark, ":" | "-" | "–")),
        } || next
            .is_some_and(|_| matches!(self.text.mark(tokens.end), Some(":" | "-" | "–")));
        if !labels
            || !matches!(pieces[at].kind, Kind::Plain | Kind::Otherwise)
            || at == 0 && pieces[at].lead == Lead::Start && next.is_none()
        {
            return None;
        }
        let zones = [
            (Class::ZoneImportance, Qualifier::Importance),
            (Class::ZoneCost, Qualifier::CostOfInaction),
            (Class::ZoneRealism, Qualifier::Realism),
        ];
        let versus = |at: usize| {
            ["vs", "versus", "compared", "to", "with"]
                .iter()
                .any(|word| self.text.is(at, word))
        };
        let is = |class| {
            self.text
                .of(class, tokens.clone())
                .any(|hit| hit.end == tokens.end && (tokens.start..hit.start).all(versus))
        };
        zones
            .into_iter()
            .find(|&(class, _)| is(class))
            .map(|(_, qualifier)| qualifier)
    }

    /// The result of a miss condition (Q8), before or behind it.
    pub(super) fn consequence(&mut self, pieces: &[Piece], plain_from: usize, at: usize) -> usize {
        let end = tail_end(pieces, at);
        let piece = &pieces[at];
        if piece.kind == Kind::Or
            && !pieces[..at].iter().any(|piece| piece.kind == Kind::Goal)
            && !self.opens_item(piece)
        {
            return end;
        }
        let condition = piece.tokens.start..piece.body.max(piece.tokens.start);
        if self.text.has(Class::VendorWord, piece.tokens.clone())
            || self.text.has(Class::Buying, condition)
        {
            return end;
        }
        let body = self.trim(piece.body..pieces[end - 1].tokens.end);
        let (tokens, tested) = if !body.is_empty() {
            (piece.tokens.start..body.end, body)
        } else {
            let before = pieces[plain_from..at]
                .iter()
                .rev()
                .take_while(|piece| piece.kind == Kind::Plain)
                .last();
            let Some(before) = before.map(|piece| piece.tokens.start..pieces[at - 1].tokens.end)
            else {
                return end;
            };
            (before.start..piece.tokens.end, before)
        };
        let found = substance(self.text, tested, Qualifier::CostOfInaction, &self.goals);
        let serves = if piece.kind == Kind::Or {
            Serves::Sentence
        } else {
            self.serves(&tokens)
        };
        self.answer(tokens, Qualifier::CostOfInaction, found, serves);
        end
    }

    /// Everything behind a connective answers a qualifier.
    pub(super) fn after(
        &mut self,
        pieces: &[Piece],
        at: usize,
        qualifier: Qualifier,
        rule: &'static str,
        why: &'static str,
    ) -> usize {
        let end = tail_end(pieces, at);
        let tokens = pieces[at].tokens.start..pieces[end - 1].tokens.end;
        let body = self.trim(pieces[at].body..tokens.end);
        let mut found = substance(self.text, body, qualifier, &self.goals);
        if found.state == State::Answered && !found.against {
            found.reason = Reason { rule, why };
        }
        let serves = self.serves(&tokens);
        self.answer(tokens, qualifier, found, serves);
        end
    }

    /// "because …": a reason for the goal, if its main clause is the goal (T2).
    pub(super) fn reason(&mut self, pieces: &[Piece], at: usize) -> usize {
        let end = tail_end(pieces, at);
        let main = &pieces[..at];
        let hangs = main
            .iter()
            .any(|piece| piece.kind == Kind::Goal || self.wants(piece))
            || main.iter().any(|piece| {
                [Class::MattersBack, Class::Matters, Class::Attention]
                    .iter()
                    .any(|&class| self.text.has(class, piece.tokens.clone()))
            })
            || at == 0
                && (self.context.speaker == Speaker::Note
                    || self.answers == Some(Qualifier::Importance))
            || (pieces[at].lead.is_strong() || self.first > 0)
                && main.len() == 1
                && main[0].tokens.len() <= 4;
        if !hangs
            || at > 0
                && (self.text.is(pieces[at].tokens.start - 1, "not")
                    || self.text.is(pieces[at].tokens.start - 1, "just"))
        {
            return end;
        }
        let tokens = pieces[at].tokens.start..pieces[end - 1].tokens.end;
        self.reasoned(tokens, pieces[at].body);
        end
    }

    /// A reason: importance, unless it is only a metric's value (Q5); a loss that goes on is also a cost (D14).
    pub(super) fn reasoned(&mut self, tokens: Range<usize>, body: usize) {
        let body = self.trim(body..tokens.end);
        let value = realism::statement(self.text, body.clone(), &self.goals, &self.context);
        let serves = self.serves(&tokens);
        let loss = self.text.has(Class::Loss, body.clone());
        if let Some(found) = value
            && found.state == State::Answered
            && !loss
        {
            self.answer(tokens.clone(), Qualifier::Realism, found, serves);
            if statement::is_bare_value(self.text, body.clone()) {
                return;
            }
        }
        let found = substance(self.text, body.clone(), Qualifier::Importance, &self.goals);
        self.answer(tokens.clone(), Qualifier::Importance, found, serves);
        if loss {
            self.answer(
                tokens,
                Qualifier::CostOfInaction,
                Substance::answered("D14", "a loss that goes on"),
                serves,
            );
        }
    }

    /// "grow 20% -> opens Lyon" (T9): what an arrow behind the goal leads to, unless it is another value of the goal.
    pub(super) fn leads_to(&mut self, pieces: &[Piece], at: usize) -> Option<usize> {
        let next = pieces.get(at + 1)?;
        let arrow = next.kind == Kind::Plain
            && next.lead == Lead::Colon
            && self.text.mark(next.tokens.start - 1) == Some("->");
        let value = self.text.at(Class::Quantity, next.tokens.start).is_some()
            || self.inline_label(pieces, at + 1).is_some();
        if !arrow || value {
            return None;
        }
        Some(self.after(
            pieces,
            at + 1,
            Qualifier::Importance,
            "T9",
            "what it leads to",
        ))
    }

    /// "so that …", "to …" behind the goal (T1, T8); a negative one is also a cost (T3).
    pub(super) fn purpose(&mut self, pieces: &[Piece], at: usize) -> usize {
        let follows_goal = pieces[..at]
            .iter()
            .any(|piece| piece.kind == Kind::Goal || self.wants(piece));
        if !follows_goal && !self.opens_item(&pieces[at]) {
            return tail_end(pieces, at);
        }
        let end = self.after(pieces, at, Qualifier::Importance, "Q5", "a purpose");
        if pieces[at].kind == Kind::NegPurpose {
            self.after(
                pieces,
                at,
                Qualifier::CostOfInaction,
                "T3",
                "what is to be avoided",
            );
        }
        end
    }

    /// The first words of a line below a goal.
    pub(super) fn opens_item(&self, piece: &Piece) -> bool {
        piece.lead == Lead::Start
            && self.context.contained
            && self.context.speaker == Speaker::Note
            && self
                .text
                .sentences
                .first()
                .is_some_and(|first| piece.tokens.start <= first.start + 1)
    }

    /// "partners want it", "Greg wants 15": a wish that is no goal's own sentence, but may mean one.
    pub(super) fn wants(&self, piece: &Piece) -> bool {
        let has = |class| self.text.has(class, piece.tokens.clone());
        has(Class::Want) && !has(Class::Feature) && !has(Class::Buying) && !has(Class::Deal)
    }

    /// "Churn doubled, so they want 5%": what stands before "so" and a goal is its reason (T1).
    pub(super) fn before_goal(&mut self, pieces: &[Piece], plain_from: usize, at: usize) {
        let so = pieces[at].tokens.clone().find(|&token| {
            ["so", "hence", "therefore"]
                .iter()
                .any(|word| self.text.is(token, word))
        });
        let goal = self
            .goals
            .iter()
            .find(|goal| goal.start < pieces[at].tokens.end && pieces[at].tokens.start < goal.end)
            .map(|goal| goal.start);
        let (Some(so), Some(goal)) = (so, goal) else {
            return;
        };
        if so >= goal {
            return;
        }
        let start = if plain_from < at {
            pieces[plain_from].tokens.start
        } else {
            pieces[at].tokens.start
        };
        let reason = self.trim(start..so);
        if !reason.is_empty() {
            self.reasoned(reason.clone(), reason.start);
        }
    }

    /// What the goal's own words tell: "from 8% to 5%", "before Series B".
    pub(super) fn in_goal(&mut self, piece: &Piece) {
        let head = self.trim(piece.tokens.start..piece.body);
        if self
            .text
            .of(Class::Commit, head.clone())
            .any(|hit| self.text.has(Class::Power, hit.start..head.end))
        {
            self.answer(
                head.clone(),
                Qualifier::Importance,
                Substance::answered("Q5", "a commitment"),
                Serves::Sentence,
            );
        }
        // "The regulator requires …": imposed from outside (D4); who merely wants it is nothing (D9).
        let imposed = self.text.of(Class::Outsider, head.clone()).any(|power| {
            self.text
                .has(Class::Imposes, power.end..head.end.min(power.end + 3))
        });
        if imposed {
            self.answer(
                head,
                Qualifier::Importance,
                Substance::answered("D4", "imposed from outside"),
                Serves::Sentence,
            );
        }
        for goal in self.goals.clone() {
            if goal.start >= piece.tokens.end || piece.tokens.start >= goal.end {
                continue;
            }
            let named = || {
                let words = &self.text.plain[self.text.bytes(goal.clone())];
                target::read(words)
                    .is_some_and(|target| target.baseline.is_some())
                    .then(|| goal.clone())
            };
            if let Some(tokens) = from_to(self.text, goal.clone()).or_else(named) {
                self.answer(
                    tokens,
                    Qualifier::Realism,
                    Substance::answered("Q7", "from a value to a value"),
                    Serves::Sentence,
                );
            }
            let deadline = goal
                .clone()
                .find(|&at| self.is_event_deadline(at, goal.end));
            if let Some(start) = deadline {
                self.answer(
                    start..goal.end,
                    Qualifier::Importance,
                    Substance::vague("T5", "an event as a deadline", Vagueness::Generic),
                    Serves::Sentence,
                );
            }
        }
    }

    /// "before Series B", "by the time the printers go": an event, not only a date (T5).
    pub(super) fn is_event_deadline(&self, at: usize, end: usize) -> bool {
        const BEFORE: &[&str] = &["before", "ahead"];
        const PERIOD: &[&str] = &[
            "the",
            "end",
            "next",
            "this",
            "year",
            "summer",
            "winter",
            "spring",
            "autumn",
            "christmas",
            "xmas",
            "easter",
            "of",
            "close",
            "it",
            "that",
            "start",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let by_the_time =
            self.text.is(at, "by") && self.text.is(at + 1, "the") && self.text.is(at + 2, "time")
                || self.text.is(at, "in")
                    && self.text.is(at + 1, "time")
                    && self.text.is(at + 2, "for");
        let named = (at + 1..(at + 4).min(end)).any(|at| self.text.at(Class::Event, at).is_some());
        let dated = (at + 1..(at + 4).min(end)).any(|at| {
            self.text.at(Class::Date, at).is_some() || self.text.at(Class::Quantity, at).is_some()
        });
        by_the_time
            || BEFORE.iter().any(|word| self.text.is(at, word))
                && at + 1 < end
                && !dated
                && (named || !PERIOD.iter().any(|word| self.text.is(at + 1, word)))
    }
}

/// The piece behind the last one that belongs to the connective at `at`.
pub(super) fn tail_end(pieces: &[Piece], at: usize) -> usize {
    let mut end = at + 1;
    while end < pieces.len()
        && pieces[end].kind == Kind::Plain
        && (!pieces[end].lead.is_strong()
            || end == at + 1 && pieces[at].body >= pieces[at].tokens.end)
    {
        end += 1;
    }
    end
}
