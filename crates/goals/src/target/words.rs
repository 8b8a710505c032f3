//! The words that numbers are made of, each with its one meaning. What it means in its place is decided by the reader.

use super::unit::Span;

/// What a word is to a reader of quantities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// `zero` to `nineteen`.
    Small(f64),
    /// `twenty` to `ninety`.
    Tens(f64),
    /// `hundred`
    Hundred,
    /// `thousand`, `mn`, `dozen`
    Scale(f64),
    /// `k`, `m`, `b`: only as a suffix.
    ShortScale(f64),
    /// `eur`, `pounds`: the currency, and what one unit of it is worth in it.
    Money(&'static str),
    /// `meur`: scale and currency in one word.
    ScaledMoney(f64, &'static str),
    /// `wks`
    Time(Span),
    /// `d`, `h`: only as a suffix.
    ShortTime(Span),
    /// `sept`
    Month,
    /// `percent`
    Percent,
    /// `pts`: how many points one of it is.
    Points(f64),
    /// `basis`, `percentage`: make points of the `points` behind them.
    PointsPrefix(f64),
    /// `third`: its part of one.
    Part(f64),
    /// `thirds`
    Parts(f64),
    /// `double`, `halve`
    Factor(f64),
    /// `monthly`, `yoy`
    Rate(Span),
    /// `goal`, `phase`: a number behind it is its name.
    Label,
    /// `about`
    Approx,
    /// Ends a noun phrase.
    Stop,
}

/// Looks a lower-case word up.
pub(super) fn word(word: &str) -> Option<Word> {
    let at = TABLE.binary_search_by_key(&word, |entry| entry.0).ok()?;
    Some(TABLE[at].1)
}

use Word::{
    Approx, Factor, Hundred, Label, Money, Month, Part, Parts, Percent, Points, PointsPrefix, Rate,
    Scale, ScaledMoney, ShortScale, ShortTime, Small, Stop, Tens, Time,
};

/// Sorted by word.
#[rustfmt::skip]
static TABLE: &[(&str, Word)] = &[
    ("a", Stop), ("about", Approx), ("above", Stop), ("abril", Month), ("across", Stop), ("aed", Money("AED")),
    ("after", Stop), ("again", Stop), ("against", Stop), ("agosto", Month), ("all", Stop), ("almost", Approx),
    ("already", Stop), ("also", Stop), ("among", Stop), ("an", Stop), ("and", Stop),
    ("annee", Time(Span::Year)), ("annex", Label), ("annually", Rate(Span::Year)), ("annum", Rate(Span::Year)),
    ("année", Time(Span::Year)), ("années", Time(Span::Year)), ("anos", Time(Span::Year)),
    ("ans", Time(Span::Year)), ("aout", Month), ("août", Month), ("appendix", Label), ("approx", Approx),
    ("approximately", Approx), ("apr", Month), ("april", Month), ("are", Stop), ("around", Approx),
    ("article", Label), ("as", Stop), ("at", Stop), ("aud", Money("AUD")), ("auf", Stop), ("aug", Month),
    ("august", Month), ("avril", Month), ("años", Time(Span::Year)), ("b", ShortScale(1e9)),
    ("basis", PointsPrefix(0.01)), ("bay", Label), ("be", Stop), ("because", Stop), ("been", Stop),
    ("before", Stop), ("bei", Stop), ("below", Stop), ("between", Stop), ("billion", Scale(1e9)),
    ("billions", Scale(1e9)), ("bis", Stop), ("bln", Scale(1e9)), ("bn", Scale(1e9)),
    ("bnchf", ScaledMoney(1e9, "CHF")), ("bndkk", ScaledMoney(1e9, "DKK")), ("bneur", ScaledMoney(1e9, "EUR")),
    ("bngbp", ScaledMoney(1e9, "GBP")), ("bnnok", ScaledMoney(1e9, "NOK")), ("bnsek", ScaledMoney(1e9, "SEK")),
    ("bnusd", ScaledMoney(1e9, "USD")), ("both", Stop), ("bp", Points(0.01)), ("bps", Points(0.01)),
    ("brl", Money("BRL")), ("bucks", Money("USD")), ("building", Label), ("but", Stop), ("by", Stop),
    ("ca", Approx), ("cad", Money("CAD")), ("can", Stop), ("cents", Money("cents")), ("chapter", Label),
    ("chf", Money("CHF")), ("circa", Approx), ("class", Label), ("cmmc", Label), ("could", Stop),
    ("crore", Scale(1e7)), ("crores", Scale(1e7)), ("ct", Money("cents")), ("cts", Money("cents")),
    ("currently", Stop), ("czk", Money("CZK")), ("d", ShortTime(Span::Day)), ("daily", Rate(Span::Day)),
    ("day", Time(Span::Day)), ("days", Time(Span::Day)), ("de", Stop), ("dec", Month), ("december", Month),
    ("des", Stop), ("dez", Month), ("dezember", Month), ("diciembre", Month), ("did", Stop), ("din", Label),
    ("dirhams", Money("AED")), ("dkk", Money("DKK")), ("do", Stop), ("does", Stop), ("dollar", Money("USD")),
    ("dollars", Money("USD")), ("double", Factor(2.0)), ("doubled", Factor(2.0)), ("doubles", Factor(2.0)),
    ("doubling", Factor(2.0)), ("down", Stop), ("dozen", Scale(12.0)), ("du", Stop), ("during", Stop),
    ("dynamics", Label), ("décembre", Month), ("each", Stop), ("eight", Small(8.0)), ("eighteen", Small(18.0)),
    ("eighth", Part(0.125)), ("eighths", Parts(0.125)), ("eighty", Tens(80.0)), ("either", Stop),
    ("eleven", Small(11.0)), ("enero", Month), ("environ", Approx), ("eom", Stop), ("eoq", Stop), ("eoy", Stop),
    ("et", Stop), ("etwa", Approx), ("eur", Money("EUR")), ("euro", Money("EUR")), ("euros", Money("EUR")),
    ("every", Stop), ("feb", Month), ("febrero", Month), ("februar", Month), ("february", Month),
    ("fevrier", Month), ("fifteen", Small(15.0)), ("fifth", Part(0.2)), ("fifths", Parts(0.2)),
    ("fifty", Tens(50.0)), ("figure", Label), ("five", Small(5.0)), ("fivefold", Factor(5.0)), ("for", Stop),
    ("forty", Tens(40.0)), ("four", Small(4.0)), ("fourfold", Factor(4.0)), ("fourteen", Small(14.0)),
    ("fourth", Part(0.25)), ("fourths", Parts(0.25)), ("fourty", Tens(40.0)), ("francs", Money("CHF")),
    ("franken", Money("CHF")), ("from", Stop), ("février", Month), ("gate", Label), ("gbp", Money("GBP")),
    ("goal", Label), ("grade", Label), ("grand", Scale(1e3)), ("h", ShortTime(Span::Hour)), ("had", Stop),
    ("half", Part(0.5)), ("halve", Factor(0.5)), ("halved", Factor(0.5)), ("halves", Parts(0.5)),
    ("halving", Factor(0.5)), ("has", Stop), ("have", Stop), ("he", Stop), ("her", Stop), ("here", Stop),
    ("heure", Time(Span::Hour)), ("heures", Time(Span::Hour)), ("his", Stop), ("hkd", Money("HKD")),
    ("hour", Time(Span::Hour)), ("hourly", Rate(Span::Hour)), ("hours", Time(Span::Hour)), ("how", Stop),
    ("hr", Time(Span::Hour)), ("hrs", Time(Span::Hour)), ("huf", Money("HUF")), ("hundred", Hundred),
    ("hundredth", Part(0.01)), ("hundredths", Parts(0.01)), ("i", Stop), ("iec", Label), ("if", Stop),
    ("ils", Money("ILS")), ("im", Stop), ("in", Stop), ("inr", Money("INR")), ("inside", Stop), ("into", Stop),
    ("is", Stop), ("iso", Label), ("it", Stop), ("item", Label), ("its", Stop), ("jahr", Time(Span::Year)),
    ("jahre", Time(Span::Year)), ("jahren", Time(Span::Year)), ("jan", Month), ("januar", Month),
    ("january", Month), ("janvier", Month), ("jour", Time(Span::Day)), ("jours", Time(Span::Day)),
    ("jpy", Money("JPY")), ("juillet", Month), ("juin", Month), ("jul", Month), ("juli", Month),
    ("julio", Month), ("july", Month), ("jun", Month), ("junction", Label), ("june", Month), ("juni", Month),
    ("junio", Month), ("just", Stop), ("k", ShortScale(1e3)), ("kchf", ScaledMoney(1e3, "CHF")),
    ("kdkk", ScaledMoney(1e3, "DKK")), ("keur", ScaledMoney(1e3, "EUR")), ("kgbp", ScaledMoney(1e3, "GBP")),
    ("kkr", ScaledMoney(1e3, "kr")), ("knok", ScaledMoney(1e3, "NOK")), ("kr", Money("kr")),
    ("kroner", Money("kr")), ("kronor", Money("kr")), ("ksek", ScaledMoney(1e3, "SEK")),
    ("kusd", ScaledMoney(1e3, "USD")), ("la", Stop), ("lakh", Scale(1e5)), ("lakhs", Scale(1e5)),
    ("last", Stop), ("le", Stop), ("les", Stop), ("level", Label), ("lm", Stop), ("lq", Stop), ("ly", Stop),
    ("m", ShortScale(1e6)), ("maerz", Month), ("mai", Month), ("mar", Month), ("march", Month),
    ("marzo", Month), ("may", Month), ("maybe", Approx), ("mayo", Month), ("mchf", ScaledMoney(1e6, "CHF")),
    ("mdkk", ScaledMoney(1e6, "DKK")), ("meses", Time(Span::Month)), ("meur", ScaledMoney(1e6, "EUR")),
    ("mgbp", ScaledMoney(1e6, "GBP")), ("mil", Scale(1e6)), ("mill", Scale(1e6)), ("mille", Scale(1e3)),
    ("million", Scale(1e6)), ("millions", Scale(1e6)), ("min", Time(Span::Minute)),
    ("mins", Time(Span::Minute)), ("minus", Stop), ("minute", Time(Span::Minute)),
    ("minuten", Time(Span::Minute)), ("minutes", Time(Span::Minute)), ("mio", Scale(1e6)),
    ("mkr", ScaledMoney(1e6, "kr")), ("mln", Scale(1e6)), ("mm", ShortScale(1e6)), ("mn", Scale(1e6)),
    ("mnchf", ScaledMoney(1e6, "CHF")), ("mndkk", ScaledMoney(1e6, "DKK")), ("mneur", ScaledMoney(1e6, "EUR")),
    ("mngbp", ScaledMoney(1e6, "GBP")), ("mnnok", ScaledMoney(1e6, "NOK")), ("mnok", ScaledMoney(1e6, "NOK")),
    ("mnsek", ScaledMoney(1e6, "SEK")), ("mnusd", ScaledMoney(1e6, "USD")), ("mo", Time(Span::Month)),
    ("mois", Time(Span::Month)), ("mom", Rate(Span::Month)), ("monat", Time(Span::Month)),
    ("monate", Time(Span::Month)), ("monaten", Time(Span::Month)), ("month", Time(Span::Month)),
    ("monthly", Rate(Span::Month)), ("months", Time(Span::Month)), ("mos", Time(Span::Month)),
    ("mrd", Scale(1e9)), ("msek", ScaledMoney(1e6, "SEK")), ("mth", Time(Span::Month)),
    ("mthly", Rate(Span::Month)), ("mths", Time(Span::Month)), ("musd", ScaledMoney(1e6, "USD")),
    ("must", Stop), ("mxn", Money("MXN")), ("märz", Month), ("naught", Small(0.0)), ("nearly", Approx),
    ("next", Stop), ("nightly", Rate(Span::Day)), ("nil", Small(0.0)), ("nine", Small(9.0)),
    ("nineteen", Small(19.0)), ("ninety", Tens(90.0)), ("ninth", Part(1.0 / 9.0)), ("ninths", Parts(1.0 / 9.0)),
    ("nist", Label), ("no", Label), ("nok", Money("NOK")), ("not", Stop), ("nought", Small(0.0)),
    ("nov", Month), ("november", Month), ("novembre", Month), ("noviembre", Month), ("now", Stop),
    ("nr", Label), ("nul", Small(0.0)), ("nzd", Money("NZD")), ("objective", Label), ("oct", Month),
    ("october", Month), ("octobre", Month), ("octubre", Month), ("of", Stop), ("off", Stop), ("office", Label),
    ("okt", Month), ("oktober", Month), ("on", Stop), ("one", Small(1.0)), ("only", Stop), ("onto", Stop),
    ("option", Label), ("or", Stop), ("our", Stop), ("out", Stop), ("outside", Stop), ("over", Stop),
    ("pa", Rate(Span::Year)), ("page", Label), ("par", Stop), ("para", Stop), ("pct", Percent),
    ("pence", Money("cents")), ("per", Stop), ("percent", Percent), ("percentage", PointsPrefix(1.0)),
    ("perhaps", Approx), ("phase", Label), ("plant", Label), ("pln", Money("PLN")), ("plus", Stop),
    ("point", Points(1.0)), ("points", Points(1.0)), ("pound", Money("GBP")), ("pounds", Money("GBP")),
    ("pour", Stop), ("pourcent", Percent), ("pp", Points(1.0)), ("ppt", Points(1.0)), ("ppts", Points(1.0)),
    ("pq", Stop), ("pro", Stop), ("probably", Approx), ("procent", Percent), ("prozent", Percent),
    ("pt", Points(1.0)), ("pts", Points(1.0)), ("punkte", Points(1.0)), ("py", Stop),
    ("qoq", Rate(Span::Quarter)), ("qtr", Time(Span::Quarter)), ("qtrs", Time(Span::Quarter)),
    ("quadruple", Factor(4.0)), ("quadrupled", Factor(4.0)), ("quadrupling", Factor(4.0)),
    ("quartal", Time(Span::Quarter)), ("quartale", Time(Span::Quarter)), ("quarter", Time(Span::Quarter)),
    ("quarterly", Rate(Span::Quarter)), ("quarters", Time(Span::Quarter)), ("quid", Money("GBP")),
    ("rand", Money("ZAR")), ("reais", Money("BRL")), ("room", Label), ("roughly", Approx), ("route", Label),
    ("rs", Money("INR")), ("rund", Approx), ("rupee", Money("INR")), ("rupees", Money("INR")),
    ("s", ShortTime(Span::Second)), ("sap", Label), ("say", Approx), ("sec", Time(Span::Second)),
    ("seconds", Time(Span::Second)), ("secs", Time(Span::Second)), ("section", Label), ("sek", Money("SEK")),
    ("sekunden", Time(Span::Second)), ("semaine", Time(Span::Week)), ("semaines", Time(Span::Week)),
    ("sep", Month), ("sept", Month), ("september", Month), ("septembre", Month), ("septiembre", Month),
    ("seven", Small(7.0)), ("seventeen", Small(17.0)), ("seventh", Part(1.0 / 7.0)),
    ("sevenths", Parts(1.0 / 7.0)), ("seventy", Tens(70.0)), ("sfr", Money("CHF")), ("sgd", Money("SGD")),
    ("shall", Stop), ("she", Stop), ("shekels", Money("ILS")), ("should", Stop), ("since", Stop),
    ("six", Small(6.0)), ("sixteen", Small(16.0)), ("sixth", Part(1.0 / 6.0)), ("sixths", Parts(1.0 / 6.0)),
    ("sixty", Tens(60.0)), ("slide", Label), ("so", Stop), ("soc", Label), ("some", Approx), ("sprint", Label),
    ("std", Time(Span::Hour)), ("step", Label), ("sterling", Money("GBP")), ("still", Stop),
    ("stunde", Time(Span::Hour)), ("stunden", Time(Span::Hour)), ("tag", Time(Span::Day)),
    ("tage", Time(Span::Day)), ("tagen", Time(Span::Day)), ("tchf", ScaledMoney(1e3, "CHF")),
    ("tdkk", ScaledMoney(1e3, "DKK")), ("ten", Small(10.0)), ("tenfold", Factor(10.0)), ("tenth", Part(0.1)),
    ("tenths", Parts(0.1)), ("terminal", Label), ("teur", ScaledMoney(1e3, "EUR")),
    ("tgbp", ScaledMoney(1e3, "GBP")), ("than", Stop), ("that", Stop), ("the", Stop), ("their", Stop),
    ("then", Stop), ("there", Stop), ("these", Stop), ("they", Stop), ("third", Part(1.0 / 3.0)),
    ("thirds", Parts(1.0 / 3.0)), ("thirteen", Small(13.0)), ("thirty", Tens(30.0)), ("this", Stop),
    ("those", Stop), ("thousand", Scale(1e3)), ("three", Small(3.0)), ("threefold", Factor(3.0)),
    ("through", Stop), ("tier", Label), ("till", Stop), ("tkr", ScaledMoney(1e3, "kr")),
    ("tnok", ScaledMoney(1e3, "NOK")), ("to", Stop), ("today", Stop), ("towards", Stop),
    ("treble", Factor(3.0)), ("trebled", Factor(3.0)), ("trimestre", Time(Span::Quarter)),
    ("triple", Factor(3.0)), ("tripled", Factor(3.0)), ("triples", Factor(3.0)), ("tripling", Factor(3.0)),
    ("tsd", Scale(1e3)), ("tsek", ScaledMoney(1e3, "SEK")), ("tusd", ScaledMoney(1e3, "USD")),
    ("twelfth", Part(1.0 / 12.0)), ("twelfths", Parts(1.0 / 12.0)), ("twelve", Small(12.0)),
    ("twelvemonth", Time(Span::Year)), ("twentieth", Part(0.05)), ("twentieths", Parts(0.05)),
    ("twenty", Tens(20.0)), ("two", Small(2.0)), ("twofold", Factor(2.0)), ("type", Label), ("und", Stop),
    ("under", Stop), ("unless", Stop), ("until", Stop), ("up", Stop), ("upon", Stop), ("usd", Money("USD")),
    ("version", Label), ("versus", Stop), ("via", Stop), ("von", Stop), ("vs", Stop),
    ("w", ShortTime(Span::Week)), ("ward", Label), ("was", Stop), ("wave", Label), ("we", Stop),
    ("week", Time(Span::Week)), ("weekly", Rate(Span::Week)), ("weeks", Time(Span::Week)), ("were", Stop),
    ("what", Stop), ("when", Stop), ("where", Stop), ("whether", Stop), ("which", Stop), ("while", Stop),
    ("who", Stop), ("whose", Stop), ("will", Stop), ("windows", Label), ("with", Stop), ("within", Stop),
    ("without", Stop), ("wk", Time(Span::Week)), ("wks", Time(Span::Week)), ("woche", Time(Span::Week)),
    ("wochen", Time(Span::Week)), ("would", Stop), ("wow", Rate(Span::Week)), ("y", ShortTime(Span::Year)),
    ("year", Time(Span::Year)), ("yearly", Rate(Span::Year)), ("years", Time(Span::Year)),
    ("yen", Money("JPY")), ("yet", Stop), ("you", Stop), ("yoy", Rate(Span::Year)), ("yr", Time(Span::Year)),
    ("yrs", Time(Span::Year)), ("ytd", Stop), ("zar", Money("ZAR")), ("zero", Small(0.0)),
    ("zloty", Money("PLN")), ("zł", Money("PLN")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
    }
}
