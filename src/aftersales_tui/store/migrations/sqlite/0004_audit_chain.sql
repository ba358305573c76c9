-- Every event gets a link to the one before it. A link seals the digest of the event's data, not the data: data
-- and salt may be forgotten and the chain still be proven. The status of a job moves out of the data, because
-- deadlines count from it after the rest is forgotten.
DROP TRIGGER event_never_changes;
DROP TRIGGER event_never_goes;
DROP TRIGGER event_is_never_replaced;
DROP INDEX event_record;
ALTER TABLE event RENAME TO event_without_chain;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  staff_id INTEGER REFERENCES staff (id),
  record_kind TEXT NOT NULL CHECK (
    record_kind IN ('customer', 'device', 'call', 'job', 'follow_up', 'staff', 'shop')
  ),
  record_id INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 60),
  status TEXT CHECK (
    status IN (
      'expected', 'received', 'diagnosing', 'in_repair', 'testing', 'awaiting_approval', 'awaiting_parts',
      'awaiting_customer', 'at_maker', 'ready', 'handed_over', 'settled', 'cancelled'
    )
  ),
  data TEXT,
  salt BLOB CHECK (length(salt) = 16),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  CHECK ((data IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX event_record ON event (record_kind, record_id, id);

CREATE TABLE event_tail (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  event_id INTEGER NOT NULL,
  chain BLOB NOT NULL
) STRICT;
INSERT INTO event_tail (one, event_id, chain) VALUES (1, 0, zeroblob(32));

-- The one change there is: data and salt are forgotten, and nothing else.
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
WHEN NOT (
  OLD.data IS NOT NULL AND OLD.salt IS NOT NULL AND NEW.data IS NULL AND NEW.salt IS NULL
  AND NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.staff_id IS OLD.staff_id
  AND NEW.record_kind IS OLD.record_kind AND NEW.record_id IS OLD.record_id AND NEW.what IS OLD.what
  AND NEW.status IS OLD.status AND NEW.digest IS OLD.digest AND NEW.chain IS OLD.chain
)
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN NEW.id > 0 AND NEW.id <= (SELECT max(id) FROM event)
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER event_is_the_last AFTER INSERT ON event
BEGIN
  UPDATE event_tail SET event_id = NEW.id, chain = NEW.chain;
END;
-- The rows come over in Python, which can compute the links: see audit_chain.py.
