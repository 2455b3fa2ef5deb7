-- Events, invitations and personal links. What people typed is sealed; times, states and ids lie
-- plain, as the database has to order and constrain them. Of a link's text only SHA-256 is here, of
-- a code nothing at all: both are derived from the tenant's key.

-- class: operational; services, locations: runs of ids (16 bytes); links_from: links of the event that
-- were issued before are revoked
CREATE TABLE events (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  state BIGINT NOT NULL,
  audience BIGINT NOT NULL,
  created BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  closes BIGINT NOT NULL,
  links_from BIGINT NOT NULL,
  visits_per_person BIGINT NOT NULL,
  change_hours BIGINT NOT NULL,
  services BYTEA NOT NULL,
  locations BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  CHECK (starts < ends),
  PRIMARY KEY (tenant, id)
);
CREATE INDEX events_by_age ON events (tenant, created, id);

-- class: appointment; who is on an event's list; services: what this person may book, empty: all
CREATE TABLE event_people (
  tenant BIGINT NOT NULL,
  event BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  added BIGINT NOT NULL,
  services BYTEA NOT NULL,
  invited BIGINT,
  opened BIGINT,
  declined BIGINT,
  PRIMARY KEY (tenant, event, patient)
);

-- class: appointment; visits booked through an event. The key keeps two bookings at once from taking
-- the same place of a person's allowance
CREATE TABLE event_visits (
  tenant BIGINT NOT NULL,
  event BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  place BIGINT NOT NULL,
  appointment BYTEA NOT NULL,
  PRIMARY KEY (tenant, event, patient, place)
);

-- class: message
CREATE TABLE invitations (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  event BYTEA NOT NULL,
  account BYTEA NOT NULL,
  again BIGINT NOT NULL,
  total BIGINT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- class: message; whom an invitation went to
CREATE TABLE invitation_people (
  tenant BIGINT NOT NULL,
  invitation BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  PRIMARY KEY (tenant, invitation, patient)
);

-- class: tokens; personal links, found by the SHA-256 of their text before there is a tenant
CREATE TABLE links (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  kind BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  event BYTEA,
  appointment BYTEA,
  invitation BYTEA,
  service BYTEA,
  issued BIGINT NOT NULL,
  expires BIGINT,
  revoked BIGINT,
  opened BIGINT,
  offer TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX links_by_hash ON links (hash);
CREATE INDEX links_by_patient ON links (tenant, patient);

-- class: tokens; links of the tenant that were issued before are revoked
CREATE TABLE link_epochs (
  tenant BIGINT NOT NULL PRIMARY KEY,
  revoked_before BIGINT NOT NULL
);

-- class: tokens; that a code was sent, to which address (blind index), and what became of it
CREATE TABLE link_codes (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  link BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  contact BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX link_codes_by_patient ON link_codes (tenant, patient, created);

-- class: tokens; devices that a person asked to remember, for 90 days
CREATE TABLE link_devices (
  tenant BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (tenant, hash)
);
CREATE INDEX link_devices_by_patient ON link_devices (tenant, patient);

-- class: tokens; sessions of 30 minutes
CREATE TABLE link_sessions (
  tenant BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  link BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (tenant, hash)
);
CREATE INDEX link_sessions_by_end ON link_sessions (tenant, expires);

-- class: appointment; how often a visit was changed through a link, by UTC day
CREATE TABLE link_changes (
  tenant BIGINT NOT NULL,
  appointment BYTEA NOT NULL,
  day BIGINT NOT NULL,
  changes BIGINT NOT NULL,
  PRIMARY KEY (tenant, appointment, day)
);

-- class: tokens; proofs of work that were handed in
CREATE TABLE public_spent (
  tenant BIGINT NOT NULL,
  nonce BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (tenant, nonce)
);

-- class: patient record; who registered on the public page and has not proven the address yet
CREATE TABLE public_visitors (
  tenant BIGINT NOT NULL,
  patient BYTEA NOT NULL,
  link BYTEA NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (tenant, patient)
);
