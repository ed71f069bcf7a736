//! The least that watching costs: each page fetched with a bare client and parsed once.

use claimwatch::fetch;
use dom_query::Document;
use futures_util::{StreamExt, stream};

/// Requests at once.
const AT_ONCE: usize = 32;

/// Fetches and parses the stories at the ports among `arguments`.
pub fn run(stories: u32, arguments: &[String]) -> anyhow::Result<()> {
    fetch::install_crypto();
    let ports: Vec<u16> = arguments
        .iter()
        .filter_map(|word| word.parse().ok())
        .collect();
    let ports = &ports[1.min(ports.len())..];
    anyhow::ensure!(!ports.is_empty(), "no ports");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let pages = (0..stories).map(|story| {
            let port = ports[story as usize % ports.len()];
            let request = client.get(format!("http://127.0.0.1:{port}/story/{story}"));
            async move {
                let page = request.send().await?.bytes().await?;
                anyhow::Ok(String::from_utf8_lossy(&page).into_owned())
            }
        });
        let mut pages = stream::iter(pages).buffer_unordered(AT_ONCE);
        while let Some(page) = pages.next().await {
            std::hint::black_box(Document::from(page?));
        }
        Ok(())
    })
}
