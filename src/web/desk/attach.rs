//! Files attached to replies. They are stored on this browser's disk, in the hub's database.

use baton_core::app::desk::replies::FileRefused;
use baton_core::id::ReplyId;
use baton_core::team::chat::team_of_account;
use web_sys::File;

use crate::browser::idb::{Database, Disk};

/// The largest file that can be attached, in bytes.
const FILE_BYTES: f64 = (64 << 20) as f64;

/// Attaches files to a reply, starting at index `first`. If a file is refused, the files before it stay attached.
pub(super) async fn keep_files(
    account: &str,
    reply: ReplyId,
    first: u32,
    files: Vec<File>,
) -> Result<(), FileRefused> {
    let disk = disk(account).await?;
    for (at, file) in (first..).zip(&files) {
        if file.size() > FILE_BYTES {
            return Err(FileRefused::TooBig);
        }
        disk.keep_file(&reply.to_string(), at, Some(file)).await.map_err(|_| FileRefused::NotStored)?;
    }
    Ok(())
}

/// Removes a file from a reply and returns it; `None` if it was already gone.
pub(super) async fn take_file(account: &str, reply: &str, at: u32) -> Result<Option<File>, FileRefused> {
    disk(account).await?.keep_file(reply, at, None).await.map_err(|_| FileRefused::NotStored)
}

async fn disk(account: &str) -> Result<Disk, FileRefused> {
    let database = Database::open().await.map_err(|_| FileRefused::NotStored)?;
    Ok(database.of(team_of_account(account).to_string()))
}
