-- Accounts, sessions and the audit trail. Every table forces row security; the owner's own policy lets
-- migrations and the functions below pass, the application role sees what the scope of its transaction allows.
CREATE SCHEMA access;

CREATE TABLE access.account (
  id uuid PRIMARY KEY,
  username text NOT NULL UNIQUE CHECK (username = lower(username) AND length(username) BETWEEN 2 AND 64),
  display_name text NOT NULL CHECK (length(display_name) <= 100),
  role text NOT NULL CHECK (role IN ('province', 'city', 'county', 'township', 'village', 'analyst', 'auditor',
                                     'administrator', 'enterprise', 'person')),
  region text NOT NULL CHECK (region ~ '^[0-9]{2,12}$'),
  password_hash text NOT NULL,
  must_change boolean NOT NULL DEFAULT true,
  demo boolean NOT NULL DEFAULT false,
  disabled boolean NOT NULL DEFAULT false,
  failures integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE access.session (
  token_hash bytea PRIMARY KEY,
  account uuid NOT NULL REFERENCES access.account ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL
);

CREATE TABLE access.audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  account uuid,
  username text NOT NULL,
  role text NOT NULL,
  region text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  detail text NOT NULL DEFAULT ''
);

-- A block seals all entries up to its last: its hash covers them and the block before.
CREATE TABLE access.audit_block (
  number bigint PRIMARY KEY,
  first_entry bigint NOT NULL,
  last_entry bigint NOT NULL,
  sealed_at timestamptz NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['account', 'session', 'audit_entry', 'audit_block'] LOOP
    EXECUTE format('ALTER TABLE access.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE access.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner ON access.%I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

CREATE POLICY own ON access.account FOR SELECT TO ganye_app
  USING (id::text = current_setting('ganye.account', true) OR current_setting('ganye.role', true) = 'administrator');
CREATE POLICY administered ON access.account FOR INSERT TO ganye_app
  WITH CHECK (current_setting('ganye.role', true) = 'administrator');
CREATE POLICY changed ON access.account FOR UPDATE TO ganye_app
  USING (id::text = current_setting('ganye.account', true) OR current_setting('ganye.role', true) = 'administrator');
CREATE POLICY written ON access.audit_entry FOR INSERT TO ganye_app
  WITH CHECK (account IS NULL OR account::text = current_setting('ganye.account', true));
CREATE POLICY audited ON access.audit_entry FOR SELECT TO ganye_app
  USING (current_setting('ganye.role', true) = 'auditor');
CREATE POLICY audited ON access.audit_block FOR SELECT TO ganye_app
  USING (current_setting('ganye.role', true) = 'auditor');

GRANT USAGE ON SCHEMA access TO ganye_app;
GRANT SELECT, INSERT ON access.account TO ganye_app;
GRANT UPDATE (display_name, password_hash, must_change, disabled, failures, locked_until) ON access.account TO ganye_app;
GRANT SELECT, INSERT ON access.audit_entry TO ganye_app;
GRANT SELECT ON access.audit_block TO ganye_app;

-- Who signs in has no scope yet; these are the only ways to rows without one. They run as the owner.
CREATE FUNCTION access.find_account(named text)
RETURNS TABLE (id uuid, display_name text, role text, region text, password_hash text, must_change boolean, disabled boolean,
               failures integer, locked_until timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.id, a.display_name, a.role, a.region, a.password_hash, a.must_change, a.disabled, a.failures, a.locked_until
  FROM access.account a WHERE a.username = named
$$;

CREATE FUNCTION access.note_sign_in(who uuid, failed integer, until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE access.account SET failures = failed, locked_until = until WHERE id = who
$$;

CREATE FUNCTION access.open_session(token bytea, who uuid, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.session (token_hash, account, created_at, seen_at) VALUES (token, who, at, at)
$$;

-- The account of a session that was seen since idle_since and opened since opened_since; notes that it was seen.
CREATE FUNCTION access.use_session(token bytea, at timestamptz, idle_since timestamptz, opened_since timestamptz)
RETURNS TABLE (id uuid, username text, display_name text, role text, region text, must_change boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE access.session s SET seen_at = at
  WHERE s.token_hash = token AND s.seen_at >= idle_since AND s.created_at >= opened_since AND s.seen_at < at - interval '20 seconds';
  SELECT a.id, a.username, a.display_name, a.role, a.region, a.must_change
  FROM access.session s JOIN access.account a ON a.id = s.account
  WHERE s.token_hash = token AND s.seen_at >= idle_since AND s.created_at >= opened_since AND NOT a.disabled
$$;

CREATE FUNCTION access.close_session(token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DELETE FROM access.session WHERE token_hash = token
$$;

CREATE FUNCTION access.close_sessions_of(who uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DELETE FROM access.session WHERE account = who
$$;

CREATE FUNCTION access.account_count() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT count(*) FROM access.account
$$;

-- The first administrator, and the accounts of a demo: only while a username is free.
CREATE FUNCTION access.found_account(who uuid, named text, shown text, as_role text, of_region text, hash text, of_demo boolean)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.account (id, username, display_name, role, region, password_hash, must_change, demo)
  VALUES (who, named, shown, as_role, of_region, hash, NOT of_demo, of_demo)
  ON CONFLICT (username) DO UPDATE SET password_hash = excluded.password_hash, failures = 0, locked_until = NULL
  WHERE access.account.demo
$$;

-- Seals what has come since the last block. The text of an entry is that of its row.
CREATE FUNCTION access.seal_audit(at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
  before access.audit_block;
  first_new bigint;
  last_new bigint;
  content text;
BEGIN
  PERFORM pg_advisory_xact_lock(7266001);
  LOCK TABLE access.audit_entry IN SHARE MODE;
  SELECT * INTO before FROM access.audit_block ORDER BY number DESC LIMIT 1;
  SELECT min(e.id), max(e.id) INTO first_new, last_new FROM access.audit_entry e WHERE e.id > coalesce(before.last_entry, 0);
  IF first_new IS NULL THEN
    RETURN 0;
  END IF;
  SELECT string_agg(to_jsonb(e)::text, E'\n' ORDER BY e.id) INTO content
  FROM access.audit_entry e WHERE e.id BETWEEN first_new AND last_new;
  INSERT INTO access.audit_block (number, first_entry, last_entry, sealed_at, previous, hash)
  VALUES (coalesce(before.number, 0) + 1, first_new, last_new, at, coalesce(before.hash, ''::bytea),
          sha256(coalesce(before.hash, ''::bytea) || convert_to(content, 'UTF8')));
  RETURN last_new - first_new + 1;
END $$;

-- Blocks that do not hold what they sealed; none if the trail is whole.
CREATE FUNCTION access.broken_audit_blocks() RETURNS TABLE (number bigint, what text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
  WITH chained AS (
    SELECT b.*, lag(b.hash) OVER w AS hash_before, lag(b.last_entry) OVER w AS last_before, lag(b.number) OVER w AS number_before,
           (SELECT string_agg(to_jsonb(e)::text, E'\n' ORDER BY e.id) FROM access.audit_entry e
            WHERE e.id BETWEEN b.first_entry AND b.last_entry) AS content
    FROM access.audit_block b
    WINDOW w AS (ORDER BY b.number)
  )
  SELECT c.number,
         CASE WHEN c.hash <> sha256(c.previous || convert_to(coalesce(c.content, ''), 'UTF8')) THEN 'entries-changed'
              WHEN c.previous <> coalesce(c.hash_before, ''::bytea) THEN 'chain-broken'
              ELSE 'block-missing' END
  FROM chained c
  WHERE c.hash <> sha256(c.previous || convert_to(coalesce(c.content, ''), 'UTF8'))
     OR c.previous <> coalesce(c.hash_before, ''::bytea)
     OR c.number <> coalesce(c.number_before, 0) + 1
     OR EXISTS (SELECT 1 FROM access.audit_entry e WHERE e.id > coalesce(c.last_before, 0) AND e.id < c.first_entry)
  ORDER BY c.number
$$;

CREATE FUNCTION access.audit_head() RETURNS TABLE (number bigint, hash text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT b.number, encode(b.hash, 'hex') FROM access.audit_block b ORDER BY b.number DESC LIMIT 1
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access TO ganye_app;
