-- When a customer was forgotten: name, phones, addresses and notes are gone, numbers, dates and outcomes stay.
ALTER TABLE customer ADD COLUMN erased_at TEXT;
