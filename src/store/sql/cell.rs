//! Values on their way to PostgreSQL and back, as SQLite's driver knows them.
//!
//! What a statement is handed has the kind that Rust gave it; what it wants is decided by the server, which reads that off
//! the statement. So a truth is written as a whole number into a column of those, and as a truth where one is asked for.

use std::error::Error;

use postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};

/// A value to be bound.
#[derive(Debug)]
pub(super) struct Bound<'a>(ToSqlOutput<'a>);

/// A value that was read.
pub(super) struct Cell<'a>(pub(super) ValueRef<'a>);

type Failed = Box<dyn Error + Sync + Send>;

impl<'a> Bound<'a> {
    pub(super) fn of(value: &'a dyn rusqlite::ToSql) -> rusqlite::Result<Self> {
        Ok(Self(value.to_sql()?))
    }

    fn value(&self) -> Option<ValueRef<'_>> {
        match &self.0 {
            ToSqlOutput::Borrowed(value) => Some(*value),
            ToSqlOutput::Owned(value) => Some(ValueRef::from(value)),
            _ => None,
        }
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Failed> {
        match (self.value(), wanted) {
            (Some(ValueRef::Null), _) => Ok(IsNull::Yes),
            (Some(ValueRef::Integer(number)), &Type::INT8) => number.to_sql(wanted, out),
            (Some(ValueRef::Integer(number)), &Type::INT4) => {
                i32::try_from(number)?.to_sql(wanted, out)
            }
            (Some(ValueRef::Integer(number)), &Type::BOOL) => (number != 0).to_sql(wanted, out),
            (Some(ValueRef::Text(text)), &Type::TEXT) => {
                readable(std::str::from_utf8(text)?).to_sql(wanted, out)
            }
            (Some(ValueRef::Blob(bytes)), &Type::BYTEA) => bytes.to_sql(wanted, out),
            _ => Err(format!("{:?} is no value for a column of {wanted}", self.0).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// PostgreSQL's text has no NUL. Pages may have one, so it is written as the sign for what cannot be read; a value that is
/// looked up is written in the same way and found.
fn readable(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Failed> {
        let number = |number: i64| Ok(Self(ValueRef::Integer(number)));
        match *kind {
            Type::INT8 => number(i64::from_sql(kind, raw)?),
            Type::INT4 => number(i32::from_sql(kind, raw)?.into()),
            Type::BOOL => number(bool::from_sql(kind, raw)?.into()),
            Type::TEXT => Ok(Self(ValueRef::Text(raw))),
            Type::BYTEA => Ok(Self(ValueRef::Blob(raw))),
            _ => Err(format!("a column of {kind} is not read here").into()),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failed> {
        Ok(Self(ValueRef::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rusqlite::types::{FromSql as _, Value};

    use super::*;

    fn written(value: &dyn rusqlite::ToSql, wanted: &Type) -> Result<Vec<u8>, Failed> {
        let mut out = BytesMut::new();
        Bound::of(value).unwrap().to_sql(wanted, &mut out)?;
        Ok(out.to_vec())
    }

    #[test]
    fn a_value_is_read_as_it_was_written() {
        for (value, kind) in [
            (Value::Integer(i64::MIN), Type::INT8),
            (Value::Integer(-7), Type::INT4),
            (Value::Integer(1), Type::BOOL),
            (Value::Text("„Waffenruhe“".to_owned()), Type::TEXT),
            (Value::Blob(vec![0, 255]), Type::BYTEA),
        ] {
            let raw = written(&value, &kind).unwrap();

            let cell = Cell::from_sql(&kind, &raw).unwrap();
            assert_eq!(Value::column_result(cell.0).unwrap(), value);
        }
    }

    #[test]
    fn a_nul_in_hostile_text_becomes_the_sign_for_what_cannot_be_read() {
        assert_eq!(
            written(&"12\0 dead", &Type::TEXT).unwrap(),
            "12\u{fffd} dead".as_bytes()
        );
    }

    #[test]
    fn a_value_of_another_kind_than_the_column_is_refused() {
        assert!(written(&"12", &Type::INT8).is_err());
        assert!(written(&(1_i64 << 40), &Type::INT4).is_err());
        assert!(written(&1.5, &Type::INT8).is_err());
    }
}
