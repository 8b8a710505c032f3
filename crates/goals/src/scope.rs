//! Which goal gets which evidence (rules A1 to A8; the first that fits).

mod asked;
mod cascade;
mod naming;
mod place;
mod places;
mod realism;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::claim::{Answer, Claim, Says};
use crate::lexicon::Class;
use crate::memo::Kept;
use crate::outline::{Asked, Passage};
use crate::target::{self, Unit};
use crate::{Evidence, Qualifier, Reason, State, Target, Verdict};

use cascade::{Looked, Scope};
use naming::{ByName, Marks};
pub(crate) use naming::{Named, names};
pub(crate) use places::Places;

/// A goal on its way to the report.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) passage: usize,
    /// Bytes of the passage's text.
    pub(crate) range: Range<usize>,
    pub(crate) reason: Reason,
    /// Places where it is said again: (passage, range).
    pub(crate) echoes: Vec<(usize, Range<usize>)>,
    pub(crate) told: Arc<Told>,
}

impl Found {
    /// Where it is said, first and again: (passage, bytes of its text).
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, &Range<usize>)> {
        let echoes = self.echoes.iter().map(|(passage, range)| (*passage, range));
        std::iter::once((self.passage, &self.range)).chain(echoes)
    }

    /// Whether some bytes of a passage are said to be it.
    pub(crate) fn touches(&self, passage: usize, range: &Range<usize>) -> bool {
        self.places()
            .any(|(at, own)| at == passage && own.start < range.end && range.start < own.end)
    }
}

/// What a goal's own words tell.
#[derive(Debug)]
pub(crate) struct Told {
    /// Telling words, in lower case: what names it elsewhere.
    pub(crate) names: Vec<String>,
    /// Its amounts, as written.
    pub(crate) amounts: Vec<String>,
    /// Its metric, by the name that all its spellings share.
    pub(crate) metric: Option<String>,
    pub(crate) target: Option<Target>,
    /// The units of its amounts.
    pub(crate) units: Vec<Unit>,
    /// The target compared with what the note says of realism.
    pub(crate) measured: Kept<Vec<String>, Arc<Target>>,
}

impl Told {
    /// Whether two goals are looked for, and compared, by the same words.
    pub(crate) fn same_names(&self, other: &Told) -> bool {
        self.names == other.names && self.amounts == other.amounts && self.metric == other.metric
    }
}

/// What is known of a note before its evidence is given to its goals.
pub(crate) struct Known<'a> {
    pub(crate) passages: &'a [Passage],
    pub(crate) goals: &'a [Found],
    pub(crate) places: &'a Places,
    /// Per passage.
    pub(crate) claims: &'a [Arc<[Claim]>],
    pub(crate) asked: &'a [Asked],
}

/// Which claims serve which goals, with what it takes to tell it again after an edit.
#[derive(Debug)]
pub(crate) struct Links {
    by_name: ByName,
    /// Which passages hold a reason or a consequence.
    reasons: Vec<bool>,
    /// Of each claim of each passage.
    served: Vec<Vec<Served>>,
    /// The goal that each of sowhat's own questions asks about.
    asked_of: Vec<Option<usize>>,
}

/// What one claim serves, and what that hangs on.
#[derive(Debug)]
struct Served {
    goals: Vec<usize>,
    looked: Looked,
}

/// A goal whose words have changed, with what they told before.
pub(crate) struct Renamed {
    pub(crate) goal: usize,
    pub(crate) before: Arc<Told>,
}

impl Links {
    /// Attaches evidence to goals.
    pub(crate) fn new(known: &Known<'_>) -> Links {
        let &Known {
            passages,
            goals,
            claims,
            ..
        } = known;
        let by_name = ByName::new(goals);
        let reasons: Vec<bool> = (passages.iter().zip(claims))
            .map(|(passage, claims)| opens_with_reason(passage, claims))
            .collect();
        let scope = Scope::new(known, &by_name, &reasons);
        let served = (claims.iter().enumerate())
            .map(|(index, claims)| {
                (claims.iter().map(|claim| scope.served(index, claim))).collect()
            })
            .collect();
        let asked_of = scope.asked_of(known.asked);
        Links {
            by_name,
            reasons,
            served,
            asked_of,
        }
    }

    /// Follows an edit: `read` are the passages whose claims were read again, `renamed` the goals with other words.
    /// Gives the goals whose evidence may have changed; `None` where the edit reaches further.
    pub(crate) fn follow(
        &mut self,
        known: &Known<'_>,
        read: &[usize],
        renamed: &[Renamed],
    ) -> Option<Vec<usize>> {
        let &Known {
            passages,
            goals,
            claims,
            ..
        } = known;
        let reason = |at: usize| opens_with_reason(&passages[at], &claims[at]);
        if read.iter().any(|&at| reason(at) != self.reasons[at]) {
            return None;
        }
        let mut words = Marks::default();
        let mut units = false;
        for Renamed { goal, before } in renamed {
            let now = &goals[*goal].told;
            self.by_name.rename(*goal, before, now);
            words.add(Marks::of_change(before, now));
            units |= before.units != now.units;
        }
        let hangs = |looked: &Looked| {
            looked.words.meet(words)
                || units && looked.units
                || (looked.goals.iter()).any(|goal| renamed.iter().any(|of| of.goal == *goal))
        };
        let heard: FxHashSet<usize> = read.iter().flat_map(|&at| hear(passages, at)).collect();
        let scope = Scope::new(known, &self.by_name, &self.reasons);
        let mut touched = Vec::new();
        for (index, served) in self.served.iter_mut().enumerate() {
            if heard.contains(&index) {
                touched.extend(served.iter().flat_map(|served| &served.goals));
                *served = (claims[index].iter())
                    .map(|claim| scope.served(index, claim))
                    .collect();
                touched.extend(served.iter().flat_map(|served| &served.goals));
            } else if !renamed.is_empty() {
                for (served, claim) in served.iter_mut().zip(claims[index].iter()) {
                    if hangs(&served.looked) {
                        let now = scope.served(index, claim);
                        if now.goals != served.goals {
                            touched.extend(served.goals.iter().chain(&now.goals));
                        }
                        *served = now;
                    }
                }
            }
        }
        if !renamed.is_empty() {
            let asked_of = scope.asked_of(known.asked);
            let pairs = self.asked_of.iter().zip(&asked_of);
            touched.extend(
                pairs
                    .filter(|(old, new)| old != new)
                    .flat_map(|(old, new)| [*old, *new])
                    .flatten(),
            );
            self.asked_of = asked_of;
        }
        Some(touched)
    }

    /// Each claim with its passage and the goals that it serves.
    pub(crate) fn serving<'a>(
        &'a self,
        claims: &'a [Arc<[Claim]>],
    ) -> impl Iterator<Item = (usize, &'a Claim, &'a [usize])> {
        let passages = self.served.iter().zip(claims).enumerate();
        passages.flat_map(|(passage, (served, claims))| {
            let served = served.iter().zip(claims.iter());
            served.map(move |(served, claim)| (passage, claim, served.goals.as_slice()))
        })
    }

    /// What the note says of each goal that is wanted; nothing of the others.
    pub(crate) fn attached(
        &self,
        passages: &[Passage],
        claims: &[Arc<[Claim]>],
        asked: &[Asked],
        wanted: &[bool],
    ) -> Vec<Attached> {
        let mut attached: Vec<Attached> = wanted.iter().map(|_| Attached::default()).collect();
        for (index, served) in self.served.iter().enumerate() {
            for (served, claim) in served.iter().zip(claims[index].iter()) {
                let mut goals = served.goals.iter().filter(|&&goal| wanted[goal]).peekable();
                if goals.peek().is_some()
                    && let Some(spoken) = Spoken::new(&passages[index], claim)
                {
                    goals.for_each(|&goal| spoken.add(&mut attached[goal]));
                }
            }
        }
        for (asked, of) in asked.iter().zip(&self.asked_of) {
            if let Some(goal) = of.filter(|&goal| wanted[goal]) {
                let verdict = &mut attached[goal].verdicts[asked.qualifier.index()];
                add(verdict, asked::evidence(asked), None, asked.start);
            }
        }
        attached
    }
}

/// The passages whose claims may look at the words of one: itself, and the answers to it (A7).
fn hear(passages: &[Passage], at: usize) -> impl Iterator<Item = usize> + '_ {
    let turn = passages[at].turn;
    let answers = (at + 1..passages.len()).take_while(move |&other| {
        let other = passages[other].turn;
        turn.is_some() && (other == turn || other == turn.map(|turn| turn + 1))
    });
    std::iter::once(at).chain(answers)
}

/// Whether a passage begins like evidence and holds a reason or a consequence.
fn opens_with_reason(passage: &Passage, claims: &[Claim]) -> bool {
    opens_as_evidence(passage) && claims.iter().any(gives_reason)
}

/// G5: whether a passage begins like evidence ("b/c …", "miss -> …").
fn opens_as_evidence(passage: &Passage) -> bool {
    let text = &passage.piece.text;
    let first = text.tokens_in(passage.lead()..text.plain.len()).start;
    text.at(Class::EvidenceStart, first).is_some()
}

/// Whether a claim is evidence by its own words: a reason or a consequence.
fn gives_reason(claim: &Claim) -> bool {
    matches!(
        claim.says,
        Says::Answer(Answer {
            qualifier: Qualifier::Importance | Qualifier::CostOfInaction,
            ..
        })
    )
}

/// What a note says of one goal.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    pub(crate) verdicts: [Verdict; 3],
    /// The texts that answer its realism.
    pub(crate) realism: Vec<String>,
}

/// A claim in its place, on its way to the goals that it serves.
struct Spoken<'a> {
    claim: &'a Claim,
    evidence: Evidence,
    qualifier: Qualifier,
    answer: Option<Answer>,
    passage: &'a Passage,
}

impl<'a> Spoken<'a> {
    fn new(passage: &'a Passage, claim: &'a Claim) -> Option<Spoken<'a>> {
        let (qualifier, state, answer) = match claim.says {
            Says::Outcome => return None,
            Says::Answer(answer) => (answer.qualifier, answer.state, Some(answer)),
            Says::Asks(qualifier) => (qualifier, State::Asked, None),
        };
        let evidence = Evidence {
            range: passage.piece.source(claim.range.clone(), passage.start),
            state,
            reason: claim.reason,
        };
        Some(Spoken {
            claim,
            evidence,
            qualifier,
            answer,
            passage,
        })
    }

    fn add(&self, attached: &mut Attached) {
        add(
            &mut attached.verdicts[self.qualifier.index()],
            self.evidence.clone(),
            self.answer,
            self.passage.start,
        );
        if self.qualifier == Qualifier::Realism && self.evidence.state == State::Answered {
            let plain = &self.passage.piece.text.plain;
            let (lead, said) = (self.passage.lead(), self.claim.range.clone());
            // What stands right behind a label is of the time that the label names.
            let label = if said.start == lead { lead } else { 0 };
            attached
                .realism
                .push(target::dated(&plain[..label], &plain[said]));
        }
    }
}

/// Q1: the best of all evidence decides. Evidence comes block by block; this is of one that starts at `block`.
fn add(verdict: &mut Verdict, evidence: Evidence, answer: Option<Answer>, block: usize) {
    if evidence.state > verdict.state {
        verdict.state = evidence.state;
        verdict.against = answer.is_some_and(|answer| answer.against);
        verdict.vagueness = answer.and_then(|answer| answer.vagueness);
        verdict.evidence.insert(0, evidence);
    } else {
        if evidence.state == State::Answered
            && verdict.state == State::Answered
            && answer.is_some_and(|answer| !answer.against)
        {
            verdict.against = false;
        }
        // Of the same block are only the last, and the first where one of them decided.
        let all = &verdict.evidence;
        let last = (all.iter().rev()).take_while(|known| known.range.start >= block);
        let mut near = all.iter().take(State::Answered as usize).chain(last);
        if !near.any(|known| known.range == evidence.range) {
            verdict.evidence.push(evidence);
        }
    }
}
