//! Finds the objects of a PDF by looking for them, not by its table of contents: a table can be wrong, cut or a trap.
//!
//! Nothing is read that is not asked for, nothing is kept but where it stands.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use memchr::memmem;

use super::filter::{Budget, decode};
use super::object::{Dict, Lexer, Object, is_space, whole};

/// Objects of one document.
const MAX_OBJECTS: usize = 300_000;
/// Bytes that are read for the objects of one document, those that are read again counted again.
const MAX_READ_BYTES: usize = 128 << 20;
/// What reading an object costs beside its bytes.
const READ_BYTES: usize = 64;
/// Streams of packed objects that are looked for, and how far behind its beginning one says what it is.
const MAX_PACKED_STREAMS: usize = 20_000;
const HEAD_BYTES: usize = 4 << 10;
/// Bytes that the streams of one document unpack to.
const MAX_UNPACKED_BYTES: usize = 48 << 20;
/// Bytes of packed objects that are kept unpacked.
const MAX_PACKED_BYTES: usize = 16 << 20;
/// References that lead to references.
const MAX_STEPS: usize = 16;
/// Pages that are read.
pub(super) const MAX_PAGES: usize = 600;
/// Nodes of the tree of pages that are looked at.
const MAX_NODES: usize = 20_000;

/// Where an object stands.
#[derive(Debug, Clone, Copy)]
enum Location {
    /// In the file.
    File(usize),
    /// In a stream of packed objects.
    Packed { stream: usize, at: usize },
}

/// A PDF document.
pub(super) struct Document<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, Location>,
    packed: Vec<Vec<u8>>,
    budget: RefCell<Budget>,
    read: Cell<usize>,
}

/// A page and what it inherits.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) dict: Dict,
    pub(super) resources: Rc<Dict>,
    /// Lower and upper edge.
    pub(super) height: Option<(f64, f64)>,
}

/// A node of the tree of pages, with what it inherits.
type Node = (Object, Rc<Dict>, Option<(f64, f64)>);

impl<'a> Document<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut document = Self {
            bytes,
            objects: BTreeMap::new(),
            packed: Vec::new(),
            budget: RefCell::new(Budget(MAX_UNPACKED_BYTES)),
            read: Cell::new(0),
        };
        document.find_objects();
        document
    }

    /// Whether its texts are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        memmem::find(self.bytes, b"/Encrypt").is_some()
    }

    /// Notes every "12 0 obj", the last of a number, which is the latest; and what streams of packed objects hold.
    fn find_objects(&mut self) {
        for at in memmem::find_iter(self.bytes, b" obj").take(MAX_OBJECTS) {
            let Some(number) = number_before(self.bytes, at) else {
                continue;
            };
            self.objects.insert(number, Location::File(at + 4));
        }
        let heads = memmem::find_iter(self.bytes, b"/ObjStm").take(MAX_PACKED_STREAMS);
        let starts: BTreeSet<usize> = heads
            .filter_map(|at| {
                let window = at.saturating_sub(HEAD_BYTES);
                Some(window + memmem::rfind(&self.bytes[window..at], b" obj")? + 4)
            })
            .collect();
        let mut unpacked = 0;
        for start in starts {
            let Some((dict, data)) = self.stream_at(start) else {
                continue;
            };
            let Some(objects) = self.decoded(&dict, data) else {
                continue;
            };
            unpacked += objects.len();
            if unpacked > MAX_PACKED_BYTES {
                return;
            }
            self.unpack(&dict, objects, start);
        }
    }

    fn unpack(&mut self, dict: &Dict, objects: Vec<u8>, container: usize) {
        let number = |key: &str| {
            let value = dict
                .get(key)
                .and_then(|value| self.resolved(value).number());
            value.map_or(0, whole) as usize
        };
        let (count, first) = (number("N").min(MAX_OBJECTS), number("First"));
        let mut lexer = Lexer::new(&objects, 0);
        let mut found = Vec::new();
        for _ in 0..count {
            let (Some(Object::Number(number)), Some(Object::Number(offset))) =
                (lexer.next(), lexer.next())
            else {
                break;
            };
            found.push((whole(number), first + whole(offset) as usize));
        }
        let stream = self.packed.len();
        for (number, at) in found {
            // An object that was written again behind this stream is the later one.
            let is_later = matches!(self.objects.get(&number), Some(Location::File(other)) if *other > container);
            if !is_later && self.objects.len() < MAX_OBJECTS {
                self.objects.insert(number, Location::Packed { stream, at });
            }
        }
        self.packed.push(objects);
    }

    /// The object of a number.
    pub(super) fn get(&self, number: u32) -> Option<Object> {
        let (bytes, at) = match *self.objects.get(&number)? {
            Location::File(at) => (self.bytes, at),
            Location::Packed { stream, at } => (self.packed.get(stream)?.as_slice(), at),
        };
        let mut lexer = Lexer::new(bytes, at);
        let object = lexer.next();
        self.charge(lexer.at.saturating_sub(at))?;
        object
    }

    /// Notes that so many bytes were read; nothing where it is enough.
    fn charge(&self, bytes: usize) -> Option<()> {
        let read = self.read.get().saturating_add(bytes + READ_BYTES);
        self.read.set(read);
        (read <= MAX_READ_BYTES).then_some(())
    }

    /// What an object says, where it only refers to another one.
    pub(super) fn resolved(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..MAX_STEPS {
            let Object::Ref(number) = object else {
                return object;
            };
            object = self.get(number).unwrap_or(Object::Word(Vec::new()));
        }
        Object::Word(Vec::new())
    }

    /// The value of a key, resolved.
    pub(super) fn value(&self, dict: &Dict, key: &str) -> Option<Object> {
        dict.get(key).map(|value| self.resolved(value))
    }

    /// The dictionary at a key, resolved.
    pub(super) fn dict(&self, dict: &Dict, key: &str) -> Option<Dict> {
        match self.value(dict, key)? {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The stream that an object refers to, with its dictionary.
    pub(super) fn stream(&self, object: &Object) -> Option<(Dict, Vec<u8>)> {
        let Object::Ref(number) = object else {
            return None;
        };
        let Location::File(at) = *self.objects.get(number)? else {
            return None;
        };
        let (dict, data) = self.stream_at(at)?;
        let decoded = self.decoded(&dict, data)?;
        Some((dict, decoded))
    }

    fn decoded(&self, dict: &Dict, data: &[u8]) -> Option<Vec<u8>> {
        let mut whole = dict.clone();
        for key in ["Filter", "DecodeParms"] {
            if let Some(value) = self.value(dict, key) {
                let value = match value {
                    Object::Array(entries) => {
                        Object::Array(entries.iter().map(|entry| self.resolved(entry)).collect())
                    }
                    one => one,
                };
                whole.insert(key.to_owned(), value);
            }
        }
        decode(&whole, data, &mut self.budget.borrow_mut())
    }

    /// The dictionary and the encoded bytes of the stream that begins at `at`.
    fn stream_at(&self, at: usize) -> Option<(Dict, &'a [u8])> {
        let mut lexer = Lexer::new(self.bytes, at);
        let Object::Dict(dict) = lexer.next()? else {
            return None;
        };
        lexer.skip_space();
        let rest = self.bytes.get(lexer.at..)?.strip_prefix(b"stream")?;
        let rest = rest
            .strip_prefix(b"\r\n")
            .or(rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
        let stated = dict
            .get("Length")
            .and_then(|length| self.resolved(length).number());
        let stated = stated.map(|length| whole(length) as usize);
        let ends_there = |length: &usize| {
            let behind = rest.get(*length..).unwrap_or_default();
            let behind = &behind[..behind.len().min(20)];
            memmem::find(behind, b"endstream")
                .is_some_and(|at| behind[..at].iter().all(|b| is_space(*b)))
        };
        let length = stated
            .filter(ends_there)
            .or_else(|| memmem::find(rest, b"endstream"))
            .unwrap_or(rest.len());
        self.charge(lexer.at - at + length)?;
        Some((dict, &rest[..length]))
    }

    /// The dictionary that a key of the trailer leads to: the last that is there.
    pub(super) fn trailer(&self, key: &str) -> Option<Dict> {
        let key = format!("/{key}");
        let places: Vec<usize> = memmem::find_iter(self.bytes, key.as_bytes()).collect();
        places.into_iter().rev().take(50).find_map(|at| {
            let mut lexer = Lexer::new(self.bytes, at + key.len());
            let number = lexer.next()?.number()?;
            match self.get(whole(number))? {
                Object::Dict(dict) => Some(dict),
                _ => None,
            }
        })
    }

    /// The pages in their order.
    pub(super) fn pages(&self) -> Vec<Page> {
        let root = self
            .trailer("Root")
            .filter(|root| root.contains_key("Pages"));
        let root = root.or_else(|| self.catalog());
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<Node> = root
            .and_then(|root| root.get("Pages").cloned())
            .map(|tree| (tree, Rc::default(), None))
            .into_iter()
            .collect();
        let mut nodes = 0;
        while let Some((node, resources, height)) = waiting.pop() {
            nodes += 1;
            if nodes > MAX_NODES || pages.len() >= MAX_PAGES {
                break;
            }
            if matches!(node, Object::Ref(number) if !seen.insert(number)) {
                continue;
            }
            let Object::Dict(dict) = self.resolved(&node) else {
                continue;
            };
            let resources = self.dict(&dict, "Resources").map_or(resources, Rc::new);
            let height = self.height(&dict).or(height);
            match self.value(&dict, "Kids") {
                Some(Object::Array(kids)) => {
                    let kids = kids.into_iter().rev().take(MAX_NODES);
                    waiting.extend(kids.map(|kid| (kid, Rc::clone(&resources), height)));
                }
                Some(_) | None => pages.push(Page {
                    dict,
                    resources,
                    height,
                }),
            }
        }
        pages
    }

    /// The root of a document whose trailer is lost.
    fn catalog(&self) -> Option<Dict> {
        let numbers = self.objects.keys().copied();
        numbers
            .take(20_000)
            .find_map(|number| match self.get(number)? {
                Object::Dict(dict) if dict.get("Type")?.name()? == "Catalog" => Some(dict),
                _ => None,
            })
    }

    fn height(&self, dict: &Dict) -> Option<(f64, f64)> {
        let Object::Array(edges) = self.value(dict, "MediaBox")? else {
            return None;
        };
        let edge = |at: usize| self.resolved(edges.get(at)?).number();
        let (one, other) = (edge(1)?, edge(3)?);
        Some((one.min(other), one.max(other)))
    }
}

/// The number of the object whose "0 obj" has its space at `at`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let window = &bytes[at.saturating_sub(24)..at];
    let digits = |text: &[u8]| text.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let generation = digits(window);
    let rest = &window[..window.len() - generation];
    let gap = rest.iter().rev().take_while(|b| is_space(**b)).count();
    let rest = &rest[..rest.len() - gap];
    let length = digits(rest);
    if generation == 0 || gap == 0 || length == 0 {
        return None;
    }
    std::str::from_utf8(&rest[rest.len() - length..])
        .ok()?
        .parse()
        .ok()
}
