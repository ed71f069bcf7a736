-- The first schema. Times are milliseconds since 1970 in UTC; decimal numbers are text, so that nothing is rounded.

-- A line of the configuration and how its checks go.
CREATE TABLE watch (
    key           INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    url           TEXT NOT NULL,
    due           INTEGER,                      -- none: no more checks
    holder        TEXT,                         -- who is checking it now ...
    leased_until  INTEGER,                      -- ... and until when nobody else may
    archived      INTEGER,                      -- since when the configuration no longer lists it
    last_check    INTEGER,
    last_seen     INTEGER,                      -- when the page last was what the latest version is
    etag          TEXT,
    last_modified TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,   -- failed checks in a row
    failing_since INTEGER,
    failure_kind  TEXT,
    error         TEXT,
    problem_told  INTEGER,
    missing_since INTEGER,                      -- evidence for a removal: the first "not found" ...
    missing_count INTEGER NOT NULL DEFAULT 0    -- ... and how many since
) STRICT;
-- When a watch may be handed out: when it is due, or when the lease it is under ends.
CREATE INDEX watch_ready ON watch (coalesce(leased_until, due)) WHERE archived IS NULL;
CREATE INDEX watch_holder ON watch (holder) WHERE holder IS NOT NULL;

-- What stands at one address, as one watch follows it.
CREATE TABLE story (
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    watch     INTEGER NOT NULL REFERENCES watch,
    url       TEXT NOT NULL,
    published INTEGER,
    changed   INTEGER,                          -- when a change was last found
    removed   INTEGER,                          -- since when the publisher has taken it away
    UNIQUE (watch, url)
) STRICT;

-- One state of a story. Small, for lists; what is heavy is in `page`.
CREATE TABLE version (
    key        INTEGER PRIMARY KEY,
    story      INTEGER NOT NULL REFERENCES story,
    number     INTEGER NOT NULL CHECK (number > 0),
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,                -- of the latest version: see watch.last_seen
    headline   TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    reader     TEXT NOT NULL,                   -- name and version of what read the story from the page
    UNIQUE (story, number)
) STRICT;

CREATE TABLE page (
    version      INTEGER PRIMARY KEY REFERENCES version,
    url          TEXT NOT NULL,                 -- after redirects
    content_type TEXT,
    base         INTEGER REFERENCES page,       -- the page whose bytes are the zstd prefix; none: complete by itself
    length       INTEGER NOT NULL,
    bytes        BLOB NOT NULL,
    body         BLOB NOT NULL                  -- the story: JSON in zstd
) STRICT;

-- A figure over the versions in which it stands unchanged.
CREATE TABLE figure (
    key       INTEGER PRIMARY KEY,
    story     INTEGER NOT NULL REFERENCES story,
    since     INTEGER NOT NULL,                 -- the first version that has it
    gone      INTEGER,                          -- the first version that no longer has it
    kind      TEXT NOT NULL,
    text      TEXT NOT NULL,
    low       TEXT,
    high      TEXT,
    qualifier TEXT,
    unit      TEXT,
    noun      TEXT,
    counted   TEXT,
    said_by   TEXT,
    FOREIGN KEY (story, since) REFERENCES version (story, number),
    FOREIGN KEY (story, gone) REFERENCES version (story, number)
) STRICT;
CREATE INDEX figure_standing ON figure (story, gone);

CREATE TABLE change (
    version  INTEGER NOT NULL REFERENCES version,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    severity TEXT NOT NULL,
    noun     TEXT,
    unit     TEXT,
    old_text TEXT,
    new_text TEXT,
    told     INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    whole    TEXT NOT NULL,                     -- every field of it, as JSON
    PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;

-- The value of a tracked claim that its receivers know.
CREATE TABLE told (
    story INTEGER NOT NULL REFERENCES story,
    claim TEXT NOT NULL,
    low   TEXT,
    high  TEXT,
    text  TEXT NOT NULL,
    PRIMARY KEY (story, claim)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    watch       INTEGER REFERENCES watch,
    story       INTEGER REFERENCES story,
    old_version INTEGER REFERENCES version,
    new_version INTEGER REFERENCES version,
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    severity    TEXT NOT NULL,
    summary     TEXT NOT NULL,
    whole       TEXT NOT NULL,                  -- the alert, as JSON
    CHECK (story IS NOT NULL OR (old_version IS NULL AND new_version IS NULL))
) STRICT;

-- The outbox: one row for each alert and address. Lower keys go first within a strand.
CREATE TABLE delivery (
    key          INTEGER PRIMARY KEY,
    alert        INTEGER NOT NULL REFERENCES alert,
    receiver     TEXT NOT NULL,
    address      TEXT NOT NULL,
    strand       TEXT NOT NULL,                 -- what keeps its order: a story, or a watch, or the alert alone
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'parked')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    created      INTEGER NOT NULL,
    due          INTEGER NOT NULL,
    holder       TEXT,
    leased_until INTEGER,
    finished     INTEGER,
    error        TEXT,
    UNIQUE (alert, receiver, address)
) STRICT;
CREATE INDEX delivery_ready ON delivery (coalesce(leased_until, due)) WHERE state = 'waiting';
CREATE INDEX delivery_order ON delivery (strand, receiver, address, key) WHERE state = 'waiting';
CREATE INDEX delivery_holder ON delivery (holder) WHERE holder IS NOT NULL;
CREATE INDEX delivery_parked ON delivery (receiver) WHERE state = 'parked';

-- Receivers that said they are gone; nothing is sent to them until somebody asks for it.
CREATE TABLE disabled (
    receiver TEXT PRIMARY KEY,
    since    INTEGER NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
