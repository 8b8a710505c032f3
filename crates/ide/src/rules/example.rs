//! The notes that show a rule: one of two goals, and what stands below it. A rule writes out only the lines that it
//! is about.

/// A line that several examples share, by its name; or one that only this example has.
macro_rules! words {
    (arr) => {
        "Grow ARR from $8M to $10M this year"
    };
    (growth) => {
        "Grow ARR by 25% this year"
    };
    (why) => {
        "why: the board promised it to the lead investor in January"
    };
    (missed) => {
        "if missed: 12 jobs go in sales"
    };
    ($own:literal) => {
        $own
    };
}

/// A note with one goal and the lines below it.
macro_rules! note {
    ($goal:tt $(, $below:tt)* $(,)?) => {
        concat!("# Goals\n\n- ", words!($goal), "\n" $(, "  - ", words!($below), "\n")*)
    };
}
