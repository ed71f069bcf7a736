-- Whether a receiver asked for the time at which a delivery is due; no start hastens that.
ALTER TABLE delivery ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
