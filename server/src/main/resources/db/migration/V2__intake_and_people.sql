-- Builds of the pool, files sent in by people, and persons looked up at the window.
CREATE SCHEMA intake;

CREATE TABLE intake.build (
  id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('running', 'done', 'unchanged', 'failed', 'cancelled', 'lost')),
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  process bigint,
  stage text NOT NULL DEFAULT '',
  what text NOT NULL DEFAULT '',
  done bigint NOT NULL DEFAULT 0,
  of bigint NOT NULL DEFAULT 0,
  records bigint NOT NULL DEFAULT 0,
  snapshot text NOT NULL DEFAULT '',
  problem text NOT NULL DEFAULT '',
  ended_at timestamptz
);
CREATE UNIQUE INDEX one_running ON intake.build (state) WHERE state = 'running';

CREATE TABLE intake.upload (
  id uuid PRIMARY KEY,
  region text NOT NULL,
  account uuid NOT NULL,
  username text NOT NULL,
  name text NOT NULL CHECK (length(name) <= 200),
  place text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  at timestamptz NOT NULL
);

CREATE SCHEMA people;

CREATE TABLE people.window_lookup (
  account uuid NOT NULL,
  person_ref uuid NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 2 AND 500),
  until timestamptz NOT NULL,
  PRIMARY KEY (account, person_ref)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['intake.build', 'intake.upload', 'people.window_lookup'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

CREATE POLICY known ON intake.build TO ganye_app
  USING (current_setting('ganye.role', true) <> '') WITH CHECK (current_setting('ganye.role', true) <> '');
CREATE POLICY within ON intake.upload TO ganye_app
  USING (current_setting('ganye.region', true) <> '' AND region LIKE current_setting('ganye.region', true) || '%')
  WITH CHECK (account::text = current_setting('ganye.account', true) AND region LIKE current_setting('ganye.region', true) || '%');
CREATE POLICY own ON people.window_lookup TO ganye_app
  USING (account::text = current_setting('ganye.account', true))
  WITH CHECK (account::text = current_setting('ganye.account', true));

GRANT USAGE ON SCHEMA intake, people TO ganye_app;
GRANT SELECT, INSERT, UPDATE ON intake.build TO ganye_app;
GRANT SELECT, INSERT ON intake.upload TO ganye_app;
GRANT SELECT, INSERT, UPDATE ON people.window_lookup TO ganye_app;
