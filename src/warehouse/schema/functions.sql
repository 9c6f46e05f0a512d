-- What SQLite has and PostgreSQL lacks, so that one text of a statement runs on both. In the warehouse's own schema, which
-- comes first in the search path. NULL in, NULL out, as in SQLite.

-- The elements of a JSON array, as SQLite's table of the same name has them. What no text of PostgreSQL can hold, U+0000 and
-- halves of characters, is shown as a push does.
CREATE OR REPLACE FUNCTION json_each(elements text) RETURNS TABLE (value text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT j FROM jsonb_array_elements_text(CASE WHEN strpos(elements, '\u') = 0 THEN elements ELSE
  regexp_replace(regexp_replace(elements, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\u2400', 'g'),
    '(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}', '\1\\ufffd', 'g') END::jsonb) AS j $$;

-- A UTC time as YYYY-MM-DD. The second argument is always 'unixepoch'.
CREATE OR REPLACE FUNCTION date(seconds bigint, modifier text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT to_char(to_timestamp(seconds) AT TIME ZONE 'UTC', 'YYYY-MM-DD') $$;

-- The seconds since 1970 of a UTC time in ISO 8601.
CREATE OR REPLACE FUNCTION unixepoch(moment text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT extract(epoch FROM moment::timestamp)::bigint $$;

-- The same, moved by a step such as '+1 month'.
CREATE OR REPLACE FUNCTION unixepoch(moment text, step text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT extract(epoch FROM moment::timestamp + step::interval)::bigint $$;

-- Parts of a text by places that are counted in SQL.
CREATE OR REPLACE FUNCTION substr(whole text, first bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT substr(whole, first::integer) $$;

CREATE OR REPLACE FUNCTION substr(whole text, first bigint, length bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT substr(whole, first::integer, length::integer) $$;

-- Texts separated by commas; NULL without any.
CREATE OR REPLACE FUNCTION text_and_comma(whole text, added text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT whole || ',' || added $$;

CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = text_and_comma, STYPE = text, PARALLEL = SAFE);

-- Where a text begins in another one, from 1; 0: nowhere.
CREATE OR REPLACE FUNCTION instr(haystack text, needle text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT strpos(haystack, needle)::bigint $$;

-- The smaller and the larger of two values; NULL where one is unknown, unlike LEAST and GREATEST.
CREATE OR REPLACE FUNCTION min(a anycompatible, b anycompatible) RETURNS anycompatible
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a < b THEN a ELSE b END $$;

CREATE OR REPLACE FUNCTION max(a anycompatible, b anycompatible) RETURNS anycompatible
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a > b THEN a ELSE b END $$;
