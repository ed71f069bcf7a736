use std::io::BufRead;
fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        println!("{}", claimwatch::records::compare::line(&line).unwrap());
    }
}
