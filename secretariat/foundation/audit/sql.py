"""The functions of the database that keep history; a migration creates them, integrity.py hangs them on tables."""

# The roles of the app and the sealer, where nobody has made them, and their use by whoever migrates.
ROLES = """
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['app', 'sealer'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
        IF NOT pg_has_role(current_user, role, 'SET') THEN
            EXECUTE format('GRANT %I TO %I', role, current_user);
        END IF;
    END LOOP;
END $$;
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION audit_transaction() RETURNS bigint LANGUAGE sql AS
$$ SELECT (pg_current_xact_id()::text)::bigint $$;

CREATE OR REPLACE FUNCTION audit_current_act() RETURNS bigint LANGUAGE sql AS
$$ SELECT nullif(current_setting('secretariat.act', true), '')::bigint $$;

-- Puts a salted commitment in the place of each personal value, and the value itself where it can be erased.
CREATE OR REPLACE FUNCTION audit_commit_personal(
    change bigint, which text, content jsonb, personal text[], subject uuid
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
    name text;
    salt uuid;
BEGIN
    FOREACH name IN ARRAY personal LOOP
        CONTINUE WHEN content ->> name IS NULL;
        salt := gen_random_uuid();
        INSERT INTO audit_personalvalue (change_id, side, "column", subject_id, salt, value)
            VALUES (change, which, name, subject, salt, content -> name);
        content := jsonb_set(content, ARRAY[name], jsonb_build_object('commitment',
            encode(sha256(convert_to(salt::text || (content ->> name), 'UTF8')), 'hex')));
    END LOOP;
    RETURN content;
END $$;

-- Arguments: personal columns, the column that names their person, the primary key's column.
CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
    personal text[] := TG_ARGV[0]::text[];
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    before jsonb := old_row;
    after jsonb := new_row;
    change bigint;
    subject uuid := nullif(coalesce(new_row, old_row) ->> nullif(TG_ARGV[1], ''), '')::uuid;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, value) INTO before FROM jsonb_each(old_row)
            WHERE value IS DISTINCT FROM new_row -> key;
        IF before IS NULL THEN RETURN NULL; END IF;
        SELECT jsonb_object_agg(key, new_row -> key) INTO after FROM jsonb_object_keys(before) AS key;
    END IF;
    change := nextval('audit_change_id_seq');
    IF personal <> '{}' THEN
        before := audit_commit_personal(change, 'before', before, personal, subject);
        after := audit_commit_personal(change, 'after', after, personal, subject);
    END IF;
    INSERT INTO audit_change
        (id, act_id, transaction, at, database_user, "table", row, operation, before, after)
    VALUES (change, audit_current_act(), audit_transaction(), clock_timestamp(), session_user, TG_TABLE_NAME,
            coalesce(new_row, old_row) ->> TG_ARGV[2], lower(TG_OP), before, after);
    RETURN NULL;
END $$;

-- An act or a pledge waits for the sealer; so does a change that no act explains.
CREATE OR REPLACE FUNCTION audit_queue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
    IF TG_ARGV[0] <> 'change' OR to_jsonb(NEW) ->> 'act_id' IS NULL THEN
        INSERT INTO audit_unsealed (kind, source_id) VALUES (TG_ARGV[0], NEW.id);
    END IF;
    RETURN NULL;
END $$;

-- Argument of some: the personal columns, which forgetting a person may empty and nothing may change otherwise.
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND current_setting('secretariat.blanking', true) = TG_TABLE_NAME THEN
        IF audit_only_blanks(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV[0]::text[]) THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Arguments: the column of the state, the first state, the allowed transitions as 'from>to' (comma separated).
CREATE OR REPLACE FUNCTION audit_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    new_state text := to_jsonb(NEW) ->> TG_ARGV[0];
    old_state text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF new_state <> TG_ARGV[1] THEN
            RAISE EXCEPTION '% must begin as %, not %', TG_TABLE_NAME, TG_ARGV[1], new_state
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    old_state := to_jsonb(OLD) ->> TG_ARGV[0];
    IF new_state <> old_state AND NOT (old_state || '>' || new_state) = ANY (string_to_array(TG_ARGV[2], ',')) THEN
        RAISE EXCEPTION '% may not go from % to %', TG_TABLE_NAME, old_state, new_state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Arguments: the column that points to the parent, the parent's table, its state's column, the states for changes,
-- the personal columns, which forgetting a person may empty in any of them.
CREATE OR REPLACE FUNCTION audit_guard_parent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parent text := coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0];
    state text;
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('secretariat.blanking', true) = TG_TABLE_NAME THEN
        IF audit_only_blanks(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV[4]::text[]) THEN RETURN NEW; END IF;
    END IF;
    EXECUTE format('SELECT %I FROM %I WHERE id = $1', TG_ARGV[2], TG_ARGV[1]) INTO state USING parent::uuid;
    IF NOT state = ANY (string_to_array(TG_ARGV[3], ',')) THEN
        RAISE EXCEPTION '% is fixed: % is %', TG_TABLE_NAME, TG_ARGV[1], state USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

-- Forgetting: values go, their commitments stay. The only way a row of history may leave.
CREATE OR REPLACE FUNCTION audit_erase(person uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
    erased bigint;
BEGIN
    PERFORM set_config('secretariat.erasing', person::text, true);
    DELETE FROM audit_personalvalue WHERE subject_id = person;
    GET DIAGNOSTICS erased = ROW_COUNT;
    PERFORM set_config('secretariat.erasing', '', true);
    RETURN erased;
END $$;
REVOKE ALL ON FUNCTION audit_erase(uuid) FROM PUBLIC;
"""
