use crate::target::{baseline, compare, compare_own, read};

/// The comparison of a goal with what a passage tells, in words; of a goal alone where there is no passage.
#[track_caller]
fn check(goal: &str, evidence: &str, expected: &str) {
    let target = read(goal).expect("a target");
    let comparison = if evidence.is_empty() {
        compare_own(&target)
    } else {
        baseline(evidence, &target).and_then(|baseline| compare(&target, &baseline))
    };
    let shown = comparison.map_or("none".to_owned(), |comparison| {
        let far = if comparison.far { " FAR" } else { "" };
        let reached = if comparison.reached { " REACHED" } else { "" };
        format!("{}{far}{reached}", comparison.words)
    });
    assert_eq!(shown, expected, "{goal} || {evidence}");
}

#[test]
fn the_arithmetic_of_the_guide() {
    check(
        "Cut cost per delivery from $9.10 to $7.50 by EOY",
        "",
        "$7.50 against $9.10: -17.6%",
    );
    check(
        "get to 5M this year",
        "They did 4.1M last year",
        "5M against 4.1M last year: +22.0%",
    );
    check(
        "+20% rev FY26",
        "+3% LY",
        "20% against 3% last year: 6.7 times FAR",
    );
    check(
        "nrr 104 -> 110 by EOY",
        "",
        "110% against 104%: +6 points (+5.8%)",
    );
    check(
        "get gross churn under 6 percent by December",
        "Around nine percent. So it's going the wrong way.",
        "6% against 9%: -3 points (-33.3%)",
    );
    check(
        "60 demos/mo by Q3",
        "35 demos/mo last quarter",
        "60 against 35 last quarter: +71.4%",
    );
    check(
        "avg handling time 9.2 min -> 6.5 min by Q4",
        "",
        "6.5 minutes against 9.2 minutes: -29.3%",
    );
    check(
        "Win rate 22% -> 30%",
        "22%",
        "30% against 22%: +8 points (+36.4%)",
    );
    check(
        "Forecast within 5%",
        "off by 18% in Q4",
        "5% against 18%: -13 points (-72.2%) FAR",
    );
    check(
        "Waste below 4% of COGS by Dec",
        "now 6.3%",
        "4% against 6.3%: -2.3 points (-36.5%)",
    );
    check(
        "double trial signups this quarter",
        "signups were 1,900 last quarter so it's a stretch",
        "2x of 1,900 last quarter: 3,800 FAR",
    );
    check(
        "DSO from 61 to 45 days by FY26",
        "",
        "45 days against 61 days: -26.2%",
    );
    check(
        "Close books in 5 days",
        "today 11, Jo Lindqvist says doable",
        "5 days against 11 days: -54.5% FAR",
    );
    check(
        "Reducing time-to-value to 20 days",
        "reduce time-to-value from 45 days",
        "20 days against 45 days: -55.6% FAR",
    );
    check(
        "augment the turnover of 15% until end of year",
        "actually we are +4%",
        "15% against 4%: 3.8 times",
    );
    check(
        "Reklamationsquote von 2,8% auf 1,5%",
        "",
        "1.5% against 2.8%: -1.3 points (-46.4%)",
    );
    check(
        "20% YoY growth",
        "3% last yr",
        "20% against 3% last year: 6.7 times FAR",
    );
    check(
        "Cut churn from 8% to 5% by EOY",
        "",
        "5% against 8%: -3 points (-37.5%)",
    );
    check(
        "get to $15M by EOY",
        "Just hit $8M ARR last quarter.",
        "$15M against $8M last quarter: +87.5%",
    );
    check("Revenue: $4M -> $5M", "", "$5M against $4M: +25%");
    check("goal $5M", "currently at $4M", "$5M against $4M: +25%");
    check(
        "60 demos/mo",
        "best month ever was 40",
        "60 against 40: +50%",
    );
    check("hit $10M", "landed at 8", "$10M against $8M: +25%");
}

#[test]
fn growth_on_a_level() {
    check(
        "4M to 5M",
        "+3% LY",
        "5M against 4M: +25%, after 3% last year: 8.3 times FAR",
    );
    check(
        "grow revenue to $5M",
        "$4M last year, +3%",
        "$5M against $4M last year: +25%, after +3%: 8.3 times FAR",
    );
    check(
        "double revenue",
        "4M last year",
        "2x of 4M last year: 8M FAR",
    );
    check("grow 20% on last year's $4M", "", "+20% on $4M: $4.8M");
    check(
        "300 bps margin improvement",
        "margin is 18%",
        "+3 points on 18%: 21%",
    );
    check(
        "DSO down 15 days",
        "DSO is 61 days",
        "-15 days on 61 days: 46 days",
    );
}
