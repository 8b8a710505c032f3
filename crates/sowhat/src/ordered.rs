//! Work on many things at once, results in order. Knows nothing of notes.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Does `work` on each of `items` on all cores, and hands the results to `sink` in the order of the
/// items, each as soon as those before it are known. Every thread has a state of its own, made by
/// `state`. A `sink` that breaks stops the work; what it broke with is returned.
pub(crate) fn for_each<T: Sync, R: Send, S, B>(
    items: &[T],
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<B>,
) -> Option<B> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || items.len() <= 1 {
        let mut state = state();
        return items
            .iter()
            .find_map(|item| sink(work(&mut state, item)).break_value());
    }

    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let sender = sender.clone();
            scope.spawn(|| {
                let sender = sender;
                let mut state = state();
                while !stopped.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    if sender.send((index, work(&mut state, item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);

        let mut early = HashMap::new();
        let mut due = 0;
        for (index, result) in receiver {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                if let ControlFlow::Break(value) = sink(result) {
                    stopped.store(true, Ordering::Relaxed);
                    return Some(value);
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..200).collect();
        let mut seen = Vec::new();
        let broke: Option<()> = for_each(
            &items,
            || (),
            |(), &item| {
                // The first is the slowest: all others are early.
                thread::sleep(Duration::from_millis(if item == 0 { 20 } else { 0 }));
                item * 2
            },
            |result| {
                seen.push(result);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(broke, None);
        assert_eq!(seen, items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_sink_that_breaks_ends_the_work() {
        let items: Vec<usize> = (0..100_000).collect();
        let done = AtomicUsize::new(0);
        let broke = for_each(
            &items,
            || (),
            |(), &item| {
                done.fetch_add(1, Ordering::Relaxed);
                thread::sleep(Duration::from_micros(100));
                item
            },
            |item| match item {
                3 => ControlFlow::Break("enough"),
                _ => ControlFlow::Continue(()),
            },
        );
        assert_eq!(broke, Some("enough"));
        assert!(done.load(Ordering::Relaxed) < items.len());
    }
}
