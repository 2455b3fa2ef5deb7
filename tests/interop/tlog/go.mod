module sealbook.example/interop/tlog

go 1.26.0

// At least 0.40.0: before, tlog.TileHashReader did not check every tile (CVE-2026-56865), which the case
// a_changed_tile_is_refused notices.
require golang.org/x/mod v0.42.0
