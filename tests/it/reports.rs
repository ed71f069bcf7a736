//! A report that is published as a PDF: fetched, read and told of by the service like any page.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex};

use crate::served::{Server, whole};
use crate::support::hook::Hook;
use crate::support::program::Program;

/// A report of one page, compressed as such files are: size of the letters and text of each line.
fn pdf(lines: &[(u32, &str)]) -> Vec<u8> {
    let mut drawing = String::from("BT\n");
    for (at, (size, text)) in (0_u32..).zip(lines) {
        let height = 740 - 40 * at;
        writeln!(drawing, "/F1 {size} Tf 1 0 0 1 50 {height} Tm ({text}) Tj").unwrap();
    }
    drawing.push_str("ET");
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(drawing.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let content = format!(
        "<< /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    );
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>".to_vec(),
        [content.as_bytes(), &packed, b"\nendstream"].concat(),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    file
}

fn report(people: &str) -> Vec<u8> {
    let lead =
        format!("The agency counts {people} displaced people in the province since January.");
    pdf(&[
        (20, "Situation report on the floods"),
        (11, &lead),
        (
            11,
            "Seven bridges are closed and forty schools serve as shelters, it said.",
        ),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_moves_in_a_pdf_report_is_told_by_the_service() {
    let people = Arc::new(Mutex::new("41,000"));
    let published = Arc::clone(&people);
    let server = Server::start(move |_| {
        let people = *published.lock().unwrap();
        whole("200 OK\nContent-Type: application/pdf", report(people))
    })
    .await;
    let hook = Hook::start().await;
    let program = Program::new(&format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\ndefaults: {{every: 1s, decay: 0%}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        server.url("/report.pdf")
    ));
    let mut daemon = program.start();
    daemon.until(server.has_seen(2)).await;

    *people.lock().unwrap() = "52,500";
    let posts = daemon.until(hook.has_taken(1)).await;
    daemon.signal("TERM");

    assert_eq!(daemon.ended().await, Some(0), "{}", program.log());
    let data = &posts[0].body["data"];
    assert_eq!(data["kind"], "figure_changed");
    assert_eq!(data["story"]["title"], "Situation report on the floods");
    let change = &data["changes"][0];
    assert_eq!(
        (&change["old"]["low"], &change["new"]["low"]),
        (&41_000.into(), &52_500.into()),
        "{change}"
    );
    program.says(&["export", "floods", "--to", "evidence"], 0);
    let kept = std::fs::read(program.path("evidence/0002/page.pdf")).unwrap();
    assert_eq!(kept, report("52,500"), "the report itself is the evidence");
}
