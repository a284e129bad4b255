//! Prints the replies and the labelled queries as JSON: what every search is given to measure.

use std::io::Write;

use anyhow::Result;
use baton_replies::{queries, replies, sorted_characters};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let replies = replies();
    let queries: Vec<Value> = queries(&replies)
        .into_iter()
        .map(|it| json!({ "kind": it.kind, "text": it.text, "right": it.right }))
        .collect();
    let replies: Vec<Value> = replies
        .into_iter()
        .map(|it| {
            json!({ "title": it.title, "shortcut": it.shortcut, "body": it.body, "folder": it.folder, "tags": it.tags })
        })
        .collect();
    let all = json!({ "characters": sorted_characters(), "replies": replies, "queries": queries });
    Ok(std::io::stdout().write_all(all.to_string().as_bytes())?)
}
