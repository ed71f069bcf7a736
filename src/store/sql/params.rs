//! The values of a statement, as the verbs write them: an array, a pair, or `params!`.

use rusqlite::ToSql;
use rusqlite::types::Value;

/// Values to be bound, in the order of their numbers.
pub(in crate::store) trait Params {
    /// Hands them to `run`.
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R;
}

impl Params for &[&dyn ToSql] {
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        run(self)
    }
}

// An array of nothing has no type but this one; the others are named one by one so that it stays so.
impl Params for [&dyn ToSql; 0] {
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        run(&[])
    }
}

impl<T: ToSql> Params for [T; 1] {
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        run(&[&self[0]])
    }
}

impl<T: ToSql> Params for [T; 2] {
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        run(&[&self[0], &self[1]])
    }
}

impl Params for Vec<Value> {
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        let values: Vec<&dyn ToSql> = self.iter().map(|value| value as &dyn ToSql).collect();
        run(&values)
    }
}

impl<A: ToSql, B: ToSql> Params for (A, B) {
    fn with<R>(self, run: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        run(&[&self.0, &self.1])
    }
}
