use crate::target::*;
#[test]
fn dump() {
    let Ok(goals) = std::fs::read_to_string("/tmp/goals.txt") else {
        return;
    };
    let mut out = String::new();
    for goal in goals.lines() {
        out += &format!("{goal}\n    {}\n", super::targets::show(goal));
    }
    std::fs::write("/tmp/goals.out", out).unwrap();
    let pairs = std::fs::read_to_string("/tmp/pairs.txt").unwrap();
    let mut out = String::new();
    for pair in pairs.lines() {
        let (goal, evidence) = pair.split_once('\t').unwrap();
        let target = read(goal);
        let found = target
            .as_ref()
            .and_then(|target| baseline(evidence, target));
        let words = target
            .as_ref()
            .and_then(|target| found.as_ref().and_then(|base| compare(target, base)))
            .or(target.as_ref().and_then(compare_own));
        out += &format!(
            "{goal}  ||  {evidence}\n    {} => {:?} {}\n",
            super::targets::show(goal),
            found.map(|base| (base.value, base.growth)),
            words.map_or("-".into(), |words| format!(
                "{} {}",
                words.words,
                if words.far { "FAR" } else { "" }
            ))
        );
    }
    std::fs::write("/tmp/pairs.out", out).unwrap();
}
