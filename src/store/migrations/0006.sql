-- How stories stand to each other: what each says of a claim, and where they differ.

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
CREATE TABLE claims_read (
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
