use crate::target::{compare::compare, evidence::baseline, measure, quantities, read};

/// Pieces that numbers, dates and goals are made of, put together at random.
const PIECES: &[&str] = &[
    "5",
    "12",
    "2027",
    "1,200",
    "3,2",
    "0",
    "99999999999999999999",
    "1.2.3",
    "11:30",
    "24/7",
    "3/11/26",
    "-",
    "–",
    "+",
    "%",
    "$",
    "€",
    " ",
    " ",
    " ",
    "k",
    "M",
    "m",
    "bn",
    "to",
    "from",
    "->",
    "→",
    "by",
    "under",
    "no more than",
    "half",
    "a third",
    "one",
    "in",
    "of",
    "a",
    "hundred",
    "and",
    "thousand",
    "per",
    "month",
    "/mo",
    "YoY",
    "churn",
    "ARR",
    "grow",
    "cut",
    "keep",
    "Q3",
    "FY25/26",
    "the end of",
    "this year",
    "é",
    "ß",
    "漢字",
    "\u{200d}",
    "👩‍🚀",
    "\u{301}",
    "İ",
    "'",
    "’",
    "(",
    ")",
    ",",
    ".",
    ":",
    "#",
    "\n",
    "\u{a0}",
    "±",
    "٣",
    "½",
];

/// A small generator, so that every run sees the same texts.
fn random(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

#[test]
fn any_text_is_read_and_every_range_lies_on_characters() {
    let mut state = 7;
    for _ in 0..20_000 {
        let text: String = (0..random(&mut state) % 14)
            .map(|_| PIECES[random(&mut state) % PIECES.len()])
            .collect();
        let other: String = (0..random(&mut state) % 14)
            .map(|_| PIECES[random(&mut state) % PIECES.len()])
            .collect();
        let mut end = 0;
        for quantity in quantities(&text) {
            assert!(
                text.get(quantity.range.clone())
                    .is_some_and(|words| !words.is_empty()),
                "{text:?}"
            );
            assert!(quantity.range.start >= end, "{text:?}");
            assert!(quantity.value.is_finite(), "{text:?}");
            end = quantity.range.end;
            for range in quantity
                .noun
                .into_iter()
                .chain(quantity.per.map(|per| per.range))
            {
                assert!(text.get(range).is_some(), "{text:?}");
            }
        }
        if let Some(mut target) = read(&text) {
            let found = baseline(&other, &target);
            if let Some(comparison) = found.and_then(|found| compare(&target, &found)) {
                assert!(
                    comparison.stretch.is_none_or(f64::is_finite),
                    "{text:?} || {other:?}"
                );
            }
            measure(&mut target, &[&other, &text]);
        }
    }
}

#[test]
fn long_texts_cost_in_proportion() {
    for piece in [
        "5",
        "1,",
        "a hundred and ",
        "one in ",
        "- ",
        "5-",
        "5 to ",
        "word ",
        "no more than ",
        "+1 2 3 ",
        "(",
        "a third of ",
        "5 hours ",
        "$",
        "the end of ",
        "1/",
        "1.",
        "FY25/",
    ] {
        let time = |count: usize| {
            let text = piece.repeat(count);
            let start = std::time::Instant::now();
            let target = read(&text).unwrap_or_default();
            let _ = baseline(&text, &target);
            start.elapsed().as_secs_f64()
        };
        let short = time(2_000).max(0.002);
        let long = time(20_000);
        // Ten times the text; quadratic would be a hundred times the time.
        assert!(long < short * 40.0, "{piece:?}: {short} s, then {long} s");
    }
}
