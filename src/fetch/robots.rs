//! What a site's robots.txt lets us ask for (RFC 9309), for addresses that no person has typed.
//!
//! A site without the file lets everything; one whose file cannot be had just now lets nothing, and is asked again later.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::limits::{MAX_ROBOTS_BYTES, MAX_ROBOTS_HOSTS, MAX_ROBOTS_RULES};
use super::shown::{origin, shown};
use super::{Client, Error, Fetched, Validators};

/// How long a robots.txt holds: the longest that the standard allows.
const HOLDS: Duration = Duration::from_secs(24 * 3600);
/// How long after a robots.txt that could not be had the site is asked for it again.
const PAUSE: Duration = Duration::from_secs(10 * 60);

/// The rules of the sites that were asked lately.
#[derive(Debug, Default)]
pub(super) struct Robots(Mutex<BTreeMap<String, Known>>);

#[derive(Debug, Clone)]
struct Known {
    until: Instant,
    /// The rules, or why there are none to be had.
    rules: Result<Arc<Rules>, Error>,
}

impl Client {
    /// Whether the site's robots.txt lets us ask for `url`.
    ///
    /// # Errors
    /// When the file cannot be had, which forbids everything for a while.
    pub async fn is_allowed(&self, url: &str) -> Result<bool, Error> {
        let Ok(url) = Url::parse(url) else {
            // Whoever asks for it learns what is wrong with it.
            return Ok(true);
        };
        let site = origin(&url);
        let rules = match self.robots.known(&site) {
            Some(rules) => rules,
            None => self.ask_for_rules(&url, site).await,
        };
        Ok(rules?.allow(&path_of(&url)))
    }

    async fn ask_for_rules(&self, url: &Url, site: String) -> Result<Arc<Rules>, Error> {
        let mut file = url.clone();
        file.set_path("/robots.txt");
        file.set_query(None);
        file.set_fragment(None);
        let answer = self.get(file.as_str(), &Validators::default()).await;
        let rules = match answer {
            Ok(Fetched::Page(page)) => Ok(Rules::read(&page.bytes, self.product())),
            Ok(Fetched::Unchanged { .. }) => Err(Error::NothingToCompare { url: shown(&file) }),
            Err(Error::Status { status, .. }) if (400..500).contains(&status) && status != 429 => {
                Ok(Rules::default())
            }
            Err(Error::TooLarge { .. } | Error::Redirect { .. }) => Ok(Rules::default()),
            Err(error) => Err(error),
        };
        // A turn that did not come says nothing of the site.
        if let Err(error) = &rules
            && error.is_postponed()
        {
            return Err(error.clone());
        }
        let rules = rules.map(Arc::new);
        let holds = if rules.is_ok() { HOLDS } else { PAUSE };
        self.robots.keep(site, holds, rules.clone());
        rules
    }
}

impl Robots {
    fn known(&self, site: &str) -> Option<Result<Arc<Rules>, Error>> {
        let sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = sites.get(site)?;
        (known.until > Instant::now()).then(|| known.rules.clone())
    }

    fn keep(&self, site: String, holds: Duration, rules: Result<Arc<Rules>, Error>) {
        let now = Instant::now();
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() >= MAX_ROBOTS_HOSTS {
            sites.retain(|_, known| known.until > now);
        }
        if sites.len() >= MAX_ROBOTS_HOSTS {
            sites.pop_first();
        }
        let until = now + holds;
        sites.insert(site, Known { until, rules });
    }
}

/// The path and query of an address, as rules are written for them.
fn path_of(url: &Url) -> String {
    let query = url
        .query()
        .map_or_else(String::new, |query| format!("?{query}"));
    canonical(&format!("{}{query}", url.path()))
}

/// Percent codes of letters that need none as the letters, all others in capitals.
fn canonical(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let decoded = code
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match decoded {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(byte);
                at += 3;
            }
            Some(byte) => {
                out.extend(format!("%{byte:02X}").bytes());
                at += 3;
            }
            None if bytes[at].is_ascii() => {
                out.push(bytes[at]);
                at += 1;
            }
            None => {
                out.extend(format!("%{:02X}", bytes[at]).bytes());
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The rules of one site for us.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rules(Vec<Rule>);

#[derive(Debug, PartialEq, Eq)]
struct Rule {
    allows: bool,
    /// A path that may hold `*` and end in `$`.
    pattern: String,
}

impl Rules {
    /// The rules for the robot `product`: those of all groups that name it, or else those for everyone.
    fn read(bytes: &[u8], product: &str) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_ROBOTS_BYTES)]);
        let (mut ours, mut everyones) = (Vec::new(), Vec::new());
        let (mut is_named, mut to_us, mut to_all, mut in_names) = (false, false, false, false);
        for row in text.trim_start_matches('\u{feff}').lines() {
            let row = row.split('#').next().unwrap_or_default();
            let Some((key, value)) = row.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if !in_names {
                        (to_us, to_all, in_names) = (false, false, true);
                    }
                    to_all |= value == "*";
                    to_us |= product_of(value).eq_ignore_ascii_case(product);
                    is_named |= to_us;
                }
                "allow" | "disallow" => {
                    in_names = false;
                    for (wanted, rules) in [(to_us, &mut ours), (to_all, &mut everyones)] {
                        // An empty rule forbids nothing.
                        if wanted && !value.is_empty() && rules.len() < MAX_ROBOTS_RULES {
                            rules.push(Rule {
                                allows: key == "allow",
                                pattern: canonical(value),
                            });
                        }
                    }
                }
                _ => {}
            }
        }
        Self(if is_named { ours } else { everyones })
    }

    /// Whether the longest rule that fits the path allows it; of two as long, the kinder one.
    fn allow(&self, path: &str) -> bool {
        path == "/robots.txt"
            || self
                .0
                .iter()
                .filter(|rule| fits(&rule.pattern, path))
                .max_by_key(|rule| (rule.pattern.len(), rule.allows))
                .is_none_or(|rule| rule.allows)
    }
}

/// Whether a path begins as the pattern says. Greedy from the left: each piece is looked for once, so no pattern takes long.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    for (index, piece) in pieces.iter().enumerate() {
        if is_whole && index + 1 == pieces.len() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    !is_whole || rest.is_empty()
}

/// The name by which robots.txt knows a robot: the letters at the beginning of its User-Agent.
pub(super) fn product_of(user_agent: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    let end = user_agent.find(|c| !is_part(c)).unwrap_or(user_agent.len());
    &user_agent[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        let path = canonical(path);
        Rules::read(robots.as_bytes(), "claimwatch").allow(&path)
    }

    #[test]
    fn our_own_group_outweighs_that_for_everyone() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-Agent: ClaimWatch/2.0\nUser-agent: other\nDisallow: /private # no\n";

        assert!(allows(robots, "/a/1"));
        assert!(!allows(robots, "/private/1"));
        assert!(!Rules::read(robots.as_bytes(), "another").allow("/a/1"));
    }

    #[test]
    fn the_longest_rule_decides_and_of_equals_the_kinder_one() {
        let robots = "user-agent: *\ndisallow: /news\nallow: /news/world\nallow: /page\ndisallow: /page\ndisallow:\n";

        assert!(!allows(robots, "/news/sport"));
        assert!(allows(robots, "/news/world/1"));
        assert!(allows(robots, "/page"));
        assert!(allows(robots, "/"));
        assert!(allows("", "/anything"));
    }

    #[test]
    fn stars_ends_and_percent_codes_count() {
        let robots = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a/*/print\nDisallow: /caf%C3%A9\nDisallow: /%7euser\nSitemap: x\n";

        assert!(!allows(robots, "/x/report.pdf"));
        assert!(allows(robots, "/x/report.pdf?download=1"));
        assert!(!allows(robots, "/a/1/print/2"));
        assert!(!allows(robots, "/café"));
        assert!(!allows(robots, "/~user/1"));
    }

    #[test]
    fn hostile_files_cost_little() {
        let stars = format!("User-agent: *\nDisallow: /{}x", "a*".repeat(20_000));
        let many = format!("User-agent: *\n{}", "Disallow: /a\n".repeat(50_000));

        assert!(allows(&stars, &"/a".repeat(4_000)));
        assert!(Rules::read(many.as_bytes(), "claimwatch").0.len() <= MAX_ROBOTS_RULES);
        assert!(allows("\u{0}:\u{0}\nallow", "/"));
    }
}
