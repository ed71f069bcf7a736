-- What is told when: what is muted, what goes back and forth, what is held, and how stories stand to each other.

-- A story (by its identifier) or a claim (by its name) that is not told of until a time.
CREATE TABLE mute (
    kind  TEXT NOT NULL CHECK (kind IN ('story', 'claim')),
    name  TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- A fact of a story that has lately gone from one value to another.
CREATE TABLE flip (
    story  INTEGER NOT NULL REFERENCES story,
    fact   TEXT NOT NULL,
    now    TEXT NOT NULL,                       -- the value it has, as a key
    last   INTEGER NOT NULL,                    -- when it turned last ...
    before INTEGER,                             -- ... and before that
    told   INTEGER NOT NULL,                    -- whether its readers know that it alternates
    PRIMARY KEY (story, fact)
) STRICT, WITHOUT ROWID;

-- Alerts that are held for a receiver, to be told together.
CREATE TABLE held (
    key      INTEGER PRIMARY KEY,
    alert    INTEGER NOT NULL REFERENCES alert,
    receiver TEXT NOT NULL,
    address  TEXT NOT NULL,
    why      TEXT NOT NULL CHECK (why IN ('digest', 'quiet', 'surplus')),
    created  INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    finished INTEGER,                           -- when it was told, or found to have nothing left to tell
    told_by  INTEGER REFERENCES alert,          -- what it was told by
    UNIQUE (alert, receiver, address)
) STRICT;
CREATE INDEX held_due ON held (due) WHERE finished IS NULL;
CREATE INDEX held_receiver ON held (receiver, due) WHERE finished IS NULL;

-- Receivers that get their digest also when there is nothing in it, and when they get the next.
CREATE TABLE round (
    receiver TEXT PRIMARY KEY,
    due      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What went to a receiver in the last hour.
CREATE INDEX delivery_recent ON delivery (receiver, created);

-- The value of a followed figure in a story as it stands.
CREATE TABLE standing (
    story     INTEGER NOT NULL REFERENCES story,
    claim     TEXT NOT NULL,
    outlet    TEXT,
    text      TEXT NOT NULL,
    low       TEXT NOT NULL,
    high      TEXT NOT NULL,
    qualifier TEXT,
    unit      TEXT,
    noun      TEXT,
    at        INTEGER NOT NULL,                 -- since when the story says so
    PRIMARY KEY (story, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_claim ON standing (claim);

-- By which claims, and how read, the values of a story were looked up; another key means that they must be again.
CREATE TABLE followed (
    story INTEGER PRIMARY KEY REFERENCES story,
    key   TEXT NOT NULL
) STRICT;

-- Claims to which stories give different values.
CREATE TABLE disagreement (
    claim TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    due   INTEGER NOT NULL,                     -- when it has lasted long enough to be told
    told  INTEGER
) STRICT, WITHOUT ROWID;
