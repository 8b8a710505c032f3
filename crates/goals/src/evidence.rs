//! Stand-in until the evidence room lands.
use crate::Qualifier;
use crate::claim::*;
use crate::text::Text;
use std::ops::Range;
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Label {
    None,
    Importance,
    Cost,
    Realism,
    Plan,
    Mixed,
    WhyAndCost,
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Speaker {
    Prospect,
    Rep,
    Note,
}
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Context {
    pub(crate) label: Label,
    pub(crate) answers: Option<Qualifier>,
    pub(crate) speaker: Speaker,
    pub(crate) goal_zone: bool,
    pub(crate) no_goal_zone: bool,
}
pub(crate) fn claims(_t: &Text, _f: usize, _g: &[Range<usize>], _c: Context) -> Vec<Claim> {
    Vec::new()
}
pub(crate) fn asks(_t: &Text, _s: Range<usize>) -> Option<Qualifier> {
    None
}
