use crate::target::{canonical_metric, read};

/// `metric | direction | form value unit | per period | dl deadline | base baseline`, absent parts left out.
pub(super) fn show(text: &str) -> String {
    let Some(target) = read(text) else {
        return "nothing".to_owned();
    };
    let mut parts = Vec::new();
    parts.extend(
        target
            .metric
            .map(|metric| canonical_metric(&metric).into_owned()),
    );
    parts.extend(target.direction.map(|direction| direction.id().to_owned()));
    if let (Some(value), Some(form)) = (target.value, target.form) {
        let unit = target
            .unit
            .map(|unit| format!(" {unit}"))
            .unwrap_or_default();
        parts.push(format!("{form:?} {}{unit}", (value * 1e4).round() / 1e4).to_lowercase());
    }
    parts.extend(target.period.map(|period| format!("per {period}")));
    parts.extend(target.deadline.map(|deadline| format!("dl {deadline}")));
    parts.extend(target.baseline.map(|base| format!("base {base}")));
    parts.join(" | ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn the_table_of_section_four() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter(|(text, expected)| show(text) != *expected)
        .map(|(text, expected)| {
            format!("{text}\n  is:       {}\n  expected: {expected}", show(text))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(TABLE.len(), 44);
}

const TABLE: &[(&str, &str)] = &[
    (
        "increase revenue 20% YoY",
        "revenue | increase | delta 20 % | per YoY",
    ),
    ("+20% rev FY26", "revenue | increase | delta 20 % | dl FY26"),
    ("20% YoY growth", "increase | delta 20 % | per YoY"),
    (
        "grow ARR from $8M to $15M by EOY",
        "arr | increase | level 15000000 $ | dl EOY | base 8000000",
    ),
    ("ARR 8 -> 15M", "arr | level 15000000 | base 8000000"),
    ("hit $5MM ARR", "arr | reach | level 5000000 $"),
    (
        "€5m turnover this year",
        "revenue | level 5000000 € | dl this year",
    ),
    ("double pipeline", "pipeline | increase | factor 2 x"),
    ("2x demos/mo", "demos | increase | factor 2 x | per /mo"),
    ("cut churn to 5%", "churn | decrease | level 5 %"),
    ("cut churn by 5%", "churn | decrease | delta 5 %"),
    ("cut churn by 3 pts", "churn | decrease | delta 3 points"),
    ("churn 8%→5%", "churn | level 5 % | base 8"),
    ("churn < 5%", "churn | atmost 5 %"),
    ("keep churn under 5%", "churn | maintain | atmost 5 %"),
    ("NRR at 110%+", "nrr | atleast 110 %"),
    ("NRR 104 to 110", "nrr | level 110 % | base 104"),
    (
        "300 bps margin improvement",
        "margin | increase | delta 3 points",
    ),
    (
        "expand GM from 62 to 70",
        "gross margin | increase | level 70 % | base 62",
    ),
    ("40 demos a month", "demos | level 40 | per a month"),
    (
        "60 demos/mo by Q3, up from 35",
        "demos | increase | level 60 | per /mo | dl Q3 | base 35",
    ),
    ("10 new logos/qtr", "new logos | level 10 | per /qtr"),
    ("ramp from 7 months to 4", "ramp | level 4 months | base 7"),
    ("onboard in < 2 wks", "onboarding time | atmost 2 weeks"),
    ("DSO down 15 days", "dso | decrease | delta 15 days"),
    (
        "shave 3 minutes off AHT",
        "aht | decrease | delta 3 minutes",
    ),
    ("99.95% uptime", "uptime | level 99.95 %"),
    (
        "zero Sev1s this quarter",
        "sev1s | level 0 | dl this quarter",
    ),
    (
        "halve time to close",
        "time to close | decrease | factor 0.5 x",
    ),
    (
        "increase win rate by a third",
        "win rate | increase | delta 33.3333 %",
    ),
    ("hire 10 AEs by June", "aes | increase | delta 10 | dl June"),
    (
        "go from 70 to 100 reps",
        "reps | reach | level 100 | base 70",
    ),
    ("reach 500 customers", "customers | reach | level 500"),
    ("20-25% growth", "increase | delta 20 %"),
    ("~15% growth, maybe 20", "increase | delta 15 %"),
    (
        "save $400k/yr on contractors",
        "contractor spend | decrease | delta 400000 $ | per /yr",
    ),
    (
        "reduce spend to <$1M",
        "spend | decrease | atmost 1000000 $",
    ),
    (
        "open 2 stores in Leeds in H1",
        "stores | increase | delta 2 | dl H1",
    ),
    ("SOC 2 Type II by Sept", "dl Sept"),
    ("top 3 on G2 by Q4", "rank | level 3 | dl Q4"),
    ("LTV:CAC of 3+", "ltv:cac | atleast 3"),
    (
        "grow 20% on last year's $4M",
        "increase | delta 20 % | base 4000000",
    ),
    (
        "a third of pipeline from partners",
        "pipeline from partners | level 33.3333 %",
    ),
    (
        "consolidate 4 tools into 1 by March",
        "tools | decrease | level 1 | dl March | base 4",
    ),
];

#[test]
fn goals_as_notes_word_them() {
    check(
        "bring labor cost under 10.8% of sales",
        "labor cost | reach | atmost 10.8 %",
    );
    check(
        "thirty by the end of the year",
        "level 30 | dl the end of the year",
    );
    check("no-shows down to 6%", "no-shows | decrease | level 6 %");
    check(
        "Halve paper batch records",
        "paper batch records | decrease | factor 0.5 x",
    );
    check("Kurse mind. 8 Leute", "kurse | atleast 8");
    check(
        "Close deviations within 30 days",
        "close deviations | atmost 30 days",
    );
    check(
        "time to hire 62 -> 45 days by EOY",
        "time to hire | level 45 days | dl EOY | base 62",
    );
    check(
        "get 90-day caregiver turnover below 30% this year",
        "90-day caregiver turnover | reach | atmost 30 % | dl this year",
    );
    check(
        "get stock accuracy up to 97%",
        "stock accuracy | reach | level 97 %",
    );
    check(
        "new starters productive in 3 months instead of 6",
        "new starters productive | level 3 months | base 6",
    );
    check("drugs is ten now, not fourteen", "drugs | level 10");
    check(
        "consolidate the three monitoring tools into one",
        "monitoring tools | decrease | level 1 | base 3",
    );
    check(
        "nobody here does more than four nights a month",
        "nights | atmost 4 | per a month",
    );
    check(
        "never again less than four days of stock",
        "stock | atleast 4 days",
    );
    check("On-time delivery 96%", "on-time delivery | level 96 %");
    check(
        "70% of invoices processed without manual entry",
        "invoices processed | level 70 %",
    );
    check(
        "increase first-year enrollment to 2,400 for fall 2027",
        "first-year enrollment | increase | level 2400 | dl fall 2027",
    );
    check("ship the fox game by 14 march", "dl 14 march");
    check("fix churn", "churn");
    check("it shall be nine", "level 9");
    check("a fill line", "nothing");
}
