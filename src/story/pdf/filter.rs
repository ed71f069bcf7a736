//! Undoes the encodings of streams, with a bound on what comes out: a few bytes can be made to unpack to gigabytes.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::object::{Dict, Object, is_space, whole};

/// What one stream may unpack to.
const MAX_STREAM_BYTES: usize = 8 << 20;
/// Encodings one inside the other.
const MAX_FILTERS: usize = 4;

/// The bytes that may still be unpacked for one document.
pub(super) struct Budget(pub(super) usize);

/// What the stream holds; nothing where it is encoded in a way that texts are not, or the budget is spent.
pub(super) fn decode(dict: &Dict, data: &[u8], budget: &mut Budget) -> Option<Vec<u8>> {
    let filters = entries(dict.get("Filter").or(dict.get("F")));
    let parameters = entries(dict.get("DecodeParms").or(dict.get("DP")));
    if filters.len() > MAX_FILTERS {
        return None;
    }
    let mut decoded = None;
    for (index, filter) in filters.iter().enumerate() {
        let data = decoded.as_deref().unwrap_or(data);
        let limit = MAX_STREAM_BYTES.min(budget.0);
        let out = match filter.name()? {
            "FlateDecode" | "Fl" => {
                let parameters = parameters.get(index).and_then(|object| object.dict());
                unpredicted(inflated(data, limit), parameters)
            }
            "ASCIIHexDecode" | "AHx" => hex(data),
            "ASCII85Decode" | "A85" => base85(data),
            "RunLengthDecode" | "RL" => runs(data, limit),
            "LZWDecode" | "LZW" => {
                let parameters = parameters.get(index).and_then(|object| object.dict());
                unpredicted(lzw(data, limit), parameters)
            }
            // Pictures, and what is encrypted.
            _ => return None,
        };
        budget.0 = budget.0.checked_sub(out.len())?;
        decoded = Some(out);
    }
    Some(decoded.unwrap_or_else(|| data.to_vec()))
}

fn entries(object: Option<&Object>) -> &[Object] {
    match object {
        None => &[],
        Some(Object::Array(entries)) => entries,
        Some(one) => std::slice::from_ref(one),
    }
}

/// What zlib packed. A stream that is cut or has a wrong checksum gives what comes before.
fn inflated(data: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // Whether it ended well or not, what was read is what there is.
    let _ = ZlibDecoder::new(data)
        .take(limit as u64)
        .read_to_end(&mut out);
    if out.is_empty() && data.len() > 2 {
        let _ = DeflateDecoder::new(&data[2..])
            .take(limit as u64)
            .read_to_end(&mut out);
    }
    out
}

/// Undoes the differences to the row above that make tables pack well.
fn unpredicted(data: Vec<u8>, parameters: Option<&Dict>) -> Vec<u8> {
    let number = |key: &str, default: u32| {
        let value = parameters.and_then(|dict| dict.get(key)?.number());
        value.map_or(default, whole) as usize
    };
    if number("Predictor", 1) < 10 {
        return data;
    }
    let bits = number("Colors", 1).saturating_mul(number("BitsPerComponent", 8));
    let row = number("Columns", 1).saturating_mul(bits).div_ceil(8);
    let pixel = bits.div_ceil(8).max(1);
    if row == 0 || row > data.len() {
        return data;
    }
    let mut out = Vec::with_capacity(data.len());
    let mut above = vec![0_u8; row];
    for line in data.chunks(row + 1) {
        let (kind, values) = (line[0], &line[1..]);
        let mut current = vec![0_u8; row];
        for (at, value) in values.iter().enumerate() {
            let left = if at >= pixel { current[at - pixel] } else { 0 };
            let corner = if at >= pixel { above[at - pixel] } else { 0 };
            let guess = match kind {
                1 => left,
                2 => above[at],
                3 => left.midpoint(above[at]),
                4 => paeth(left, above[at], corner),
                _ => 0,
            };
            current[at] = value.wrapping_add(guess);
        }
        out.extend_from_slice(&current[..values.len()]);
        above = current;
    }
    out
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |value: u8| (guess - i16::from(value)).abs();
    let nearest = [left, above, corner];
    let nearest = nearest.into_iter().min_by_key(|value| distance(*value));
    nearest.unwrap_or(left)
}

fn hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

fn base85(data: &[u8]) -> Vec<u8> {
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    let mut out = Vec::with_capacity(data.len() / 5 * 4 + 4);
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in data.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => break,
        }
        if group.len() == 5 {
            out.extend(of_85(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let length = group.len() - 1;
        group.resize(5, 84);
        out.extend_from_slice(&of_85(&group)[..length]);
    }
    out
}

fn of_85(group: &[u8]) -> [u8; 4] {
    let value = group.iter().fold(0_u32, |value, digit| {
        value.wrapping_mul(85).wrapping_add(u32::from(*digit))
    });
    value.to_be_bytes()
}

fn runs(data: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(length) = data.get(at).map(|byte| usize::from(*byte)) {
        if length == 128 || out.len() >= limit {
            break;
        }
        if length < 128 {
            let end = data.len().min(at + 2 + length);
            out.extend_from_slice(&data[at + 1..end]);
            at = end;
        } else {
            let value = data.get(at + 1).copied().unwrap_or(0);
            out.resize(out.len() + 257 - length, value);
            at += 2;
        }
    }
    out
}

/// The packing of old programs: codes of 9 to 12 bits for what was seen before.
fn lzw(data: &[u8], limit: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut out: Vec<u8> = Vec::new();
    // Each entry is a piece of what has come out: where it begins and how long it is.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    let (mut bits, mut held, mut width) = (0_u32, 0_u32, 9_u32);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        let start = out.len();
        match code {
            CLEAR => {
                table.clear();
                (before, width) = (None, 9);
                continue;
            }
            END => break,
            0..=255 => out.extend(u8::try_from(code)),
            _ => {
                let known = table.get(code - 258).copied();
                // The one code that may come before its entry: what was before, and its first byte again.
                let Some((from, length)) = known.or(before.map(|(at, n)| (at, n + 1))) else {
                    break;
                };
                for step in 0..length {
                    let value = out.get(from + step).copied().unwrap_or(0);
                    out.push(value);
                }
            }
        }
        if let Some((from, length)) = before {
            table.push((from, length + 1));
        }
        before = Some((start, out.len() - start));
        // One earlier than the table needs it, as PDF has it.
        width = match table.len() + 258 + 1 {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if out.len() >= limit || table.len() > 4096 {
            break;
        }
    }
    out.truncate(limit);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::*;

    fn with(filter: &str, data: &[u8]) -> Option<Vec<u8>> {
        let names = filter.split(' ').map(|name| Object::Name(name.to_owned()));
        let dict = Dict::from([("Filter".to_owned(), Object::Array(names.collect()))]);
        decode(&dict, data, &mut Budget(32 << 20))
    }

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_encoding_of_texts_is_undone() {
        assert_eq!(with("FlateDecode", &packed(b"text")).unwrap(), b"text");
        assert_eq!(with("AHx", b"74 65 78 7>").unwrap(), b"texp");
        assert_eq!(with("ASCII85Decode", b"FCf]=z~>").unwrap(), b"text\0\0\0\0");
        assert_eq!(with("RL", b"\x01te\xFFx\x00t\x80").unwrap(), b"texxt");
        // The example of the PDF standard.
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(with("LZWDecode", &lzw).unwrap(), b"-----A---B");
        assert_eq!(with("DCTDecode", b"x"), None);
    }

    #[test]
    fn a_bomb_in_a_bomb_unpacks_to_no_more_than_is_allowed() {
        let inner = packed(&vec![0; 32 << 20]);
        let bomb = packed(&inner);

        let out = with("FlateDecode FlateDecode", &bomb).unwrap();
        assert!(out.len() <= MAX_STREAM_BYTES);
        let mut budget = Budget(1000);
        let dict = Dict::from([("Filter".to_owned(), Object::Name("Fl".to_owned()))]);
        assert!(decode(&dict, &inner, &mut budget).unwrap().len() <= 1000);
        assert!(lzw(&vec![0x80; 100_000], 1000).len() <= 1000);
    }
}
