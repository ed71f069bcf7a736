-- Lists: feeds, section pages and sitemaps, whose articles are followed each by itself.

-- A watch that is a list.
CREATE TABLE list (
    watch   INTEGER PRIMARY KEY REFERENCES watch,
    reading TEXT NOT NULL                       -- how it is read; when that changes, everything in it is looked at again
) STRICT;

-- A watch that a list has brought: an article that is followed.
CREATE TABLE article (
    watch     INTEGER PRIMARY KEY REFERENCES watch,
    list      INTEGER NOT NULL REFERENCES watch,
    published INTEGER,                          -- as the list says
    found     INTEGER NOT NULL,                 -- when the list first named it
    until     INTEGER NOT NULL,                 -- how long it is followed
    identity  TEXT,                             -- the key of the address it gives for itself ...
    headline  TEXT                              -- ... and its first headline: two articles that share both are one
) STRICT;
CREATE INDEX article_list ON article (list, identity);

-- Every address a list has named. Addresses are keys: what they have in common with all others of one article.
CREATE TABLE listed (
    list      INTEGER NOT NULL REFERENCES watch,
    address   TEXT NOT NULL,
    last      INTEGER NOT NULL,                 -- when the list last named it
    watch     INTEGER REFERENCES watch,         -- the article; none: named, but not followed
    forbidden INTEGER NOT NULL DEFAULT 0,       -- whether that is so because the site forbids it to robots
    PRIMARY KEY (list, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_watch ON listed (watch) WHERE watch IS NOT NULL;
