//! What an editor can fold: a goal with what stands below it in its item, or in the list right behind it.

use goals::Note;
use syntax::Document;

use crate::assists::surroundings;

/// Lines (from 0), both included, of which all but the first can be hidden. Of goals in one place the first counts.
pub(crate) fn folding_ranges(document: &Document, note: &Note) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = (note.goals.iter())
        .map(|goal| {
            let end = surroundings(document, goal.block).end;
            (
                document.line_of(goal.range.start),
                document.line_of(end.max(goal.range.end)),
            )
        })
        .filter(|(first, last)| first < last)
        .collect();
    ranges.dedup_by_key(|(first, _)| *first);
    ranges
}

#[cfg(test)]
mod tests {
    use crate::tests::judged;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, usize)]) {
        assert_eq!(judged(text).folding_ranges(), expected, "{text}");
    }

    #[test]
    fn a_goal_folds_with_what_stands_below_it() {
        let text = "# Goals\n\n- Grow ARR to $5M\n  - so we can open in Berlin\n  - else 12 jobs go\n- Cut churn to 2%\n";
        check(text, &[(2, 4)]);
    }

    #[test]
    fn a_paragraph_folds_with_the_list_behind_it() {
        let text = "Goal: grow ARR to $5M\n- so we can open in Berlin\n\nThen we talked.\n";
        check(text, &[(0, 1)]);
    }

    #[test]
    fn a_goal_alone_does_not_fold() {
        check("# Goals\n\n- Grow ARR to $5M\n\nNext call Monday.\n", &[]);
    }
}
