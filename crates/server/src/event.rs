//! What can happen to the server, as data.

use std::ops::Range;

use ide::{Analysis, Read, Reads, TextEdit};
use lsp_types::{
    DidOpenTextDocumentParams, Position, TextDocumentContentChangeEvent, Url, WorkspaceEdit,
};
use serde_json::Value;
use tokio::sync::{oneshot, watch};

use crate::capabilities::Client;
use crate::carried::Settled;
use crate::disk::{Looked, Stamp};
use crate::pull::Pull;
use crate::workspace::{PullAll, Search};
use crate::{from_proto, to_proto};

/// Something that happened; worked off in the order in which it was sent.
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
    /// Files changed, appeared or went on the disk.
    Files(Vec<Url>),
    /// Folders were opened, and others closed.
    Folders(Vec<Url>, Vec<Url>),
    /// A person asks for the findings of a note, or of all that are open.
    Check(Option<Url>),
    /// The learned reader has read a part of a note, or went wrong over it.
    Read(Url, Result<Read, String>),
    /// The client pulls a note's findings.
    Pull(Pull),
    /// The client pulls the findings of all notes.
    PullAll(PullAll),
    /// Somebody looks for goals in all notes.
    Search(Search),
    /// All notes of the workspace were found, with other settings than before or not.
    Walked(Vec<(Url, Stamp)>, bool),
    /// Some of them were judged; `None` where they have gone.
    Looked(Vec<(Url, Option<Looked>)>, Reads),
    /// The person stops the work on the workspace.
    Stop,
    /// Somebody needs a note as it is now.
    Look(Url, Look),
    /// Somebody needs a note as soon as its findings are shown: what he shows would else be nothing, and a client that
    /// cannot be told to look again would leave it at that.
    LookAtShown(Url, Look),
}

/// Hears of a note; `None` where it is not open or not ours.
pub(crate) type Look = oneshot::Sender<Option<Snapshot>>;

/// A note as it was at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) uri: Url,
    pub(crate) version: i32,
    pub(crate) analysis: Analysis,
    /// What is shown of it.
    pub(crate) settled: Settled,
    pub(crate) client: Client,
}

impl Snapshot {
    /// The byte of a position.
    pub(crate) fn offset(&self, position: Position) -> usize {
        from_proto::offset(self.analysis.document(), position, self.client.encoding)
    }

    /// The bytes of the protocol's range.
    pub(crate) fn bytes(&self, range: lsp_types::Range) -> Range<usize> {
        from_proto::range(self.analysis.document(), range, self.client.encoding)
    }

    /// The protocol's range of bytes.
    pub(crate) fn range(&self, range: &Range<usize>) -> lsp_types::Range {
        to_proto::range(self.analysis.document(), range, self.client.encoding)
    }

    /// The protocol's edit.
    pub(crate) fn text_edit(&self, edit: &TextEdit) -> lsp_types::TextEdit {
        to_proto::text_edit(self.analysis.document(), edit, self.client.encoding)
    }

    /// Edits of the whole note, for its version.
    pub(crate) fn workspace_edit(&self, edits: &[TextEdit]) -> WorkspaceEdit {
        let document = self.analysis.document();
        to_proto::workspace_edit(document, &self.uri, self.version, edits, &self.client)
    }
}

/// What the server says without being asked.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The findings of a file, for a version of it.
    Findings(Url, Option<i32>, Vec<lsp_types::Diagnostic>),
    /// What was told of a note beside its findings is out of date, although nobody edited it.
    Refresh(Client),
    /// Work on the workspace has begun: how many notes of how many are done, until the sender goes.
    Working(watch::Receiver<(usize, usize)>),
    /// Something that a person has to know.
    Tell(lsp_types::MessageType, String),
    /// Something for the client's log.
    Log(lsp_types::MessageType, String),
}
