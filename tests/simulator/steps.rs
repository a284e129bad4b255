//! Pauses a writer between two steps, to kill it there or to let another device act meanwhile.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Counts the steps of disk and transport, and pauses at a chosen one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fuse(Rc<Cell<u32>>);

impl Fuse {
    /// Pauses before the step with this number, counted from 1. 0: never.
    pub(crate) fn arm(&self, step: u32) {
        self.0.set(step);
    }

    /// A point where the writer may be paused. There is one before and after every effect.
    pub(crate) async fn step(&self) {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        if left == 1 {
            Pause(false).await;
        }
    }
}

/// A future that is pending once.
struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Runs a future to its end. At each pause `stopped` tells whether it may continue; if not, the future is dropped.
pub(crate) fn drive<T>(future: impl Future<Output = T>, mut stopped: impl FnMut() -> bool) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(done) => return Some(done),
            Poll::Pending if stopped() => {}
            Poll::Pending => return None,
        }
    }
}
