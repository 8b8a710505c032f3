use super::*;

fn uri(name: &str) -> Url {
    Url::parse(&format!("file:///notes/{name}.md")).unwrap()
}

fn stamp(length: u64) -> Stamp {
    (None, length)
}

fn looked(title: &str, goal: &str, findings: usize) -> Option<Looked> {
    Some(Looked {
        stamp: stamp(9),
        goals: Goals {
            title: title.into(),
            goals: [Goal {
                words: goal.into(),
                range: lsp_types::Range::default(),
                states: [None; 3],
            }]
            .into(),
        },
        findings: vec![Diagnostic::default(); findings],
    })
}

fn search(workspace: &mut Workspace, query: &str) -> oneshot::Receiver<Vec<(Url, Goals)>> {
    let (reply, answer) = oneshot::channel();
    let query = query.to_owned();
    workspace.search(Search { query, reply }, true);
    answer
}

fn pull(workspace: &mut Workspace) -> oneshot::Receiver<Reports> {
    let (reply, answer) = oneshot::channel();
    workspace.pull(PullAll::new(HashMap::new(), None, reply), true);
    answer
}

#[test]
fn nothing_is_looked_at_before_somebody_asks_and_when_he_has_given_up() {
    let mut workspace = Workspace::default();
    assert_eq!(workspace.next(), None);
    let answer = search(&mut workspace, "");
    assert_eq!(workspace.next(), Some(Next::Walk));
    assert_eq!(workspace.next(), None, "one job at a time");
    workspace.walked(vec![(uri("a"), stamp(9))], true);
    drop(answer);
    assert_eq!(workspace.next(), None);
}

#[test]
fn few_bytes_are_read_one_note_at_a_time_and_many_judged_by_the_rules_in_batches() {
    for (length, reads, count) in [(9, Reads::AtOnce, 1), (READ / 10, Reads::Never, BATCH)] {
        let mut workspace = Workspace::default();
        let _answer = search(&mut workspace, "");
        workspace.next();
        let notes = (0..99).map(|number| (uri(&number.to_string()), stamp(length)));
        workspace.walked(notes.collect(), true);
        let Some(Next::Look(batch, read)) = workspace.next() else {
            panic!("nothing to look at");
        };
        assert_eq!((batch.len(), read), (count, reads));
    }
}

#[test]
fn who_stops_gets_what_is_known_and_nothing_is_lost_for_the_next() {
    let mut workspace = Workspace::default();
    let mut found = search(&mut workspace, "arr");
    let mut pulled = pull(&mut workspace);
    workspace.next();
    workspace.walked(vec![(uri("a"), stamp(9)), (uri("b"), stamp(9))], true);
    workspace.next();
    workspace.looked(
        vec![(uri("a"), looked("Acme", "Grow ARR", 1))],
        Reads::AtOnce,
    );
    assert!(!workspace.is_found());
    workspace.stop();
    assert_eq!(found.try_recv().unwrap().len(), 1);
    assert!(matches!(pulled.try_recv().unwrap(), Err(Stopped)));

    let _again = search(&mut workspace, "");
    assert_eq!(workspace.next(), Some(Next::Walk));
    workspace.walked(vec![(uri("a"), stamp(9)), (uri("b"), stamp(9))], false);
    let rest = Next::Look(vec![uri("b")], Reads::AtOnce);
    assert_eq!(workspace.next(), Some(rest));
}

#[test]
fn findings_are_not_kept_so_who_has_none_has_them_looked_for_as_before() {
    let mut workspace = Workspace::default();
    let _found = search(&mut workspace, "");
    workspace.next();
    workspace.walked(vec![(uri("a"), stamp(9)), (uri("b"), stamp(9))], true);
    workspace.looked(
        vec![(uri("a"), looked("Acme", "Grow ARR", 1))],
        Reads::AtOnce,
    );
    workspace.looked(vec![(uri("b"), looked("Hooli", "Hire", 0))], Reads::AtOnce);
    workspace.due.clear();
    let mut pulled = pull(&mut workspace);
    let look = Next::Look(vec![uri("a")], Reads::AtOnce);
    assert_eq!(workspace.next(), Some(look));
    workspace.looked(
        vec![(uri("a"), looked("Acme", "Grow ARR", 1))],
        Reads::AtOnce,
    );
    workspace.answer_pulls();
    assert_eq!(pulled.try_recv().unwrap().unwrap().len(), 1);
}

#[test]
fn where_all_notes_are_open_nothing_is_left_to_look_at() {
    let mut workspace = Workspace::default();
    let _found = search(&mut workspace, "");
    workspace.next();
    workspace.walked(vec![(uri("a"), stamp(9))], true);
    workspace.leave_out(|_| true);
    assert!(workspace.is_found());
}

#[test]
fn a_query_names_characters_in_their_order_in_any_case() {
    for (query, fits) in [
        ("", true),
        ("arr", true),
        ("ACME 5m", true),
        ("rra", false),
        ("$5m g", false),
    ] {
        assert_eq!(
            Query::new(query).fits("Acme", "Grow ARR to $5M"),
            fits,
            "{query}"
        );
    }
}
