use crate::target::{
    Kind, quantities,
    quantity::{Bound, Sign},
};

/// One line a quantity: `text = value unit`, with what else is known of it.
fn show(text: &str) -> String {
    let mut lines = Vec::new();
    for quantity in quantities(text) {
        let mut line = text[quantity.range.clone()].to_string();
        if quantity.kind == Kind::Amount {
            line += &format!(" = {}", (quantity.value * 1e4).round() / 1e4);
            if let Some(high) = quantity.high {
                line += &format!("..{high}");
            }
            if let Some(unit) = quantity.unit.symbol() {
                line += &format!(" {unit}");
            }
            if let Some(sign) = quantity.sign {
                line += if sign == Sign::Plus { " up" } else { " down" };
            }
            if let Some(bound) = quantity.bound {
                line += match bound {
                    Bound::Below => " <",
                    Bound::AtMost => " <=",
                    Bound::AtLeast => " >=",
                    Bound::Above => " >",
                };
            }
            if quantity.approx {
                line += " about";
            }
            if let Some(per) = quantity.per {
                line += &format!(" [{}]", &text[per.range]);
            }
        } else {
            line += &format!(": {:?}", quantity.kind);
        }
        lines.push(line);
    }
    lines.join(" | ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn units() {
    check("20%", "20% = 20 %");
    check("20 percent of", "20 percent = 20 %");
    check("six per cent", "six per cent = 6 %");
    check("3 pts", "3 pts = 3 points");
    check("300 bps margin", "300 bps = 3 points");
    check("4 bp", "4 bp = 0.04 points");
    check("two percentage points", "two percentage points = 2 points");
    check("2 %-points", "2 %-points = 2 points");
    check("2x demos/mo", "2x = 2 x [/mo]");
    check("double pipeline", "double = 2 x");
    check("double-digit growth", "");
    check("halve time to close", "halve = 0.5 x");
    check("a 10-fold rise", "10-fold = 10 x");
    check("7 months to 4", "7 months = 7 months | 4 = 4");
    check(
        "30-day plan, six-month ramp",
        "30-day = 30 days | six-month = 6 months",
    );
    check("10 working days", "10 working days = 10 days");
    check("6h a day", "6h = 6 hours [a day]");
    check("ramp 7 mos, 2 wks", "7 mos = 7 months | 2 wks = 2 weeks");
    check("within a week", "a week = 1 weeks <=");
    check("40 new logos/qtr", "40 = 40 [/qtr]");
    check("14p", "14p = 14 cents");
}

#[test]
fn money() {
    check("$5MM ARR", "$5MM = 5000000 $");
    check("€5m turnover", "€5m = 5000000 €");
    check("3,2 M€", "3,2 M€ = 3200000 €");
    check("CHF 1'200", "CHF 1'200 = 1200 CHF");
    check("below 400 euros", "400 euros = 400 € <");
    check("under SEK 310", "SEK 310 = 310 SEK <");
    check("EUR5m", "EUR5m = 5000000 €");
    check("US$2.5 million", "US$2.5 million = 2500000 $");
    check("£1.1m from donors", "£1.1m = 1100000 £");
    check("save $400k/yr on contractors", "$400k = 400000 $ [/yr]");
    check("$4-5M", "$4-5M = 4000000..5000000 $");
    check("~€210k a year", "€210k = 210000 € about [a year]");
    check("25 MSEK", "25 MSEK = 25000000 SEK");
    check("half a million euros", "half a million euros = 500000 €");
    check("less than 900 rupees a day", "900 rupees = 900 ₹ < [a day]");
}

#[test]
fn scales_and_number_words() {
    check("140,000 calls", "140,000 = 140000");
    check("1 200 seats", "1 200 = 1200");
    check("1.2M/rep", "1.2M = 1200000 [/rep]");
    check("80 k", "80 k = 80000");
    check("400 m from tram", "400 = 400");
    check("twenty", "twenty = 20");
    check("a hundred and thirty", "a hundred and thirty = 130");
    check("nine thousand", "nine thousand = 9000");
    check("eighty-five", "eighty-five = 85");
    check("one and a half days", "one and a half days = 1.5 days");
    check("five and a half", "five and a half = 5.5");
    check("two dozen", "two dozen = 24");
    check(
        "two hundred and forty thousand",
        "two hundred and forty thousand = 240000",
    );
    check("three hundred thousand", "three hundred thousand = 300000");
    check("zero Sev1s", "zero = 0 | Sev1s: Identifier");
    check("complaints: none from the school", "none = 0");
    check("none of them", "");
    check("no one, the one, one of them, one vendor", "one = 1");
    check("1.9 million between them", "1.9 million = 1900000");
    check("5 lakh", "5 lakh = 500000");
    check("15-20k", "15-20k = 15000..20000");
}

#[test]
fn shares() {
    check("a third of pipeline", "a third = 33.3333 %");
    check("down by a third", "a third = 33.3333 %");
    check("a third site", "third: Ordinal");
    check("two thirds", "two thirds = 66.6667 %");
    check("the third part of the fish", "the third = 33.3333 %");
    check("a twentieth will be binned", "a twentieth = 5 %");
    check("by half", "half = 50 %");
    check("first half, half-time, half full", "");
    check("one in three", "one in three = 33.3333 %");
    check("3 of 4", "3 of 4 = 75 %");
    check("nine in ten", "nine in ten = 90 %");
    check("Nine of ten leave", "Nine of ten = 90 %");
    check("2 of 5 sites live", "2 of 5 = 40 %");
    check("under 1 in 50", "1 in 50 = 2 % <");
    check("95 times out of 100", "95 times out of 100 = 95 %");
    check(
        "97 departures in a hundred",
        "97 departures in a hundred = 97 %",
    );
    check("a quarter of an hour", "a quarter of an hour = 0.25 hours");
    check("half an hour", "half an hour = 0.5 hours");
    check("40 demos a quarter", "40 = 40 [a quarter]");
    check("a quarter of revenue", "a quarter = 25 %");
    check("three quarters", "three quarters = 75 %");
    check("10 in 12 months", "10 = 10 | 12 months = 12 months");
    check("one fifth less", "one fifth = 20 %");
}

#[test]
fn signs_and_bounds() {
    check("+20% rev FY26", "+20% = 20 % up | FY26: Period");
    check("down -15%", "-15% = 15 % down");
    check("↑ 3 pts", "↑ 3 pts = 3 points up");
    check("- 40 demos", "40 = 40");
    check("< 5%", "5% = 5 % <");
    check("≤5", "5 = 5 <=");
    check("no more than 3 in 100", "3 in 100 = 3 % <=");
    check("fewer than about 200", "200 = 200 < about");
    check("at least 8 of 10", "8 of 10 = 80 % >=");
    check("110%+", "110%+ = 110 % >=");
    check("3+", "3+ = 3 >=");
    check("Never below five days", "five days = 5 days >=");
    check("Kurse mind. 8 Leute", "8 = 8 >=");
    check("max 2", "2 = 2 <=");
    check("up to 5", "5 = 5 <=");
    check("2 % at most", "2 % = 2 % <=");
    check("20-25%", "20-25% = 20..25 %");
    check("~15%, maybe 20", "15% = 15 % about | 20 = 20 about");
    check("between 10 and 15 days", "10 and 15 days = 10..15 days");
    check("8 -> 15M", "8 = 8 | 15M = 15000000");
    check("minus 15 percent", "minus 15 percent = 15 % down");
}

#[test]
fn numbers_that_are_no_amounts() {
    for (text, kind) in [
        ("2027", Kind::Period),
        ("in 2030", Kind::Period),
        ("FY26", Kind::Period),
        ("FY25/26", Kind::Period),
        ("Q3", Kind::Period),
        ("H1", Kind::Period),
        ("'27", Kind::Period),
        ("week 32", Kind::Period),
        ("2026-03-04", Kind::Date),
        ("3/11/26", Kind::Date),
        ("12/02", Kind::Date),
        ("30 Sept", Kind::Date),
        ("September 30", Kind::Date),
        ("the 3rd of May 2026", Kind::Date),
        ("by the 14th", Kind::Date),
        ("June 2026", Kind::Date),
        ("24/7", Kind::Identifier),
        ("11:30", Kind::Time),
        ("[00:12]", Kind::Time),
        ("10am", Kind::Time),
        ("Goal 2", Kind::Identifier),
        ("G2", Kind::Identifier),
        ("SOC 2", Kind::Identifier),
        ("ISO 27001", Kind::Identifier),
        ("B2B", Kind::Identifier),
        ("1:1", Kind::Identifier),
        ("v2.3", Kind::Identifier),
        ("1.2.3", Kind::Identifier),
        ("1. Grow", Kind::Identifier),
        ("+49 151 2345678", Kind::Identifier),
        ("3PL", Kind::Identifier),
        ("4G", Kind::Identifier),
        ("#1", Kind::Ordinal),
        ("no. 1", Kind::Ordinal),
        ("top 3", Kind::Ordinal),
        ("1st", Kind::Ordinal),
        ("the ninth estate", Kind::Ordinal),
    ] {
        let kinds: Vec<_> = quantities(text)
            .into_iter()
            .map(|quantity| quantity.kind)
            .collect();
        assert_eq!(kinds, [kind], "{text}");
    }
    check("Series B, BRC grade A, Type II", "");
    check("2000 users", "2000 = 2000");
    check("CSM ratio of 1:40", "1:40 = 40");
}
