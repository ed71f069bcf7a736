//! What every connection to the outside has in common: TLS, no proxies, no redirects of its own, and names that are judged
//! by the same look-up that is connected to.

use std::error::Error as StdError;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use reqwest::ClientBuilder;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;
use tracing::warn;

use super::address::{Guard, Refusal};
use super::limits::{IDLE_CONNECTION, MAX_HEADER_BYTES, MAX_HEADERS, MAX_LOOKUPS};
use super::shown::foreign;

/// Installs the cryptography that TLS uses. Does nothing where some is installed already.
pub fn install_crypto() {
    // The error says that a provider is there, which is all that is wanted.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A client for pages or for receivers; `settings` adds what the two differ in.
///
/// On a machine without CA certificates it connects all the same, but no TLS server can prove who it is.
pub(crate) fn client(
    guard: &Guard,
    settings: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Result<reqwest::Client, String> {
    install_crypto();
    let trusting_system = settings(builder(guard.clone())).build();
    trusting_system.or_else(|error| {
        let trusting_nobody = builder(guard.clone()).tls_certs_only([]);
        let client = settings(trusting_nobody)
            .build()
            .map_err(|error| innermost(&error))?;
        let error = innermost(&error);
        warn!(%error, "https will be refused: install the CA certificates of the system");
        Ok(client)
    })
}

fn builder(guard: Guard) -> ClientBuilder {
    reqwest::Client::builder()
        .redirect(Policy::none())
        // A proxy would connect in our place, past the guard.
        .no_proxy()
        .referer(false)
        .http1_max_headers(MAX_HEADERS)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
        .pool_idle_timeout(IDLE_CONNECTION)
        .dns_resolver(Arc::new(Resolver::new(guard, system_lookup)))
}

type Lookup = fn(&str) -> io::Result<Vec<IpAddr>>;

/// Asks the system's resolver, which knows `/etc/hosts` and the search order that the operator expects.
fn system_lookup(name: &str) -> io::Result<Vec<IpAddr>> {
    Ok((name, 0)
        .to_socket_addrs()?
        .map(|address| address.ip())
        .collect())
}

/// Looks names up and judges the answer; only the judged addresses reach the connector.
struct Resolver {
    guard: Arc<Guard>,
    lookup: Lookup,
    places: Arc<Semaphore>,
}

impl Resolver {
    fn new(guard: Guard, lookup: Lookup) -> Self {
        Self {
            guard: Arc::new(guard),
            lookup,
            places: Arc::new(Semaphore::new(MAX_LOOKUPS)),
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, lookup, places) = (
            Arc::clone(&self.guard),
            self.lookup,
            Arc::clone(&self.places),
        );
        Box::pin(async move {
            let place = places.acquire_owned().await?;
            let asked = name.as_str().to_owned();
            let addresses = tokio::task::spawn_blocking(move || {
                // The thread goes on when the request has given up: its place is free when it ends, not before.
                let _place = place;
                lookup(&asked)
            })
            .await??;
            guard.check_answer(name.as_str(), &addresses)?;
            let addresses: Addrs = Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

/// What an error of the HTTP library comes down to.
pub(crate) enum Fault {
    /// The name led into a forbidden network.
    Forbidden(Refusal),
    /// No connection in time.
    ConnectTimeout,
    /// No connection.
    Connect(String),
    /// A connection, but no whole answer.
    Broken(String),
}

/// Sorts an error of the HTTP library. The text is that of the innermost cause and holds no address of ours.
pub(crate) fn fault(error: &reqwest::Error) -> Fault {
    if let Some(refusal) = causes(error).find_map(|cause| cause.downcast_ref::<Refusal>()) {
        return Fault::Forbidden(refusal.clone());
    }
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Fault::ConnectTimeout,
        (true, false) => Fault::Connect(innermost(error)),
        (false, true | false) => Fault::Broken(innermost(error)),
    }
}

/// The causes of an error, outermost first.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}

fn innermost(error: &reqwest::Error) -> String {
    let told = causes(error)
        .last()
        .map_or_else(|| String::from("no reason given"), ToString::to_string);
    foreign(&told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unnecessary_wraps, reason = "a look-up may fail")]
    fn names(_: &str) -> io::Result<Vec<IpAddr>> {
        Ok(vec![
            "198.41.0.4".parse().unwrap(),
            "10.0.0.7".parse().unwrap(),
        ])
    }

    #[tokio::test]
    async fn a_name_with_one_private_address_is_never_connected_to() {
        install_crypto();
        let resolver = Resolver::new(Guard::for_pages(&[]), names);
        let client = reqwest::Client::builder()
            .no_proxy()
            .dns_resolver(Arc::new(resolver))
            .build()
            .unwrap();

        let error = client.get("http://news.example/").send().await.unwrap_err();

        let Fault::Forbidden(refusal) = fault(&error) else {
            panic!("{error:?}")
        };
        assert_eq!(
            (refusal.host.as_str(), refusal.address.to_string().as_str()),
            ("news.example", "10.0.0.7")
        );
    }

    #[tokio::test]
    async fn the_addresses_connected_to_are_those_of_the_judged_answer() {
        let resolver = Resolver::new(Guard::for_pages(&["10.0.0.0/8".parse().unwrap()]), names);

        let found: Vec<String> = resolver
            .resolve("news.example".parse().unwrap())
            .await
            .unwrap()
            .map(|a| a.to_string())
            .collect();

        assert_eq!(found, ["198.41.0.4:0", "10.0.0.7:0"]);
    }

    #[test]
    fn crypto_can_be_installed_any_number_of_times() {
        install_crypto();
        install_crypto();
    }
}
