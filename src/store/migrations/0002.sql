-- What is told when: what somebody asked to keep quiet about, and what goes back and forth.

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
