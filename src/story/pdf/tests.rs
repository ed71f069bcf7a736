//! PDF documents made for the purpose: good, broken and hostile.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::Write as _;

use proptest::prelude::*;

use super::super::Why;
use super::*;

/// A document of these objects, numbered from 1; the first is the root.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    bytes.extend(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// What is drawn to show these lines: size, height on the page, text.
fn drawing(lines: &[(u32, u32, &str)]) -> String {
    let mut drawing = String::from("BT\n");
    for (size, y, text) in lines {
        writeln!(drawing, "/F1 {size} Tf 1 0 0 1 50 {y} Tm ({text}) Tj").unwrap();
    }
    drawing + "ET"
}

/// A document of one page for each drawing.
fn report(drawings: &[String]) -> Vec<u8> {
    let count = drawings.len();
    let kids: Vec<String> = (0..count).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {count} /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> >>",
            kids.join(" ")
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (at, drawing) in drawings.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>",
            5 + 2 * at
        );
        objects.push(page.into_bytes());
        objects.push(stream("/Filter /FlateDecode", &packed(drawing.as_bytes())));
    }
    document(&objects)
}

const LINES: [(u32, u32, &str); 4] = [
    (20, 700, "Floods cut off the island towns"),
    (
        10,
        660,
        "Rescuers have led people out of 40 houses since Mon-",
    ),
    (10, 648, "day, the fire service said."),
    (
        10,
        620,
        "Schools stay closed \\(all 12\\), the council caf\\351 decided.",
    ),
];

fn texts(story: &Story) -> Vec<&str> {
    let texts = story
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str());
    texts.collect()
}

#[test]
fn a_report_has_a_headline_and_paragraphs() {
    let story = read(&report(&[drawing(&LINES)])).unwrap();

    assert_eq!(story.headline, "Floods cut off the island towns");
    assert_eq!(
        texts(&story),
        [
            "Rescuers have led people out of 40 houses since Monday, the fire service said.",
            "Schools stay closed (all 12), the council café decided."
        ]
    );
}

#[test]
fn a_page_is_read_by_the_mark_at_its_beginning() {
    let bytes = report(&[drawing(&LINES)]);
    let page = super::super::Page {
        bytes: &bytes,
        content_type: Some("text/html"),
        url: "https://news.example/report.pdf",
    };

    let story = super::super::read(&page, &super::super::Options::default()).unwrap();

    assert_eq!(story.language.as_str(), "en");
}

#[test]
fn sentences_go_on_over_pages_and_running_heads_are_left_out() {
    let pages: Vec<String> = (0..4)
        .map(|page| {
            let head = format!("Situation report {page}");
            let words = ["one", "two", "three", "four"][page];
            let text = format!("Sentence {words} begins here and goes");
            let lines = [
                (8, 780, head.as_str()),
                (10, 400, text.as_str()),
                (10, 388, "on to the next"),
                (8, 20, "Page 7"),
            ];
            drawing(&lines)
        })
        .collect();

    let story = read(&report(&pages)).unwrap();

    assert_eq!(story.paragraphs.len(), 1, "{:?}", story.paragraphs);
    assert!(
        story.paragraphs[0]
            .text
            .contains("on to the next Sentence two")
    );
    assert!(!story.paragraphs[0].text.contains("report"));
}

#[test]
fn packed_objects_and_fonts_of_many_letters_are_read() {
    let text = drawing(&[]).replace(
        "BT\n",
        "BT /F1 12 Tf 50 700 Td [<00010002> -300 <0003>] TJ\n",
    );
    let map = b"1 beginbfrange <0001> <0003> <0416> endbfrange";
    let inner = "4 0 5 50 <</Type/Font/Subtype/Type0/ToUnicode 3 0 R>>      <</Type/Page/Parent 2 0 R/Contents 6 0 R/MediaBox[0 0 9 9]>>";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [5 0 R] /Resources << /Font << /F1 4 0 R >> >> >>".to_vec(),
        stream(
            "/Filter /ASCIIHexDecode",
            map.iter()
                .map(|b| format!("{b:02x}"))
                .collect::<Vec<_>>()
                .concat()
                .as_bytes(),
        ),
        b"null".to_vec(),
        b"null".to_vec(),
        stream("", text.as_bytes()),
        stream(
            "/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode",
            &packed(inner.as_bytes()),
        ),
    ];

    let story = read(&document(&objects)).unwrap();

    assert_eq!(texts(&story), ["ЖЗ И"]);
}

#[test]
fn what_cannot_be_read_is_no_story() {
    let scan = report(&[String::from("q 600 0 0 800 0 0 cm /Im1 Do Q")]);
    let locked = [
        report(&[drawing(&LINES)]),
        b"trailer << /Encrypt 9 0 R >>".to_vec(),
    ]
    .concat();

    assert_eq!(read(&scan).unwrap_err().why, Why::Empty);
    assert_eq!(read(&locked).unwrap_err().why, Why::Format);
    assert_eq!(read(b"%PDF-1.4").unwrap_err().why, Why::Empty);
}

#[test]
fn loops_bombs_and_nesting_end() {
    let font = b"<< /Type /Font /Subtype /Type1 >>".to_vec();
    let page = b"<< /Type /Page /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >> >>".to_vec();
    let with = |tree: &[u8], drawing: Vec<u8>, form: Vec<u8>| {
        document(&[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            tree.to_vec(),
            font.clone(),
            page.clone(),
            drawing,
            form,
        ])
    };
    let tree = b"<< /Kids [4 0 R] >>";
    let doubled = "/X Do /X Do /X Do /X Do";
    let form = stream(
        "/Subtype /Form /Resources << /XObject << /X 6 0 R >> >>",
        doubled.as_bytes(),
    );
    let plain = || stream("", b"/X Do");
    let cases = [
        with(b"<< /Kids [2 0 R 2 0 R 4 0 R] >>", plain(), form.clone()),
        with(tree, plain(), form),
        with(
            tree,
            stream("/Filter /FlateDecode", &packed(&vec![b' '; 32 << 20])),
            plain(),
        ),
        with(tree, stream("", "[".repeat(500_000).as_bytes()), plain()),
        with(tree, stream("", "q ".repeat(500_000).as_bytes()), plain()),
        with(b"2 0 R", plain(), plain()),
        with("<</Kids".repeat(100_000).as_bytes(), plain(), plain()),
    ];

    for bytes in cases {
        assert!(read(&bytes).is_err());
    }
}

#[test]
fn a_document_that_is_cut_anywhere_does_no_harm() {
    let bytes = report(&[drawing(&LINES), drawing(&LINES)]);

    for end in (0..bytes.len()).step_by(7) {
        let _ = read(&bytes[..end]);
    }
}

proptest! {
    #[test]
    fn a_document_that_is_damaged_anywhere_does_no_harm(
        damages in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..20)
    ) {
        let text = drawing(&LINES);
        let mut bytes = report(std::slice::from_ref(&text));
        // Damage also what stands behind the packing.
        bytes.extend(b"\n5 0 obj ");
        bytes.extend(stream("", text.as_bytes()));
        for (at, byte) in damages {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }

        let _ = read(&bytes);
    }
}
