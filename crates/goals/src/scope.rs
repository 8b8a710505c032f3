//! Which goal gets which evidence (rules A1 to A8; the first that fits).

mod cascade;
mod naming;
mod place;
mod realism;

use std::ops::Range;
use std::sync::Arc;

use crate::claim::{Answer, Claim, Says};
use crate::lexicon::Class;
use crate::memo::Kept;
use crate::outline::Passage;
use crate::{Evidence, Qualifier, Reason, State, Target, Verdict};

use cascade::Scope;
pub(crate) use naming::{Named, names};

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
    /// The target compared with what the note says of realism.
    pub(crate) measured: Kept<Vec<String>, Arc<Target>>,
}

/// Attaches evidence to goals. `claims`: per passage.
pub(crate) fn attach(
    passages: &[Passage],
    goals: &[Found],
    claims: &[Arc<[Claim]>],
) -> Vec<Attached> {
    let mut attached: Vec<Attached> = goals.iter().map(|_| Attached::default()).collect();
    let mut scope = Scope::new(passages, goals);
    scope.reasons = (passages.iter().zip(claims))
        .map(|(passage, claims)| opens_as_evidence(passage) && claims.iter().any(gives_reason))
        .collect();
    for (index, claims) in claims.iter().enumerate() {
        for claim in claims.iter() {
            let (qualifier, state, answer) = match claim.says {
                Says::Outcome => continue,
                Says::Answer(answer) => (answer.qualifier, answer.state, Some(answer)),
                Says::Asks(qualifier) => (qualifier, State::Asked, None),
            };
            let passage = &passages[index];
            let served = scope.serves(index, claim, qualifier, answer);
            if served.is_empty() {
                continue;
            }
            let range = passage.piece.source(claim.range.clone(), passage.start);
            for goal in served {
                let evidence = Evidence {
                    range: range.clone(),
                    state,
                    reason: claim.reason,
                };
                add(
                    &mut attached[goal].verdicts[qualifier.index()],
                    evidence,
                    answer,
                    passage.start,
                );
                if qualifier == Qualifier::Realism && state == State::Answered {
                    attached[goal]
                        .realism
                        .push(passage.piece.text.plain[claim.range.clone()].to_string());
                }
            }
        }
    }
    attached
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
