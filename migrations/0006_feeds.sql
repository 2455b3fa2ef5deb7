-- Calendar feeds of practitioners: one row per device that subscribes.

-- class: tokens; only the SHA-256 of a feed's secret is kept; `sealed` is what people call the device;
-- `day` counts days since 1970 (UTC) and `day_fetches` what was fetched on that day
CREATE TABLE feeds (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  practitioner BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  wording BIGINT NOT NULL,
  locale BIGINT NOT NULL,
  created BIGINT NOT NULL,
  rotated BIGINT NOT NULL,
  revoked BIGINT,
  fetched BIGINT,
  fetches BIGINT NOT NULL DEFAULT 0,
  day BIGINT NOT NULL DEFAULT 0,
  day_fetches BIGINT NOT NULL DEFAULT 0,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX feeds_by_hash ON feeds (hash);
