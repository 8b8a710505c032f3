//! A progress bar on standard error: for work over a second, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter work shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the work is.
pub(crate) struct Progress {
    started: Instant,
    total: usize,
    done: usize,
    bar: Option<ProgressBar>,
    watched: bool,
}

impl Progress {
    /// Work on `total` notes that began at `started`.
    pub(crate) fn new(total: usize, started: Instant) -> Progress {
        Progress {
            started,
            total,
            done: 0,
            bar: None,
            watched: io::stderr().is_terminal(),
        }
    }

    /// One note more is done. `print` writes what it gave, with the bar out of its way.
    pub(crate) fn step<T>(&mut self, print: impl FnOnce() -> T) -> T {
        self.done += 1;
        if self.bar.is_none() && self.watched && self.started.elapsed() > PATIENCE {
            self.bar = Some(bar(self.total));
        }
        match &self.bar {
            Some(bar) => {
                let result = bar.suspend(print);
                bar.set_position(self.done as u64);
                result
            }
            None => print(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} notes, {eta} to go") {
        bar.set_style(style);
    }
    bar
}
