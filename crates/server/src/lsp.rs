//! tower-lsp as a pipe, and the one file that names it. Every handler sends its event before it
//! first waits for anything: handlers run concurrently, and only so events keep their order.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use lsp_types::notification::DidChangeConfiguration;
use lsp_types::notification::Notification as _;
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, ConfigurationItem, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandParams, InitializeParams,
    InitializeResult, InitializedParams, Registration, ServerInfo, Url,
};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response, Result};
use tower_lsp::{Client as Connection, LanguageServer, LspService, Server};
use tower_service::Service;

use crate::actions::{self, Wanted};
use crate::capabilities::{CHECK, Client};
use crate::event::{Event, Message, Snapshot};
use crate::state::{State, panic_text};
use crate::{input, main_loop};

/// How many requests may wait for their answers at a time. Each waits for the loop only.
const CONCURRENCY: usize = 64;
/// How long answers may take to be written once the client has said goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Serves standard input and output.
pub(crate) fn serve() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return ExitCode::FAILURE;
    };
    let orderly = Arc::new(AtomicBool::new(false));
    runtime.block_on(connect(Arc::clone(&orderly)));
    // A thread that still reads standard input must not keep the process alive.
    runtime.shutdown_background();
    if orderly.load(Ordering::SeqCst) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn connect(orderly: Arc<AtomicBool>) {
    let (events, received) = std::sync::mpsc::channel();
    let (out, messages) = mpsc::unbounded_channel();
    let (ended, end) = oneshot::channel();
    let state = State::new(out.clone(), events.clone());
    thread::spawn(move || main_loop::run(state, &received, &out));

    let (service, socket) = LspService::new(|connection| {
        tokio::spawn(write(connection.clone(), messages));
        Backend {
            events,
            connection,
            client: std::sync::OnceLock::new(),
            orderly,
        }
    });
    let serving = Server::new(standard_input(ended), tokio::io::stdout(), socket)
        .concurrency_level(CONCURRENCY)
        .serve(Gate(service));
    tokio::select! {
        () = serving => {}
        () = async { let _ = end.await; tokio::time::sleep(GOODBYE).await } => {}
    }
}

/// Standard input as a stream of whole messages; `ended` hears when it has ended.
fn standard_input(ended: oneshot::Sender<()>) -> tokio::io::DuplexStream {
    let (mut sink, stream) = tokio::io::duplex(1 << 16);
    let (frames, mut received) = mpsc::unbounded_channel::<Vec<u8>>();
    thread::spawn(move || {
        // An input that breaks off has ended.
        let _ = input::read(io::stdin().lock(), is_message, &frames);
    });
    tokio::spawn(async move {
        while let Some(frame) = received.recv().await {
            if sink.write_all(&frame).await.is_err() {
                break;
            }
        }
        drop(sink);
        let _ = ended.send(());
    });
    stream
}

fn is_message(body: &[u8]) -> bool {
    serde_json::from_slice::<Request>(body).is_ok()
        || serde_json::from_slice::<Response>(body).is_ok()
}

/// The one writer of what is said without being asked. Of a file's findings only the latest are
/// said.
async fn write(connection: Connection, mut messages: UnboundedReceiver<Message>) {
    while let Some(message) = messages.recv().await {
        let mut waiting = vec![message];
        while let Ok(message) = messages.try_recv() {
            if let Message::Findings(uri, ..) = &message {
                waiting.retain(|old| !matches!(old, Message::Findings(of, ..) if of == uri));
            }
            waiting.push(message);
        }
        for message in waiting {
            match message {
                Message::Findings(uri, version, findings) => {
                    connection.publish_diagnostics(uri, findings, version).await;
                }
                Message::Tell(kind, text) => connection.show_message(kind, text).await,
                Message::Log(kind, text) => connection.log_message(kind, text).await,
            }
        }
    }
}

struct Backend {
    events: Sender<Event>,
    connection: Connection,
    client: std::sync::OnceLock<Client>,
    /// Whether the client has asked to shut down.
    orderly: Arc<AtomicBool>,
}

impl Backend {
    fn send(&self, event: Event) {
        // The loop lives as long as somebody can send to it.
        let _ = self.events.send(event);
    }

    /// A note as it is now; `None` where it is not open or not ours.
    fn look(&self, uri: Url) -> impl Future<Output = Option<Snapshot>> + use<> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Look(uri, reply));
        async { answer.await.ok().flatten() }
    }

    fn client(&self) -> Client {
        self.client.get().cloned().unwrap_or_default()
    }

    /// Asks the client for its settings, on a task of its own: whatever it does with the
    /// question, nothing waits for the answer, and the answer always finds its asker.
    fn ask_for_settings(&self) {
        let (connection, events) = (self.connection.clone(), self.events.clone());
        tokio::spawn(async move {
            let items = vec![ConfigurationItem {
                scope_uri: None,
                section: Some("sowhat".to_owned()),
            }];
            if let Ok(settings) = connection.configuration(items).await {
                let settings = settings.into_iter().next().unwrap_or_default();
                let _ = events.send(Event::Settings(settings));
            }
        });
    }

    fn register(&self, registrations: Vec<Registration>) {
        if registrations.is_empty() {
            return;
        }
        let connection = self.connection.clone();
        tokio::spawn(async move {
            // A client that refuses is served as one that cannot.
            let _ = connection.register_capability(registrations).await;
        });
    }
}

/// Does the work of one request away from the others; a panic in it is this request's error.
async fn guarded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        let why = match error.try_into_panic() {
            Ok(panic) => panic_text(&*panic).to_owned(),
            Err(error) => error.to_string(),
        };
        Error {
            code: ErrorCode::InternalError,
            message: format!("a bug in sowhat: {why}").into(),
            data: None,
        }
    })
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = Client::new(&params.capabilities);
        let offer = client.offer();
        let folders = params.workspace_folders.unwrap_or_default();
        #[allow(deprecated, reason = "older clients send the root only")]
        let folders = folders
            .into_iter()
            .map(|folder| folder.uri)
            .chain(params.root_uri)
            .collect();
        let options = params.initialization_options.unwrap_or_default();
        let client = self.client.get_or_init(|| client).clone();
        self.send(Event::Hello(client, options, folders));
        Ok(InitializeResult {
            capabilities: offer,
            server_info: Some(ServerInfo {
                name: "sowhat".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let client = self.client();
        let mut registrations = Vec::new();
        let mut register = |method: &str, options: Value| {
            registrations.push(Registration {
                id: method.to_owned(),
                method: method.to_owned(),
                register_options: Some(options),
            });
        };
        if client.registers_watchers {
            register(
                "workspace/didChangeWatchedFiles",
                json!({"watchers": [{"globPattern": format!("**/{}", ide::config::FILE_NAME)}]}),
            );
        }
        if client.registers_configuration {
            register(DidChangeConfiguration::METHOD, json!({"section": "sowhat"}));
        }
        self.register(registrations);
        if client.configuration {
            self.ask_for_settings();
        }
    }

    async fn shutdown(&self) -> Result<()> {
        self.orderly.store(true, Ordering::SeqCst);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.send(Event::Open(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.send(Event::Change(
            document.uri,
            document.version,
            params.content_changes,
        ));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.send(Event::Save(params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.send(Event::Close(params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.client().configuration {
            self.ask_for_settings();
        } else {
            self.send(Event::Settings(params.settings));
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.send(Event::SettingsFiles);
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command != CHECK {
            return Err(Error::invalid_params(format!(
                "no such command: {}",
                params.command
            )));
        }
        let note = match params.arguments.first() {
            None => None,
            Some(argument) => {
                let uri = argument.as_str().and_then(|uri| Url::parse(uri).ok());
                let wrong = || Error::invalid_params("the argument is no address of a note");
                Some(uri.ok_or_else(wrong)?)
            }
        };
        self.send(Event::Check(note));
        Ok(None)
    }

    async fn code_action(
        &self,
        params: CodeActionParams,
    ) -> Result<Option<Vec<CodeActionOrCommand>>> {
        let Some(wanted) = Wanted::new(&params.context) else {
            return Ok(None);
        };
        let Some(snapshot) = self.look(params.text_document.uri).await else {
            return Ok(None);
        };
        guarded(move || actions::actions(&snapshot, params.range, wanted))
            .await
            .map(Some)
    }
}

/// Answers what is no message; lets everything else through, in a form that tower-lsp takes.
struct Gate(LspService<Backend>);

type Answer = Pin<
    Box<dyn Future<Output = std::result::Result<Option<Response>, tower_lsp::ExitedError>> + Send>,
>;

impl Service<Request> for Gate {
    type Response = Option<Response>;
    type Error = tower_lsp::ExitedError;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<std::result::Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answer {
        if request.method() != input::MALFORMED {
            return self.0.call(without_null(request));
        }
        let valid = request.params().is_some_and(|params| params[0] == true);
        let error = if valid {
            Error::invalid_request()
        } else {
            Error::parse_error()
        };
        Box::pin(async { Ok(Some(Response::from_error(Id::Null, error))) })
    }
}

/// Parameters that are `null` are none: some clients send them so, and tower-lsp would refuse
/// their `shutdown`.
fn without_null(request: Request) -> Request {
    if request.params() != Some(&Value::Null) {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let bare = Request::build(method);
    match id {
        Some(id) => bare.id(id).finish(),
        None => bare.finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_in_a_feature_is_the_error_of_its_request() {
        let error = guarded(|| -> u8 { panic!("no such goal") })
            .await
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::InternalError);
        assert_eq!(error.message, "a bug in sowhat: no such goal");
        assert_eq!(guarded(|| 7).await, Ok(7));
    }
}
