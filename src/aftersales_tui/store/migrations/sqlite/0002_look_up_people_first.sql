-- The id of a findable record holds the rank of its kind above its moment: walked downwards it gives customers,
-- devices, jobs and calls, each newest first. 2^60 microseconds are more than any moment has.
UPDATE search_doc SET id = id + 1152921504606846976 * CASE kind
  WHEN 'customer' THEN 3 WHEN 'device' THEN 2 WHEN 'job' THEN 1 ELSE 0 END;
INSERT INTO search_trigram (search_trigram) VALUES ('rebuild');
INSERT INTO search_spaced (search_spaced) VALUES ('rebuild');
