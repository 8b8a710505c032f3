//! Evidence: which clauses of a passage answer a qualifier, in what state, and which questions stay open.
//! Reads one passage at a time and knows of its surroundings only what [`Context`] says. Which goal gets
//! what is decided elsewhere.

use std::ops::Range;

use crate::claim::{Answer, Claim, Says, Serves};
use crate::lexicon::Class;
use crate::question;
use crate::substance::{Substance, substance};
use crate::text::Text;
use crate::{Qualifier, Reason, State};

mod pieces;
mod realism;
mod statement;

use pieces::{Kind, Lead, Piece};

/// What a passage's own label, its column header or its qualifier zone says of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) enum Label {
    #[default]
    None,
    Importance,
    Cost,
    Realism,
    Plan,
    /// "Impact": typed by its content (P5).
    Mixed,
    /// "Why / what happens otherwise": a joint label (D10).
    WhyAndCost,
}

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) enum Speaker {
    Prospect,
    Rep,
    /// Plain note text.
    #[default]
    Note,
}

/// What surrounds a passage, as far as the reading of evidence depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Context {
    pub(crate) label: Label,
    /// The passage is the answer to a question of this type (A7).
    pub(crate) answers: Option<Qualifier>,
    pub(crate) speaker: Speaker,
    pub(crate) goal_zone: bool,
    /// It supplies nothing except tasks to ask (P4).
    pub(crate) no_goal_zone: bool,
    /// The label is that of a heading above, not the passage's own: what says nothing of it is not evidence.
    pub(crate) zone: bool,
    /// It hangs below a goal: nested, indented or quoted text, own sub-section, a cell of its row (A2).
    pub(crate) contained: bool,
}

/// The evidence in a passage. `from`: where the content starts, behind a label. `goals`: bytes of the goals in it.
pub(crate) fn claims(
    text: &Text,
    from: usize,
    goals: &[Range<usize>],
    context: Context,
) -> Vec<Claim> {
    let goals = goals
        .iter()
        .map(|goal| text.tokens_in(goal.clone()))
        .collect();
    let mut reader = Reader {
        text,
        goals,
        context,
        answers: context.answers,
        out: Vec::new(),
    };
    let first = text
        .tokens
        .partition_point(|token| (token.start as usize) < from);
    for sentence in &text.sentences {
        let sentence = sentence.start.max(first)..sentence.end;
        if sentence.start < sentence.end {
            reader.sentence(sentence);
        }
    }
    reader.out
}

/// Reads a passage, sentence by sentence.
struct Reader<'t> {
    text: &'t Text,
    /// Tokens of the goals.
    goals: Vec<Range<usize>>,
    context: Context,
    /// The question that the coming sentences answer.
    answers: Option<Qualifier>,
    out: Vec<Claim>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: Range<usize>) {
        let holds_goal = self
            .goals
            .iter()
            .any(|goal| goal.start < sentence.end && sentence.start < goal.end);
        if !holds_goal && self.unanswered(&sentence) {
            return;
        }
        if !holds_goal && let Some(asked) = question::asked(self.text, sentence.clone()) {
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

    /// "not discussed" under a label or as an answer (D8, D16).
    fn unanswered(&mut self, sentence: &Range<usize>) -> bool {
        let labels = self.labels(sentence);
        let none = !labels.is_empty()
            && self.text.has(Class::NoAnswer, sentence.clone())
            && !self.text.has(Class::Quantity, sentence.clone())
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
        }
        none
    }

    fn question(&mut self, sentence: Range<usize>, asked: &question::Asked) {
        for &qualifier in &asked.qualifiers {
            self.push(
                asked.tokens.clone(),
                Says::Asks(qualifier),
                Reason {
                    rule: "Q9",
                    why: "a question",
                },
            );
        }
        if asked.qualifiers.is_empty()
            && asked.tokens.end >= sentence.end
            && self.text.has(Class::WhyNot, sentence.clone())
        {
            return;
        }
        self.answers = asked.qualifiers.first().copied();
        let rest = self.trim(asked.tokens.end..sentence.end);
        if let Some(qualifier) = self.answers
            && !rest.is_empty()
            && !self.context.no_goal_zone
            && self.context.speaker != Speaker::Rep
        {
            self.labelled(rest, &[qualifier]);
        }
    }

    /// What the surroundings say that the sentence answers.
    fn labels(&self, sentence: &Range<usize>) -> Vec<Qualifier> {
        use Qualifier::{CostOfInaction, Importance, Realism};
        let loss = || {
            [
                Class::Miss,
                Class::Otherwise,
                Class::Loss,
                Class::Harm,
                Class::LoseSomething,
            ]
            .iter()
            .any(|&class| self.text.has(class, sentence.clone()))
        };
        match self.context.label {
            Label::Importance => vec![Importance],
            Label::Cost => vec![CostOfInaction],
            Label::Realism | Label::Plan => vec![Realism],
            Label::Mixed if loss() => vec![CostOfInaction],
            Label::Mixed => vec![Importance],
            Label::WhyAndCost if loss() || self.text.has(Class::Dodging, sentence.clone()) => {
                vec![Importance, CostOfInaction]
            }
            Label::WhyAndCost => vec![Importance],
            Label::None => self.answers.into_iter().collect(),
        }
    }

    /// Text that stands under a label, or answers a question.
    fn labelled(&mut self, tokens: Range<usize>, qualifiers: &[Qualifier]) {
        for &qualifier in qualifiers {
            if self.text.has(Class::NoAnswer, tokens.clone())
                && !self.text.has(Class::Quantity, tokens.clone())
            {
                self.push(
                    tokens.clone(),
                    Says::Asks(qualifier),
                    Reason {
                        rule: "D8",
                        why: "no answer was given",
                    },
                );
                continue;
            }
            let found = match qualifier {
                Qualifier::Realism => {
                    let found = realism::labelled(
                        self.text,
                        tokens.clone(),
                        self.context.label == Label::Plan,
                    );
                    if found.reason.why == realism::NO_VALUE
                        && self.context.zone
                        && self.answers.is_none()
                    {
                        continue;
                    }
                    found
                }
                _ => substance(self.text, tokens.clone(), qualifier, &self.goals),
            };
            self.answer(tokens.clone(), qualifier, found, Serves::Near);
        }
        let before = self.out.len();
        self.prose(tokens);
        // What the label does not announce counts only with substance.
        let mut at = before;
        while at < self.out.len() {
            let keep = match self.out[at].says {
                Says::Answer(answer) => {
                    answer.state == State::Answered
                        && !answer.against
                        && !qualifiers.contains(&answer.qualifier)
                        && !(answer.qualifier == Qualifier::Importance
                            && qualifiers == [Qualifier::CostOfInaction])
                }
                _ => false,
            };
            if keep {
                at += 1;
            } else {
                self.out.remove(at);
            }
        }
    }

    /// A sentence that nothing announces: its connectives and its words tell.
    fn prose(&mut self, sentence: Range<usize>) {
        let pieces = pieces::split(self.text, sentence.clone(), &self.goals);
        let mut at = 0;
        let mut plain_from = 0;
        while at < pieces.len() {
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
                Kind::OtherIf => tail_end(&pieces, at),
                Kind::Goal => {
                    self.before_goal(&pieces, plain_from, at);
                    self.in_goal(&pieces[at]);
                    at + 1
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

    /// The result of a miss condition (Q8), before or behind it.
    fn consequence(&mut self, pieces: &[Piece], plain_from: usize, at: usize) -> usize {
        let end = tail_end(pieces, at);
        let piece = &pieces[at];
        if piece.kind == Kind::Or
            && !pieces[..at].iter().any(|piece| piece.kind == Kind::Goal)
            && !self.opens_item(piece)
        {
            return end;
        }
        if self.text.has(Class::VendorWord, piece.tokens.clone()) {
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
    fn after(
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
    fn reason(&mut self, pieces: &[Piece], at: usize) -> usize {
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
            || pieces[at].lead == Lead::Strong && main.len() == 1 && main[0].tokens.len() <= 4;
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
    fn reasoned(&mut self, tokens: Range<usize>, body: usize) {
        let body = self.trim(body..tokens.end);
        let value = realism::statement(self.text, body.clone(), &self.goals, &self.context);
        let serves = self.serves(&tokens);
        if let Some(found) = value
            && found.state == State::Answered
        {
            self.answer(tokens.clone(), Qualifier::Realism, found, serves);
            if statement::is_bare_value(self.text, body.clone()) {
                return;
            }
        }
        let found = substance(self.text, body.clone(), Qualifier::Importance, &self.goals);
        self.answer(tokens.clone(), Qualifier::Importance, found, serves);
        if self.text.has(Class::Loss, body) {
            self.answer(
                tokens,
                Qualifier::CostOfInaction,
                Substance::answered("D14", "a loss that goes on"),
                serves,
            );
        }
    }

    /// "so that …", "to …" behind the goal (T1, T8); a negative one is also a cost (T3).
    fn purpose(&mut self, pieces: &[Piece], at: usize) -> usize {
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
    fn opens_item(&self, piece: &Piece) -> bool {
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
    fn wants(&self, piece: &Piece) -> bool {
        let has = |class| self.text.has(class, piece.tokens.clone());
        has(Class::Want) && !has(Class::Feature) && !has(Class::Buying) && !has(Class::Deal)
    }

    /// "Churn doubled, so they want 5%": what stands before "so" and a goal is its reason (T1).
    fn before_goal(&mut self, pieces: &[Piece], plain_from: usize, at: usize) {
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
    fn in_goal(&mut self, piece: &Piece) {
        let head = self.trim(piece.tokens.start..piece.body);
        if self
            .text
            .of(Class::Commit, head.clone())
            .any(|hit| self.text.has(Class::Power, hit.start..head.end))
        {
            self.answer(
                head,
                Qualifier::Importance,
                Substance::answered("Q5", "a commitment"),
                Serves::Sentence,
            );
        }
        for goal in self.goals.clone() {
            if goal.start >= piece.tokens.end || piece.tokens.start >= goal.end {
                continue;
            }
            if let Some(tokens) = realism::from_to(self.text, goal.clone()) {
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
                    Substance::vague("T5", "an event as a deadline", crate::Vagueness::Generic),
                    Serves::Sentence,
                );
            }
        }
    }

    /// "before Series B", "by the time the printers go": an event, not only a date (T5).
    fn is_event_deadline(&self, at: usize, end: usize) -> bool {
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
                && pieces[end].lead != Lead::Strong
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
                    if let Some(found) =
                        realism::statement(self.text, tokens.clone(), &self.goals, &self.context)
                    {
                        self.answer(tokens, Qualifier::Realism, found, serves);
                    }
                }
            }
            at = end;
        }
    }

    fn serves(&self, tokens: &Range<usize>) -> Serves {
        const ALL: &[&str] = &["these", "both", "all", "any", "either"];
        let all = tokens.clone().any(|at| {
            ALL.iter().any(|word| self.text.is(at, word))
                && (self.text.is(at, "these")
                    || self.text.is(at, "both")
                    || self.text.is(at + 1, "of"))
        }) || tokens.clone().any(|at| {
            self.text.is(at, "the")
                && ["plan", "targets", "goals", "numbers"]
                    .iter()
                    .any(|word| self.text.is(at + 1, word))
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

/// The piece behind the last one that belongs to the connective at `at`.
fn tail_end(pieces: &[Piece], at: usize) -> usize {
    let mut end = at + 1;
    while end < pieces.len()
        && pieces[end].kind == Kind::Plain
        && (pieces[end].lead != Lead::Strong
            || end == at + 1 && pieces[at].body >= pieces[at].tokens.end)
    {
        end += 1;
    }
    end
}
