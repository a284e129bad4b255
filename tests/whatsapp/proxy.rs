//! The proxy between a browser and the practice server. It makes tests hermetic: it connects WhatsApp's address to the
//! server and refuses all others.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use super::lock;

/// The only address that is connected.
const WHATSAPP: &str = "web.whatsapp.com:443";
/// The longest request head, in bytes. Longer ones come from no client that we know.
const LONGEST_HEAD: usize = 16_384;

pub(super) fn start(
    runtime: &Runtime,
    server: SocketAddr,
    refused: Arc<Mutex<BTreeSet<String>>>,
) -> Result<SocketAddr> {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    runtime.spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let refused = refused.clone();
            // A broken connection is handled by the browser.
            tokio::spawn(async move { drop(serve(client, server, refused).await) });
        }
    });
    Ok(address)
}

async fn serve(client: TcpStream, server: SocketAddr, refused: Arc<Mutex<BTreeSet<String>>>) -> Result<()> {
    let mut client = BufReader::new(client);
    let mut request = String::new();
    client.read_line(&mut request).await?;
    let mut length = request.len();
    loop {
        let mut header = String::new();
        length += client.read_line(&mut header).await?;
        if header.trim().is_empty() || length > LONGEST_HEAD {
            break;
        }
    }
    let mut words = request.split_whitespace();
    if let (Some("CONNECT"), Some(WHATSAPP)) = (words.next(), words.next()) {
        let mut server = TcpStream::connect(server).await?;
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
        copy_bidirectional(&mut client, &mut server).await?;
    } else {
        lock(&refused).insert(request.trim().to_owned());
        client.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await?;
    }
    Ok(())
}
