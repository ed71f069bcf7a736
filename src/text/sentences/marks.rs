//! The characters that can end a sentence, close it, or open the next.

/// Bytes that may begin a terminator or a line break; all others are skipped without decoding.
pub(super) fn may_start_an_end(byte: u8) -> bool {
    match byte {
        b'.' | b'!' | b'?' | b'\n' | b'\r' | 0x0b | 0x0c => true,
        _ => matches!(
            byte,
            0xc2 | 0xd6 | 0xd8 | 0xdb | 0xdc | 0xdf..=0xe3 | 0xea | 0xef | 0xf0
        ),
    }
}

pub(super) fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The Unicode property `Sentence_Terminal` for living scripts, and the ellipsis.
pub(super) fn is_terminator(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '.' | '!' | '?');
    }
    matches!(
        c,
        '…' | '\u{589}' | '\u{61d}'..='\u{61f}' | '\u{6d4}' | '\u{700}'..='\u{702}' | '\u{7f9}' | '\u{964}' | '\u{965}'
            | '\u{104a}' | '\u{104b}' | '\u{1362}' | '\u{1367}' | '\u{1368}' | '\u{166e}' | '\u{17d4}' | '\u{17d5}'
            | '\u{1803}' | '\u{1809}' | '\u{2024}' | '\u{203c}' | '\u{203d}' | '\u{2047}'..='\u{2049}' | '\u{3002}'
            | '\u{a4ff}' | '\u{a60e}' | '\u{a60f}' | '\u{a6f3}' | '\u{a6f7}' | '\u{a92f}' | '\u{a9c8}' | '\u{a9c9}'
            | '\u{fe52}' | '\u{fe56}' | '\u{fe57}' | '\u{ff01}' | '\u{ff0e}' | '\u{ff1f}' | '\u{ff61}'
    )
}

/// Terminators of scripts that set no space between sentences.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(
        c,
        '\u{3002}' | '\u{ff01}' | '\u{ff0e}' | '\u{ff1f}' | '\u{ff61}'
    )
}

pub(super) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | '‘'
            | '」'
            | '』'
            | '）'
            | '】'
    )
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | '['
            | '{'
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '»'
            | '›'
            | '”'
            | '’'
            | '「'
            | '『'
            | '¿'
            | '¡'
    )
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '\u{2010}'..='\u{2012}')
}

pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')
}
