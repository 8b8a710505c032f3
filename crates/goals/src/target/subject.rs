//! The metric of a goal: the noun phrase that its value belongs to. Silent where the phrase is no plain one.

use super::{
    Direction,
    deadline::When,
    direction::{self, Way},
    lex::{Kind as TokenKind, Lexed},
    metric,
    quantity::{Kind, Quantity},
    surroundings,
    unit::Unit,
    values::{self, Values},
    words::Word,
};

/// The longest name of a metric, in words.
const LONGEST: usize = 7;

/// The metric's words, in lower case.
pub(super) fn metric(
    lexed: &Lexed<'_>,
    quantities: &[Quantity],
    times: &[When],
    values: Option<&Values>,
    way: Option<&Way>,
    end: usize,
) -> Option<String> {
    let taken = taken(lexed, quantities, times, values, end);
    let Some(values) = values else {
        // Without a value only a change has a metric: "fix churn", "fewer write-offs".
        let way = way.filter(|way| {
            matches!(
                way.direction,
                Direction::Increase | Direction::Decrease | Direction::Maintain
            )
        });
        let start = match way {
            Some(way) if !way.adds => way.at + 1,
            None if matches!(lexed.at(0), "fix" | "stabilise" | "stabilize") => 1,
            _ => return None,
        };
        return name(lexed, segment(lexed, &taken, start, end)?);
    };
    let value = &quantities[values.value];
    let first = values.base.map_or(value.tokens.start, |base| {
        quantities[base].tokens.start.min(value.tokens.start)
    });
    if let Some(colon) = (1..first).find(|at| lexed.at(*at) == ":" && !lexed.glued(*at + 1)) {
        let plain = (0..colon).all(|at| lexed.is_word(at) || lexed.at(at) == "-");
        if plain && colon <= LONGEST {
            return name(lexed, (0, colon));
        }
    }
    let mut before = segment(lexed, &taken, 0, first);
    // "close the books": a verb and its object.
    let article = matches!(
        lexed.at(1),
        "the" | "a" | "an" | "all" | "our" | "their" | "its" | "any" | "every" | "each" | "this"
    );
    if before == Some((0, 1)) && article {
        before =
            segment(lexed, &taken, 1, first).filter(|_| !matches!(value.unit, Unit::Duration(_)));
        before?;
    }
    let behind = behind(lexed, quantities, &taken, values, end);
    let known = |range: Option<(usize, usize)>| {
        range
            .and_then(|range| name(lexed, range))
            .is_some_and(|name| metric::known(&metric::canonical_metric(&name)).is_some())
    };
    let verb = before.is_some_and(|(from, to)| {
        let alone = to == from + 1 && from == 0 && to == first && lexed.numeral(first).is_some();
        alone && way.is_none()
    });
    let chosen = match (before, behind) {
        (Some(_), Some(behind)) if verb && !known(before) => behind,
        (None, Some(behind)) => behind,
        (Some(before), _) => before,
        (None, None) => return None,
    };
    let mut found = name(lexed, chosen)?;
    if Some(chosen) == behind && is_spending(lexed, value, chosen.0) {
        found = format!("{} spend", found.strip_suffix('s').unwrap_or(&found));
    }
    Some(found)
}

/// "save $400k on contractors": what goes down is the spend.
fn is_spending(lexed: &Lexed<'_>, value: &Quantity, start: usize) -> bool {
    matches!(value.unit, Unit::Money(_))
        && start > 0
        && lexed.at(start - 1) == "on"
        && lexed.at(0) == "save"
}

/// The phrase behind the value: its noun, or what it is a share of.
fn behind(
    lexed: &Lexed<'_>,
    quantities: &[Quantity],
    taken: &[bool],
    values: &Values,
    end: usize,
) -> Option<(usize, usize)> {
    let value = &quantities[values.value];
    if let Some(base) = values
        .base
        .map(|base| &quantities[base])
        .filter(|base| base.tokens.end < value.tokens.start)
        && let Some(found) = segment(lexed, taken, base.tokens.end, value.tokens.start)
    {
        return Some(found);
    }
    let mut start = value.tokens.end;
    if matches!(lexed.at(start), "of" | "off" | "on" | "from") || lexed.at(start) == "out" {
        start += 1;
        while lexed.at(start) == "of" {
            start += 1;
        }
    }
    let (from, mut to) = segment(lexed, taken, start, end)?;
    // Words in between say that the phrase is another one's.
    let near = (start..from).all(|at| {
        taken[at]
            || matches!(
                lexed.at(at),
                "the" | "all" | "our" | "their" | "of" | "off" | "on"
            )
    });
    if !near {
        return None;
    }
    if matches!(value.unit, Unit::Percent | Unit::Share)
        && lexed.at(to) == "from"
        && let Some((_, after)) =
            segment(lexed, taken, to + 1, end).filter(|inner| inner.0 == to + 1)
    {
        to = after;
    }
    Some((from, to))
}

/// Which tokens belong to numbers, times and rates.
fn taken(
    lexed: &Lexed<'_>,
    quantities: &[Quantity],
    times: &[When],
    values: Option<&Values>,
    end: usize,
) -> Vec<bool> {
    let mut taken = vec![false; lexed.tokens.len()];
    let mut mark = |range: std::ops::Range<usize>| taken[range].fill(true);
    for (index, quantity) in quantities.iter().enumerate() {
        let chosen =
            values.is_some_and(|values| values.value == index || values.base == Some(index));
        let named = quantity.kind == Kind::Identifier
            || quantity.is_amount() && values::is_adjective(lexed, quantity);
        if chosen || !named {
            mark(quantity.tokens.clone());
        }
    }
    for when in times {
        mark(when.tokens.clone());
    }
    for at in 0..lexed.tokens.len().min(end) {
        if let Some(per) = surroundings::per_at(lexed, at).filter(|per| per.span.is_some()) {
            let last = lexed
                .tokens
                .partition_point(|token| token.end <= per.range.end);
            mark(at..last);
        }
    }
    taken
}

/// The first run of free words in `from..to`, joined by "of", "per", "to", hyphens and the like.
fn segment(lexed: &Lexed<'_>, taken: &[bool], from: usize, to: usize) -> Option<(usize, usize)> {
    let free = |at: usize| at < to && at < taken.len() && !taken[at] && is_free(lexed, at);
    let mut start = (from..to).find(|at| free(*at))?;
    // "on-time delivery"
    while start >= from + 2
        && lexed.at(start - 1) == "-"
        && lexed.glued(start)
        && lexed.glued(start - 1)
        && lexed.is_word(start - 2)
    {
        start -= 2;
    }
    let mut end = start + 1;
    loop {
        if free(end) {
            end += 1;
            continue;
        }
        let joins = match lexed.at(end) {
            "of" | "per" | "to" | "and" => true,
            "-" | "/" | "&" | ":" => lexed.glued(end) || lexed.at(end) == "&",
            _ => false,
        };
        let article = usize::from(
            lexed.at(end) == "of" && matches!(lexed.at(end + 1), "the" | "our" | "their"),
        );
        if joins && !taken[end] && free(end + 1 + article) {
            end += 2 + article;
            continue;
        }
        return Some((start, end));
    }
}

/// Whether a word can be part of a metric's name.
fn is_free(lexed: &Lexed<'_>, at: usize) -> bool {
    let word = match lexed.tokens[at].kind {
        TokenKind::Name => return true,
        TokenKind::Word(word) => word,
        TokenKind::Numeral(_) => return true,
        TokenKind::Sign => return false,
    };
    // "time to value" and "lead time" hold words that mean something else alone.
    if word == Some(Word::Stop)
        || matches!(word, Some(Word::Rate(_) | Word::Approx | Word::Factor(_)))
    {
        return false;
    }
    if direction::is_noun(lexed, at) {
        return true;
    }
    let text = lexed.at(at);
    let shortened = text.contains(['\'', '’'])
        && !text.ends_with("'s")
        && !text.ends_with("’s")
        && !text.ends_with("s'");
    if shortened
        || matches!(
            text.split(['\'', '’']).next(),
            Some("it" | "that" | "there" | "he" | "she" | "let" | "what" | "who")
        )
    {
        return false;
    }
    !matches!(
        lexed.at(at),
        "grow"
            | "growing"
            | "increase"
            | "increasing"
            | "raise"
            | "boost"
            | "improve"
            | "lift"
            | "expand"
            | "augment"
            | "add"
            | "hire"
            | "open"
            | "launch"
            | "cut"
            | "reduce"
            | "reducing"
            | "lower"
            | "shrink"
            | "shorten"
            | "decrease"
            | "shave"
            | "save"
            | "eliminate"
            | "trim"
            | "slash"
            | "consolidate"
            | "drop"
            | "keep"
            | "maintain"
            | "hold"
            | "stay"
            | "hit"
            | "reach"
            | "achieve"
            | "get"
            | "getting"
            | "go"
            | "bring"
            | "come"
            | "take"
            | "push"
            | "make"
            | "want"
            | "wants"
            | "need"
            | "needs"
            | "goal"
            | "target"
            | "aim"
            | "more"
            | "less"
            | "fewer"
            | "higher"
            | "least"
            | "most"
            | "nobody"
            | "everybody"
            | "everyone"
            | "someone"
            | "none"
            | "nothing"
            | "never"
            | "again"
            | "max"
            | "maximum"
            | "minimum"
            | "recruit"
            | "scale"
            | "mind"
            | "mindestens"
            | "together"
            | "them"
            | "ones"
            | "us"
            | "me"
            | "half"
            | "having"
            | "taking"
            | "deliver"
            | "beneath"
            | "stop"
            | "move"
            | "back"
            | "let"
            | "going"
            | "being"
            | "growth"
            | "latest"
            | "instead"
            | "rather"
    )
}

/// The words of a segment as a name, unless they are too many or say nothing.
fn name(lexed: &Lexed<'_>, (start, end): (usize, usize)) -> Option<String> {
    let mut end = end;
    while end > start && direction::is_change(lexed.at(end - 1)) {
        end -= 1;
    }
    let words = (start..end).filter(|at| lexed.is_word(*at)).count();
    if end == start || words > LONGEST || words == 0 && lexed.numeral(start).is_some() {
        return None;
    }
    let name = lexed.raw(lexed.span(start, end)).to_lowercase();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}
