use crate::target::{
    compare::{compare, compare_own},
    evidence::{baseline, dated},
    measure, read,
};

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

#[test]
fn growth_of_nothing_has_no_ratio() {
    check("+20% rev FY26", "flat last year", "20% from flat last year");
    check(
        "+20% rev FY26",
        "revenue fell 3% last year",
        "20% from shrinking (-3% last year)",
    );
    check(
        "grow revenue 8%",
        "grew 10% last year",
        "8% against 10% last year: no more than last time",
    );
    check(
        "Increase sales by 8%",
        "sales were up 2% in 2025",
        "8% against 2% in 2025: 4 times",
    );
}

#[test]
fn what_cannot_be_compared_is_left_alone() {
    // Another metric, currency, unit, period; a part of a period; an earlier target.
    check("grow ARR to $5M", "revenue was $4M", "none");
    check("gross retention 92%", "net retention is 104%", "none");
    check("hit $5M", "€4M last year", "none");
    check("reach 500 customers", "ramp 7 mos", "none");
    check("20% YoY growth", "grew 3% last quarter", "none");
    check("churn under 5%", "churn is 2% a month", "none");
    check("hit $10M this year", "$4M YTD", "none");
    check("20% growth", "last year's goal was 15%", "none");
    check("60 demos/mo", "aggressive, hiring 6 AEs", "none");
    check("hit $5M", "budget was $4M last year", "none");
}

#[test]
fn units_and_periods_are_converted_and_ranges_never_overstate() {
    check(
        "revenue of $1.2M a year",
        "$80k a month",
        "$1.2M against $960k: +25%",
    );
    check(
        "first response under 15 minutes",
        "5 hours 40 minutes",
        "15 minutes against 340 minutes: -95.6% FAR",
    );
    check(
        "15 new customers per month",
        "they are at 9 to 10 new customers",
        "15 against 10: +50%",
    );
    check(
        "20-25% growth",
        "8-10% last year",
        "20% against 10% last year: 2 times",
    );
    check(
        "reach 500 customers",
        "already 510 customers",
        "500 against 510: -2.0% REACHED",
    );
    check(
        "get churn under 5%",
        "churn is 4%",
        "5% against 4%: +1 point (+25%) REACHED",
    );
    check(
        "keep churn under 5%",
        "churn is 4%",
        "5% against 4%: +1 point (+25%)",
    );
}

#[test]
fn a_goals_own_pair_wins_and_takes_the_growth_from_evidence() {
    let mut target = read("ARR from $4M to $5M").expect("a target");
    measure(&mut target, &["$3M in 2020", "+3% last year"]);
    assert_eq!(target.baseline, Some(4e6));
    assert_eq!(
        target.comparison.expect("comparable").words,
        "$5M against $4M: +25%, after 3% last year: 8.3 times"
    );
    let mut target = read("win rate to 30%").expect("a target");
    measure(&mut target, &["thinks it's doable", "22%"]);
    assert_eq!(target.baseline, Some(22.0));
}

#[test]
fn a_label_names_the_time_of_what_stands_behind_it() {
    assert_eq!(dated("Last quarter: ", "120"), "last quarter: 120");
    assert_eq!(dated("LY: ", "3%, flat in 2023"), "3%, flat in 2023");
    assert_eq!(dated("Today: ", "3%"), "3%");
    check(
        "20% revenue growth",
        &dated("LY: ", "3%"),
        "20% against 3% last year: 6.7 times FAR",
    );
}

#[test]
fn what_is_now_was_not_last_year() {
    check(
        "Hit $6M ARR",
        "$4M last year, now $5M",
        "$6M against $5M: +20%",
    );
}
