//! Pauses a writer between two steps, to kill it there or to let other events happen meanwhile.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Counts the steps that disk and transport take, and stops at a chosen one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fuse(Rc<Cell<u32>>);

impl Fuse {
    /// Stops before the step with that number, from 1. 0: at none.
    pub(crate) fn arm(&self, step: u32) {
        self.0.set(step);
    }

    /// A place at which a writer may be stopped. Before and after every effect there is one.
    pub(crate) async fn step(&self) {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        if left == 1 {
            Pause(false).await;
        }
    }
}

/// Pending once.
struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Runs a future to its end. When it stops, `stopped` says whether it may go on; if not, it is dropped as it is.
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
