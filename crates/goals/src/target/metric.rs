//! Names of metrics: which spellings mean the same (section 2.9 of the guide), and which never do.

use std::borrow::Cow;

/// Spellings and the name they stand for, by spelling. A metric that isn't listed stands for itself.
#[rustfmt::skip]
static SAME: &[(&str, &str)] = &[
    ("acv", "acv"), ("adoption", "adoption"), ("aht", "aht"), ("annual recurring revenue", "arr"),
    ("aov", "aov"), ("arr", "arr"), ("asp", "asp"), ("attainment", "quota attainment"),
    ("attrition", "attrition"), ("attrition of customers", "churn"), ("average order value", "aov"),
    ("backlog", "backlog"), ("bookings", "bookings"), ("burn", "burn"), ("cac", "cac"), ("cash", "cash"),
    ("churn", "churn"), ("churn rate", "churn"), ("close rate", "win rate"), ("cogs", "cogs"),
    ("conversion", "conversion"), ("conversion rate", "conversion"), ("cost", "cost"), ("costs", "cost"),
    ("countries", "countries"), ("coverage", "coverage"), ("csat", "csat"), ("customer acquisition cost", "cac"),
    ("customer attrition", "churn"), ("customer churn", "churn"), ("customer satisfaction", "csat"), ("customers", "customers"),
    ("cycle time", "cycle time"), ("days sales outstanding", "dso"), ("deal cycle", "sales cycle"),
    ("deal size", "deal size"), ("defects", "defects"), ("demo calls", "demos"), ("demos", "demos"),
    ("downtime", "downtime"), ("dso", "dso"), ("ebitda", "ebitda"), ("engagement", "engagement"),
    ("first response", "first response"), ("first response time", "first response"),
    ("forecast", "forecast accuracy"), ("forecast accuracy", "forecast accuracy"), ("fte", "headcount"),
    ("ftes", "headcount"), ("gm", "gross margin"), ("gross churn", "gross churn"),
    ("gross margin", "gross margin"), ("gross retention", "grr"), ("gross revenue retention", "grr"),
    ("grr", "grr"), ("handle time", "aht"), ("handling time", "aht"), ("hc", "headcount"),
    ("headcount", "headcount"), ("incidents", "incidents"), ("inventory", "inventory"),
    ("lead time", "lead time"), ("leads", "leads"), ("lifetime value", "ltv"), ("logo churn", "logo churn"),
    ("logos", "logos"), ("ltv", "ltv"), ("margin", "margin"), ("margins", "margin"),
    ("market share", "market share"), ("mean time to repair", "mttr"), ("mean time to resolution", "mttr"),
    ("monthly recurring revenue", "mrr"), ("mqls", "mqls"), ("mrr", "mrr"), ("mttr", "mttr"), ("ndr", "nrr"),
    ("net dollar retention", "nrr"), ("net promoter score", "nps"), ("net retention", "nrr"),
    ("net revenue retention", "nrr"), ("no-show rate", "no-shows"), ("no-shows", "no-shows"), ("nps", "nps"),
    ("nrr", "nrr"), ("occupancy", "occupancy"), ("oee", "oee"), ("on-time delivery", "on-time delivery"),
    ("onboard", "onboarding time"), ("onboarding", "onboarding time"), ("onboarding time", "onboarding time"),
    ("otd", "on-time delivery"), ("pipeline", "pipeline"), ("profit", "profit"), ("quota", "quota"),
    ("quota attainment", "quota attainment"), ("ramp", "ramp"), ("ramp time", "ramp"), ("renewals", "renewals"),
    ("resolution time", "resolution time"), ("retention", "retention"), ("returns", "returns"),
    ("rev", "revenue"), ("revenue", "revenue"), ("revenue churn", "revenue churn"), ("revenues", "revenue"),
    ("sales", "revenue"), ("sales cycle", "sales cycle"), ("scrap", "scrap"), ("signups", "signups"),
    ("sites", "sites"), ("spend", "spend"), ("sqls", "sqls"), ("staff", "headcount"), ("stock-outs", "stock-outs"), ("stores", "stores"),
    ("throughput", "throughput"), ("tickets", "tickets"), ("time to hire", "time to hire"),
    ("time to value", "ttv"), ("time-to-value", "ttv"), ("top line", "revenue"), ("traffic", "traffic"),
    ("trials", "trials"), ("ttv", "ttv"), ("turnover", "revenue"), ("uptime", "uptime"), ("usage", "usage"), ("users", "users"),
    ("utilisation", "utilisation"), ("utilization", "utilisation"), ("waste", "waste"),
    ("win rate", "win rate"),
];

/// Names that are acronyms.
const ACRONYMS: &[&str] = &[
    "acv", "aht", "aov", "arr", "asp", "cac", "cogs", "csat", "dso", "ebitda", "grr", "ltv", "mrr",
    "mttr", "nps", "nrr", "oee", "ttv",
];

/// Words before a metric that leave it the metric it is.
const IDLE: &[&str] = &[
    "average",
    "avg",
    "mean",
    "overall",
    "total",
    "current",
    "annual",
    "yearly",
    "monthly",
    "quarterly",
    "the",
    "our",
    "their",
    "a",
    "an",
    "billable",
    "actual",
];

/// Words before a metric that make another one of it ("new ARR" is no ARR).
const APART: &[&str] = &[
    "new",
    "net",
    "expansion",
    "partner",
    "inbound",
    "outbound",
    "sourced",
    "logo",
    "revenue",
    "gross",
];

/// The name that a metric's spellings share, in lower case; a metric that isn't known stands for itself, without
/// articles.
pub(crate) fn canonical_metric(metric: &str) -> Cow<'_, str> {
    if metric.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(canonical_metric(&metric.to_lowercase()).into_owned());
    }
    let mut rest = metric.trim();
    loop {
        if let Some(name) = known(rest) {
            return Cow::Borrowed(name);
        }
        match rest.split_once(' ') {
            Some((first, after)) if IDLE.contains(&first) => rest = after.trim_start(),
            _ => return Cow::Borrowed(rest),
        }
    }
}

/// The name that a question shows: abbreviations spelt out, acronyms in capitals, else the note's own words.
pub(super) fn shown(words: &str, raw: &str, money: bool) -> String {
    let spelt = match (words, known(words)) {
        ("sales", _) if !money => words,
        ("returns" | "forecast" | "staff", _) => words,
        // "average handling time" stays; "aht" is one.
        (_, Some(name)) if !ACRONYMS.contains(&name) || name == words => name,
        _ => words,
    };
    let capital = |word: &str| {
        let upper = word.to_uppercase();
        let plural = word.strip_suffix('s').map(|one| one.to_uppercase() + "s");
        let written = |form: &str| {
            raw.split(|c: char| !c.is_alphanumeric())
                .any(|own| own == form)
                && form.len() > 1
        };
        if ACRONYMS.contains(&word) || written(&upper) && raw.chars().any(char::is_lowercase) {
            return upper;
        }
        plural
            .filter(|form| form.len() > 2 && written(form))
            .unwrap_or_else(|| word.to_owned())
    };
    let mut out = String::with_capacity(spelt.len());
    let mut rest = spelt;
    while let Some(at) = rest.find([' ', ':', '-', '/']) {
        out += &capital(&rest[..at]);
        out += &rest[at..=at];
        rest = &rest[at + 1..];
    }
    out + &capital(rest)
}

/// The name of a listed metric.
pub(super) fn known(metric: &str) -> Option<&'static str> {
    let at = SAME.binary_search_by_key(&metric, |entry| entry.0).ok()?;
    Some(SAME[at].1)
}

/// Whether two names mean one metric: the same name, or one narrows the other without making another of it
/// (`conversion` and `trial conversion`).
pub(crate) fn same_metric(left: &str, right: &str) -> bool {
    let (left, right) = (canonical_metric(left), canonical_metric(right));
    if left == right || singular(&left) == singular(&right) {
        return true;
    }
    let (long, short) = if left.len() > right.len() {
        (&left, &right)
    } else {
        (&right, &left)
    };
    let Some(rest) = long
        .strip_suffix(&**short)
        .and_then(|rest| rest.strip_suffix(' '))
    else {
        return false;
    };
    !rest.split(' ').any(|word| APART.contains(&word)) || &**short == "churn" && rest == "gross"
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Whether a bare number of this metric is a percentage: "NRR 104 to 110".
pub(super) fn is_percentage(metric: &str) -> bool {
    let name = canonical_metric(metric);
    matches!(
        &*name,
        "nrr"
            | "grr"
            | "churn"
            | "gross churn"
            | "logo churn"
            | "revenue churn"
            | "margin"
            | "gross margin"
            | "win rate"
            | "retention"
            | "conversion"
            | "utilisation"
            | "occupancy"
            | "oee"
            | "no-shows"
            | "on-time delivery"
            | "quota attainment"
            | "forecast accuracy"
            | "uptime"
            | "market share"
            | "attrition"
    ) || ["rate", "margin", "retention", "share", "churn"]
        .iter()
        .any(|tail| name.ends_with(tail))
}

/// Whether less of a metric is better, where that is plain.
pub(super) fn lower_is_better(metric: &str) -> bool {
    let name = canonical_metric(metric);
    matches!(
        &*name,
        "aht"
            | "attrition"
            | "backlog"
            | "burn"
            | "cac"
            | "churn"
            | "cogs"
            | "cost"
            | "cycle time"
            | "defects"
            | "downtime"
            | "dso"
            | "first response"
            | "gross churn"
            | "incidents"
            | "lead time"
            | "logo churn"
            | "mttr"
            | "no-shows"
            | "onboarding time"
            | "ramp"
            | "resolution time"
            | "returns"
            | "revenue churn"
            | "sales cycle"
            | "scrap"
            | "spend"
            | "stock-outs"
            | "time to hire"
            | "ttv"
            | "waste"
    ) || ["time", "costs", "cost"]
        .iter()
        .any(|tail| name.ends_with(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        for pair in SAME.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn same_and_not_the_same() {
        for (left, right) in [
            ("rev", "turnover"),
            ("sales", "top line"),
            ("average handling time", "aht"),
            ("close rate", "win rate"),
            ("hc", "staff"),
            ("trial conversion", "conversion"),
            ("demo calls", "demos"),
            ("AEs", "AE"),
        ] {
            assert!(same_metric(left, right), "{left} = {right}");
        }
        for (left, right) in [
            ("arr", "revenue"),
            ("bookings", "revenue"),
            ("logo churn", "revenue churn"),
            ("gross retention", "net retention"),
            ("mqls", "sqls"),
            ("new arr", "arr"),
            ("revenue churn", "revenue"),
            ("expansion arr", "arr"),
        ] {
            assert!(!same_metric(left, right), "{left} is not {right}");
        }
    }
}
