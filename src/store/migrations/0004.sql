-- Receivers take turns, and may have threads.

-- What the receiver called the message, where that is worth knowing.
ALTER TABLE delivery ADD COLUMN receipt TEXT;
CREATE INDEX delivery_receipt ON delivery (strand, receiver, address, key) WHERE receipt IS NOT NULL;

-- When a delivery of each receiver may be handed out, so that no receiver is looked at because another has much to do.
DROP INDEX delivery_ready;
CREATE INDEX delivery_turn ON delivery (receiver, coalesce(leased_until, due)) WHERE state = 'waiting';
