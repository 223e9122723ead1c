-- Marts written out as files: jobs that go on after a restart.
CREATE TABLE analysis.export (
  id uuid PRIMARY KEY,
  account uuid NOT NULL,
  username text NOT NULL,
  role text NOT NULL,
  region text NOT NULL,
  mart text NOT NULL,
  first_month integer NOT NULL,
  last_month integer NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'expired')),
  done integer NOT NULL DEFAULT 0,
  of integer NOT NULL DEFAULT 0,
  rows bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  snapshot text NOT NULL DEFAULT '',
  problem text NOT NULL DEFAULT '',
  asked_at timestamptz NOT NULL,
  ended_at timestamptz
);
-- What is asked for twice is one job.
CREATE UNIQUE INDEX one_open ON analysis.export (account, mart, first_month, last_month) WHERE state IN ('waiting', 'running');

ALTER TABLE analysis.export ENABLE ROW LEVEL SECURITY;
ALTER TABLE analysis.export FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON analysis.export TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY own ON analysis.export TO ganye_app
  USING (account::text = current_setting('ganye.account', true) OR current_setting('ganye.role', true) = 'background')
  WITH CHECK (account::text = current_setting('ganye.account', true) OR current_setting('ganye.role', true) = 'background');
GRANT SELECT, INSERT, UPDATE ON analysis.export TO ganye_app;
