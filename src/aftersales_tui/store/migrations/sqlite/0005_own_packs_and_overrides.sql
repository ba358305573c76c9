-- Packs a shop wrote or was given: the text as it was added, never changed, never deleted.
CREATE TABLE own_pack (
  id INTEGER PRIMARY KEY,
  policy TEXT NOT NULL CHECK (length(policy) BETWEEN 1 AND 100),
  version TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 100),
  file TEXT NOT NULL CHECK (length(file) <= 500),
  text TEXT NOT NULL CHECK (length(text) <= 200000),
  added_at TEXT NOT NULL,
  added_by INTEGER NOT NULL REFERENCES staff (id),
  retired_at TEXT,
  retired_by INTEGER REFERENCES staff (id),
  CHECK ((retired_at IS NULL) = (retired_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX own_pack_version ON own_pack (policy, version);

-- What the owner decided beside a verdict; the verdict itself stays as it was judged. A decision that no longer
-- stands keeps who ended it and why; of one verdict at most one stands.
CREATE TABLE verdict_override (
  id INTEGER PRIMARY KEY,
  verdict_id INTEGER NOT NULL REFERENCES verdict (id),
  coverage TEXT NOT NULL CHECK (
    coverage IN ('covered', 'partly_covered', 'excluded', 'expired', 'contract', 'not_proven', 'goodwill')
  ),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 20000),
  made_at TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES staff (id),
  ended_at TEXT,
  ended_by INTEGER REFERENCES staff (id),
  ended_reason TEXT NOT NULL CHECK (length(ended_reason) <= 20000),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX verdict_override_stands ON verdict_override (verdict_id) WHERE ended_at IS NULL;
