//! A limit to memory. libFuzzer's own needs a sanitizer to be told of what is allocated, which slows everything down
//! and finds nothing in a project without `unsafe`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most bytes that may be in use at once.
const MOST: usize = 256 << 20;

struct Limited;

static USED: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static LIMITED: Limited = Limited;

// SAFETY: all is the system's allocator, which may refuse as well.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if USED.fetch_add(layout.size(), Ordering::Relaxed) + layout.size() > MOST {
            // Whoever asked ends the process, which counts as a crash.
            return null_mut();
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}
