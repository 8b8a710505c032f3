//! What the tests of this crate share.

use std::sync::Arc;

use goals::Memo;
use syntax::Document;

use crate::{Analysis, Config};

/// A note as the rules alone judge it.
pub(crate) fn judged(text: &str) -> Analysis {
    let config = Arc::new(Config::default());
    Analysis::new(
        Document::new(text),
        config,
        Some((2026, 6, 1)),
        &mut Memo::default(),
    )
}
