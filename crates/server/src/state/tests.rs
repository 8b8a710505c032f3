use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ide::{Config, Document, Memo, Reads};
use lsp_types::{Position, Range, TextDocumentItem};
use tokio::sync::{mpsc, oneshot};

use super::*;

const PAUSE: Duration = Duration::from_millis(700);

/// A server whose clock the test turns.
struct Film {
    state: State,
    out: mpsc::UnboundedReceiver<Message>,
    /// What the state will hear of its own work.
    work: std::sync::mpsc::Receiver<Event>,
    now: Instant,
    /// The last frame's findings.
    last: String,
    logged: Vec<String>,
}

fn note(name: &str) -> Url {
    Url::parse(&format!("untitled:{name}")).unwrap()
}

impl Film {
    /// By the rules alone.
    fn new() -> Film {
        Film::with(serde_json::json!({"reader": false}))
    }

    /// With the learned reader, which nobody hears before [`Film::read`].
    fn reading() -> Film {
        Film::with(serde_json::Value::Null)
    }

    fn with(settings: serde_json::Value) -> Film {
        let (sender, out) = mpsc::unbounded_channel();
        let (events, work) = std::sync::mpsc::channel();
        let mut film = Film {
            state: State::new(sender, events),
            out,
            work,
            now: Instant::now(),
            last: String::new(),
            logged: Vec::new(),
        };
        film.handle(Event::Settings(settings));
        film
    }

    /// The reader is done with what it was given.
    #[track_caller]
    fn read(&mut self) {
        let work = self.work.recv_timeout(Duration::from_secs(60));
        self.handle(work.expect("the reader was given nothing"));
    }

    /// Whether the reader has been given something that it is not done with.
    fn is_reading(&self) -> bool {
        self.state.notes[&note("a")].reading
    }

    fn handle(&mut self, event: Event) {
        self.state.handle(event, self.now);
    }

    /// What is published: for each, the version, and the first word of each finding's message
    /// with its line.
    fn frames(&mut self) -> Vec<(i32, String)> {
        self.state.tick(self.now);
        self.state.settle();
        let mut frames = Vec::new();
        while let Ok(message) = self.out.try_recv() {
            let (version, findings) = match message {
                Message::Findings(_, Some(version), findings) => (version, findings),
                Message::Log(_, text) => {
                    self.logged.push(text);
                    continue;
                }
                _ => continue,
            };
            let shown = findings.iter().map(|of| {
                let code = match &of.code {
                    Some(lsp_types::NumberOrString::String(code)) => &code[..1],
                    _ => "?",
                };
                format!("{}{code}", of.range.start.line)
            });
            self.last = shown.collect::<Vec<_>>().join(" ");
            frames.push((version, self.last.clone()));
        }
        frames
    }

    fn open(&mut self, text: &str) {
        let text_document = TextDocumentItem::new(note("a"), "markdown".into(), 1, text.into());
        self.handle(Event::Open(DidOpenTextDocumentParams { text_document }));
    }

    fn close(&mut self) {
        self.handle(Event::Close(note("a")));
    }

    fn edit(&mut self, version: i32, at: (u32, u32), end: (u32, u32), text: &str) {
        let range = Range::new(Position::new(at.0, at.1), Position::new(end.0, end.1));
        let change = TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: text.into(),
        };
        self.handle(Event::Change(note("a"), version, vec![change]));
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
    }
}

#[test]
fn a_goal_that_is_being_typed_shows_its_findings_after_the_pause_and_once() {
    let mut film = Film::new();
    film.open("# Goals\n\n- Grow ARR to $5M\n- ");
    let before = "2i 2c 2r";
    assert_eq!(film.frames(), [(1, before.into())]);
    for (index, letter) in "Cut churn to 5%".chars().enumerate() {
        let version = index as i32 + 2;
        let at = (3, index as u32 + 2);
        film.wait(Duration::from_millis(90));
        film.edit(version, at, at, &letter.to_string());
        assert_eq!(film.frames(), [(version, before.into())], "at {letter}");
    }
    film.wait(PAUSE - Duration::from_millis(1));
    assert_eq!(film.frames(), []);
    film.wait(Duration::from_millis(1));
    assert_eq!(film.frames(), [(16, "2i 2c 2r 3i 3c 3r".into())]);
    film.wait(PAUSE);
    assert_eq!(film.frames(), []);
    assert_eq!(film.state.deadline(), None);
}

#[test]
fn findings_that_are_shown_stay_and_follow_the_text() {
    let mut film = Film::new();
    film.open("# Goals\n\n- Grow ARR to $5M\n");
    film.frames();
    film.edit(2, (2, 6), (2, 6), " our");
    assert_eq!(film.frames(), [(2, "2i 2c 2r".into())]);
    film.edit(3, (0, 0), (0, 0), "Notes\n\n");
    assert_eq!(film.frames(), [(3, "4i 4c 4r".into())]);
    film.wait(PAUSE);
    assert_eq!(film.frames(), [], "nothing was held back");
}

#[test]
fn edits_that_move_elsewhere_end_the_wait() {
    let mut film = Film::new();
    film.open("# Goals\n\n- x\n\n# Notes\n");
    film.frames();
    film.edit(2, (2, 2), (2, 3), "Grow ARR to $5M");
    assert_eq!(film.frames(), [(2, String::new())]);
    film.edit(3, (4, 7), (4, 7), "!");
    assert_eq!(film.frames(), [(3, "2i 2c 2r".into())]);
}

#[test]
fn a_new_line_below_the_goal_is_elsewhere() {
    let mut film = Film::new();
    film.open("# Goals\n\n- x");
    film.frames();
    film.edit(2, (2, 2), (2, 3), "Grow ARR to $5M");
    assert_eq!(film.frames(), [(2, String::new())]);
    film.edit(3, (2, 17), (2, 17), "\n- ");
    assert_eq!(film.frames(), [(3, "2i 2c 2r".into())]);
}

#[test]
fn what_is_typed_faster_than_judged_is_judged_once() {
    static JUDGED: AtomicUsize = AtomicUsize::new(0);
    let mut film = Film::new();
    film.state = film.state.judging(|document, config, today, memo| {
        JUDGED.fetch_add(1, Ordering::SeqCst);
        Analysis::new(document, config, today, memo)
    });
    film.open("# Goals\n\n- Grow ARR to $5M\n");
    film.frames();
    for version in 2..202 {
        film.edit(version, (0, 7), (0, 7), "s");
    }
    assert_eq!(
        film.frames()
            .iter()
            .map(|frame| frame.0)
            .collect::<Vec<_>>(),
        [201]
    );
    assert_eq!(JUDGED.load(Ordering::SeqCst), 2);
}

#[test]
fn what_is_looked_at_before_it_is_shown_is_shown_all_the_same() {
    let mut film = Film::new();
    film.open("# Goals\n\n- Grow ARR to $5M\n");
    assert_eq!(film.frames(), [(1, "2i 2c 2r".into())]);
    // An editor sends both at once after a quick fix: the edit, and what else can be done there.
    let question = "\n  - What happens if you don't hit that goal?";
    film.edit(2, (2, 17), (2, 17), question);
    let (sender, mut receiver) = oneshot::channel();
    film.handle(Event::Look(note("a"), sender));
    assert_eq!(receiver.try_recv().unwrap().unwrap().version, 2);
    assert_eq!(film.frames().last().map(|(version, _)| *version), Some(2));
    assert_eq!(film.frames(), []);
}

fn panics(
    document: Document,
    config: Arc<Config>,
    today: Option<(i32, u8, u8)>,
    memo: &mut Memo,
) -> Analysis {
    assert!(!document.text().contains("PANIC"), "a rule went wrong");
    Analysis::new(document, config, today, memo)
}

#[test]
fn a_panic_while_judging_is_logged_and_the_next_edit_is_judged() {
    let mut film = Film::new();
    film.state = film.state.judging(panics);
    film.open("# Goals\n\n- Grow ARR to $5M\n");
    film.frames();
    film.edit(2, (0, 0), (0, 0), "PANIC\n");
    film.frames();
    assert_eq!(
        film.logged,
        ["a bug in sowhat while judging untitled:a: a rule went wrong"]
    );

    let (reply, mut answer) = oneshot::channel();
    film.handle(Event::Look(note("a"), reply));
    assert!(answer.try_recv().unwrap().is_none());

    film.edit(3, (0, 0), (1, 0), "");
    film.wait(PAUSE);
    assert_eq!(film.frames().last().unwrap(), &(3, "2i 2c 2r".into()));
}

#[test]
fn a_whole_new_text_is_an_edit_of_what_differs() {
    let mut film = Film::new();
    film.open("# Goals\n\n- Grow ARR to $5M é\n");
    film.frames();
    let whole = |text: &str| TextDocumentContentChangeEvent {
        range: None,
        range_length: None,
        text: text.into(),
    };
    for (version, text) in [
        (2, "# Goals\n\n- Grow ARR to $5M è\n"),
        (3, ""),
        (4, "# Goals\n\n- Grow ARR to $5M\n"),
    ] {
        film.handle(Event::Change(note("a"), version, vec![whole(text)]));
        film.frames();
        assert_eq!(film.state.notes[&note("a")].document.text(), text);
    }
}

mod reading;
