//! What is said without being asked.

use std::future::Future;
use std::pin::Pin;

use lsp_types::notification::{Notification, Progress};
use lsp_types::request::WorkDoneProgressCreate;
use lsp_types::{
    NumberOrString, ProgressParams, ProgressParamsValue, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
    WorkspaceDiagnosticReport,
};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;
use tower_lsp::Client as Connection;
use tower_lsp::jsonrpc::Result;

use crate::capabilities::{Client, Refreshes};
use crate::event::Message;

/// Names the progress of the work on the workspace.
pub(super) const WORKSPACE: &str = "sowhat/workspace";

/// The one writer of what is said without being asked. Of a file's findings only the latest are
/// said.
pub(super) async fn write(connection: Connection, mut messages: UnboundedReceiver<Message>) {
    while let Some(message) = messages.recv().await {
        let mut waiting = vec![message];
        while let Ok(message) = messages.try_recv() {
            match &message {
                Message::Findings(uri, ..) => {
                    waiting.retain(|old| !matches!(old, Message::Findings(of, ..) if of == uri));
                }
                Message::Refresh(_) => waiting.retain(|old| !matches!(old, Message::Refresh(_))),
                _ => {}
            }
            waiting.push(message);
        }
        for message in waiting {
            match message {
                Message::Findings(uri, version, findings) => {
                    connection.publish_diagnostics(uri, findings, version).await;
                }
                Message::Refresh(client) => refresh(&connection, &client),
                Message::Working(progress) => {
                    tokio::spawn(show(connection.clone(), progress));
                }
                Message::Tell(kind, text) => connection.show_message(kind, text).await,
                Message::Log(kind, text) => connection.log_message(kind, text).await,
            }
        }
    }
}

/// Asks the client to look again, on tasks of their own: what it does with the question holds nothing up.
fn refresh(connection: &Connection, client: &Client) {
    let ask = |wanted: bool, what: fn(Connection) -> Refreshed| {
        if wanted {
            tokio::spawn(what(connection.clone()));
        }
    };
    let Refreshes {
        inlay_hints,
        code_lenses,
        semantic_tokens,
        diagnostics,
    } = client.refreshes;
    ask(diagnostics && client.pulls, |of| {
        Box::pin(async move { of.workspace_diagnostic_refresh().await })
    });
    ask(inlay_hints, |of| {
        Box::pin(async move { of.inlay_hint_refresh().await })
    });
    ask(code_lenses, |of| {
        Box::pin(async move { of.code_lens_refresh().await })
    });
    ask(semantic_tokens, |of| {
        Box::pin(async move { of.semantic_tokens_refresh().await })
    });
}

type Refreshed = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Shows how far some work is, for as long as it goes on. A client that refuses is not shown it.
async fn show(connection: Connection, mut progress: watch::Receiver<(usize, usize)>) {
    let token = NumberOrString::String(WORKSPACE.to_owned());
    let create = WorkDoneProgressCreateParams {
        token: token.clone(),
    };
    if (connection.send_request::<WorkDoneProgressCreate>(create))
        .await
        .is_err()
    {
        return;
    }
    let say = |progress| {
        connection.send_notification::<Progress>(ProgressParams {
            token: token.clone(),
            value: ProgressParamsValue::WorkDone(progress),
        })
    };
    say(WorkDoneProgress::Begin(WorkDoneProgressBegin {
        title: "sowhat reads your notes".to_owned(),
        cancellable: Some(true),
        message: None,
        percentage: Some(0),
    }))
    .await;
    let mut last = 0;
    while progress.changed().await.is_ok() {
        let (done, all) = *progress.borrow_and_update();
        let percentage = (done * 100 / all.max(1)) as u32;
        if percentage == last {
            continue;
        }
        last = percentage;
        say(WorkDoneProgress::Report(WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(format!("{done} of {all}")),
            percentage: Some(percentage),
        }))
        .await;
    }
    say(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
}

/// Part of an answer, ahead of the rest.
pub(super) async fn send_part(
    connection: &Connection,
    token: &NumberOrString,
    part: &WorkspaceDiagnosticReport,
) {
    let params = json!({"token": token, "value": part});
    connection.send_notification::<Part>(params).await;
}

/// `$/progress` with a part of an answer, which lsp-types does not know.
enum Part {}

impl Notification for Part {
    type Params = Value;
    const METHOD: &'static str = Progress::METHOD;
}
