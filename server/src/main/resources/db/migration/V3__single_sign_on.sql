-- A session says whether a provider vouched for its account: who signs in so has no password here to change.
ALTER TABLE access.session ADD COLUMN vouched_for boolean NOT NULL DEFAULT false;

DROP FUNCTION access.open_session(bytea, uuid, timestamptz);
CREATE FUNCTION access.open_session(token bytea, who uuid, at timestamptz, by_provider boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.session (token_hash, account, created_at, seen_at, vouched_for) VALUES (token, who, at, at, by_provider)
$$;

CREATE OR REPLACE FUNCTION access.use_session(token bytea, at timestamptz, idle_since timestamptz, opened_since timestamptz)
RETURNS TABLE (id uuid, username text, display_name text, role text, region text, must_change boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE access.session s SET seen_at = at
  WHERE s.token_hash = token AND s.seen_at >= idle_since AND s.created_at >= opened_since AND s.seen_at < at - interval '20 seconds';
  SELECT a.id, a.username, a.display_name, a.role, a.region, a.must_change AND NOT s.vouched_for
  FROM access.session s JOIN access.account a ON a.id = s.account
  WHERE s.token_hash = token AND s.seen_at >= idle_since AND s.created_at >= opened_since AND NOT a.disabled
$$;

REVOKE ALL ON FUNCTION access.open_session(bytea, uuid, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.open_session(bytea, uuid, timestamptz, boolean) TO ganye_app;
