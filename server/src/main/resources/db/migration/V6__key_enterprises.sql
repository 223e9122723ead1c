-- 重点企业: the enterprises that an office has named to be served and watched, each with its service officer.
CREATE SCHEMA employers;

CREATE TABLE employers.key_enterprise (
  enterprise_ref uuid NOT NULL,
  region text NOT NULL CHECK (region ~ '^[0-9]{2,6}$'),
  kind text NOT NULL CHECK (kind IN ('chain', 'jobs', 'other')),
  officer text NOT NULL CHECK (length(officer) <= 60),
  named_by text NOT NULL,
  named_at timestamptz NOT NULL,
  PRIMARY KEY (region, enterprise_ref)
);
CREATE INDEX key_enterprise_ref ON employers.key_enterprise (enterprise_ref);

ALTER TABLE employers.key_enterprise ENABLE ROW LEVEL SECURITY;
ALTER TABLE employers.key_enterprise FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON employers.key_enterprise TO CURRENT_USER USING (true) WITH CHECK (true);

-- Seen by the offices below and above the one that named it; written by that one alone.
CREATE POLICY seen ON employers.key_enterprise FOR SELECT TO ganye_app
  USING (current_setting('ganye.region', true) <> ''
         AND current_setting('ganye.role', true) IN ('province', 'city', 'county', 'township', 'village')
         AND (region LIKE current_setting('ganye.region', true) || '%'
              OR current_setting('ganye.region', true) LIKE region || '%'));
CREATE POLICY own ON employers.key_enterprise FOR ALL TO ganye_app
  USING (region = current_setting('ganye.region', true)
         AND current_setting('ganye.role', true) IN ('province', 'city', 'county'))
  WITH CHECK (region = current_setting('ganye.region', true)
              AND current_setting('ganye.role', true) IN ('province', 'city', 'county'));

GRANT USAGE ON SCHEMA employers TO ganye_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON employers.key_enterprise TO ganye_app;
