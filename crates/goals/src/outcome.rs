//! Which clauses of a passage state a goal, and with which words (rules G1 to G8): which rule reads which sentence.

use std::ops::Range;

use crate::Reason;
use crate::claim::{Claim, Says};
use crate::lexicon::Class;
use crate::question;
use crate::span;
use crate::text::Text;
use crate::voice::Side;
use crate::zone::Zone;

mod cue;
mod cueless;
mod prose;
mod veto;
mod whole;
mod zone;

use cueless::{answered_target, corrected, verbless};
use prose::prose_outcomes;
pub(crate) use whole::is_outcome;
use zone::zone_outcome;

/// What surrounds a passage, as far as finding goals depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Setting {
    pub(crate) zone: Zone,
    pub(crate) side: Side,
    /// Inside a block quote: "we" is the prospect.
    pub(crate) quoted: bool,
    /// The question before it asks for the target (D3).
    pub(crate) asked_target: bool,
    /// The zone comes from a heading above, not from the passage's own label (P5, D17).
    pub(crate) heading_zone: bool,
    /// A list item, a cell or a line of its own, no running prose.
    pub(crate) item: bool,
    /// It is nested under another passage of the zone.
    pub(crate) nested: bool,
    /// Its own label opens the zone: a lone value is a target there.
    pub(crate) labelled_line: bool,
    /// The year of the note: an earlier one is past (P8). `i32::MIN` where it is not known.
    pub(crate) year: i32,
}

/// The goals of a passage. `from`: where its content begins, in bytes.
pub(crate) fn outcomes(text: &Text, from: usize, setting: Setting) -> Vec<Claim> {
    if setting.side == Side::Rep || setting.zone == Zone::Nothing {
        return Vec::new();
    }
    let first = text.tokens_in(from..text.plain.len()).start;
    let mut out: Vec<Claim> = Vec::new();
    for (count, sentence) in text.sentences.iter().enumerate() {
        let sentence = sentence.start.max(first)..sentence.end;
        if sentence.is_empty() {
            continue;
        }
        if is_question(text, &sentence) {
            // What stands behind a qualifier's question on the same line is its answer (A7, Q9).
            if setting.side == Side::Note
                && setting.nested
                && question::asked(text, sentence).is_some_and(|asked| !asked.qualifiers.is_empty())
            {
                break;
            }
            continue;
        }
        let before = out.len();
        match setting.zone {
            // Running prose below a Goals heading needs its cues; its lists and short lines don't.
            Zone::Goals if setting.heading_zone && !setting.item => {
                prose_outcomes(text, sentence.clone(), setting, false, &mut out);
            }
            Zone::Goals | Zone::Metrics => {
                for part in span::parts(text, sentence.clone()) {
                    zone_outcome(text, part, setting, count == 0, &mut out);
                }
            }
            Zone::Importance | Zone::Cost | Zone::WhyAndCost | Zone::Plan | Zone::Mixed
                if !setting.heading_zone => {}
            Zone::Realism if !setting.heading_zone => {}
            zone => {
                let strict = !matches!(zone, Zone::Prose | Zone::Realism);
                prose_outcomes(text, sentence.clone(), setting, strict, &mut out);
                corrected(text, sentence.clone(), &mut out);
                if out.len() == before && !strict {
                    verbless(text, sentence.clone(), &mut out);
                }
            }
        }
        drop_title(text, before, &mut out);
        if out.len() == before && setting.asked_target && count < 2 {
            answered_target(text, sentence, &mut out);
        }
    }
    out
}

/// "**Arrears.** Rohan is tasked with collecting 60 million": the first words were a title, no goal.
fn drop_title(text: &Text, before: usize, out: &mut Vec<Claim>) {
    let title = |claim: &Claim| {
        let tokens = text.tokens_in(claim.range.clone());
        claim.reason.rule == "G4"
            && tokens.len() <= 6
            && text.quantities_in(tokens).next().is_none()
    };
    if before == 1
        && out.len() > 1
        && title(&out[0])
        && text
            .quantities_in(text.tokens_in(out[1].range.clone()))
            .next()
            .is_some()
    {
        out.remove(0);
    }
}

/// The goals in a rep's summary, question or not (P7).
pub(crate) fn summarised(text: &Text, from: usize, setting: Setting) -> Vec<Claim> {
    let first = text.tokens_in(from..text.plain.len()).start;
    let mut out = Vec::new();
    for sentence in &text.sentences {
        let sentence = sentence.start.max(first)..sentence.end;
        if !sentence.is_empty() && text.has(Class::Summary, sentence.clone()) {
            prose_outcomes(text, sentence, setting, false, &mut out);
        }
    }
    out
}

/// G6, first match: a question. A trailing mark on a line that does not start like one is ignored (G4).
fn is_question(text: &Text, sentence: &Range<usize>) -> bool {
    if text.own_question(sentence).is_some() {
        return true;
    }
    let marked = text.mark(sentence.end) == Some("?")
        || text.mark(sentence.end.wrapping_sub(1)) == Some("?");
    marked
        && text
            .of(Class::QuestionStart, sentence.start..sentence.end)
            .any(|hit| hit.start == sentence.start)
}

fn push(text: &Text, tokens: Range<usize>, reason: Reason, out: &mut Vec<Claim>) {
    let range = text.bytes(tokens);
    if !range.is_empty() && out.last().is_none_or(|last| last.range.end <= range.start) {
        out.push(Claim {
            range,
            says: Says::Outcome,
            certainty: 1.0,
            reason,
        });
    }
}
