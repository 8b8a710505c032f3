//! Which way a goal moves its metric, by its verbs and adverbs.

use super::{Direction, lex::Lexed};

/// A word of direction.
pub(super) struct Way {
    pub(super) direction: Direction,
    pub(super) at: usize,
    /// Opens or hires: the number adds to what is there.
    pub(super) adds: bool,
}

/// The direction: verbs of change first, then "up" and "down", then verbs of reaching.
pub(super) fn direction(lexed: &Lexed<'_>, end: usize) -> Option<Way> {
    use Direction::{Decrease, Increase, Maintain, Reach};
    let way = |at: usize, direction, adds| {
        Some(Way {
            direction,
            at,
            adds,
        })
    };
    let strong = |at: usize| match lexed.at(at) {
        _ if is_noun(lexed, at) => None,
        "grow" | "growing" | "increase" | "increasing" | "raise" | "raising" | "boost"
        | "improve" | "improving" | "lift" | "expand" | "augment" | "accelerate" | "maximise"
        | "maximize" | "scale" => way(at, Increase, false),
        "add" | "adding" | "hire" | "hiring" | "open" | "opening" | "launch" | "recruit"
        | "sign" | "land" => way(at, Increase, true),
        "win" => way(at, Increase, true),
        "cut" | "cutting" | "reduce" | "reducing" | "lower" | "lowering" | "shrink" | "shorten"
        | "decrease" | "shave" | "save" | "halve" | "eliminate" | "trim" | "slash"
        | "consolidate" | "minimise" | "minimize" | "drop" => way(at, Decrease, false),
        "double" | "doubling" | "triple" | "tripling" | "quadruple" | "treble" => {
            way(at, Increase, false)
        }
        "keep" | "keeping" | "maintain" | "hold" | "stay" | "remain" | "remains" => {
            way(at, Maintain, false)
        }
        _ => None,
    };
    // "signed up" and "pick-up" don't move; "up to", "up 20%" do.
    let moves = |at: usize| {
        let next = lexed.at(at + 1);
        !lexed.glued(at)
            && (lexed.numeral(at + 1).is_some()
                || matches!(next, "to" | "by" | "from" | "a" | "$" | "€" | "£"))
    };
    let weak = |at: usize| match lexed.at(at) {
        "fall" | "falls" if matches!(lexed.at(at + 1), "by" | "to" | "under" | "below") => {
            way(at, Decrease, false)
        }
        "rise" | "rises" if matches!(lexed.at(at + 1), "by" | "to" | "above" | "over") => {
            way(at, Increase, false)
        }
        "up" if !moves(at) => None,
        "up" | "↑" | "more" | "higher" | "growth" | "improvement" | "uplift" => {
            way(at, Increase, false)
        }
        "down" | "↓" | "less" | "fewer" | "reduction" => way(at, Decrease, false),
        "out" if lexed.at(at + 1) == "of" && lexed.at(0).starts_with("tak") => {
            way(at, Decrease, false)
        }
        _ => None,
    };
    let reach = |at: usize| match lexed.at(at) {
        "hit" | "reach" | "reaching" | "achieve" | "get" | "getting" | "hitting" | "arrive"
        | "go" | "bring" | "become" => way(at, Reach, false),
        _ => None,
    };
    // "at least", "no more than", "up to" and "more than" bound; they don't move.
    let bounding = |at: usize| {
        lexed.at(at + 1) == "than"
            || lexed.at(at + 1) == "to" && lexed.at(at) == "up"
            || at > 0 && matches!(lexed.at(at - 1), "or" | "no" | "not" | "more" | "less")
    };
    let count = lexed.tokens.len().min(end);
    (0..count)
        .find_map(strong)
        .or_else(|| (0..count).filter(|at| !bounding(*at)).find_map(weak))
        .or_else(|| (0..count).find_map(reach))
}

/// Whether a word that can be a verb of change is a noun in its place: "time to hire", "new hire", "two per lift".
pub(super) fn is_noun(lexed: &Lexed<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| lexed.at(at));
    if before(1) == "to"
        && matches!(
            before(2),
            "time" | "cost" | "ready" | "lead" | "quote" | "order" | "signature" | "offer"
        )
    {
        return true;
    }
    match lexed.at(at) {
        "win" if lexed.at(at + 1).starts_with("rate") => true,
        "lift" | "open" | "launch" | "win" | "sign" | "land" | "hire" | "hold" | "stay"
        | "drop" | "scale" | "lower" | "save" | "cut" | "raise" | "increase" | "close" => {
            let verb = at == 0
                || matches!(
                    before(1),
                    "to" | "and"
                        | "or"
                        | "must"
                        | "should"
                        | "will"
                        | "shall"
                        | "we"
                        | "they"
                        | "i"
                        | "he"
                        | "she"
                        | "also"
                        | "can"
                        | "then"
                        | "want"
                        | "wants"
                        | "would"
                        | "be"
                        | "get"
                        | "gets"
                        | "is"
                )
                || !lexed.is_word(at - 1);
            !verb
        }
        _ => false,
    }
}

/// Nouns of change: "20% growth".
pub(super) fn is_change(word: &str) -> bool {
    matches!(
        word,
        "growth" | "improvement" | "reduction" | "increase" | "decrease" | "uplift"
    )
}
