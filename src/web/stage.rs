//! The runtime that the page and the desk share: the message queue, the next frame, the toast's timer, and the link to
//! the hub.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use baton_core::app::context::Msg as Common;
use baton_core::wire::ToHub;
use gloo_timers::callback::Timeout;

use crate::browser::port::{self, Link, Said};
use crate::browser::runtime::Failed;
use crate::dom::Frame;

/// The runtime of a context; `M` is the context's message type.
pub(crate) struct Stage<M> {
    /// Queues a message and works the queue off.
    send: Rc<dyn Fn(M)>,
    /// Converts a message that the page and the desk share.
    common: fn(Common) -> M,
    queue: RefCell<VecDeque<M>>,
    frame: RefCell<Option<Frame>>,
    toast: RefCell<Option<Timeout>>,
    link: RefCell<Option<Link>>,
}

impl<M: 'static> Stage<M> {
    pub(crate) fn new(send: Rc<dyn Fn(M)>, common: fn(Common) -> M) -> Stage<M> {
        Stage {
            send,
            common,
            queue: RefCell::default(),
            frame: RefCell::default(),
            toast: RefCell::default(),
            link: RefCell::default(),
        }
    }

    /// Queues a message without working the queue off.
    pub(crate) fn queue(&self, msg: M) {
        self.queue.borrow_mut().push_back(msg);
    }

    /// Takes the next message from the queue.
    pub(crate) fn next(&self) -> Option<M> {
        self.queue.borrow_mut().pop_front()
    }

    /// Whether the queue is empty.
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.borrow().is_empty()
    }

    /// Runs `draw` before the next paint. It replaces a draw that was requested before.
    pub(crate) fn draw_soon(&self, draw: impl FnOnce() + 'static) {
        self.frame.replace(Frame::request(draw));
    }

    /// Hides the toast with this number after `millis` milliseconds.
    pub(crate) fn hide_toast_after(&self, millis: u32, number: u32) {
        let (send, msg) = (self.send.clone(), (self.common)(Common::ToastOver(number)));
        self.toast.replace(Some(Timeout::new(millis, move || send(msg))));
    }

    /// Whether the port to the hub is closed.
    pub(crate) fn is_resting(&self) -> bool {
        self.link.borrow().is_none()
    }

    /// Sends a message to the hub. If the port is closed, it is first opened with a greeting that carries all ops that
    /// are not stored yet. `hear` is called with each message from the new port, and must pass it on to
    /// [`Stage::hear`].
    pub(crate) fn send_to_hub(
        &self,
        message: &ToHub,
        opening: impl FnOnce() -> Vec<ToHub>,
        hear: impl Fn(Said) + Clone + 'static,
    ) {
        match port::say(&mut self.link.borrow_mut(), message, opening, hear) {
            Ok(()) => {}
            Err(Failed::Gone) => self.queue((self.common)(Common::Gone)),
            // The next message opens the port again; until then, an op waits in the model.
            Err(Failed::Refused) => {}
        }
    }

    /// Handles a message from the port.
    pub(crate) fn hear(&self, said: Said) {
        let msg = match said {
            Said::Message(message) => Common::Hub(message),
            Said::Closed => {
                drop(self.link.take());
                Common::Closed
            }
            Said::Gone => Common::Gone,
        };
        (self.send)((self.common)(msg));
    }
}
