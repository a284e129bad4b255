//! Measures memory use. Including this file also installs its global allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The bytes that this thread has in use, and their maximum. Memory that another thread frees is not subtracted, so the
/// count may be too high but never too low.
#[derive(Clone, Copy)]
struct Usage {
    now: isize,
    most: isize,
}

thread_local! {
    static USAGE: Cell<Usage> = const { Cell::new(Usage { now: 0, most: 0 }) };
}

struct Counted;

#[global_allocator]
static COUNTED: Counted = Counted;

fn count(bytes: isize) {
    // A thread that is ending measures nothing any more.
    let _ = USAGE.try_with(|usage| {
        let Usage { now, most } = usage.get();
        let now = now + bytes;
        usage.set(Usage { now, most: most.max(now) });
    });
}

// SAFETY: all is the system's allocator.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The most bytes that this thread uses while it runs a function, beyond those in use before.
pub fn most_used(work: impl FnOnce()) -> usize {
    let before = USAGE.get().now;
    USAGE.set(Usage { now: before, most: before });
    work();
    usize::try_from(USAGE.get().most - before).unwrap_or(0)
}
