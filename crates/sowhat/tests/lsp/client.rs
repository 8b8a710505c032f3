//! The smallest client that speaks the protocol to the real binary. Answers what the server asks,
//! so that a test reads as a transcript.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// No answer takes so long on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Notifications that nobody has looked at yet.
    pub(crate) heard: VecDeque<Value>,
    /// What the server asked, answered already.
    requests: VecDeque<Value>,
    /// Methods that the server registered.
    pub(crate) registered: Vec<String>,
    /// What `workspace/configuration` answers.
    pub(crate) settings: Value,
    /// What `initialize` answered.
    pub(crate) server: Value,
    next: i64,
}

/// The capabilities of a real client, or none at all.
pub(crate) fn capabilities(name: &str) -> Value {
    let file: Value = match name {
        "nvim" => serde_json::from_str(include_str!("client_capabilities/neovim-0.11.4.json")),
        "vscode" => serde_json::from_str(include_str!(
            "client_capabilities/vscode-1.139.1-languageclient-11.0.0.json"
        )),
        _ => Ok(json!({"capabilities": {}})),
    }
    .unwrap();
    file["capabilities"].clone()
}

impl Client {
    /// Starts the server without a word.
    pub(crate) fn spawn() -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sowhat"))
            .arg("server")
            .env("SOWHAT_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || read(stdout, |message| sender.send(message).is_ok()));
        Client {
            stdin: child.stdin.take(),
            child,
            messages,
            heard: VecDeque::new(),
            requests: VecDeque::new(),
            registered: Vec::new(),
            settings: Value::Null,
            server: Value::Null,
            next: 0,
        }
    }

    /// Starts the server and introduces a client.
    pub(crate) fn start(name: &str, options: Value) -> Client {
        Client::with(capabilities(name), options, Value::Null)
    }

    pub(crate) fn with(capabilities: Value, options: Value, settings: Value) -> Client {
        let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities, "initializationOptions": options});
        Client::introduced(params, settings)
    }

    /// Starts the server for a folder of notes, by the rules alone.
    pub(crate) fn in_folder(capabilities: Value, folder: &Path) -> Client {
        let folder = json!({"uri": format!("file://{}", folder.display()), "name": "notes"});
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": capabilities,
            "workspaceFolders": [folder],
            "initializationOptions": {"reader": false},
        });
        Client::introduced(params, Value::Null)
    }

    fn introduced(params: Value, settings: Value) -> Client {
        let mut client = Client::spawn();
        client.settings = settings;
        client.server = client.request("initialize", params).unwrap();
        client.notify("initialized", json!({}));
        client
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and waits for its answer.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Sends a request.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// Waits for the answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let found = |message: &Value| {
            (message.get("method").is_none() && message["id"] == id).then(|| message.clone())
        };
        let mut message = self.wait("an answer", found);
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].take()),
        }
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(message.to_string().as_bytes());
    }

    pub(crate) fn send_raw(&mut self, body: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        write!(stdin, "Content-Length: {}\r\n\r\n", body.len()).unwrap();
        stdin.write_all(body).unwrap();
        stdin.flush().unwrap();
    }

    /// Waits for a message that `wanted` takes, whoever sent it before.
    #[track_caller]
    pub(crate) fn wait<T>(&mut self, what: &str, wanted: impl Fn(&Value) -> Option<T>) -> T {
        self.wait_for(PATIENCE, wanted)
            .unwrap_or_else(|| panic!("{what} never came; heard {:?}", self.heard))
    }

    /// The same, with less patience.
    pub(crate) fn wait_for<T>(
        &mut self,
        patience: Duration,
        wanted: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        if let Some((index, found)) = self
            .heard
            .iter()
            .enumerate()
            .find_map(|(index, message)| Some((index, wanted(message)?)))
        {
            self.heard.remove(index);
            return Some(found);
        }
        let until = Instant::now() + patience;
        while let Ok(message) = self
            .messages
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            if let Some(found) = wanted(&message) {
                return Some(found);
            }
            self.hear(message);
        }
        None
    }

    /// Everything that the server says and asks within a time, and what nobody has looked at before.
    pub(crate) fn listen(&mut self, time: Duration) -> Vec<Value> {
        self.wait_for(time, |_| None::<()>);
        self.heard
            .drain(..)
            .chain(self.requests.drain(..))
            .collect()
    }

    fn hear(&mut self, message: Value) {
        let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) else {
            self.heard.push_back(message);
            return;
        };
        let result = match method {
            "workspace/configuration" => json!([self.settings]),
            "client/registerCapability" => {
                let all = message["params"]["registrations"].as_array().unwrap();
                self.registered.extend(
                    all.iter()
                        .map(|one| one["method"].as_str().unwrap().to_owned()),
                );
                Value::Null
            }
            "window/workDoneProgress/create" => Value::Null,
            "workspace/applyEdit" => json!({"applied": true}),
            method if method.ends_with("/refresh") => Value::Null,
            _ => panic!("the server asks {message}"),
        };
        self.requests.push_back(message.clone());
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// The findings of a version.
    #[track_caller]
    pub(crate) fn findings(&mut self, uri: &str, version: i64) -> Vec<Value> {
        if self.pulls() {
            return self.pull(uri);
        }
        self.wait(&format!("findings of version {version}"), |message| {
            let params = &message["params"];
            let found = message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version;
            found.then(|| params["diagnostics"].as_array().unwrap().clone())
        })
    }

    /// What the server asks next with a method; it has its answer already.
    #[track_caller]
    pub(crate) fn asked(&mut self, method: &str) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut asked = self.requests.iter().enumerate();
            if let Some((at, _)) = asked.find(|(_, of)| of["method"] == method) {
                return self.requests.remove(at).unwrap()["params"].take();
            }
            assert!(Instant::now() < until, "{method} never came");
            if let Ok(message) = self.messages.recv_timeout(Duration::from_millis(50)) {
                self.hear(message);
            }
        }
    }

    /// Whether it is one that pulls findings.
    pub(crate) fn pulls(&self) -> bool {
        !self.server["capabilities"]["diagnosticProvider"].is_null()
    }

    /// The findings of a file as it is, pulled.
    #[track_caller]
    pub(crate) fn pull(&mut self, uri: &str) -> Vec<Value> {
        let params = json!({"textDocument": {"uri": uri}});
        let report = self.request("textDocument/diagnostic", params).unwrap();
        assert_eq!(report["kind"], "full");
        report["items"].as_array().unwrap().clone()
    }

    /// Whatever is published next of a file.
    #[track_caller]
    pub(crate) fn published(&mut self, uri: &str) -> Vec<Value> {
        self.wait("findings", |message| {
            let params = &message["params"];
            let found =
                message["method"] == "textDocument/publishDiagnostics" && params["uri"] == uri;
            found.then(|| params["diagnostics"].as_array().unwrap().clone())
        })
    }

    /// The findings of a version as they are now, or once something has changed without an edit.
    #[track_caller]
    pub(crate) fn findings_at_last(
        &mut self,
        uri: &str,
        version: i64,
        wanted: impl Fn(&[Value]) -> bool,
    ) -> Vec<Value> {
        let findings = self.findings(uri, version);
        if wanted(&findings) {
            return findings;
        }
        if self.pulls() {
            self.asked("workspace/diagnostic/refresh");
        }
        self.findings(uri, version)
    }

    /// Closes a note, of which nothing remains then.
    #[track_caller]
    pub(crate) fn close(&mut self, uri: &str) {
        self.notify(
            "textDocument/didClose",
            json!({"textDocument": {"uri": uri}}),
        );
        let left = match self.pulls() {
            true => self.pull(uri),
            false => self.published(uri),
        };
        assert_eq!(left, [] as [Value; 0]);
    }

    /// What a person is told next.
    #[track_caller]
    pub(crate) fn told(&mut self) -> String {
        self.wait("a message", |message| {
            let found = message["method"] == "window/showMessage";
            found.then(|| message["params"]["message"].as_str().unwrap().to_owned())
        })
    }

    /// The actions for a range, of some kinds.
    pub(crate) fn actions(&mut self, uri: &str, range: Value, only: Value) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if !only.is_null() {
            context["only"] = only;
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        let actions = self.request("textDocument/codeAction", params).unwrap();
        actions.as_array().cloned().unwrap_or_default()
    }

    /// The number of its process.
    #[allow(dead_code, reason = "a benchmark measures its memory")]
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Says goodbye as the protocol wants it.
    pub(crate) fn quit(mut self) {
        self.request("shutdown", Value::Null).unwrap();
        self.notify("exit", Value::Null);
        assert!(self.end().success());
    }

    /// Closes standard input, and waits for the process's end.
    pub(crate) fn hang_up(&mut self) -> ExitStatus {
        self.stdin = None;
        self.end()
    }

    /// Waits for the process's end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("the server lives on");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(mut input: impl BufRead, mut send: impl FnMut(Value) -> bool) {
    let mut line = String::new();
    let mut length = 0;
    loop {
        line.clear();
        match input.read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            let mut body = vec![0; length];
            if input.read_exact(&mut body).is_err() || !send(serde_json::from_slice(&body).unwrap())
            {
                return;
            }
        }
    }
}
