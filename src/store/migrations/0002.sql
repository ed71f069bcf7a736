-- What is told when: what somebody asked to keep quiet about.

-- A story (by its identifier) or a claim (by its name) that is not told of until a time.
CREATE TABLE mute (
    kind  TEXT NOT NULL CHECK (kind IN ('story', 'claim')),
    name  TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
