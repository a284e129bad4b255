//! The runtime that the page and the desk share: the message queue, the next frame, the toast's timer, and the link to
//! the hub.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use baton_core::app::context::Msg as Common;
use baton_core::wire::ToHub;
use gloo_timers::callback::Timeout;

use crate::browser::port::{self, Link, LinkEvent};
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
    pub(crate) fn is_link_closed(&self) -> bool {
        self.link.borrow().is_none()
    }

    /// Sends a message to the hub. If the port is closed, it is opened first, and `opening` is sent: `Hello`, and all
    /// ops that are not stored yet. `on_event` is called with each event of the new port. It must call
    /// [`Stage::close_link`] when the port closes.
    pub(crate) fn send_to_hub(
        &self,
        message: &ToHub,
        opening: impl FnOnce() -> Vec<ToHub>,
        on_event: impl Fn(LinkEvent) + Clone + 'static,
    ) {
        match port::send(&mut self.link.borrow_mut(), message, opening, on_event) {
            Ok(()) => {}
            Err(Failed::Gone) => self.queue((self.common)(Common::Gone)),
            // The next message opens the port again; until then, an op waits in the model.
            Err(Failed::Refused) => {}
        }
    }

    /// Lets go of a port that has closed. The next message opens another one.
    pub(crate) fn close_link(&self) {
        drop(self.link.take());
    }
}
