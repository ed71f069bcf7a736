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
    use std::sync::atomic::{AtomicU64, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

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

    /// A name server under an attacker: half of its answers name a page's host, the other half a machine that nobody may reach,
    /// in an order that nobody can foresee.
    #[allow(clippy::unnecessary_wraps, reason = "a look-up may fail")]
    fn rebinding(_: &str) -> io::Result<Vec<IpAddr>> {
        static ASKED: AtomicU64 = AtomicU64::new(0);
        // FNV-1a over the count: every try finds another order.
        let asked = ASKED.fetch_add(1, Ordering::Relaxed);
        let hash = asked
            .to_le_bytes()
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let good = "127.0.0.1".parse().unwrap();
        let bad = "127.0.0.2".parse().unwrap();
        Ok(match hash >> 32 & 3 {
            0 | 1 => vec![good],
            2 => vec![bad],
            _ => vec![good, bad],
        })
    }

    #[tokio::test]
    async fn a_name_that_changes_between_look_up_and_connection_is_never_followed() {
        install_crypto();
        let (page, canary) = listeners().await;
        let port = page.local_addr().unwrap().port();
        let served = tokio::spawn(async move {
            let mut served = 0_usize;
            while let Ok((mut stream, _)) = page.accept().await {
                let mut request = [0; 1024];
                let read = stream.read(&mut request).await.unwrap();
                if request[..read].starts_with(b"GET /end") {
                    return served;
                }
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                stream.write_all(answer).await.unwrap();
                served += 1;
            }
            served
        });
        let allowed = Guard::for_pages(&["127.0.0.1/32".parse().unwrap()]);
        let client = reqwest::Client::builder()
            .no_proxy()
            .dns_resolver(Arc::new(Resolver::new(allowed, rebinding)))
            .build()
            .unwrap();

        let (mut found, mut refused) = (0_usize, 0_usize);
        for _ in 0..1000 {
            match client
                .get(format!("http://rebind.test:{port}/"))
                .send()
                .await
            {
                Ok(_) => found += 1,
                Err(error) => {
                    assert!(matches!(fault(&error), Fault::Forbidden(_)), "{error:?}");
                    refused += 1;
                }
            }
        }

        let mut end = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        end.write_all(b"GET /end HTTP/1.1\r\n\r\n").await.unwrap();
        assert_eq!(served.await.unwrap(), found);
        assert!(found > 300 && refused > 300, "{found} {refused}");
        let own = TcpStream::connect(canary.local_addr().unwrap())
            .await
            .unwrap();
        let (_, first) = canary.accept().await.unwrap();
        assert_eq!(first, own.local_addr().unwrap(), "somebody came before");
    }

    /// Two listeners at one port: the page's host, and the machine that nobody may reach.
    async fn listeners() -> (TcpListener, TcpListener) {
        loop {
            let page = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = page.local_addr().unwrap().port();
            if let Ok(canary) = TcpListener::bind(("127.0.0.2", port)).await {
                return (page, canary);
            }
        }
    }

    #[tokio::test]
    async fn no_answer_of_a_name_server_leads_inside() {
        // Mixed, mapped, translated, nothing but private, and by IPv6 alone.
        let tricks: [&[&str]; 5] = [
            &["198.41.0.4", "127.0.0.2"],
            &["::ffff:127.0.0.2"],
            &["64:ff9b::7f00:2"],
            &["10.0.0.7", "192.168.0.1"],
            &["2a00:1450::1", "::1"],
        ];
        for answer in tricks {
            let addresses: Vec<IpAddr> = answer.iter().map(|ip| ip.parse().unwrap()).collect();
            let allowed = Guard::for_pages(&["127.0.0.1/32".parse().unwrap()]);

            assert!(
                allowed.check_answer("trick.test", &addresses).is_err(),
                "{answer:?}"
            );
        }
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
