-- What saves a reading, and where one begins.

-- Where on its page the story of a version stood: it is looked for there first when the page is read again.
ALTER TABLE version ADD COLUMN container TEXT;

-- The page that was seen last, where it said what the latest version says in other bytes: it need not be read again.
ALTER TABLE watch ADD COLUMN seen TEXT;
