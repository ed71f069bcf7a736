//! The walls around what a page in the browser asks for.

use reqwest::Response;
use tokio::sync::SemaphorePermit;
use url::{Host, Url};

use super::super::access::{Access, Route};
use super::super::address::is_forbidden;
use super::super::shown::shown;
use super::super::{Client, Error};

impl Client {
    /// The client to ask for a part of a page with: one that goes to public addresses alone, unless the page itself lies inside
    /// a network that the operator has opened.
    pub(super) fn for_part(
        &self,
        url: &Url,
        is_inside: bool,
        route: &Route,
    ) -> Result<reqwest::Client, Error> {
        let (routes, guard) = if is_inside {
            (&self.routes, &self.guard)
        } else {
            (&self.public_routes, &self.public_guard)
        };
        guard.check_url(url).map_err(|refusal| Error::Forbidden {
            url: shown(url),
            refusal,
        })?;
        if route.proxy.is_some() {
            Self::check_name(guard, url)?;
        }
        routes.client(route)
    }

    /// A place among the parts that are asked for at one time.
    pub(super) async fn part_place(&self) -> Option<SemaphorePermit<'_>> {
        // The places are never closed.
        self.part_places.acquire().await.ok()
    }

    /// Who the pages of a watch are told is asking.
    pub(super) fn user_agent(&self, access: &Access) -> String {
        let usual = || self.routes.user_agent().to_owned();
        access.user_agent.clone().unwrap_or_else(usual)
    }
}

/// Whether an answer came from inside a network that is special. Behind a proxy only an address that is written out tells.
pub(in super::super) fn is_inside(response: &Response, route: &Route) -> bool {
    let written = match response.url().host() {
        Some(Host::Ipv4(ip)) => Some(ip.into()),
        Some(Host::Ipv6(ip)) => Some(ip.into()),
        Some(Host::Domain(_)) | None => None,
    };
    let found = response.remote_addr().map(|address| address.ip());
    let address = if route.proxy.is_some() {
        written
    } else {
        found
    };
    address.is_some_and(is_forbidden)
}
