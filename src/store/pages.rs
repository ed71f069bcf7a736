//! Pages in little room: each is compressed against an earlier version of itself.
//!
//! The versions of a story differ in a few words, so an earlier page as the prefix of the compression leaves little to
//! store. The prefix is always a page stored complete: reading any version takes two steps, however many there are. Every
//! frame carries a checksum, so damage is noticed and never read as an edit.

use zstd::zstd_safe::{CCtx, CParameter, DCtx, compress_bound, get_error_name};

use super::error::Fault;
use super::known::StoredPage;
use super::sql::{Connection, OptionalExtension};

/// After this many versions a page is stored complete again, whatever the gain.
const COMPLETE_EVERY: i64 = 20;
/// Where the difference takes more than this share of the complete page, the next one begins anew.
const WORTH_PERCENT: i64 = 50;
/// zstd's level: its default, fast enough to be unnoticed beside the fetch.
const LEVEL: i32 = 3;
/// The largest page or story that is read back; more is damage, not a page.
const MOST_BYTES: usize = 256 << 20;

/// A page stored complete, as the prefix of others.
pub(super) struct Base {
    pub(super) version: i64,
    pub(super) bytes: Vec<u8>,
}

/// Compresses `bytes`, where there is one against `prefix`.
pub(super) fn pack(bytes: &[u8], prefix: Option<&[u8]>) -> Result<Vec<u8>, Fault> {
    let mut context = CCtx::create();
    let mut packed = Vec::with_capacity(compress_bound(bytes.len()));
    let reach = bytes.len() + prefix.map_or(0, <[u8]>::len);
    (|| {
        context.set_parameter(CParameter::CompressionLevel(LEVEL))?;
        context.set_parameter(CParameter::ChecksumFlag(true))?;
        if let Some(prefix) = prefix {
            // The window must reach back over the page into its prefix.
            let window = reach.max(1 << 10).next_power_of_two().ilog2().min(27);
            context.set_parameter(CParameter::WindowLog(window))?;
            context.set_parameter(CParameter::EnableLongDistanceMatching(true))?;
            context.ref_prefix(prefix)?;
        }
        context.compress2(&mut packed, bytes)
    })()
    .map_err(|code| unreadable("be compressed", get_error_name(code)))?;
    packed.shrink_to_fit();
    Ok(packed)
}

/// Gives back what [`pack`] was given.
pub(super) fn unpack(packed: &[u8], prefix: Option<&[u8]>) -> Result<Vec<u8>, Fault> {
    let length = zstd::zstd_safe::get_frame_content_size(packed)
        .ok()
        .flatten()
        .and_then(|length| usize::try_from(length).ok())
        .filter(|length| *length <= MOST_BYTES)
        .ok_or_else(|| unreadable("be read", "it has no length"))?;
    let mut context = DCtx::create();
    let mut bytes = Vec::with_capacity(length);
    (|| {
        if let Some(prefix) = prefix {
            context.ref_prefix(prefix)?;
        }
        context.decompress(&mut bytes, packed)
    })()
    .map_err(|code| unreadable("be read", get_error_name(code)))?;
    Ok(bytes)
}

fn unreadable(done: &str, why: &str) -> Fault {
    Fault::Unreadable(format!("a stored page or story cannot {done}: {why}"))
}

/// The page of the version with this key; `None` where it was let go.
pub(super) fn page(connection: &Connection, version: i64) -> Result<Option<StoredPage>, Fault> {
    let row = connection
        .prepare_cached("SELECT url, content_type, base, bytes, head FROM page WHERE version = ?1")?
        .query_row([version], |row| {
            Ok((
                StoredPage {
                    url: row.get(0)?,
                    content_type: row.get(1)?,
                    head: row.get(4)?,
                    bytes: row.get(3)?,
                },
                row.get::<Option<i64>>(2)?,
            ))
        });
    let Some((page, base)) = row.optional()? else {
        return Ok(None);
    };
    let prefix = match base {
        Some(base) => Some(complete(connection, base)?.bytes),
        None => None,
    };
    Ok(Some(StoredPage {
        bytes: unpack(&page.bytes, prefix.as_deref())?,
        ..page
    }))
}

/// The page that the next version of the story with this key is compressed against; `None` where it begins anew.
pub(super) fn base(connection: &Connection, story: i64) -> Result<Option<Base>, Fault> {
    let latest = connection
        .prepare_cached(
            "SELECT coalesce(p.base, p.version), length(p.bytes),
                 (SELECT length(b.bytes) FROM page b WHERE b.version = coalesce(p.base, p.version)),
                 (SELECT count(*) FROM version n WHERE n.story = ?1 AND n.key > p.base), p.base IS NULL
             FROM version v JOIN page p ON p.version = v.key
             WHERE v.story = ?1 ORDER BY v.number DESC LIMIT 1",
        )?
        .query_row([story], |row| {
            let base: i64 = row.get(0)?;
            let size: i64 = row.get(1)?;
            let complete: i64 = row.get(2)?;
            let resting: i64 = row.get(3)?;
            let is_complete: bool = row.get(4)?;
            Ok((base, size, complete, resting, is_complete))
        })
        .optional()?;
    match latest {
        Some((base, size, complete_size, resting, is_complete))
            if is_complete
                || (size * 100 <= complete_size * WORTH_PERCENT
                    && resting + 1 < COMPLETE_EVERY) =>
        {
            complete(connection, base).map(Some)
        }
        _ => Ok(None),
    }
}

fn complete(connection: &Connection, version: i64) -> Result<Base, Fault> {
    let packed: Vec<u8> = connection
        .prepare_cached("SELECT bytes FROM page WHERE version = ?1 AND base IS NULL")?
        .query_row([version], |row| row.get(0))?;
    Ok(Base {
        version,
        bytes: unpack(&packed, None)?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn story(words: u32) -> Vec<u8> {
        let words =
            (0..words).map(|number| format!("word{} ", number.wrapping_mul(2_654_435_761) % 997));
        words.collect::<String>().into_bytes()
    }

    #[test]
    fn a_page_against_its_earlier_version_takes_little_room() {
        for words in [0, 1, 500, 20_000] {
            let old = story(words);
            let new = [b"<h1>".as_slice(), &old, b" amended"].concat();

            let packed = pack(&new, Some(&old)).unwrap();

            assert_eq!(unpack(&packed, Some(&old)).unwrap(), new);
            assert!(
                packed.len() < 100 + new.len() / 500,
                "{words} words: {}",
                packed.len()
            );
        }
    }

    #[test]
    fn a_page_that_looks_like_a_dictionary_is_a_page_all_the_same() {
        let old = [&[0x37, 0xa4, 0x30, 0xec, 1, 2, 3, 4], story(300).as_slice()].concat();

        let packed = pack(&old, Some(&old)).unwrap();

        assert_eq!(unpack(&packed, Some(&old)).unwrap(), old);
        assert_eq!(unpack(&pack(&old, None).unwrap(), None).unwrap(), old);
    }

    #[test]
    fn a_page_that_was_altered_or_has_lost_its_prefix_is_not_read() {
        let old = story(400);
        let new = [old.as_slice(), b"and more"].concat();
        let packed = pack(&new, Some(&old)).unwrap();

        for place in 0..packed.len() {
            let mut altered = packed.clone();
            altered[place] ^= 0x10;
            assert!(
                !unpack(&altered, Some(&old)).is_ok_and(|read| read != new),
                "at {place}"
            );
        }
        assert!(unpack(&packed, None).is_err());
        assert!(unpack(&packed, Some(&story(401))).is_err());
        assert!(unpack(b"", None).is_err());
    }
}
