"""The functions of the database that forget a person: values go, commitments and rows stay.

They empty personal columns and their history, and can do nothing else: no other column, and no other value.
"""

FORGETTING = r"""
-- Whether nothing differs between two rows but personal columns, and these are empty in the second or say less.
CREATE OR REPLACE FUNCTION audit_only_blanks(old_row jsonb, new_row jsonb, personal text[])
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT personal <> '{}' AND old_row - personal = new_row - personal AND NOT EXISTS (
        SELECT FROM unnest(personal) AS name
        WHERE new_row -> name IS DISTINCT FROM old_row -> name
          AND coalesce(new_row -> name, 'null') NOT IN ('null', '""', '[]', '{}', to_jsonb('\x'::text))
          AND NOT (jsonb_typeof(new_row -> name) = 'object' AND jsonb_typeof(old_row -> name) = 'object'
              AND new_row -> name = (old_row -> name) - ARRAY(
                  SELECT jsonb_object_keys(CASE jsonb_typeof(old_row -> name) WHEN 'object' THEN old_row -> name END)
                  EXCEPT
                  SELECT jsonb_object_keys(CASE jsonb_typeof(new_row -> name) WHEN 'object' THEN new_row -> name END)))
    )
$$;

-- The history of rows, whoever is their person.
CREATE OR REPLACE FUNCTION audit_erase_rows(which text, rows text[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
    erased bigint;
BEGIN
    PERFORM set_config('secretariat.erasing', 'rows', true);
    DELETE FROM audit_personalvalue v USING audit_change c
        WHERE c.id = v.change_id AND c."table" = which AND c.row = ANY (rows);
    GET DIAGNOSTICS erased = ROW_COUNT;
    PERFORM set_config('secretariat.erasing', '', true);
    RETURN erased;
END $$;
REVOKE ALL ON FUNCTION audit_erase_rows(text, text[]) FROM PUBLIC;

-- Empties personal columns of rows, also where a table is append-only.
CREATE OR REPLACE FUNCTION audit_blank(which text, rows uuid[], names text[]) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE
    hung regclass := to_regclass(quote_ident(which));
    personal text[] := '{}';
    assignments text;
    blanked bigint;
BEGIN
    SELECT split_part(encode(tgargs, 'escape'), '\000', 1)::text[] INTO personal
        FROM pg_trigger WHERE tgname = 'audit' AND tgrelid = hung;
    IF NOT FOUND OR NOT names <@ personal THEN
        RAISE EXCEPTION 'not personal columns of %: %', which, names USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT string_agg(format('%I = %s', attname, CASE
            WHEN atttypid = 'jsonb'::regtype
                THEN format($f$CASE jsonb_typeof(%I) WHEN 'array' THEN '[]'::jsonb ELSE '{}' END$f$, attname)
            WHEN atttypid IN ('text'::regtype, 'varchar'::regtype) THEN $f$''$f$
            WHEN atttypid = 'bytea'::regtype THEN $f$'\x'$f$
            WHEN right(format_type(atttypid, atttypmod), 2) = '[]' THEN $f$'{}'$f$
            ELSE 'NULL' END), ', ') INTO assignments
        FROM pg_attribute WHERE attrelid = hung AND attname = ANY (names);
    PERFORM set_config('secretariat.blanking', which, true);
    EXECUTE format('UPDATE %I SET %s WHERE id = ANY ($1)', which, assignments) USING rows;
    GET DIAGNOSTICS blanked = ROW_COUNT;
    PERFORM set_config('secretariat.blanking', '', true);
    RETURN blanked;
END $$;
REVOKE ALL ON FUNCTION audit_blank(text, uuid[], text[]) FROM PUBLIC;

-- Takes keys out of a personal column of JSON where others have a part in the row.
CREATE OR REPLACE FUNCTION audit_prune(which text, rows uuid[], name text, keys text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    pruned bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'audit' AND tgrelid = to_regclass(quote_ident(which))
            AND name = ANY (split_part(encode(tgargs, 'escape'), '\000', 1)::text[])) THEN
        RAISE EXCEPTION 'not a personal column of %: %', which, name USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('secretariat.blanking', which, true);
    EXECUTE format('UPDATE %1$I SET %2$I = %2$I - $1 WHERE id = ANY ($2)', which, name) USING keys, rows;
    GET DIAGNOSTICS pruned = ROW_COUNT;
    PERFORM set_config('secretariat.blanking', '', true);
    RETURN pruned;
END $$;
REVOKE ALL ON FUNCTION audit_prune(text, uuid[], text, text[]) FROM PUBLIC;
"""
