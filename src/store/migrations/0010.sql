-- What the Internet Archive is asked to keep, and what it has kept.
CREATE TABLE archived (
    version  INTEGER PRIMARY KEY REFERENCES version,
    address  TEXT NOT NULL,                     -- what it is asked for
    due      INTEGER,                           -- when to ask next; none: it is settled
    attempts INTEGER NOT NULL DEFAULT 0,        -- requests to keep it that came to nothing
    job      TEXT,                              -- what the archive calls the request it works on ...
    since    INTEGER,                           -- ... and since when
    url      TEXT,                              -- where the copy is
    error    TEXT                               -- what came back last
) STRICT;
CREATE INDEX archived_due ON archived (due) WHERE due IS NOT NULL;
