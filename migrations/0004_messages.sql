-- What people are told, and what is left to people: intents, the ledger of messages, its rules,
-- vendors' agreements, opt-outs and tasks.

-- The version of the last change that the person is told of (booked, moved, given to another
-- practitioner, cancelled, brought back), and when it was made: what a message is keyed by.
ALTER TABLE appointments ADD COLUMN announced BIGINT NOT NULL DEFAULT 1;
ALTER TABLE appointments ADD COLUMN announced_at BIGINT NOT NULL DEFAULT 0;

-- class: message; what is to be told and from when on; a row goes when the ledger takes it up
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY,
  tenant BIGINT NOT NULL,
  due BIGINT NOT NULL,
  purpose BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  appointment BYTEA,
  version BIGINT NOT NULL,
  link BYTEA,
  event BYTEA,
  invitation BYTEA
);

-- class: message; the ledger: `id` is a hash of what makes a message one of its kind, so that it
-- exists once. `told` is a fingerprint of what an appointment's message says of it.
CREATE TABLE messages (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  state BIGINT NOT NULL,
  reason BIGINT NOT NULL,
  purpose BIGINT NOT NULL,
  channel BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  appointment BYTEA,
  version BIGINT NOT NULL,
  link BYTEA,
  event BYTEA,
  invitation BYTEA,
  rule BIGINT NOT NULL,
  told BIGINT NOT NULL,
  due BIGINT NOT NULL,
  claimed BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  unsure BIGINT NOT NULL,
  next_try BIGINT NOT NULL,
  lease BIGINT NOT NULL,
  contact BYTEA,
  level BIGINT,
  locale BIGINT,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX messages_by_appointment ON messages (tenant, appointment, version) WHERE appointment IS NOT NULL;
CREATE INDEX messages_by_patient ON messages (tenant, patient, claimed);
CREATE INDEX messages_open ON messages (tenant, next_try) WHERE state = 0;

-- class: operational; `sealed`: the sender's addresses
CREATE TABLE message_settings (
  tenant BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  detail BIGINT,
  quiet_from BIGINT NOT NULL,
  quiet_until BIGINT NOT NULL,
  undo_seconds BIGINT NOT NULL,
  silent_until BIGINT,
  changed BIGINT NOT NULL,
  sealed BYTEA NOT NULL
);

-- class: operational; one row per service that has a plan of its own, sixteen zero bytes: the
-- tenant's. `rules` is a run of days (4 bytes) and minutes (4 bytes) before the visit
CREATE TABLE reminder_rules (
  tenant BIGINT NOT NULL,
  service BYTEA NOT NULL,
  version BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  rules BYTEA NOT NULL,
  PRIMARY KEY (tenant, service)
) WITHOUT ROWID;

-- class: agreement; with whom data may be shared, of which kind, from when until when
CREATE TABLE agreements (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  vendor TEXT NOT NULL,
  kind BIGINT NOT NULL,
  region TEXT NOT NULL,
  mechanism BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  expires BIGINT,
  ended BIGINT,
  recorded BIGINT NOT NULL,
  account BYTEA NOT NULL,
  document BYTEA,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX agreements_by_vendor ON agreements (tenant, vendor);

-- class: consent; append-only: who wants what no more, or again, and which address does not reach
-- its person. `contact` is a blind index; it is about that person's use of it alone
CREATE TABLE contact_blocks (
  seq INTEGER PRIMARY KEY,
  tenant BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  contact BYTEA NOT NULL,
  channel BIGINT NOT NULL,
  reason BIGINT NOT NULL,
  blocked BIGINT NOT NULL,
  at BIGINT NOT NULL,
  account BYTEA,
  message BYTEA
);
CREATE INDEX contact_blocks_by_patient ON contact_blocks (tenant, patient);

-- class: consent; how much a message may say to this person
CREATE TABLE message_preferences (
  tenant BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  version BIGINT NOT NULL,
  detail BIGINT NOT NULL,
  PRIMARY KEY (tenant, patient)
) WITHOUT ROWID;

-- class: task; what the program leaves to people; `sealed` is a note under the person's key
CREATE TABLE tasks (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  state BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  appointment BYTEA,
  message BYTEA,
  reason BIGINT NOT NULL,
  due BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  outcome BIGINT NOT NULL,
  owner BYTEA,
  sealed BYTEA,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX tasks_by_due ON tasks (tenant, state, due, id);
CREATE INDEX tasks_by_patient ON tasks (tenant, patient);

-- class: operational; which node does a background job until when
CREATE TABLE job_leases (
  tenant BIGINT NOT NULL,
  job TEXT NOT NULL,
  holder BYTEA NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (tenant, job)
) WITHOUT ROWID;
