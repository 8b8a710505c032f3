//! What can happen to the server, as data.

use ide::{Analysis, Read};
use lsp_types::{DidOpenTextDocumentParams, TextDocumentContentChangeEvent, Url};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::capabilities::Client;

/// Something that happened; worked off in the order in which it was sent.
#[derive(Debug)]
pub(crate) enum Event {
    /// The client introduced itself: what it can do, its initialization options and its folders.
    Hello(Client, Value, Vec<Url>),
    /// A note was opened.
    Open(DidOpenTextDocumentParams),
    /// A note was edited.
    Change(Url, i32, Vec<TextDocumentContentChangeEvent>),
    /// A note was saved.
    Save(Url),
    /// A note was closed.
    Close(Url),
    /// The client's settings changed, to these.
    Settings(Value),
    /// A file of settings changed, appeared or went.
    SettingsFiles,
    /// A person asks for the findings of a note, or of all that are open.
    Check(Option<Url>),
    /// The learned reader has read a part of a note, or went wrong over it.
    Read(Url, Result<Read, String>),
    /// Somebody needs a note as it is now.
    Look(Url, oneshot::Sender<Option<Snapshot>>),
}

/// A note as it was at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) uri: Url,
    pub(crate) version: i32,
    pub(crate) analysis: Analysis,
    pub(crate) client: Client,
}

/// What the server says without being asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Message {
    /// The findings of a file, for a version of it.
    Findings(Url, Option<i32>, Vec<lsp_types::Diagnostic>),
    /// Something that a person has to know.
    Tell(lsp_types::MessageType, String),
    /// Something for the client's log.
    Log(lsp_types::MessageType, String),
}
