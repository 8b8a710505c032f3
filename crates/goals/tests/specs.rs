//! Every note of `tests/specs` holds: what the guide says, as notes that run.

#[path = "support/specs.rs"]
#[expect(
    dead_code,
    reason = "rewriting the specifications is the example's part"
)]
mod specs;

#[test]
fn every_specification_holds() {
    let outcome = specs::check("").expect("the specifications can be read");
    assert!(outcome.mismatches.is_empty(), "{}", outcome.summary());
}
