//! In front of tower-lsp: what it would refuse, or would not hand on, is put so that it can be answered.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use lsp_types::request::{CodeActionRequest, Request as _};
use serde_json::Value;
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::Backend;
use crate::input;

/// Code actions, whose edits may leave the cursor inside.
pub(super) const CODE_ACTION: &str = "$sowhat/codeAction";

/// What the client announced, as it was sent.
pub(super) type Announced = Arc<OnceLock<Value>>;

/// Answers what is no message; lets everything else through, in a form that tower-lsp takes.
pub(super) struct Gate {
    pub(super) service: LspService<Backend>,
    pub(super) announced: Announced,
}

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
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answer {
        if request.method() == "initialize" {
            let capabilities = request
                .params()
                .map(|params| params["capabilities"].clone());
            self.announced
                .get_or_init(|| capabilities.unwrap_or_default());
        }
        if request.method() != input::MALFORMED {
            return self.service.call(in_our_words(without_null(request)));
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

/// Requests that are answered with more than lsp-types knows go to a method of ours.
fn in_our_words(request: Request) -> Request {
    if request.method() != CodeActionRequest::METHOD {
        return request;
    }
    let (_, id, params) = request.into_parts();
    let renamed = Request::build(CODE_ACTION).params(params.unwrap_or_default());
    match id {
        Some(id) => renamed.id(id).finish(),
        None => renamed.finish(),
    }
}
