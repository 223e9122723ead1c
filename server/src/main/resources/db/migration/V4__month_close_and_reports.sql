-- The month's close: figures frozen, explained, locked; and views that people keep under a name.
CREATE SCHEMA analysis;

CREATE TABLE analysis.month_close (
  region text NOT NULL CHECK (region ~ '^[0-9]{2,6}$'),
  month integer NOT NULL,
  state text NOT NULL CHECK (state IN ('frozen', 'locked')),
  snapshot text NOT NULL,
  figures jsonb NOT NULL,
  frozen_by text NOT NULL,
  frozen_at timestamptz NOT NULL,
  locked_by text,
  locked_at timestamptz,
  PRIMARY KEY (region, month),
  CHECK ((state = 'locked') = (locked_at IS NOT NULL))
);

CREATE TABLE analysis.close_explanation (
  region text NOT NULL,
  month integer NOT NULL,
  measure text NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 2 AND 300),
  written_by text NOT NULL,
  written_at timestamptz NOT NULL,
  PRIMARY KEY (region, month, measure),
  FOREIGN KEY (region, month) REFERENCES analysis.month_close
);

CREATE TABLE analysis.saved_report (
  id uuid PRIMARY KEY,
  account uuid NOT NULL,
  username text NOT NULL,
  region text NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
  path text NOT NULL CHECK (path ~ '^/[a-z]' AND length(path) <= 2000),
  shared boolean NOT NULL,
  at timestamptz NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['month_close', 'close_explanation', 'saved_report'] LOOP
    EXECUTE format('ALTER TABLE analysis.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE analysis.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner ON analysis.%I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

-- Who may see figures sees what is closed within their region; staff of the region itself write, until it is locked.
CREATE POLICY seen ON analysis.month_close FOR SELECT TO ganye_app
  USING (current_setting('ganye.region', true) <> '' AND region LIKE current_setting('ganye.region', true) || '%'
         AND (state = 'locked' OR current_setting('ganye.role', true) IN ('province', 'city', 'county')));
CREATE POLICY frozen ON analysis.month_close FOR INSERT TO ganye_app
  WITH CHECK (region = current_setting('ganye.region', true) AND state = 'frozen'
              AND current_setting('ganye.role', true) IN ('province', 'city', 'county'));
CREATE POLICY unlocked ON analysis.month_close FOR UPDATE TO ganye_app
  USING (region = current_setting('ganye.region', true) AND state = 'frozen'
         AND current_setting('ganye.role', true) IN ('province', 'city', 'county'))
  WITH CHECK (region = current_setting('ganye.region', true));
CREATE POLICY seen ON analysis.close_explanation FOR SELECT TO ganye_app
  USING (EXISTS (SELECT 1 FROM analysis.month_close c WHERE c.region = close_explanation.region AND c.month = close_explanation.month));
CREATE POLICY unlocked ON analysis.close_explanation FOR ALL TO ganye_app
  USING (region = current_setting('ganye.region', true)
         AND EXISTS (SELECT 1 FROM analysis.month_close c
                     WHERE c.region = close_explanation.region AND c.month = close_explanation.month AND c.state = 'frozen'))
  WITH CHECK (region = current_setting('ganye.region', true)
              AND EXISTS (SELECT 1 FROM analysis.month_close c
                          WHERE c.region = close_explanation.region AND c.month = close_explanation.month AND c.state = 'frozen'));
-- A link shows each reader what they may see, so one's own office may have it.
CREATE POLICY seen ON analysis.saved_report FOR SELECT TO ganye_app
  USING (account::text = current_setting('ganye.account', true)
         OR (shared AND region = current_setting('ganye.region', true)));
CREATE POLICY own ON analysis.saved_report FOR ALL TO ganye_app
  USING (account::text = current_setting('ganye.account', true))
  WITH CHECK (account::text = current_setting('ganye.account', true) AND region = current_setting('ganye.region', true));

GRANT USAGE ON SCHEMA analysis TO ganye_app;
GRANT SELECT, INSERT, UPDATE ON analysis.month_close TO ganye_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON analysis.close_explanation TO ganye_app;
GRANT SELECT, INSERT, DELETE ON analysis.saved_report TO ganye_app;
