-- The first shape of the store. Ids are 16 random bytes, instants microseconds since 1970 (UTC),
-- `tenant` is the tenant's internal number and leads every key. What people typed is in `sealed`
-- blobs (SBE1); only what the database has to constrain or order lies plain.
-- Record classes: each table says what it is, for retention.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- class: operational
CREATE TABLE instance (
  id BYTEA PRIMARY KEY,
  environment TEXT NOT NULL,
  mode TEXT NOT NULL,
  clock_offset BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL
);

-- class: operational
CREATE TABLE tenants (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id BYTEA NOT NULL UNIQUE,
  slug_index BYTEA NOT NULL UNIQUE,
  regime BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created BIGINT NOT NULL,
  sealed BYTEA NOT NULL
);

-- class: accounts; tenant 0 is the instance itself
CREATE TABLE accounts (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  role BIGINT NOT NULL,
  practitioner BYTEA,
  patient BYTEA,
  active BIGINT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: tokens; only the SHA-256 of a token is kept
CREATE TABLE tokens (
  hash BYTEA PRIMARY KEY,
  tenant BIGINT NOT NULL,
  account BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT
);

-- class: operational
CREATE TABLE locations (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  zone TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: operational
CREATE TABLE departments (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  location BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: operational; kind: practitioner, room, device; `locations` is a run of ids (16 bytes)
CREATE TABLE resources (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  lanes BIGINT NOT NULL,
  department BYTEA,
  locations BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: operational; rules: canonical CBOR of durations, notice, grid and requirements
CREATE TABLE services (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  position BIGINT NOT NULL,
  audience BIGINT NOT NULL,
  rules BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: operational; hours: canonical CBOR of weekly local hours and dated overrides
CREATE TABLE schedules (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  resource BYTEA,
  location BYTEA NOT NULL,
  hours BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: operational
CREATE TABLE closures (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  location BYTEA,
  resource BYTEA,
  starts BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: patient record; sealed under the person's own key, one blob per class
CREATE TABLE patients (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  key_id BYTEA NOT NULL,
  created BIGINT NOT NULL,
  sealed_pii BYTEA NOT NULL,
  sealed_phi BYTEA,
  PRIMARY KEY (tenant, id)
);

-- class: patient record; an alias names the same person (merged duplicates keep their links)
CREATE TABLE patient_aliases (
  tenant BIGINT NOT NULL,
  alias BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (tenant, alias)
);

-- class: patient record; blind indexes, not unique: a child has its mother's address
CREATE TABLE patient_index (
  tenant BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  value BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  generation BIGINT NOT NULL,
  PRIMARY KEY (tenant, kind, value, patient)
);
CREATE INDEX patient_index_by_patient ON patient_index (tenant, patient);

-- class: patient record; who may act for whom, from when until when
CREATE TABLE related_persons (
  tenant BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  related BYTEA NOT NULL,
  powers BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT,
  PRIMARY KEY (tenant, patient, related)
);

-- class: appointment; `resources` is a run of resource id (16),
-- claim id (16), lane (1) and start (8)
CREATE TABLE appointments (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  status BIGINT NOT NULL,
  version BIGINT NOT NULL,
  service BYTEA NOT NULL,
  service_version BIGINT NOT NULL,
  location BYTEA NOT NULL,
  practitioner BYTEA,
  patient_status BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  claimed_from BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL,
  wall_minutes BIGINT NOT NULL,
  zone TEXT NOT NULL,
  tzdata TEXT NOT NULL,
  reason BIGINT NOT NULL,
  initiator BIGINT NOT NULL,
  flags BIGINT NOT NULL,
  created BIGINT NOT NULL,
  resources BYTEA NOT NULL,
  sealed BYTEA
);
CREATE UNIQUE INDEX appointments_by_id ON appointments (tenant, id);
CREATE INDEX appointments_by_start ON appointments (tenant, starts, id);

-- class: appointment; people of a visit: patient, proxy, interpreter
CREATE TABLE participants (
  tenant BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  appointment BYTEA NOT NULL,
  kind BIGINT NOT NULL,
  PRIMARY KEY (tenant, patient, appointment)
);
CREATE INDEX participants_by_appointment ON participants (tenant, appointment);

-- class: appointment
CREATE TABLE holds (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  account BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  claimed_from BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL,
  resources BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: appointment; what occupies a resource. Two live claims of one tenant, resource and lane
-- never overlap: an exclusion constraint over the interval.
CREATE TABLE claims (
  tenant BIGINT NOT NULL,
  resource BYTEA NOT NULL,
  lane BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  id BYTEA NOT NULL,
  kind BIGINT NOT NULL,
  owner BYTEA NOT NULL,
  expires BIGINT,
  during INT8RANGE GENERATED ALWAYS AS (int8range(starts, ends)) STORED,
  CHECK (starts < ends),
  PRIMARY KEY (tenant, resource, starts, lane),
  CONSTRAINT claims_do_not_overlap
    EXCLUDE USING gist (tenant WITH =, resource WITH =, lane WITH =, during WITH &&)
);

CREATE FUNCTION claims_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'claims are deleted and inserted, never changed';
END $$;
CREATE TRIGGER claims_are_never_changed BEFORE UPDATE ON claims
  FOR EACH ROW EXECUTE FUNCTION claims_are_never_changed();

-- class: tokens; answers of creating requests, sealed, for a day
CREATE TABLE idempotency (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant BIGINT NOT NULL,
  account BYTEA NOT NULL,
  key_hash BYTEA NOT NULL,
  body_hash BYTEA NOT NULL,
  status BIGINT NOT NULL,
  created BIGINT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE UNIQUE INDEX idempotency_by_key ON idempotency (tenant, account, key_hash);

-- class: audit; entries in commit order, until they are in the log
CREATE TABLE journal (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  log BIGINT NOT NULL,
  entry_id BYTEA NOT NULL,
  entry BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  written_by XID8 NOT NULL DEFAULT pg_current_xact_id()
);

-- class: audit; the newest checkpoint of the log of logs that the store knows of: files older than
-- this are an older state put in place of the present one
CREATE TABLE log_state (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  checkpoint TEXT NOT NULL
);


-- class: audit; the logs' tiles and bundles as rows, each at its widest (tlog-tiles)
CREATE TABLE log_tiles (
  log TEXT NOT NULL,
  kind BIGINT NOT NULL,
  level BIGINT NOT NULL,
  tile BIGINT NOT NULL,
  width BIGINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (log, kind, level, tile)
);

-- class: audit; the newest signed checkpoint of each log
CREATE TABLE log_checkpoints (
  log TEXT PRIMARY KEY,
  note TEXT NOT NULL
);

-- class: operational; every claim that came or went, so that each node's index follows the others
CREATE TABLE claim_changes (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  written_by XID8 NOT NULL DEFAULT pg_current_xact_id(),
  added BIGINT NOT NULL,
  tenant BIGINT NOT NULL,
  resource BYTEA NOT NULL,
  lane BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  id BYTEA NOT NULL,
  kind BIGINT NOT NULL,
  owner BYTEA NOT NULL,
  expires BIGINT
);
CREATE FUNCTION note_claim_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO claim_changes (added, tenant, resource, lane, starts, ends, id, kind, owner, expires)
    VALUES (1, NEW.tenant, NEW.resource, NEW.lane, NEW.starts, NEW.ends, NEW.id, NEW.kind, NEW.owner, NEW.expires);
  ELSE
    INSERT INTO claim_changes (added, tenant, resource, lane, starts, ends, id, kind, owner, expires)
    VALUES (0, OLD.tenant, OLD.resource, OLD.lane, OLD.starts, OLD.ends, OLD.id, OLD.kind, OLD.owner, OLD.expires);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_are_noted AFTER INSERT OR DELETE ON claims
  FOR EACH ROW EXECUTE FUNCTION note_claim_change();
