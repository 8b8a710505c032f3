//! tower-lsp as a pipe, and the one module that names it. Every handler sends its event before it
//! first waits for anything: handlers run concurrently, and only so events keep their order.

mod gate;
mod outgoing;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use lsp_types::notification::DidChangeConfiguration;
use lsp_types::notification::Notification as _;
use lsp_types::{
    CodeActionParams, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    ConfigurationItem, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentSymbolParams, DocumentSymbolResponse,
    ExecuteCommandParams, FoldingRange, FoldingRangeParams, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, NumberOrString, Registration,
    SemanticTokens, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, ServerInfo,
    SymbolInformation, TextDocumentPositionParams, Url, WorkDoneProgressCancelParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFolder, WorkspaceFoldersChangeEvent,
    WorkspaceSymbolParams,
};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Request, Response, Result};
use tower_lsp::{Client as Connection, LanguageServer, LspService, Server};

use crate::actions::{self, Wanted};
use crate::capabilities::{ASK, CHECK, Client};
use crate::event::{Event, Snapshot};
use crate::features::Goals;
use crate::pages::Pages;
use crate::pull::{Pull, Pulled};
use crate::state::{State, panic_text};
use crate::tokens::{self, Told};
use crate::workspace::{PullAll, Reports, Search, Stopped};
use crate::{features, input, main_loop};
use gate::{Announced, Gate};

/// How many requests may wait for their answers at a time. Each waits for the loop only.
const CONCURRENCY: usize = 64;
/// How long answers may take to be written once the client has said goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Serves standard input and output.
pub(crate) fn serve(cache: Option<PathBuf>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return ExitCode::FAILURE;
    };
    let orderly = Arc::new(AtomicBool::new(false));
    runtime.block_on(connect(cache, Arc::clone(&orderly)));
    // A thread that still reads standard input must not keep the process alive.
    runtime.shutdown_background();
    if orderly.load(Ordering::SeqCst) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn connect(cache: Option<PathBuf>, orderly: Arc<AtomicBool>) {
    let (events, received) = std::sync::mpsc::channel();
    let (out, messages) = mpsc::unbounded_channel();
    let (ended, end) = oneshot::channel();
    let state = State::new(out.clone(), events.clone());
    thread::spawn(move || main_loop::run(state, &received, &out));

    let announced = Announced::default();
    let heard = Arc::clone(&announced);
    let (service, socket) = LspService::build(|connection| {
        tokio::spawn(outgoing::write(connection.clone(), messages));
        Backend {
            events,
            connection,
            cache,
            announced: heard,
            client: OnceLock::new(),
            told: Arc::default(),
            orderly,
        }
    })
    .custom_method(gate::CODE_ACTION, Backend::code_actions)
    .custom_method("sowhat/goals", Backend::goals)
    .custom_method("window/workDoneProgress/cancel", Backend::stop)
    .finish();
    let serving = Server::new(standard_input(ended), tokio::io::stdout(), socket)
        .concurrency_level(CONCURRENCY)
        .serve(Gate { service, announced });
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

struct Backend {
    events: Sender<Event>,
    connection: Connection,
    cache: Option<PathBuf>,
    announced: Announced,
    client: OnceLock<Client>,
    /// The semantic tokens that it knows.
    told: Arc<Told>,
    /// Whether the client has asked to shut down.
    orderly: Arc<AtomicBool>,
}

impl Backend {
    fn send(&self, event: Event) {
        // The loop lives as long as somebody can send to it.
        let _ = self.events.send(event);
    }

    /// What there is to say of a note as it is now; nothing where it is not open or not ours.
    async fn answer<T: Send + 'static>(
        &self,
        uri: Url,
        work: impl FnOnce(&Snapshot) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Look(uri, reply));
        work_on(answer, work).await
    }

    /// The same, once the note's findings are shown.
    async fn answer_shown<T: Send + 'static>(
        &self,
        uri: Url,
        work: impl FnOnce(&Snapshot) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::LookAtShown(uri, reply));
        work_on(answer, work).await
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

async fn work_on<T: Send + 'static>(
    note: oneshot::Receiver<Option<Snapshot>>,
    work: impl FnOnce(&Snapshot) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    match note.await.ok().flatten() {
        Some(snapshot) => guarded(move || work(&snapshot)).await,
        None => Ok(None),
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

/// The protocol's error for work that the server ended: not to be asked for again at once.
fn server_cancelled() -> Error {
    Error {
        code: ErrorCode::ServerError(-32802),
        message: "stopped".into(),
        data: Some(json!({"retriggerRequest": false})),
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let mut client = Client::new(self.announced.get().unwrap_or(&Value::Null));
        if let Some(cache) = self.cache.as_ref().filter(|_| client.code_descriptions) {
            client.pages = Pages::write(cache);
        }
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
                json!({"watchers": [
                    {"globPattern": format!("**/{}", ide::config::FILE_NAME)},
                    {"globPattern": "**/*.{md,markdown}"},
                ]}),
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
        self.told.forget(&params.text_document.uri);
        self.send(Event::Close(params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.client().configuration {
            self.ask_for_settings();
        } else {
            self.send(Event::Settings(params.settings));
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let files = params.changes.into_iter().map(|change| change.uri);
        self.send(Event::Files(files.collect()));
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let argument = params.arguments.into_iter().next();
        match params.command.as_str() {
            CHECK => self.check(argument.as_ref())?,
            ASK => {
                let heading = serde_json::from_value(argument.unwrap_or_default());
                let wrong = |_| Error::invalid_params("the argument is no place in a note");
                self.ask_section(heading.map_err(wrong)?).await?;
            }
            other => {
                return Err(Error::invalid_params(format!("no such command: {other}")));
            }
        }
        Ok(None)
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Pull(Pull {
            uri: params.text_document.uri,
            previous: params.previous_result_id,
            reply,
        }));
        let pulled = answer.await;
        Ok(pulled.unwrap_or_else(|_| Pulled::nothing()).report())
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let previous = params.previous_result_ids.into_iter();
        let previous = previous.map(|of| (of.uri, of.value)).collect();
        let (reply, answer) = oneshot::channel();
        let (early, parts) = mpsc::unbounded_channel();
        let token = params.partial_result_params.partial_result_token;
        let early = token.is_some().then_some(early);
        self.send(Event::PullAll(PullAll::new(previous, early, reply)));
        let items = match token {
            Some(token) => self.answer_in_parts(&token, parts, answer).await,
            None => answer.await,
        };
        match items {
            Ok(Ok(items)) => Ok(WorkspaceDiagnosticReportResult::Report(
                WorkspaceDiagnosticReport { items },
            )),
            Ok(Err(Stopped)) | Err(_) => Err(server_cancelled()),
        }
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<Vec<SymbolInformation>>> {
        let found = self.search(params.query).await;
        guarded(|| Some(features::found(found))).await
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let uris = |folders: Vec<WorkspaceFolder>| folders.into_iter().map(|of| of.uri).collect();
        let WorkspaceFoldersChangeEvent { added, removed } = params.event;
        self.send(Event::Folders(uris(added), uris(removed)));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let hover = move |note: &Snapshot| features::hover(note, at.position);
        self.answer(at.text_document.uri, hover).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let items = move |note: &Snapshot| Some(features::completion(note, at.position).into());
        self.answer(at.text_document.uri, items).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        let hints = move |note: &Snapshot| Some(features::inlay_hints(note, range));
        self.answer_shown(params.text_document.uri, hints).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let lenses = |note: &Snapshot| Some(features::code_lenses(note));
        self.answer_shown(params.text_document.uri, lenses).await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        let symbols = |note: &Snapshot| Some(features::document_symbols(note));
        self.answer(params.text_document.uri, symbols).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let ranges = |note: &Snapshot| Some(features::folding_ranges(note));
        self.answer(params.text_document.uri, ranges).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let told = Arc::clone(&self.told);
        let all = move |note: &Snapshot| Some(told.all(&note.uri, tokens::all(note)).into());
        self.answer(params.text_document.uri, all).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let told = Arc::clone(&self.told);
        let last = params.previous_result_id;
        let since = move |note: &Snapshot| Some(told.since(&note.uri, &last, tokens::all(note)));
        self.answer(params.text_document.uri, since).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let some = move |note: &Snapshot| {
            let data = tokens::tokens(note, note.bytes(range));
            let result_id = None;
            Some(SemanticTokens { result_id, data }.into())
        };
        self.answer(params.text_document.uri, some).await
    }
}

impl Backend {
    async fn code_actions(&self, params: CodeActionParams) -> Result<Option<Vec<Value>>> {
        let Some(wanted) = Wanted::new(&params.context) else {
            return Ok(None);
        };
        let range = params.range;
        let actions = move |note: &Snapshot| Some(actions::actions(note, range, wanted));
        self.answer(params.text_document.uri, actions).await
    }

    /// The goals of a note, or of all, with how each stands; what the Goals view of an editor shows.
    async fn goals(&self, params: Value) -> Result<Value> {
        let Some(uri) = params.pointer("/textDocument/uri").and_then(Value::as_str) else {
            let found = self.search(String::new()).await;
            return guarded(|| features::goals(found)).await;
        };
        let uri = Url::parse(uri).map_err(|_| Error::invalid_params("no address of a note"))?;
        let goals = |note: &Snapshot| {
            let goals = Goals::new(&note.analysis, &note.uri, &note.client);
            Some(features::goals(vec![(note.uri.clone(), goals)]))
        };
        let goals = self.answer_shown(uri, goals).await?;
        Ok(goals.unwrap_or_else(|| json!([])))
    }

    /// The notes with goals that a query finds.
    fn search(&self, query: String) -> impl Future<Output = Vec<(Url, Goals)>> + use<> {
        let (reply, answer) = oneshot::channel();
        self.send(Event::Search(Search { query, reply }));
        async { answer.await.unwrap_or_default() }
    }

    /// The person stops work whose progress is shown.
    async fn stop(&self, params: WorkDoneProgressCancelParams) {
        if params.token == NumberOrString::String(outgoing::WORKSPACE.to_owned()) {
            self.send(Event::Stop);
        }
    }

    /// Sends what comes early, and returns the rest.
    async fn answer_in_parts(
        &self,
        token: &NumberOrString,
        mut parts: UnboundedReceiver<Vec<WorkspaceDocumentDiagnosticReport>>,
        answer: oneshot::Receiver<Reports>,
    ) -> std::result::Result<Reports, oneshot::error::RecvError> {
        let send = |items| {
            let part = WorkspaceDiagnosticReport { items };
            async move { outgoing::send_part(&self.connection, token, &part).await }
        };
        tokio::pin!(answer);
        loop {
            tokio::select! {
                biased;
                Some(items) = parts.recv() => send(items).await,
                answer = &mut answer => return answer,
            }
        }
    }

    /// Lets the client insert the questions that are missing below a heading.
    async fn ask_section(&self, heading: TextDocumentPositionParams) -> Result<()> {
        let position = heading.position;
        let edit = move |note: &Snapshot| features::ask_section(note, position);
        if let Some(edit) = self.answer(heading.text_document.uri, edit).await? {
            let connection = self.connection.clone();
            // A client that refuses has its reasons, and shows them.
            tokio::spawn(async move { connection.apply_edit(edit).await });
        }
        Ok(())
    }

    /// Shows the findings of a note, or of all.
    fn check(&self, argument: Option<&Value>) -> Result<()> {
        let uri = match argument {
            None => None,
            Some(argument) => {
                let uri = argument.as_str().and_then(|uri| Url::parse(uri).ok());
                let wrong = || Error::invalid_params("the argument is no address of a note");
                Some(uri.ok_or_else(wrong)?)
            }
        };
        self.send(Event::Check(uri));
        Ok(())
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
