-- What the mirror's own functions of these names do, for rows that a warehouse has to change before the mirror's reach it.
-- NULL in, NULL out. The same text as in the mirror for a pseudonym; a hash is made with a salt that ends with the transaction.

CREATE OR REPLACE FUNCTION pseudonym(remote_id text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT 'User ' || upper(left(encode(sha256(convert_to(remote_id, 'UTF8')), 'hex'), 8)) $$;

CREATE OR REPLACE FUNCTION person_hash(remote_id text) RETURNS text
LANGUAGE sql STABLE STRICT AS
$$ SELECT CASE WHEN remote_id ~ '^person-[0-9a-f]{32}$' THEN remote_id ELSE
  'person-' || left(encode(sha256(convert_to(current_setting('openwebui_sync.salt') || remote_id, 'UTF8')), 'hex'), 32) END $$;
