-- What the server said with a page: the status line and the headers, as far as they are kept as evidence.
ALTER TABLE page ADD COLUMN head TEXT;
