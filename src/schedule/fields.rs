//! The five fields of a crontab line, read as crontab(5) reads them.
//!
//! Every field becomes the sorted list of its values, so that nothing of the grammar is left to the crate that computes
//! times: it counts weekdays from 1 and joins the two day fields with "and".

use std::collections::BTreeSet;

/// What is wrong with a crontab line, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Mistake {
    pub(super) fn new(what: String, hint: &str) -> Self {
        Self {
            what,
            hint: Some(hint.to_owned()),
        }
    }
}

/// One of the five fields.
struct Kind {
    name: &'static str,
    first: u8,
    last: u8,
    names: &'static [&'static str],
}

const MINUTE: Kind = Kind {
    name: "minute",
    first: 0,
    last: 59,
    names: &[],
};
const HOUR: Kind = Kind {
    name: "hour",
    first: 0,
    last: 23,
    names: &[],
};
const DAY: Kind = Kind {
    name: "day of the month",
    first: 1,
    last: 31,
    names: &[],
};
const MONTH: Kind = Kind {
    name: "month",
    first: 1,
    last: 12,
    names: &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ],
};
/// 0 and 7 are both Sunday.
const WEEKDAY: Kind = Kind {
    name: "day of the week",
    first: 0,
    last: 7,
    names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};

/// One field as it was read.
pub(super) struct Field {
    /// The values it allows; weekdays from 0 (Sunday) to 6.
    pub values: BTreeSet<u8>,
    /// Whether it begins with `*`, which decides the two day fields' "or" and what happens when the clocks change.
    pub star: bool,
}

/// The five fields of a line.
pub(super) struct Fields {
    pub minute: Field,
    pub hour: Field,
    pub day: Field,
    pub month: Field,
    pub weekday: Field,
}

impl Fields {
    /// Reads five fields or one of the `@` names.
    pub fn read(line: &str) -> Result<Self, Mistake> {
        let line = match line.trim() {
            name if name.starts_with('@') => named(name)?,
            line => line,
        };
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = parts[..] else {
            return Err(miscounted(parts.len()));
        };
        let mut weekday = WEEKDAY.read(weekday)?;
        if weekday.values.remove(&7) {
            weekday.values.insert(0);
        }
        Ok(Self {
            minute: MINUTE.read(minute)?,
            hour: HOUR.read(hour)?,
            day: DAY.read(day)?,
            month: MONTH.read(month)?,
            weekday,
        })
    }
}

/// The five fields an `@` name stands for.
fn named(name: &str) -> Result<&'static str, Mistake> {
    match name.to_ascii_lowercase().as_str() {
        "@hourly" => Ok("0 * * * *"),
        "@daily" | "@midnight" => Ok("0 0 * * *"),
        "@weekly" => Ok("0 0 * * 0"),
        "@monthly" => Ok("0 0 1 * *"),
        "@yearly" | "@annually" => Ok("0 0 1 1 *"),
        "@reboot" => Err(Mistake::new(
            "`@reboot` is not a time: a check that was missed while claimwatch was down runs at start anyway".into(),
            "use `every: 1h` or a crontab line",
        )),
        _ => Err(Mistake::new(
            format!("unknown schedule name `{name}`"),
            "use @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually",
        )),
    }
}

fn miscounted(count: usize) -> Mistake {
    let hint = match count {
        6 | 7 => "leave out the seconds and the year: minute hour day month weekday",
        _ => "write minute hour day month weekday, for example \"15 6 * * mon-fri\"",
    };
    let fields = if count == 1 { "field" } else { "fields" };
    Mistake::new(
        format!("a crontab line has five fields, this one has {count} {fields}"),
        hint,
    )
}

impl Kind {
    fn read(&self, text: &str) -> Result<Field, Mistake> {
        let mut values = BTreeSet::new();
        for item in text.split(',') {
            values.extend(self.item(item)?);
        }
        Ok(Field {
            values,
            star: text.starts_with('*'),
        })
    }

    /// One entry of a comma list: `*`, `5`, `5-9`, either of `*` and a range with `/step`.
    fn item(&self, item: &str) -> Result<Vec<u8>, Mistake> {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, self.step(step, item)?),
            None => (item, 1),
        };
        let (low, high) = match range.split_once('-') {
            _ if range == "*" => (self.first, self.last_value()),
            Some((low, high)) => self.range(low, high)?,
            None if item.contains('/') => {
                return Err(Mistake::new(
                    format!("`{item}` in the {}: a step needs a range", self.name),
                    &format!("write `{range}-{}/{step}`", self.last),
                ));
            }
            None => {
                let value = self.value(range)?;
                (value, value)
            }
        };
        Ok((low..=high).step_by(usize::from(step)).collect())
    }

    fn range(&self, low: &str, high: &str) -> Result<(u8, u8), Mistake> {
        let start = self.value(low)?;
        let mut end = self.value(high)?;
        // "fri-sun" ends on the Sunday after the Friday, which is 7.
        if self.last == 7 && end == 0 && start > 0 {
            end = 7;
        }
        if start > end {
            return Err(Mistake::new(
                format!("`{low}-{high}` in the {} runs backwards", self.name),
                &format!("split it: `{low}-{},{}-{high}`", self.last, self.first),
            ));
        }
        Ok((start, end))
    }

    /// The last value that is not another name of the first: 7 is 0 again.
    fn last_value(&self) -> u8 {
        if self.last == 7 { 6 } else { self.last }
    }

    fn step(&self, step: &str, item: &str) -> Result<u8, Mistake> {
        let longest = self.last_value() - self.first + 1;
        match step.parse::<u8>() {
            Ok(step) if (1..=longest).contains(&step) => Ok(step),
            _ => Err(Mistake::new(
                format!(
                    "`{item}` in the {}: the step `{step}` is not a number from 1 to {longest}",
                    self.name
                ),
                "a step counts within its field; for longer intervals list the times, or use `every`",
            )),
        }
    }

    fn value(&self, text: &str) -> Result<u8, Mistake> {
        let lower = text.to_ascii_lowercase();
        let named = self.names.iter().position(|name| *name == lower);
        if let Some(place) = named.and_then(|place| u8::try_from(place).ok()) {
            // Months count from 1, weekdays from 0: both from the field's first value.
            return Ok(self.first + place);
        }
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse::<u8>() {
            Ok(value) if digits && (self.first..=self.last).contains(&value) => Ok(value),
            _ => Err(self.unreadable(text)),
        }
    }

    fn unreadable(&self, text: &str) -> Mistake {
        let what = format!(
            "`{text}` in the {} is not a number from {} to {}{}",
            self.name,
            self.first,
            self.last,
            match self.names {
                [] => String::new(),
                [first, .., last] | [first @ last] => format!(" nor a name from {first} to {last}"),
            }
        );
        let quartz = text.contains(['L', 'W', '#', '?']);
        let hint = if quartz {
            "`L`, `W`, `#` and `?` belong to other schedulers; crontab knows `*`, lists, ranges and steps"
        } else {
            "fields are minute, hour, day of the month, month, day of the week"
        };
        Mistake::new(what, hint)
    }
}
