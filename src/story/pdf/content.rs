//! Runs the drawing of a page as far as it shows text: which words stand where, in which size.

use std::collections::BTreeMap;

use super::document::{Document, Page};
use super::font::Font;
use super::object::{Dict, Lexer, Object};

/// Steps of the drawings of one document.
const MAX_STEPS: usize = 3_000_000;
/// Letters of one document.
const MAX_LETTERS: usize = 2 << 20;
/// States that are saved inside each other.
const MAX_SAVED: usize = 64;
/// Drawings inside drawings.
const MAX_FORM_DEPTH: usize = 8;
/// Operands of one operator.
const MAX_OPERANDS: usize = 4_000;
/// A gap inside a string that is as wide as this share of the size parts two words.
const WORD_GAP: f64 = 0.2;

/// Words that were drawn at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    /// Left and right end.
    pub(super) from: f64,
    pub(super) to: f64,
    /// The line they stand on.
    pub(super) y: f64,
    /// The height of their letters.
    pub(super) size: f64,
}

/// What may still be done for one document.
#[derive(Debug)]
pub(super) struct Allowance {
    steps: usize,
    letters: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            steps: MAX_STEPS,
            letters: MAX_LETTERS,
        }
    }
}

/// The text of a page, in the order in which it is drawn.
pub(super) fn runs(document: &Document<'_>, page: &Page, allowance: &mut Allowance) -> Vec<Run> {
    let mut drawing = Vec::new();
    let contents = page.dict.get("Contents").cloned();
    let streams = match contents
        .as_ref()
        .map(|contents| (contents, document.resolved(contents)))
    {
        Some((_, Object::Array(streams))) => streams,
        Some((stream, _)) => vec![stream.clone()],
        None => Vec::new(),
    };
    for stream in &streams {
        if let Some((_, bytes)) = document.stream(stream) {
            drawing.extend_from_slice(&bytes);
            drawing.push(b'\n');
        }
    }
    let mut painter = Painter {
        document,
        allowance,
        runs: Vec::new(),
        marked: Vec::new(),
    };
    painter.draw(&drawing, &page.resources, State::default(), 0);
    painter.runs
}

/// A matrix, as PDF writes it: `[a b c d e f]`.
type Matrix = [f64; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// What is in force while drawing.
#[derive(Debug, Clone)]
struct State {
    place: Matrix,
    font: String,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            place: UNIT,
            font: String::new(),
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

struct Painter<'d, 'a> {
    document: &'d Document<'d>,
    allowance: &'a mut Allowance,
    runs: Vec<Run>,
    /// For each piece of marked content that is open, whether it is furniture: page numbers, running heads.
    marked: Vec<bool>,
}

impl Painter<'_, '_> {
    fn draw(&mut self, drawing: &[u8], resources: &Dict, state: State, depth: usize) {
        let mut fonts: BTreeMap<String, Font> = BTreeMap::new();
        let mut lexer = Lexer::new(drawing, 0);
        let mut operands: Vec<Object> = Vec::new();
        let mut saved: Vec<State> = Vec::new();
        let mut pen = Pen {
            state,
            text: UNIT,
            line: UNIT,
        };
        while let Some(object) = lexer.next() {
            let Object::Word(operator) = object else {
                if operands.len() < MAX_OPERANDS {
                    operands.push(object);
                }
                continue;
            };
            if self.charge(1).is_none() {
                return;
            }
            match operator.as_slice() {
                b"q" if saved.len() < MAX_SAVED => saved.push(pen.state.clone()),
                b"Q" => pen.state = saved.pop().unwrap_or(pen.state),
                b"ID" => skip_picture(&mut lexer),
                b"BMC" | b"BDC" => {
                    let tag = operands.first().and_then(Object::name);
                    if self.marked.len() < MAX_SAVED {
                        self.marked.push(tag == Some("Artifact"));
                    }
                }
                b"EMC" => {
                    self.marked.pop();
                }
                b"Do" => {
                    if let Some(name) = operands.first().and_then(Object::name) {
                        self.form(name, resources, &pen.state, depth);
                    }
                }
                b"Tf" => {
                    pen.set_font(&operands);
                    if !fonts.contains_key(&pen.state.font) && fonts.len() < 500 {
                        let font = self.font(resources, &pen.state.font);
                        fonts.insert(pen.state.font.clone(), font);
                    }
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    pen.before_showing(&operator, &operands);
                    let font = fonts.get(&pen.state.font);
                    if let (Some(font), Some(shown)) = (font, operands.last()) {
                        self.show(&mut pen, font, shown);
                    }
                }
                other => pen.set(other, &operands),
            }
            operands.clear();
        }
    }

    /// Takes steps off what is allowed; nothing where too few are left.
    fn charge(&mut self, steps: usize) -> Option<()> {
        self.allowance.steps = self.allowance.steps.checked_sub(steps)?;
        Some(())
    }

    fn font(&mut self, resources: &Dict, name: &str) -> Font {
        let fonts = self.document.dict(resources, "Font").unwrap_or_default();
        if self.charge(fonts.len()).is_none() {
            return Font::default();
        }
        let dict = self.document.dict(&fonts, name).unwrap_or_default();
        Font::read(self.document, &dict)
    }

    /// Draws what stands in a drawing of its own.
    fn form(&mut self, name: &str, resources: &Dict, state: &State, depth: usize) {
        let forms = self.document.dict(resources, "XObject").unwrap_or_default();
        // Whoever names thousands of drawings pays for looking among them each time.
        let is_allowed = depth < MAX_FORM_DEPTH && self.charge(forms.len()).is_some();
        let Some(form) = forms.get(name).filter(|_| is_allowed) else {
            return;
        };
        let Object::Dict(head) = self.document.resolved(form) else {
            return;
        };
        if head.get("Subtype").and_then(Object::name) != Some("Form") {
            return;
        }
        let Some((dict, drawing)) = self.document.stream(form) else {
            return;
        };
        let own = self.document.dict(&dict, "Resources");
        let mut state = state.clone();
        if let Some(Object::Array(matrix)) = self.document.value(&dict, "Matrix") {
            state.place = times(matrix_of(&matrix), state.place);
        }
        self.draw(
            &drawing,
            own.as_ref().unwrap_or(resources),
            state,
            depth + 1,
        );
    }

    /// Shows a string, or strings with gaps between them.
    fn show(&mut self, pen: &mut Pen, font: &Font, shown: &Object) {
        let is_furniture = self.marked.contains(&true);
        let parts = match shown {
            Object::Array(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let begin = pen.place();
        let mut text = String::new();
        for part in parts {
            match part {
                Object::Number(gap) => {
                    let gap = -gap / 1000.0;
                    if gap > WORD_GAP && !text.ends_with(' ') {
                        text.push(' ');
                    }
                    pen.advance(gap * pen.state.size * pen.state.stretch);
                }
                Object::Text(bytes) => {
                    let glyphs = font.glyphs(bytes);
                    let Some(left) = self.allowance.letters.checked_sub(glyphs.len()) else {
                        return;
                    };
                    self.allowance.letters = left;
                    for glyph in glyphs {
                        text.push_str(&glyph.text);
                        pen.advance_over(&glyph);
                    }
                }
                _ => {}
            }
        }
        let end = pen.place();
        let size = (begin[2].hypot(begin[3])).abs();
        // What runs up or down the page is a stamp on its margin.
        let is_level = begin[1].abs() <= begin[0].abs() * 0.2;
        if is_furniture
            || !is_level
            || text.trim().is_empty() && text.is_empty()
            || !size.is_finite()
        {
            return;
        }
        self.runs.push(Run {
            text,
            from: begin[4],
            to: end[4],
            y: begin[5],
            size,
        });
    }
}

/// The place and manner of writing.
struct Pen {
    state: State,
    text: Matrix,
    line: Matrix,
}

impl Pen {
    fn set(&mut self, operator: &[u8], operands: &[Object]) {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        match operator {
            b"cm" => self.state.place = times(matrix_of(operands), self.state.place),
            b"BT" => (self.text, self.line) = (UNIT, UNIT),
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"Tm" => {
                self.line = matrix_of(operands);
                self.text = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tc" => self.state.letter_space = number(0),
            b"Tw" => self.state.word_space = number(0),
            b"Tz" => self.state.stretch = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            _ => {}
        }
    }

    fn set_font(&mut self, operands: &[Object]) {
        if let [Object::Name(name), Object::Number(size)] = operands {
            self.state.font.clone_from(name);
            self.state.size = *size;
        }
    }

    /// What the two operators do that go to the next line first.
    fn before_showing(&mut self, operator: &[u8], operands: &[Object]) {
        if let (b"\"", [Object::Number(words), Object::Number(letters), _]) = (operator, operands) {
            (self.state.word_space, self.state.letter_space) = (*words, *letters);
        }
        if matches!(operator, b"'" | b"\"") {
            self.next_line(0.0, -self.state.leading);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f64) {
        self.text = times([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }

    fn advance_over(&mut self, glyph: &super::font::Glyph) {
        let state = &self.state;
        let words = if glyph.is_space {
            state.word_space
        } else {
            0.0
        };
        let width = glyph.width / 1000.0 * state.size + state.letter_space + words;
        self.advance(width * state.stretch);
    }

    /// Where the next letter stands, and how large.
    fn place(&self) -> Matrix {
        let size = self.state.size;
        let letter = [
            size * self.state.stretch,
            0.0,
            0.0,
            size,
            0.0,
            self.state.rise,
        ];
        times(times(letter, self.text), self.state.place)
    }
}

fn matrix_of(numbers: &[Object]) -> Matrix {
    let mut matrix = UNIT;
    if numbers.len() >= 6 {
        for (place, number) in matrix.iter_mut().zip(numbers) {
            *place = number.number().unwrap_or(0.0);
        }
    }
    matrix
}

/// Goes over the bytes of a picture that stands inside the drawing.
fn skip_picture(lexer: &mut Lexer<'_>) {
    let rest = lexer.bytes.get(lexer.at..).unwrap_or_default();
    let is_end = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| rest.get(at));
        let after = rest.get(at + 2);
        before.is_some_and(|b| super::object::is_space(*b))
            && after.is_none_or(|b| super::object::is_space(*b))
    };
    let end = memchr::memmem::find_iter(rest, b"EI").find(is_end);
    lexer.at += end.map_or(rest.len(), |at| at + 2);
}
