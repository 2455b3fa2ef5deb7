-- Which addresses somebody said are not that person's: asked before every mail of the tenant.
CREATE INDEX contact_blocks_by_reason ON contact_blocks (tenant, reason);
