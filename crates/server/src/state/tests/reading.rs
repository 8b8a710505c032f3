//! What a person sees while the learned reader reads beside them.

use super::*;

/// Worded so freely that the rules alone see something else in it.
const FREE: &str = "\
Marlow Pottery, back kitchen, tea with Jean and her son Rufus

Jean would give her eye teeth for a kiln that is full five days out of seven. Three at present, and the gas costs the
same either way.

No more than two pots in a hundred cracked by Easter, that is what she asks of the new man. It is five now. Liberty's
send the whole crate back at four, and they are a third of her trade.

Rufus wants the shop to take a thousand pounds on a Saturday again, as it did before the bypass: that pays the winter
wages, and without it he is off to his uncle in Leeds.

She asked about gift cards, and whether it runs on her old tablet. I send two prices by Friday.
";
const PLAIN: &str = "# Goals\n\n- Grow ARR to $5M\n- ";

/// What is to be seen of a text in the end: a judgement that waits for the reader, and remembers nothing.
fn at_once(text: &str) -> String {
    let mut film = Film::reading();
    film.state = film.state.judging(|document, config, today, _| {
        Analysis::new(document, config, today, &mut Memo::reading(Reads::AtOnce))
    });
    film.open(text);
    let [(1, shown)] = &film.frames()[..] else {
        panic!("published once");
    };
    shown.clone()
}

fn by_rules(text: &str) -> String {
    let mut film = Film::new();
    film.open(text);
    film.frames().remove(0).1
}

/// Types into the last line of [`PLAIN`].
fn type_goal(film: &mut Film) -> i32 {
    for (index, letter) in "Cut churn to 5%".chars().enumerate() {
        let at = (3, index as u32 + 2);
        film.wait(Duration::from_millis(90));
        film.edit(index as i32 + 2, at, at, &letter.to_string());
        assert_eq!(
            film.frames(),
            [(index as i32 + 2, "2i 2c 2r".into())],
            "at once, and what was there stays; at {letter}"
        );
    }
    16
}

#[test]
fn a_note_that_is_opened_is_shown_once_with_the_readers_word() {
    assert_ne!(by_rules(FREE), at_once(FREE), "take a freer note");
    let mut film = Film::reading();
    film.open(FREE);
    assert_eq!(film.frames(), [], "nothing that will not last");
    film.read();
    assert_eq!(film.frames(), [(1, at_once(FREE))]);
    assert_eq!(film.state.deadline(), None);
    assert!(!film.is_reading());
}

#[test]
fn a_reader_that_takes_long_is_not_waited_for() {
    let mut film = Film::reading();
    film.open(FREE);
    assert_eq!(film.frames(), []);
    let deadline = film.state.deadline().unwrap();
    film.wait(deadline - film.now);
    assert_eq!(film.frames(), [(1, by_rules(FREE))]);
    assert_eq!(film.state.deadline(), None);
    film.read();
    assert_eq!(film.frames(), [(1, at_once(FREE))]);
}

#[test]
fn a_key_is_answered_at_once_and_the_readers_word_comes_with_the_findings_after_the_pause() {
    let mut film = Film::reading();
    film.open(PLAIN);
    assert_eq!(film.frames(), []);
    film.read();
    assert_eq!(film.frames(), [(1, "2i 2c 2r".into())]);
    let version = type_goal(&mut film);
    assert!(!film.is_reading());
    film.wait(PAUSE);
    assert_eq!(film.frames(), [], "the reader is at it");
    film.read();
    let whole = at_once("# Goals\n\n- Grow ARR to $5M\n- Cut churn to 5%");
    assert!(whole.starts_with("2i 2c 2r 3"), "{whole}");
    assert_eq!(film.frames(), [(version, whole)]);
    film.wait(PAUSE);
    assert_eq!(film.frames(), []);
    assert!(!film.is_reading());
}

#[test]
fn who_types_on_while_the_reader_reads_waits_for_nothing() {
    let mut film = Film::reading();
    film.open(PLAIN);
    film.frames();
    film.read();
    film.frames();
    type_goal(&mut film);
    film.wait(PAUSE);
    assert_eq!(film.frames(), []);
    film.edit(17, (3, 17), (3, 17), " by June");
    let shown = film.frames();
    assert_eq!(shown, [(17, "2i 2c 2r".into())], "still being typed");
    film.read();
    assert_eq!(film.frames(), [], "it says nothing of another text");
    film.wait(PAUSE);
    assert_eq!(film.frames(), []);
    film.read();
    let whole = at_once("# Goals\n\n- Grow ARR to $5M\n- Cut churn to 5% by June");
    assert_eq!(film.frames(), [(17, whole)]);
}

#[test]
fn without_a_pause_and_on_save_the_reader_is_asked_too() {
    let text = format!("{FREE}\nThey want 40 demos a month.");
    let end = FREE.lines().count() as u32;
    for (settings, save) in [
        (serde_json::json!({"typing_pause": 0}), false),
        (serde_json::json!({"run": "save"}), true),
    ] {
        let mut film = Film::with(settings);
        film.open(FREE);
        assert_eq!(film.frames(), []);
        film.read();
        assert_eq!(film.frames(), [(1, at_once(FREE))]);
        film.edit(2, (end, 0), (end, 0), "\nThey want 40 demos a month.");
        assert_eq!(film.frames().len(), 1, "at once");
        assert!(!film.is_reading());
        match save {
            true => film.handle(Event::Save(note("a"))),
            false => film.wait(PAUSE),
        }
        film.frames();
        film.read();
        film.frames();
        film.handle(Event::Check(None));
        film.frames();
        let shown = &film.state.notes[&note("a")].document;
        assert_eq!(shown.text(), text);
        assert_eq!(film.last, at_once(&text));
    }
}

#[test]
fn a_long_note_keeps_no_other_waiting() {
    let text = FREE.repeat(12);
    let mut film = Film::reading();
    film.open(&text);
    assert_eq!(film.frames(), []);
    film.wait(Duration::from_secs(1));
    assert_eq!(film.frames(), [(1, by_rules(&text))]);
    let text_document = TextDocumentItem::new(note("b"), "markdown".into(), 1, PLAIN.into());
    film.handle(Event::Open(DidOpenTextDocumentParams { text_document }));
    assert_eq!(film.frames(), []);

    film.read();
    assert_eq!(film.frames(), [], "the long one's first part");
    assert!(film.is_reading());
    film.read();
    assert_eq!(film.frames(), [(1, "2i 2c 2r".into())], "the other one");
    while film.is_reading() {
        film.read();
        film.frames();
    }
    assert_eq!(film.last, at_once(&text));
}

#[test]
fn what_is_read_of_a_closed_note_is_dropped() {
    let mut film = Film::reading();
    film.open(FREE);
    assert_eq!(film.frames(), []);
    film.close();
    film.read();
    assert_eq!(film.frames(), [], "of no version");

    // Opened again with another text before the reader is done with the first.
    film.open(FREE);
    film.frames();
    film.close();
    film.open(PLAIN);
    assert_eq!(film.frames(), []);
    film.read();
    assert_eq!(film.frames(), [], "that was the first");
    film.read();
    assert_eq!(film.frames(), [(1, at_once(PLAIN))]);
}

#[test]
fn a_reader_that_goes_wrong_leaves_the_rules_word_until_something_changes() {
    let text = FREE.repeat(8);
    let mut film = Film::reading();
    film.open(&text);
    film.frames();
    film.work.recv_timeout(Duration::from_secs(60)).unwrap();
    film.handle(Event::Read(note("a"), Err("a matrix went wrong".into())));
    assert_eq!(film.frames(), [(1, by_rules(&text))]);
    assert_eq!(
        film.logged,
        ["a bug in sowhat while reading untitled:a: a matrix went wrong"]
    );
    assert!(!film.is_reading());

    film.edit(2, (0, 0), (0, 0), "\n");
    film.frames();
    film.wait(PAUSE);
    film.frames();
    while film.is_reading() {
        film.read();
        film.frames();
    }
    assert_eq!(film.last, at_once(&format!("\n{text}")));
}

#[test]
fn after_a_panic_the_reader_reads_again() {
    let mut film = Film::reading();
    film.state = film.state.judging(panics);
    film.open("PANIC");
    film.frames();
    film.edit(2, (0, 0), (0, 5), FREE);
    film.frames();
    film.wait(PAUSE);
    assert_eq!(film.frames(), []);
    film.read();
    assert_eq!(film.frames(), [(2, at_once(FREE))]);
}

/// What is typed into notes, and what breaks them.
const PIECES: &[&str] = &[
    "# Goals\n",
    "- ",
    "Grow ARR to $5M",
    "\n",
    "  - why: ",
    "so we can open Lyon",
    " ",
    "> ",
    "| a | b |\n|---|---|\n",
    "```\n",
    "<!-- sowhat: ignore -->",
    "They need to cut churn from 8% to 5% by EOY. ",
    "\n\n",
    "If that slips the plant closes. ",
];

#[test]
fn after_any_edits_the_findings_are_those_of_a_fresh_note() {
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    let mut film = Film::reading();
    film.open(FREE);
    film.frames();
    film.read();
    film.frames();
    for version in 2..122 {
        let document = &film.state.notes[&note("a")].document;
        let (line, to) = (next(document.line_count()), next(3));
        let start = next(document.line_range(line).len() + 1) as u32;
        let end = start + if to == 0 { next(40) as u32 } else { 0 };
        let line = line as u32;
        film.edit(
            version,
            (line, start),
            (line, end),
            PIECES[next(PIECES.len())],
        );
        film.frames();
        if version % 8 == 0 {
            film.wait(PAUSE);
            film.frames();
            while film.is_reading() {
                film.read();
                film.frames();
            }
            let text = film.state.notes[&note("a")].document.text();
            assert_eq!(film.last, at_once(&text), "version {version}:\n{text}");
        }
    }
}
