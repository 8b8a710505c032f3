//! Which clauses of a passage state a goal, and with which words (rules G1 to G8).

use std::ops::Range;

use crate::Reason;
use crate::claim::{Claim, Says};
use crate::lexicon::Class;
use crate::question;
use crate::span;
use crate::text::Text;
use crate::voice::Side;
use crate::zone::Zone;

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

/// G4: in a Goals zone an outcome alone is enough, and wide.
fn zone_outcome(
    text: &Text,
    part: Range<usize>,
    setting: Setting,
    opening: bool,
    out: &mut Vec<Claim>,
) {
    let part = behind_constraint(text, part);
    if part.is_empty()
        || is_placeholder(text, &part)
        || evidence_first(text, &part)
        || text.at(Class::FactStart, part.start).is_some()
        || vetoed(text, part.clone(), setting)
    {
        return;
    }
    let cue = cues(text, part.clone()).into_iter().next();
    let mut start = cue.as_ref().map_or(part.start, |cue| behind_cue(text, cue));
    if cue.as_ref().is_some_and(|cue| cue.start > part.start + 8) && !opening {
        return;
    }
    start = span::skip_lead(text, start..part.end);
    let end = span::end(text, start..part.end);
    if start >= end {
        return;
    }
    let span = start..end;
    let nouns = Nouns::of(text, span.clone());
    let dated = text.has(Class::Date, span.clone());
    let lone = text
        .at(Class::Quantity, start)
        .is_some_and(|hit| hit.end == end)
        && !setting.labelled_line
        || text.is(start, "one") && nouns.amounts == 1 && !nouns.metric && !dated;
    let pronoun = cue.is_none()
        && [
            "they", "he", "she", "it", "we", "i", "you", "i'd", "we'd", "i'm", "we're", "that",
            "this", "these",
        ]
        .iter()
        .any(|word| text.is(part.start, word))
        && text.at(Class::ChangeVerb, part.start + 1).is_none();
    let task = text.at(Class::TaskVerb, start).is_some() && !nouns.metric;
    if lone && cue.is_none()
        || pronoun
        || task
        || text.has(Class::Deal, span.clone()) && !nouns.metric
        || text.is(start, "not")
    {
        return;
    }
    let verb_first = [
        Class::ChangeVerb,
        Class::AttainVerb,
        Class::OrganisationVerb,
        Class::AnyVerb,
    ]
    .into_iter()
    .any(|class| text.at(class, start).is_some());
    let comparative = compares(text, span.clone());
    let stated = states_a_fact(text, start..part.end, end);
    if cue.is_none()
        && (stated
            || text.has(Class::PastPeriod, span.clone())
            || text.at(Class::NowWord, start).is_some())
    {
        return;
    }
    let enough = match setting.zone {
        Zone::Metrics => {
            cue.is_some() || verb_first || dated && nouns.amounts > 0 || changes(text, span.clone())
        }
        _ if setting.nested && cue.is_none() => {
            verb_first
                && (nouns.amounts > 0 || nouns.metric)
                && !text.has(Class::PastPeriod, part.clone())
        }
        _ if opening => {
            cue.is_some() && is_outcome(text, span.clone(), true)
                || verb_first
                || nouns.amounts > 0
                || comparative
                || dated && text.verb(span.clone()).is_none()
        }
        _ => {
            cue.is_some() && is_outcome(text, span.clone(), true)
                || verb_first && (nouns.amounts > 0 || nouns.metric)
        }
    };
    let rolls_out = text.at(Class::OrganisationVerb, start).is_some() && span.len() > 2;
    if !enough
        || is_feature(text, span.clone(), verb_first)
        || is_buying(text, span.clone()) && !rolls_out
    {
        return;
    }
    let why = zone_kind(setting.zone, cue.is_some(), verb_first, &nouns, comparative);
    for span in span::conjuncts(text, span, |part| is_outcome(text, part, true)) {
        push(text, span, Reason { rule: "G4", why }, out);
    }
}

/// What made a line of a Goals zone an outcome, for the explanation.
fn zone_kind(zone: Zone, cue: bool, verb: bool, nouns: &Nouns, comparative: bool) -> &'static str {
    match (zone, cue, verb, nouns.metric, nouns.amounts > 0) {
        (Zone::Metrics, ..) => "a change in a Metrics zone",
        (_, true, ..) => "a wish in a Goals zone",
        (_, _, true, ..) => "a verb of achieving in a Goals zone",
        (_, _, _, true, true) => "a metric with a value in a Goals zone",
        (_, _, _, _, true) => "a value in a Goals zone",
        _ if comparative => "a comparative in a Goals zone",
        (_, _, _, true, _) => "a metric in a Goals zone",
        _ => "a deadline in a Goals zone",
    }
}

/// A comparative that is no part of a metric's name ("no-show rate").
fn compares(text: &Text, span: Range<usize>) -> bool {
    let in_metric = |at: usize| {
        text.of(Class::Metric, span.clone())
            .any(|metric| metric.contains(&at))
    };
    text.of(Class::Comparative, span.clone())
        .any(|hit| !in_metric(hit.start))
}

/// G5: "Without new heads, grow 20%" states a constraint before the goal.
fn behind_constraint(text: &Text, part: Range<usize>) -> Range<usize> {
    if !text.is(part.start, "without") {
        return part;
    }
    let comma = part.clone().find(|&at| text.mark(at) == Some(","));
    match comma.filter(|&at| text.at(Class::ChangeVerb, at + 1).is_some()) {
        Some(at) => at + 1..part.end,
        None => part,
    }
}

/// P1: prompt text of a template.
fn is_placeholder(text: &Text, part: &Range<usize>) -> bool {
    ["[", "{", "<", "_"]
        .iter()
        .any(|open| text.is(part.start, open))
        && text
            .quantities_in(part.start..(part.start + 2).min(part.end))
            .next()
            .is_none()
}

/// G3: free prose needs an outcome and a cue.
fn prose_outcomes(
    text: &Text,
    sentence: Range<usize>,
    setting: Setting,
    strict: bool,
    out: &mut Vec<Claim>,
) {
    if vetoed(text, sentence.clone(), setting) {
        return;
    }
    let mut done = sentence.start;
    let open = evidence_ends(text, &sentence);
    for cue in cues(text, sentence.clone()) {
        if cue.start < done || cue.start < open || !owned(text, &sentence, &cue, setting) {
            continue;
        }
        let start = span::skip_lead(text, behind_cue(text, &cue)..sentence.end);
        let end = span::end(text, start..sentence.end);
        let strong = text.at(Class::GoalIs, cue.start).is_some();
        if start >= end || strict && strong {
            continue;
        }
        let span = start..end;
        let asks = ["ask", "find", "check", "call", "send", "email", "confirm"]
            .iter()
            .any(|word| text.is(start, word));
        let unfit = asks
            || text.at(Class::TaskVerb, start).is_some() && !Nouns::of(text, span.clone()).metric
            || is_past_year(text, span.clone(), setting.year)
            || strong && is_participle(text, start)
            || needs_verb(text, &cue) && !starts_with_verb(text, behind_cue(text, &cue))
            || is_bare(text, &span)
                && !(setting.asked_target
                    || strong && Nouns::of(text, sentence.clone()).metric
                    || metric_before(text, sentence.start));
        if unfit {
            continue;
        }
        if is_buying(text, span.clone()) && !strong
            || is_deal(text, span.clone())
            || is_feature(
                text,
                span.clone(),
                text.at(Class::ChangeVerb, start).is_some(),
            )
        {
            continue;
        }
        let subject = span::clause_start(text, sentence.start, cue.start)..cue.start;
        let measured = Nouns::of(text, subject.clone()).metric
            && text
                .of(Class::Metric, subject.clone())
                .any(|hit| hit.end == cue.start);
        let moves =
            Nouns::of(text, span.clone()).amounts > 0 || text.has(Class::Comparative, span.clone());
        let whole = is_outcome(text, span.clone(), strong) || measured && moves;
        if !whole {
            continue;
        }
        let span = if measured && moves && !Nouns::of(text, span.clone()).metric {
            span::skip_lead(text, subject)..end
        } else {
            span
        };
        let span = match negation(text, &sentence, &cue) {
            Some(start) => start..span.end,
            None => span,
        };
        let span = if text.is(cue.start, "quota") || text.is(cue.start, "aop") {
            cue.start..span.end
        } else {
            span
        };
        done = end;
        for span in span::conjuncts(text, span, |part| is_outcome(text, part, true)) {
            let why = kind(text, span.clone(), strong);
            push(text, span, Reason { rule: "G3", why }, out);
        }
        resumed(text, done..sentence.end, out);
    }
}

/// "The plan is made at four": no goal noun with its value.
fn is_participle(text: &Text, at: usize) -> bool {
    let word = text.plain[text.tokens[at].range()].to_ascii_lowercase();
    word.len() > 4 && word.ends_with("ed")
        || matches!(
            word.as_str(),
            "made"
                | "done"
                | "written"
                | "still"
                | "not"
                | "there"
                | "ready"
                | "wrong"
                | "from"
                | "based"
        )
}

/// A cue that ends in "to" wants a verb behind it: not "promised it to his dealers".
fn needs_verb(text: &Text, cue: &Range<usize>) -> bool {
    text.is(cue.end - 1, "to") && text.at(Class::GoalIs, cue.start).is_none()
}

fn starts_with_verb(text: &Text, at: usize) -> bool {
    [Class::AnyVerb, Class::ClauseVerb]
        .into_iter()
        .any(|class| text.at(class, at).is_some())
        || !text.plain[text.tokens[at].range()].ends_with('s')
            && text.at(Class::Quantity, at).is_none()
            && text.at(Class::Metric, at).is_none()
            && !["his", "her", "the", "their", "our", "a"]
                .iter()
                .any(|word| text.is(at, word))
}

/// A number without unit or noun: "4".
fn is_bare(text: &Text, span: &Range<usize>) -> bool {
    let start = span.start;
    text.at(Class::Quantity, start)
        .is_some_and(|hit| hit.end == span.end)
        && text
            .quantities_in(span.clone())
            .next()
            .is_some_and(|quantity| {
                quantity.unit == crate::target::Unit::Count && quantity.value < 1000.0
            })
}

/// Whether the sentence before names a metric with a value.
fn metric_before(text: &Text, start: usize) -> bool {
    let behind = (text.sentences).partition_point(|sentence| sentence.end <= start);
    (behind.checked_sub(1))
        .map(|before| &text.sentences[before])
        .is_some_and(|before| {
            let nouns = Nouns::of(text, before.clone());
            nouns.metric && nouns.amounts > 0
        })
}

/// "grow 20% so they can open Lyon, and cut churn": the wish goes on behind the reason.
fn resumed(text: &Text, rest: Range<usize>, out: &mut Vec<Claim>) {
    let Some(at) = rest.clone().find(|&at| {
        text.mark(at) == Some(",")
            && text.is(at + 1, "and")
            && text.at(Class::StrongChange, at + 2).is_some()
    }) else {
        return;
    };
    let end = span::end(text, at + 2..rest.end);
    if is_outcome(text, at + 2..end, true) {
        push(
            text,
            at + 2..end,
            Reason {
                rule: "G3",
                why: "a further change behind the same wish",
            },
            out,
        );
    }
}

/// What made it an outcome, for the explanation.
fn kind(text: &Text, span: Range<usize>, strong: bool) -> &'static str {
    let nouns = Nouns::of(text, span.clone());
    let verb = [Class::ChangeVerb, Class::AttainVerb]
        .into_iter()
        .any(|class| text.at(class, span.start).is_some());
    match (strong, nouns.metric, nouns.amounts > 0, verb) {
        (true, true, true, _) => "a metric with a value behind a goal noun",
        (true, _, true, _) => "a value behind a goal noun",
        (true, ..) => "an outcome behind a goal noun",
        (_, true, true, _) => "a metric with a value behind a wish",
        (_, _, true, true) => "a change with a value behind a wish",
        (_, true, _, true) => "a change of a metric behind a wish",
        (_, _, true, _) => "a value behind a wish",
        _ => "a change behind a wish",
    }
}

/// G3, the one verbless exception: a change with a value and a deadline.
fn verbless(text: &Text, sentence: Range<usize>, out: &mut Vec<Claim>) {
    let end = span::end(text, span::skip_lead(text, sentence.clone())..sentence.end);
    let verb = text.has(Class::ClauseVerb, sentence.clone())
        && !text.has(Class::GoalNoun, end..sentence.end);
    if evidence_first(text, &sentence)
        || sentence.len() > 16
        || verb
        || text.has(Class::PastPeriod, sentence.clone())
        || text.has(Class::NowWord, sentence.clone())
    {
        return;
    }
    let start = span::skip_lead(text, sentence.clone());
    let end = span::end(text, start..sentence.end);
    let span = start..end.max(start);
    let nouns = Nouns::of(text, span.clone());
    let told = [
        "grew", "fell", "rose", "dropped", "climbed", "slipped", "went", "reached", "landed",
        "came", "ended", "made", "got", "was", "were", "doubled", "halved",
    ];
    if told
        .iter()
        .any(|word| sentence.clone().any(|at| text.is(at, word)))
    {
        return;
    }
    if ["i", "we", "our", "my", "i'd", "we'd", "should"]
        .iter()
        .any(|word| text.is(sentence.start, word))
    {
        return;
    }
    let future = text.of(Class::Date, span.clone()).next().is_some();
    if nouns.metric
        && nouns.amounts > 0
        && future
        && changes(text, span.clone())
        && !is_deal(text, span.clone())
    {
        push(
            text,
            span,
            Reason {
                rule: "G3",
                why: "change with a value and a deadline",
            },
            out,
        );
    }
}

/// D7: "actually 6M ARR now" states a goal anew, where one of that metric stands before it.
fn corrected(text: &Text, sentence: Range<usize>, out: &mut Vec<Claim>) {
    let corrects = text
        .of(Class::Corrects, sentence.clone())
        .any(|hit| hit.start == sentence.start);
    if !corrects
        || out
            .last()
            .is_some_and(|last| last.range.start >= text.bytes(sentence.clone()).start)
    {
        return;
    }
    let start = span::skip_lead(text, sentence.start + 1..sentence.end);
    let end = span::end(text, start..sentence.end);
    let nouns = Nouns::of(text, start..end.max(start));
    if start < end && nouns.metric && nouns.amounts > 0 {
        push(
            text,
            start..end,
            Reason {
                rule: "D7",
                why: "a correction",
            },
            out,
        );
    }
}

/// D3: the answer to a question about targets is a goal without any cue of its own.
fn answered_target(text: &Text, sentence: Range<usize>, out: &mut Vec<Claim>) {
    let start = span::skip_lead(text, sentence.clone());
    let end = span::end(text, start..sentence.end);
    if start < end
        && Nouns::of(text, start..end).amounts > 0
        && !evidence_first(text, &(start..end))
        && !text.has(Class::PastPeriod, start..end)
        && !is_deal(text, start..end)
    {
        push(
            text,
            start..end,
            Reason {
                rule: "D3",
                why: "answer to a question about targets",
            },
            out,
        );
    }
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

/// Cues by start; of overlapping ones the longest.
fn cues(text: &Text, within: Range<usize>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = [Class::Want, Class::GoalIs]
        .into_iter()
        .flat_map(|class| text.of(class, within.clone()))
        .collect();
    all.sort_by_key(|cue| (cue.start, std::cmp::Reverse(cue.end)));
    let mut out: Vec<Range<usize>> = Vec::new();
    for cue in all {
        match out.last_mut() {
            Some(last) if cue.start < last.end => last.end = last.end.max(cue.end),
            // "looking to be", "want to hit": a cue right behind a cue.
            Some(last) if cue.start == last.end => last.end = cue.end,
            _ => out.push(cue),
        }
    }
    out
}

/// "should come down to 5": the verb belongs to the outcome, not to the cue.
fn behind_cue(text: &Text, cue: &Range<usize>) -> usize {
    const VERBS: &[&str] = &[
        "be", "come", "go", "get", "fall", "drop", "rise", "reach", "hit",
    ];
    let verb = cue.len() > 1 && VERBS.iter().any(|word| text.is(cue.end - 1, word));
    if verb { cue.end - 1 } else { cue.end }
}

/// P6 and G6: whether the wish behind a cue is the prospect's.
fn owned(text: &Text, sentence: &Range<usize>, cue: &Range<usize>, setting: Setting) -> bool {
    let clause = span::clause_start(text, sentence.start, cue.start)..cue.start;
    let upto = clause.start..cue.end;
    if negation(text, sentence, cue).is_some() {
        // "They don't want churn above 5%" is a goal (G7).
        return text.has(Class::Bound, cue.end..sentence.end)
            && text.quantities_in(cue.end..sentence.end).next().is_some();
    }
    if text.has(Class::ThirdParty, upto.clone())
        || text.has(Class::Hypothetical, clause.clone())
        || text.has(Class::PastPeriod, clause.clone())
    {
        return false;
    }
    let why = clause.clone().any(|at| {
        text.is(at, "why")
            && !(at > sentence.start
                && (text.is(at - 1, "is") || text.is(at - 1, "that's") || text.is(at - 1, "also")))
    });
    if why
        || clause
            .clone()
            .any(|at| text.is(at, "if") || text.is(at, "whether"))
    {
        return false;
    }
    let near = |words: &[&str]| {
        clause
            .clone()
            .any(|at| words.iter().any(|word| text.is(at, word)))
    };
    if setting.side == Side::Note && !setting.quoted && !in_quotes(text, sentence.start, cue.start)
    {
        // The rep's own wishes; "we" and "our" are the prospect's where they speak of a metric (P6).
        if near(&["i", "i'd", "me", "my", "i'm", "i've", "mine"]) {
            return false;
        }
        if near(&["we", "our", "we'd", "we're", "us"])
            && !Nouns::of(text, cue.end..sentence.end).metric
        {
            return false;
        }
        if near(&["you"])
            && ["need", "must", "have", "has", "needs"]
                .iter()
                .any(|word| text.is(cue.start, word))
        {
            return false;
        }
    }
    if is_other_party(text, &clause, cue) {
        return false;
    }
    // "promised it to the lead investor": the goal stands elsewhere.
    if text.is(cue.end - 1, "to") && (cue.start + 1..cue.end).any(|at| text.is(at, "it")) {
        return false;
    }
    // "It must ring them up by itself": a requirement on the product.
    let product = clause.len() <= 2
        && clause
            .clone()
            .any(|at| text.is(at, "it") || text.is(at, "system") || text.is(at, "tool"));
    !product || Nouns::of(text, cue.end..sentence.end).metric
}

/// The token at which "don't want" begins, where the cue is negated.
fn negation(text: &Text, sentence: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    text.of(Class::NegatedWish, sentence.clone())
        .find(|hit| hit.start < cue.end && hit.end > cue.start)
        .map(|hit| hit.start)
}

/// P8: a year before the note's is past.
fn is_past_year(text: &Text, span: Range<usize>, year: i32) -> bool {
    let bytes = text.bytes(span);
    text.quantities
        .iter()
        .filter(|quantity| {
            quantity.kind == crate::target::Kind::Period && bytes.contains(&quantity.range.start)
        })
        .any(|quantity| {
            (1990.0..2100.0).contains(&quantity.value) && (quantity.value as i32) < year
        })
}

/// P6: a plural noun that names no part of the firm ("clinics want", "the insurers want") is a third party.
fn is_other_party(text: &Text, clause: &Range<usize>, cue: &Range<usize>) -> bool {
    let said = [
        "also", "really", "all", "both", "then", "now", "still", "actually",
    ];
    let head = clause
        .clone()
        .rev()
        .find(|&at| !said.iter().any(|word| text.is(at, word)));
    let Some(head) = head.filter(|_| {
        text.is(cue.start, "want")
            || text.is(cue.start, "would")
            || text.is(cue.start, "need")
            || text.is(cue.start, "like")
            || text.is(cue.start, "hope")
    }) else {
        return false;
    };
    let word = &text.plain[text.tokens[head].range()];
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let common = word.starts_with(char::is_lowercase)
        || head == clause.start && text.tokens[head].word == crate::lexicon::Lexicon::UNKNOWN;
    let own = text.at(Class::They, head).is_some()
        || text.at(Class::Role, head).is_some()
        || [
            "partners",
            "owners",
            "founders",
            "managers",
            "directors",
            "sales",
            "ops",
            "operations",
            "logistics",
            "directors",
            "heads",
            "guys",
            "ladies",
            "brothers",
            "sisters",
            "folks",
            "trustees",
            "governors",
            "shareholders",
            "leaders",
            "brothers",
            "finance",
        ]
        .iter()
        .any(|own| word.eq_ignore_ascii_case(own));
    plural
        && common
        && !own
        && text.of(Class::Metric, clause.clone()).all(|hit| {
            hit.end <= head
                || [
                    "customers",
                    "clients",
                    "members",
                    "guests",
                    "patients",
                    "students",
                    "users",
                    "passengers",
                    "tenants",
                    "drivers",
                ]
                .contains(&word.to_lowercase().as_str())
        })
}

fn in_quotes(text: &Text, start: usize, at: usize) -> bool {
    (start..at)
        .filter(|&token| text.mark(token) == Some("\""))
        .count()
        % 2
        == 1
}

/// G5: an opening evidence word makes the clause evidence.
fn evidence_first(text: &Text, part: &Range<usize>) -> bool {
    text.of(Class::EvidenceStart, part.clone())
        .any(|hit| hit.start == part.start)
        || text.at(Class::PastPeriod, part.start).is_some()
}

/// G5: where an opening evidence clause ends: at a comma followed by a subject and its cue.
fn evidence_ends(text: &Text, sentence: &Range<usize>) -> usize {
    if !text
        .of(Class::EvidenceStart, sentence.clone())
        .any(|hit| hit.start == sentence.start)
    {
        return sentence.start;
    }
    // T1: a sentence-initial "So" leads to the goal.
    if text.is(sentence.start, "so") {
        return sentence.start;
    }
    let comma = sentence.clone().find(|&at| {
        let cue = text
            .of(Class::Want, at + 2..(at + 6).min(sentence.end))
            .next();
        text.mark(at) == Some(",") && cue.is_some()
    });
    comma.unwrap_or(sentence.end)
}

/// G6: what is never a goal, by the whole sentence.
fn vetoed(text: &Text, sentence: Range<usize>, setting: Setting) -> bool {
    let mut classes = vec![Class::Abandoned, Class::Shrug, Class::PastTarget];
    if setting.side == Side::Note && !setting.quoted {
        classes.push(Class::VendorGoal);
    }
    if !setting.zone.is_goals() {
        classes.push(Class::Hypothetical);
        classes.push(Class::Forecast);
    }
    classes
        .into_iter()
        .any(|class| text.has(class, sentence.clone()))
}

/// G4: "ARR is 8M" is a present fact, "20% growth is what they want" is not.
fn states_a_fact(text: &Text, part: Range<usize>, end: usize) -> bool {
    let verb = text
        .of(Class::ClauseVerb, part.clone())
        .find(|verb| verb.start >= end || verb.start > part.start);
    verb.is_some_and(|verb| {
        verb.start == end && text.quantities_in(part.start..end).next().is_none()
    })
}

struct Nouns {
    metric: bool,
    amounts: usize,
}

impl Nouns {
    fn of(text: &Text, span: Range<usize>) -> Nouns {
        Nouns {
            metric: text.has(Class::Metric, span.clone()),
            amounts: text.quantities_in(span).count(),
        }
    }
}

/// From-to, arrow, bound, or a direction word before a value.
fn changes(text: &Text, span: Range<usize>) -> bool {
    let arrow = span.clone().any(|at| text.mark(at) == Some("->"));
    let amounts = Nouns::of(text, span.clone()).amounts;
    arrow && amounts >= 1
        || text.has(Class::ChangeVerb, span.clone())
        || amounts > 0
            && (text.has(Class::Bound, span.clone())
                || text.has(Class::Comparative, span.clone())
                || span
                    .clone()
                    .any(|at| text.is(at, "+") || text.is(at, "growth")))
}

/// G2: an outcome. `strong`: the cue is a goal noun or the zone, so a bare value is a target.
pub(crate) fn is_outcome(text: &Text, span: Range<usize>, strong: bool) -> bool {
    let nouns = Nouns::of(text, span.clone());
    let first = |class: Class| text.at(class, span.start).is_some();
    let dated = text.has(Class::Date, span.clone());
    let rate = text.has(Class::PerPeriod, span.clone());
    if first(Class::ChangeVerb) && (nouns.metric || nouns.amounts > 0) {
        return true;
    }
    if first(Class::AttainVerb) && (nouns.amounts > 0 || nouns.metric && dated) {
        return true;
    }
    if first(Class::StrongChange) && span.len() >= 2 && !is_pronoun(text, span.start + 1) {
        return true;
    }
    if first(Class::OrganisationVerb)
        && span.len() >= 2
        && (nouns.amounts > 0
            || nouns.metric
            || dated
            || text.has(Class::OrganisationNoun, span.clone())
            || names_something(text, span.start + 1..span.end))
    {
        return true;
    }
    if text.at(Class::Comparative, span.start).is_some()
        && [
            "fewer", "less", "more", "no", "zero", "better", "faster", "lower", "higher", "shorter",
        ]
        .iter()
        .any(|word| text.is(span.start, word))
        && nouns.metric
    {
        return true;
    }
    let better = text.has(Class::Comparative, span.clone());
    let valued = nouns.amounts > 0;
    valued && (nouns.metric || rate || strong || dated || better && span.len() > 1)
        || nouns.metric && (better || strong && dated)
}

fn is_pronoun(text: &Text, at: usize) -> bool {
    [
        "it",
        "this",
        "that",
        "them",
        "these",
        "those",
        "things",
        "something",
    ]
    .iter()
    .any(|word| text.is(at, word))
}

/// A name: a capital letter inside the sentence ("in DACH", "enter Mexico").
fn names_something(text: &Text, tokens: Range<usize>) -> bool {
    tokens.into_iter().any(|at| {
        text.plain[text.tokens[at].range()].starts_with(char::is_uppercase) && !text.is(at, "i")
    })
}

/// G6: a feature request, unless a number on a metric stands with it.
fn is_feature(text: &Text, span: Range<usize>, verb_first: bool) -> bool {
    let nouns = Nouns::of(text, span.clone());
    let dated = text.has(Class::Date, span.clone());
    let better = text.at(Class::Comparative, span.start).is_some();
    !better
        && text.has(Class::Feature, span)
        && !(nouns.metric && nouns.amounts > 0)
        && !(verb_first && (nouns.amounts > 0 || dated))
}

/// G6: a buying step.
fn is_buying(text: &Text, span: Range<usize>) -> bool {
    let nouns = Nouns::of(text, span.clone());
    text.of(Class::Buying, span.clone())
        .any(|hit| hit.start <= span.start + 3)
        && !(nouns.metric && nouns.amounts > 0)
}

/// G6: a criterion of the deal.
fn is_deal(text: &Text, span: Range<usize>) -> bool {
    text.has(Class::Deal, span.clone()) && text.at(Class::ChangeVerb, span.start).is_none()
}
