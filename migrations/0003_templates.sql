-- Templates of messages that a tenant wrote. What is not written here is shipped with the program.

-- class: operational; subject and body are in `sealed` (SBE1)
CREATE TABLE templates (
  tenant BIGINT NOT NULL,
  id BYTEA NOT NULL,
  version BIGINT NOT NULL,
  active BIGINT NOT NULL,
  channel BIGINT NOT NULL,
  locale BIGINT NOT NULL,
  purpose BIGINT NOT NULL,
  created BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
