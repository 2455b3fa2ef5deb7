-- The keyring: wrapped keys only, in a store of its own, apart from the data and its backups.

-- class: keys
CREATE TABLE keyring_instance (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  environment TEXT NOT NULL,
  provider TEXT NOT NULL,
  created BIGINT NOT NULL
);

-- class: keys; tenant is nil (16 zero bytes) for keys of the instance
CREATE TABLE keyring_keys (
  tenant BYTEA NOT NULL,
  id BYTEA NOT NULL,
  purpose BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  wrapped BYTEA NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX keyring_keys_by_purpose ON keyring_keys (tenant, purpose, generation) WHERE purpose <> 32;
