-- People and appointments that come in from elsewhere: what is on its way, how columns are mapped, and
-- what the old system called things.

-- class: operational; kind 0 people, 1 appointments; state 0 receiving, 1 running, 2 done, 3 failed.
-- `sealed` says what reading found, `sealed_progress` what the job found since.
CREATE TABLE imports (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  kind BIGINT NOT NULL,
  state BIGINT NOT NULL,
  dry_run BIGINT NOT NULL,
  account BYTEA NOT NULL,
  role BIGINT NOT NULL,
  event BYTEA,
  created BIGINT NOT NULL,
  ended BIGINT,
  row_count BIGINT NOT NULL,
  made BIGINT NOT NULL,
  could_make BIGINT NOT NULL,
  duplicates BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  problems BIGINT NOT NULL,
  flagged BIGINT NOT NULL,
  chunks BIGINT NOT NULL,
  next_chunk BIGINT NOT NULL,
  sealed BYTEA,
  sealed_progress BYTEA,
  progress_version BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: patient record; rows that were read and wait for the job, sealed; gone once they are in
CREATE TABLE import_chunks (
  tenant BIGINT NOT NULL,
  import BYTEA NOT NULL,
  no BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, import, no)
);

-- class: operational; how the columns of a kind of file are called
CREATE TABLE import_mappings (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: patient record; kind 1 patient, 2 appointment; value: a keyed hash of source system and old id
CREATE TABLE external_refs (
  tenant BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  value BYTEA NOT NULL,
  generation BIGINT NOT NULL,
  target BYTEA NOT NULL,
  import BYTEA NOT NULL,
  PRIMARY KEY (tenant, kind, value)
);
