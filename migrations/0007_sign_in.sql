-- Signing in: sessions of browsers, passkeys, one-time links to enrol one, codes for patients. Of what
-- a browser or a person holds only SHA-256 is here; a code is derived from the tenant's key.

-- class: tokens; the cookies of browsers. `changed` is what the other nodes read by, so that an end
-- counts on every one within a second; device: a browser and a system out of a closed list
CREATE TABLE sessions (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  account BYTEA NOT NULL,
  method BIGINT NOT NULL,
  device TEXT NOT NULL,
  created BIGINT NOT NULL,
  factor BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  ended BIGINT,
  changed BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX sessions_by_hash ON sessions (hash);
CREATE INDEX sessions_by_change ON sessions (changed);

-- class: tokens; public keys of authenticators (WebAuthn level 3). flags: 1 may be backed up, 2 is
-- backed up; sealed: the name that its owner gave it
CREATE TABLE passkeys (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  account BYTEA NOT NULL,
  credential_hash BYTEA NOT NULL,
  credential BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  aaguid BYTEA NOT NULL,
  counter BIGINT NOT NULL,
  flags BIGINT NOT NULL,
  blocked BIGINT NOT NULL,
  created BIGINT NOT NULL,
  used BIGINT,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (credential_hash);
CREATE INDEX passkeys_by_account ON passkeys (tenant, account);

-- class: tokens; one-time links with which an account gets its first passkey
CREATE TABLE enrolments (
  tenant BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  account BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used BIGINT,
  PRIMARY KEY (tenant, hash)
) WITHOUT ROWID;
CREATE UNIQUE INDEX enrolments_by_hash ON enrolments (hash);
CREATE INDEX enrolments_by_account ON enrolments (tenant, account);

-- class: tokens; challenges of ceremonies that were answered: each counts once
CREATE TABLE spent_challenges (
  tenant BIGINT NOT NULL,
  nonce BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (tenant, nonce)
) WITHOUT ROWID;

-- class: tokens; that a code for signing in was sent, to which address (blind index), and what became
-- of it
CREATE TABLE sign_in_codes (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  patient BYTEA NOT NULL,
  contact BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX sign_in_codes_by_contact ON sign_in_codes (tenant, contact, created);
CREATE INDEX accounts_by_patient ON accounts (tenant, patient);
