use super::Inline;

/// Reads lines that stand in the document one behind the other, from byte 100 on.
fn read(source: &str) -> Inline {
    let mut byte = 100;
    let mut lines = Vec::new();
    for line in source.split('\n') {
        lines.push((line, byte));
        byte += line.len() + 1;
    }
    Inline::of_lines(lines)
}

fn check(source: &str, expected: &str) {
    assert_eq!(read(source).text, expected, "{source:?}");
}

#[test]
fn plain_text_stays() {
    for text in [
        "",
        "Grow revenue 20% YoY",
        "goals: 3 < 5, a > b & c",
        "“smart” quotes’ and – dashes…\u{a0}nbsp 👩‍👩‍👧 é",
        "#goal [TBD] [ ] {{metric}} ____ ~5%, ~20k; a == b",
        "snake_case_name and 2 * 3 * 4",
        "5 * 3, * not a list",
        "10%% up",
        "x ~one~ y",
        "<20% churn, CAC <payback",
        "**unclosed, _also, `this, [that](",
        "[a] (b)",
        "AT&T &unknown; &; &#xfffffff;",
        r"C:\Users\me",
    ] {
        check(text, text);
    }
}

#[test]
fn emphasis_goes() {
    check("**G** - 60 demos", "G - 60 demos");
    check("*a* _b_ __c__ ***d*** ==e==", "a b c d e");
    check("**Goal:** grow *fast*", "Goal: grow fast");
    check("un*frigging*believable", "unfriggingbelievable");
    check("_a_b_", "a_b");
    check("**a *b** c*", "a b c");
    check("*a **b** c*", "a b c");
    check("**bold\nover lines**", "bold\nover lines");
    check("**\"Grow 20%\"**", "\"Grow 20%\"");
    check("a ** b ** c", "a ** b ** c");
    check("**目標**は20%", "目標は20%");
}

#[test]
fn bold_is_told() {
    let inline = read("**Goals** and __more__, *not*");
    let strong: Vec<&str> = inline
        .strong
        .iter()
        .map(|range| &inline.text[range.clone()])
        .collect();
    assert_eq!(strong, ["Goals", "more"]);
}

#[test]
fn struck_text_is_told_apart() {
    let inline = read("grow ~~20%~~ 15% ~~or *more*~~");
    assert_eq!(inline.text, "grow 15%");
    assert_eq!(inline.struck, [107..110, 119..128]);
}

#[test]
fn code_and_addresses_leave_a_gap() {
    check("use `revenue = 5` now", "use now");
    check("a`b`c", "a c");
    check("`` a ` b `` end", "end");
    check("end `x`", "end");
    check("see https://a.b/c_d_e?f=g, and", "see , and");
    check("(https://a.b/c(d)) x", "() x");
    check("www.acme.com grew", "grew");
    check("<https://a.b> <x@y.z> hi", "hi");
    check("http://", "");
    check("a://b", "a://b");
    check("grow ![[chart.png]] fast", "grow fast");
}

#[test]
fn links_show_their_text() {
    check("[Grow 20%](https://x.y \"t\") by EOY", "Grow 20% by EOY");
    check("[a *b*](<c d>) [e][f] [g][] ![alt](i.png)", "a b e g alt");
    check("*[a*](b)", "*a*");
    check("[a [b](c) d](e)", "[a b d](e)");
    check("[a](b c)", "[a](b c)");
    check("[a](b(c)d)", "a");
    check(r"\[a](b)", "[a](b)");
    check("20%[^1] more", "20% more");
}

#[test]
fn wikilinks_show_their_alias() {
    check("[[Acme]] wants [[Q3 plan|the plan]]", "Acme wants the plan");
    check(r"[[a\|b]] [[c|]] [[]] [[d", "b c| [[]] [[d");
    check("[[a|**b**]] [[x]](y)", "b x(y)");
    check("[[a\nb]]", "[[a\nb]]");
}

#[test]
fn html_and_comments_go() {
    check(
        "<b>Grow</b> <span class='x' data-y=1>20%</span>",
        "Grow 20%",
    );
    check("a <!-- sowhat: ignore --> b", "a b");
    check("a %%hidden%% b <!-- open", "a b <!-- open");
    check("a<br>b<br/>c", "a\nb\nc");
    check("<td>a</td><td>b</td>", "a b");
    check("<insert goal here> x", "x");
}

#[test]
fn escapes_entities_and_hard_breaks_are_resolved() {
    check(r"\*a\* 5\% \\", r"*a* 5% \");
    check("P&amp;L &lt;5&#37; &#x27;&nbsp;&quot;", "P&L <5% '\u{a0}\"");
    check("a\\\nb", "a\nb");
}

#[test]
fn offsets_lead_back() {
    let source = "**G** P&amp;L `x` [[a|b]]\né **c**";
    let inline = read(source);
    assert_eq!(inline.text, "G P&L b\né c");
    let at = |text: &str| {
        let start = inline.text.find(text).unwrap();
        let range = inline.range_to_source(start..start + text.len());
        &source[range.start - 100..range.end - 100]
    };
    assert_eq!(at("G"), "G");
    assert_eq!(at("G P"), "G** P");
    assert_eq!(at("&"), "&amp;");
    assert_eq!(at("P&"), "P&amp;");
    assert_eq!(at("&L"), "&amp;L");
    assert_eq!(at("L b"), "L `x` [[a|b");
    assert_eq!(at("b\né"), "b]]\né");
    assert_eq!(at("é c"), "é **c");
    assert_eq!(inline.range_to_source(0..0), 102..102);
    assert_eq!(
        inline.range_to_source(50..60),
        100 + source.len() - 2..100 + source.len() - 2
    );
    assert_eq!(inline.to_plain(0), 0);
    assert_eq!(inline.to_plain(102), 0);
    assert_eq!(inline.to_plain(106), 2);
    assert_eq!(inline.to_plain(1000), inline.text.len());
}

#[test]
fn nothing_has_a_place_too() {
    assert_eq!(Inline::of_lines([]).text, "");
    let inline = Inline::of_lines([("", 7)]);
    assert_eq!(inline.to_source(0), 7);
    assert_eq!(inline.range_to_source(0..0), 7..7);
    assert_eq!(Inline::of_lines([("`x`", 7)]).to_source(0), 7);
}
