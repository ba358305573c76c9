-- What one call needs on its way from the phone to the month's summary.
-- Instants are text in UTC, days are ISO text, states are text with a CHECK.

CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL CHECK (length(key) <= 60),
  value TEXT NOT NULL
) STRICT;

CREATE TABLE counter (
  kind TEXT PRIMARY KEY NOT NULL CHECK (kind IN ('call', 'job', 'follow_up')),
  next_number INTEGER NOT NULL CHECK (next_number > 0)
) STRICT;

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  role TEXT NOT NULL CHECK (role IN ('clerk', 'technician', 'owner')),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) <= 500),
  region TEXT NOT NULL CHECK (length(region) <= 500),
  address TEXT NOT NULL CHECK (length(address) <= 2000),
  email TEXT NOT NULL CHECK (length(email) <= 500),
  price_group TEXT NOT NULL CHECK (length(price_group) <= 100),
  notes TEXT NOT NULL CHECK (length(notes) <= 20000),
  merged_into INTEGER REFERENCES customer (id) CHECK (merged_into <> id),
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES staff (id),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT;

CREATE TABLE customer_phone (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  raw TEXT NOT NULL CHECK (length(raw) BETWEEN 1 AND 500),
  e164 TEXT NOT NULL CHECK (length(e164) <= 40),
  digits TEXT NOT NULL CHECK (length(digits) <= 500),
  extension TEXT NOT NULL CHECK (length(extension) <= 100),
  label TEXT NOT NULL CHECK (length(label) <= 100)
) STRICT;
CREATE INDEX customer_phone_customer ON customer_phone (customer_id, position);
CREATE INDEX customer_phone_digits ON customer_phone (digits);
CREATE INDEX customer_phone_e164 ON customer_phone (e164) WHERE e164 <> '';

CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  brand TEXT NOT NULL CHECK (length(brand) <= 200),
  model TEXT NOT NULL CHECK (length(model) <= 200),
  category TEXT NOT NULL CHECK (length(category) BETWEEN 1 AND 60),
  folded TEXT NOT NULL CHECK (length(folded) <= 500),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT;
CREATE INDEX product_folded ON product (folded);

CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer (id),
  product_id INTEGER NOT NULL REFERENCES product (id),
  serial TEXT NOT NULL CHECK (length(serial) <= 200),
  serial_folded TEXT NOT NULL CHECK (length(serial_folded) <= 200),
  sold_on TEXT,
  invoiced_on TEXT,
  delivered_on TEXT,
  installed_on TEXT,
  accepted_on TEXT,
  produced_on TEXT,
  invoice_no TEXT NOT NULL CHECK (length(invoice_no) <= 200),
  proof TEXT NOT NULL CHECK (proof IN ('seen', 'told', 'none')),
  seller TEXT NOT NULL CHECK (length(seller) <= 500),
  place TEXT NOT NULL CHECK (length(place) <= 2000),
  notes TEXT NOT NULL CHECK (length(notes) <= 20000),
  created_at TEXT NOT NULL,
  created_by INTEGER REFERENCES staff (id),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT;
CREATE INDEX device_customer ON device (customer_id);
CREATE INDEX device_serial ON device (serial_folded) WHERE serial_folded <> '';

CREATE TABLE call (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  at TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('repair', 'progress', 'complaint', 'advice', 'return', 'appointment', 'other')),
  channel TEXT NOT NULL CHECK (channel IN ('phone', 'walk_in', 'message', 'email', 'web', 'letter', 'fax')),
  customer_id INTEGER REFERENCES customer (id),
  device_id INTEGER REFERENCES device (id),
  caller_name TEXT NOT NULL CHECK (length(caller_name) <= 500),
  caller_phone TEXT NOT NULL CHECK (length(caller_phone) <= 500),
  fault TEXT NOT NULL CHECK (length(fault) <= 20000),
  as_before TEXT NOT NULL CHECK (as_before IN ('yes', 'no', 'not_asked')),
  as_before_job_id INTEGER REFERENCES job (id),
  cause TEXT NOT NULL CHECK (cause IN ('not_known', 'misuse', 'liquid', 'dropped', 'opened', 'power', 'wear')),
  wish TEXT NOT NULL CHECK (wish IN ('repair', 'exchange', 'refund', 'quote_first', 'advice')),
  urgency TEXT NOT NULL CHECK (urgency IN ('P1', 'P2', 'P3', 'P4')),
  place TEXT NOT NULL CHECK (place IN ('workshop', 'on_site', 'mail_in', 'phone')),
  status TEXT NOT NULL CHECK (status IN ('open', 'needs_verification', 'closed')),
  resolution TEXT CHECK (resolution IN ('advised', 'job_opened', 'answered', 'complaint_opened', 'duplicate')),
  promised_call_back TEXT,
  closed_at TEXT,
  closed_by INTEGER REFERENCES staff (id),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((status = 'closed') = (resolution IS NOT NULL)),
  CHECK ((status = 'closed') = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX call_unclosed ON call (promised_call_back, id) WHERE status <> 'closed';
CREATE INDEX call_at ON call (at);
CREATE INDEX call_customer ON call (customer_id, at);
CREATE INDEX call_device ON call (device_id);

CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  call_id INTEGER REFERENCES call (id),
  device_id INTEGER REFERENCES device (id),
  judged_at TEXT NOT NULL,
  as_of TEXT NOT NULL,
  coverage TEXT NOT NULL CHECK (
    coverage IN ('covered', 'partly_covered', 'excluded', 'expired', 'contract', 'not_proven', 'goodwill')
  ),
  policy TEXT NOT NULL CHECK (length(policy) <= 100),
  policy_version TEXT NOT NULL CHECK (length(policy_version) <= 100),
  judged TEXT NOT NULL
) STRICT;
CREATE INDEX verdict_call ON verdict (call_id);
CREATE INDEX verdict_device ON verdict (device_id);

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  call_id INTEGER REFERENCES call (id),
  customer_id INTEGER REFERENCES customer (id),
  device_id INTEGER REFERENCES device (id),
  product_id INTEGER REFERENCES product (id),
  verdict_id INTEGER REFERENCES verdict (id),
  rework_of INTEGER REFERENCES job (id),
  status TEXT NOT NULL CHECK (
    status IN (
      'expected', 'received', 'diagnosing', 'in_repair', 'testing', 'awaiting_approval', 'awaiting_parts',
      'awaiting_customer', 'at_maker', 'ready', 'handed_over', 'settled', 'cancelled'
    )
  ),
  outcome TEXT CHECK (
    outcome IN (
      'fixed', 'partly_fixed', 'no_fault_found', 'not_repairable', 'declined', 'exchanged', 'refunded',
      'returned_unrepaired', 'unknown'
    )
  ),
  coverage TEXT CHECK (
    coverage IN ('covered', 'partly_covered', 'excluded', 'expired', 'contract', 'not_proven', 'goodwill')
  ),
  place TEXT NOT NULL CHECK (place IN ('workshop', 'on_site', 'mail_in', 'phone')),
  service_kind TEXT NOT NULL CHECK (service_kind IN ('paid', 'contract', 'free', 'internal')),
  urgency TEXT NOT NULL CHECK (urgency IN ('P1', 'P2', 'P3', 'P4')),
  wish TEXT NOT NULL CHECK (wish IN ('repair', 'exchange', 'refund', 'quote_first', 'advice')),
  fault TEXT NOT NULL CHECK (length(fault) <= 20000),
  intake TEXT NOT NULL CHECK (length(intake) <= 20000),
  shelf TEXT NOT NULL CHECK (length(shelf) <= 100),
  assigned_to INTEGER REFERENCES staff (id),
  appointment_at TEXT,
  promised_for TEXT,
  opened_at TEXT NOT NULL,
  opened_by INTEGER REFERENCES staff (id),
  device_here INTEGER NOT NULL CHECK (device_here IN (0, 1)),
  taken_in_at TEXT,
  resume_to TEXT CHECK (resume_to IN ('received', 'diagnosing', 'in_repair', 'testing')),
  waiting_since TEXT,
  wait_note TEXT NOT NULL CHECK (length(wait_note) <= 20000),
  wait_until TEXT,
  finding TEXT NOT NULL CHECK (length(finding) <= 20000),
  cause TEXT NOT NULL CHECK (length(cause) <= 20000),
  caused_by TEXT NOT NULL CHECK (caused_by IN ('part_failed', 'our_work', 'customer', 'not_known')),
  action TEXT NOT NULL CHECK (length(action) <= 20000),
  parts_used TEXT NOT NULL CHECK (length(parts_used) <= 20000),
  minutes INTEGER CHECK (minutes >= 0),
  checks TEXT NOT NULL CHECK (length(checks) <= 20000),
  advice TEXT NOT NULL CHECK (length(advice) <= 20000),
  test_passed INTEGER NOT NULL CHECK (test_passed IN (0, 1)),
  ready_at TEXT,
  first_ready_at TEXT,
  informed_at TEXT,
  informed_by INTEGER REFERENCES staff (id),
  informed_channel TEXT CHECK (informed_channel IN ('phone', 'message', 'in_person', 'email')),
  closed_at TEXT,
  closed_by INTEGER REFERENCES staff (id),
  completed_on TEXT,
  status_before_closing TEXT CHECK (
    status_before_closing IN (
      'expected', 'received', 'diagnosing', 'in_repair', 'testing', 'awaiting_approval', 'awaiting_parts',
      'awaiting_customer', 'at_maker', 'ready'
    )
  ),
  outcome_before_closing TEXT CHECK (
    outcome_before_closing IN (
      'fixed', 'partly_fixed', 'no_fault_found', 'not_repairable', 'declined', 'exchanged', 'refunded',
      'returned_unrepaired', 'unknown'
    )
  ),
  imported_from TEXT CHECK (length(imported_from) <= 100),
  imported_ref TEXT CHECK (length(imported_ref) <= 200),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((status IN ('handed_over', 'settled', 'cancelled')) = (completed_on IS NOT NULL)),
  CHECK ((imported_from IS NULL) = (imported_ref IS NULL))
) STRICT;
CREATE INDEX job_open ON job (status, promised_for, id) WHERE status NOT IN ('handed_over', 'settled', 'cancelled');
CREATE INDEX job_opened ON job (opened_at);
CREATE INDEX job_completed ON job (completed_on, opened_at);
CREATE INDEX job_customer ON job (customer_id, opened_at);
CREATE INDEX job_device ON job (device_id, opened_at);
CREATE INDEX job_call ON job (call_id);
CREATE UNIQUE INDEX job_imported ON job (imported_from, imported_ref) WHERE imported_from IS NOT NULL;

CREATE TABLE follow_up (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('after_hand_over', 'after_advice', 'after_test')),
  status TEXT NOT NULL CHECK (status IN ('open', 'done', 'void')),
  job_id INTEGER REFERENCES job (id),
  call_id INTEGER REFERENCES call (id),
  customer_id INTEGER REFERENCES customer (id),
  due_on TEXT NOT NULL,
  due_at TEXT,
  first_due_on TEXT NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  reached TEXT CHECK (reached IN ('yes', 'no_answer', 'call_later', 'wrong_number', 'declined')),
  solved TEXT CHECK (solved IN ('yes', 'partly', 'no')),
  quality TEXT CHECK (quality IN ('very_satisfied', 'satisfied', 'neutral', 'no_statement', 'dissatisfied')),
  attitude TEXT CHECK (attitude IN ('very_satisfied', 'satisfied', 'neutral', 'no_statement', 'dissatisfied')),
  overall TEXT CHECK (overall IN ('very_satisfied', 'satisfied', 'neutral', 'no_statement', 'dissatisfied')),
  score INTEGER CHECK (score IN (5, 3, 2, 1, -5)),
  opinion TEXT NOT NULL CHECK (length(opinion) <= 20000),
  promised TEXT NOT NULL CHECK (length(promised) <= 2000),
  promised_by TEXT,
  lead INTEGER NOT NULL CHECK (lead IN (0, 1)),
  recorded_at TEXT,
  recorded_by INTEGER REFERENCES staff (id),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((job_id IS NULL) <> (call_id IS NULL)),
  CHECK ((status = 'done') = (recorded_at IS NOT NULL)),
  CHECK ((recorded_at IS NULL) = (recorded_by IS NULL)),
  CHECK (status <> 'done' OR reached IS NOT NULL),
  CHECK (overall IS NULL OR recorded_at IS NOT NULL),
  CHECK ((overall IS NULL) = (score IS NULL))
) STRICT;
CREATE INDEX follow_up_open ON follow_up (due_on, id) WHERE status = 'open';
CREATE INDEX follow_up_due ON follow_up (first_due_on);
CREATE INDEX follow_up_recorded ON follow_up (recorded_at) WHERE recorded_at IS NOT NULL;
CREATE INDEX follow_up_job ON follow_up (job_id);
CREATE INDEX follow_up_call ON follow_up (call_id);
CREATE INDEX follow_up_customer ON follow_up (customer_id);

-- Who did what to which record, and when: append-only.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  staff_id INTEGER REFERENCES staff (id),
  record_kind TEXT NOT NULL CHECK (
    record_kind IN ('customer', 'device', 'call', 'job', 'follow_up', 'staff', 'shop')
  ),
  record_id INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 60),
  data TEXT
) STRICT;
CREATE INDEX event_record ON event (record_kind, record_id, id);

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
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

-- One row per findable record; the id is its moment in microseconds, so that newest first is the id's order.
-- store/search.py writes row and indexes together: with trusted_schema off no trigger may reach an FTS5 table.
CREATE TABLE search_doc (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customer', 'device', 'call', 'job')),
  record_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  spaced TEXT NOT NULL,
  codes TEXT NOT NULL,
  UNIQUE (kind, record_id)
) STRICT;
CREATE VIRTUAL TABLE search_trigram USING fts5 (
  text, content = 'search_doc', content_rowid = 'id', tokenize = 'trigram'
);
CREATE VIRTUAL TABLE search_spaced USING fts5 (
  spaced, content = 'search_doc', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO counter (kind, next_number) VALUES ('call', 1), ('job', 1), ('follow_up', 1);
