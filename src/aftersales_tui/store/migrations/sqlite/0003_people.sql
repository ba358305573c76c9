-- A PIN says who acts. Wrong tries are counted in the file, so that starting again does not forget them.
ALTER TABLE staff ADD COLUMN pin TEXT NOT NULL DEFAULT '' CHECK (length(pin) <= 300);
ALTER TABLE staff ADD COLUMN pin_failures INTEGER NOT NULL DEFAULT 0 CHECK (pin_failures >= 0);
ALTER TABLE staff ADD COLUMN pin_wait_until TEXT;
-- The newest event about PINs that was shown to the person at a sign-in.
ALTER TABLE staff ADD COLUMN told_event INTEGER NOT NULL DEFAULT 0;
