//! The guide's examples of evidence (section 2.8), line by line, and what must hold of any text.

use super::*;
use crate::State;

/// Reads a line. `[[…]]` is a goal; before the line: `below` a goal, under a label `I:`, or as an answer `I?`.
fn read(line: &str) -> (String, Vec<Claim>) {
    let mut context = Context::default();
    let mut line = line.to_owned();
    use Qualifier::{CostOfInaction, Importance, Realism};
    for (mark, label, answers) in [
        ("I: ", Label::Importance, None),
        ("C: ", Label::Cost, None),
        ("R: ", Label::Realism, None),
        ("P: ", Label::Plan, None),
        ("W: ", Label::WhyAndCost, None),
        ("M: ", Label::Mixed, None),
        ("I? ", Label::None, Some(Importance)),
        ("C? ", Label::None, Some(CostOfInaction)),
        ("R? ", Label::None, Some(Realism)),
    ] {
        if let Some(rest) = line.strip_prefix(mark) {
            (context.label, context.answers) = (label, answers);
            line = rest.to_owned();
        }
    }
    if let Some(rest) = line.strip_prefix("below ") {
        context.contained = true;
        line = rest.to_owned();
    }
    let mut goals = Vec::new();
    while let (Some(start), Some(end)) = (line.find("[["), line.find("]]")) {
        line.replace_range(end..end + 2, "");
        line.replace_range(start..start + 2, "");
        goals.push(start..end - 2);
    }
    let text = Text::read(line);
    let claims = claims(&text, 0, &goals, context);
    (text.plain, claims)
}

/// The best state of each qualifier: `I=a C=v`; `a-` where it speaks against the goal.
fn summary(claims: &[Claim]) -> String {
    let mut best = [(State::Missing, false); 3];
    for claim in claims {
        let (qualifier, state) = match claim.says {
            Says::Answer(answer) => (answer.qualifier, (answer.state, answer.against)),
            Says::Asks(qualifier) => (qualifier, (State::Asked, false)),
            Says::Outcome => continue,
        };
        let best = &mut best[qualifier.index()];
        *best = (*best).max(state);
    }
    let name = |(state, against)| match (state, against) {
        (State::Missing, _) => "",
        (State::Asked, _) => "q",
        (State::Vague, _) => "v",
        (State::Answered, false) => "a",
        (State::Answered, true) => "a-",
    };
    let said: Vec<String> = ["I", "C", "R"]
        .iter()
        .zip(best)
        .filter(|(_, state)| state.0 != State::Missing)
        .map(|(letter, state)| format!("{letter}={}", name(state)))
        .collect();
    said.join(" ")
}

#[test]
fn the_examples_of_the_guide() {
    let mut wrong = Vec::new();
    for (line, expected) in [
        ("Our goal is to [[increase revenues 20% YoY]].", ""),
        (
            "The goal is to [[increase revenues 20% YoY]] so we can open a new office overseas.",
            "I=a",
        ),
        (
            "Want [[20% YoY growth]], 3% last yr. If they miss -> 10% RIF",
            "C=a R=a",
        ),
        ("[[Cut churn from 8% to 5% by EOY]]", "R=a"),
        (
            "Just hit $8M ARR last quarter. Trying to [[get to $15M by EOY]] and the process won't scale.",
            "R=a",
        ),
        (
            "Dana needs [[NRR at 110% by FY27]], it's in her comp plan",
            "I=a",
        ),
        ("[[grow 20%]] by adding two outbound pods", "R=v"),
        ("Plan to [[hire 10 AEs]] so they can hit $5M", "I=a"),
        ("[[Quota is 1.2M/rep]], team at 62% attainment", "R=a"),
        ("[[nrr 104 -> 110 by EOY]]", "R=a"),
        ("[[Revenue: $4M -> $5M]]; [[40 new logos]]", "R=a"),
        ("[[20% growth]] b/c it's important to the CEO", "I=v"),
        ("[[20% growth]], top priority", "I=v"),
        ("[[20% growth]], #1 of 3 board priorities", "I=a"),
        (
            "At the Jan offsite the CEO promised the board [[20% growth]]",
            "I=a",
        ),
        ("I: CEO wants it", "I=v"),
        ("I: VP's bonus is tied to it", "I=a"),
        ("[[20% growth]] to save money", "I=v"),
        ("[[20% growth]] to save $400k a year in contractors", "I=a"),
        ("[[20% growth by Q3]]", ""),
        ("[[20% growth before Series B]]", "I=v"),
        ("[[20% growth]] to raise Series B", "I=a"),
        (
            "It's so important they win. So they want [[20% growth]].",
            "I=v",
        ),
        ("Churn doubled to 8% so they want [[5% by EOY]]", "R=a"),
        (
            "They lost Tesco over outages so they need [[99.95% uptime]]",
            "I=a",
        ),
        (
            "Call moved because the CFO is out. Target is [[20% growth]].",
            "",
        ),
        ("If they hit it they open Berlin", "I=a"),
        ("If they miss, the CEO will be unhappy", "C=v"),
        ("If they miss, 10% of staff get laid off", "C=a"),
        ("otherwise maybe layoffs", "C=v"),
        ("prob 10% RIF if they miss", "C=a"),
        ("there will be layoffs if they miss", "C=a"),
        (
            "They must [[hit 20% growth]] or they close the Leeds plant",
            "C=a",
        ),
        ("If we don't fix routing we'll miss the target", "C=v"),
        ("If nothing changes they run out of cash in Nov", "C=a"),
        (
            "nothing really happens if they miss, they try again next yr",
            "C=a-",
        ),
        ("C? No", "C=v"),
        ("C? No, reps maxed at 40 accts", "C=a"),
        ("If the pilot works they roll out to EMEA", ""),
        ("If we don't send the MSA legal slips", ""),
        (
            "[[95% uptime]] to avoid breaching the loan covenant",
            "I=a C=a",
        ),
        ("below losing ~80k/mo in SMB", "C=a"),
        ("What happens if they miss?", "C=q"),
        ("C: TBD", "C=v"),
        ("C: we'd fall behind competitors", "C=v"),
        ("C: we'd lose mid-market to Gong", "C=a"),
        ("below LY: 3%", "R=a"),
        ("below LY was a good year", "R=v"),
        ("below hired a new CRO last year", ""),
        ("missed it last year", "R=v"),
        ("missed by 12% last year", "R=a"),
        ("last year's goal was 15%", "R=v"),
        ("thinks it's doable", "R=v"),
        ("R: doable, pipeline is at 3.5x", "R=a"),
        ("CEO made the number up", "R=a-"),
        ("currently at $4M", "R=a"),
        ("budget was $4M last year", ""),
        ("best month ever was 40", "R=a"),
        ("How does 20% compare to last year?", "R=q"),
        ("How does 20% compare to last year? -> 3%", "R=a"),
        ("How does 20% compare to last year? -> good question", "R=v"),
        ("If they miss these, 10% RIF.", "C=a"),
        ("need [[40 demos a month]] to feed the new AEs", "I=v"),
        (
            "Because churn doubled last year, they want [[5% by EOY]]",
            "R=a",
        ),
        ("it's important for the IPO", "I=a"),
        ("the board is pushing hard", "I=v"),
    ] {
        let (_, claims) = read(line);
        let said = summary(&claims);
        if said != expected {
            wrong.push(format!("{line}: {said}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_shapes_of_notes() {
    let mut wrong = Vec::new();
    for (line, expected) in [
        (
            "below COO told the board in January, it is in the FY26 plan",
            "I=a",
        ),
        (
            "If they fall short the bank keeps the loan back and the seller walks in January.",
            "C=a",
        ),
        ("Need to ask how bad no-shows are today.", "R=q"),
        ("b/c series C in oct, needs >15% growth to clear", "I=a"),
        ("miss -> ~10% RIF, dana prob out", "C=a"),
        ("C? Honestly, our CEO will not be happy.", "C=v"),
        (
            "I? The Aetna renewal. They audit our retention in January.",
            "I=a",
        ),
        ("why A? -> Lidl only lists grade A suppliers", "I=a"),
        ("ask what happens if they miss", "C=q"),
        (
            "My take: signups were 1,900 last quarter so it's a stretch.",
            "R=a",
        ),
        (
            "what if it stays at 61? factoring costs ~€210k a year",
            "C=a",
        ),
        ("today 11, Jo Lindqvist says doable", "R=a"),
        ("R: no entity yet", "R=a"),
        ("R: TBD", "R=v"),
        ("C: not discussed", "C=q"),
        ("What if they don't get there: not discussed", "C=q"),
        (
            "[[NRR 112]]: why - board number for the Series C; if not - round moves to 2027; vs LY - 106",
            "I=a C=a R=a",
        ),
    ] {
        let (_, claims) = read(line);
        let said = summary(&claims);
        if said != expected {
            wrong.push(format!("{line}: {said}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn evidence_is_quoted_as_a_clause() {
    for (line, qualifier, quote) in [
        (
            "Dana needs [[NRR at 110% by FY27]], it's in her comp plan",
            Qualifier::Importance,
            "it's in her comp plan",
        ),
        (
            "[[Cut churn from 8% to 5% by EOY]]",
            Qualifier::Realism,
            "from 8%",
        ),
        (
            "They finished last year at 31M and she has to [[bring that to 36M]].",
            Qualifier::Realism,
            "They finished last year at 31M",
        ),
        (
            "We need to [[be at 98]] or Safran puts us on the red list.",
            Qualifier::CostOfInaction,
            "or Safran puts us on the red list",
        ),
    ] {
        let (plain, claims) = read(line);
        let quoted = claims.iter().find(
            |claim| matches!(claim.says, Says::Answer(answer) if answer.qualifier == qualifier),
        );
        assert_eq!(
            quoted.map(|claim| &plain[claim.range.clone()]),
            Some(quote),
            "{line}"
        );
    }
}

/// Words, marks and odd characters in an order that no one would write.
#[test]
fn any_text_is_read() {
    const PARTS: &[&str] = &[
        "if",
        "they",
        "miss",
        "so",
        "that",
        "because",
        "or",
        "otherwise",
        "20%",
        "€3M",
        "ä",
        "🎯",
        "\u{200b}",
        "’",
        "“",
        "”",
        "->",
        "→",
        "—",
        "?",
        "...",
        "…",
        "\n",
        ",",
        ";",
        ":",
        "(",
        ")",
        "why",
        "ask",
        "not discussed",
        "last year",
        "today",
        "board",
        "promised",
        "[[",
        "]]",
        "from 8% to 5%",
        "the",
        "and he said",
        "|",
        "-",
        "without",
        "before",
        "what if",
        "it",
        "e.g.",
        "No.",
        "'s",
        "ß",
    ];
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let labels = [
        "", "I: ", "C: ", "R: ", "P: ", "W: ", "M: ", "I? ", "C? ", "R? ", "below ",
    ];
    for _ in 0..3000 {
        let mut line = labels[next(labels.len())].to_owned();
        for _ in 0..next(14) {
            line.push_str(PARTS[next(PARTS.len())]);
            line.push_str([" ", "", " "][next(3)]);
        }
        if line.find("]]") < line.find("[[") {
            continue;
        }
        let (plain, claims) = read(&line);
        for claim in claims {
            assert!(
                plain
                    .get(claim.range.clone())
                    .is_some_and(|quote| !quote.is_empty()),
                "{line:?}: {claim:?}"
            );
        }
    }
}
