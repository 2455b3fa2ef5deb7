"""The journal over HTTPS: entries, checkpoints, proofs and tiles, checked by an RFC 6962 reader of our own."""
import base64
import hashlib
import http.client


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_from_inclusion(index, size, hash_, proof):
    """RFC 9162 section 2.1.3.2."""
    last, proof = size - 1, list(proof)
    while last > 0 and proof:
        sibling = proof.pop(0)
        if index & 1 or index == last:
            hash_ = node(sibling, hash_)
            while index & 1 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            hash_ = node(hash_, sibling)
        index, last = index >> 1, last >> 1
    return hash_ if last == 0 and not proof else None


def is_consistent(old, new, old_root, new_root, proof):
    """RFC 9162 section 2.1.4.2."""
    proof = list(proof)
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof.pop(0)
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(step, fr), node(step, sr)
            while fn & 1 == 0 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, step)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


def mth(leaves):
    """RFC 6962 section 2.1, on hashes."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(mth(leaves[:split]), mth(leaves[split:]))


def checkpoint_of(text):
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root)


def person(name):
    return {"name": {"given": ["Test"], "family": name}, "birth_date": "1980-01-01", "contacts": []}


def run(demo, cases, label):
    check = lambda name, good, why="": cases.check(f"journal_api/{label}/{name}", good, why)
    auditor, desk = demo.client("auditor"), demo.client("front_desk")
    made = desk.post("/v1/patients", person("Looked-At"))
    patient = made.json["id"]

    listed = auditor.get(f"/v1/audit/entries?resource={patient}")
    found = listed.json["entries"] if listed.status == 200 else []
    entry = found[0] if found else {}
    check("shows_a_write_at_once", len(found) == 1 and entry["action"] == "patient.created", listed.text)
    check("names_who_what_and_by_which_request", entry.get("role") == "front_desk" and entry["actor"]["kind"] == "account"
          and entry["resource"] == {"kind": "patient", "id": patient} and entry["subject_ids"] == [patient]
          and entry["permission"] == "patient.create" and entry["request_id"] == made.headers["request-id"], entry)
    check("shows_no_name", "Looked-At" not in auditor.get("/v1/audit/entries?limit=200").text)

    desk.get("/v1/patients/" + patient)
    desk.get("/v1/audit/entries")
    by_subject = auditor.get(f"/v1/audit/entries?subject={patient}").json["entries"]
    check("tells_who_saw_a_person", {"patient.viewed", "patient.created"} <= {e["action"] for e in by_subject}, by_subject)
    refused = auditor.get("/v1/audit/entries?action=audit.read").json["entries"]
    check("shows_refusals", any(e["outcome"] == "refused" and e["error"] == "forbidden" and e["role"] == "front_desk"
                                for e in refused), refused[:3])
    check("journals_its_own_reading", any(e["outcome"] == "allowed" for e in refused), refused[:3])

    seen, cursor = [], ""
    for _ in range(500):
        page = auditor.get(f"/v1/audit/entries?limit=7{cursor}").json
        seen += [e["index"] for e in page["entries"]]
        if "next" not in page:
            break
        cursor = "&cursor=" + page["next"]
    check("pages_backwards_without_gaps", seen == list(range(len(seen) - 1, -1, -1)) and len(seen) > 50, seen[:20])
    first = auditor.get("/v1/audit/entries?limit=2").json
    check("a_cursor_keeps_its_filters",
          auditor.get(f"/v1/audit/entries?limit=2&action=audit.read&cursor={first['next']}").status == 422)
    for wrong in ("resource=xyz_1", "subject=apt_1", "action=no.such", "from=today", "limit=0", "other=1"):
        check("refuses_" + wrong.split("=")[0], auditor.get("/v1/audit/entries?" + wrong).status == 422, wrong)

    origin, size, root = checkpoint_of(auditor.get("/v1/audit/checkpoint").text)
    check("checkpoint_is_of_the_own_log", origin.endswith("/" + demo.tenants[0]["id"]) and size > 0, origin)
    answer = auditor.get("/v1/audit/proofs/inclusion?entry=" + entry["id"])
    proof = answer.json
    bytes_ = base64.b64decode(proof["entry"])
    hashes = [base64.b64decode(h) for h in proof["hashes"]]
    _, its_size, its_root = checkpoint_of(proof["checkpoint"])
    check("proves_inclusion", proof["index"] == entry["index"] and its_size == proof["size"]
          and root_from_inclusion(proof["index"], its_size, leaf(bytes_), hashes) == its_root, answer.text)
    check("the_proof_is_of_that_entry_alone", root_from_inclusion(proof["index"], its_size, leaf(bytes_[:-1] + b"x"), hashes) != its_root)
    check("unknown_entry", auditor.get("/v1/audit/proofs/inclusion?entry=ent_" + "0" * 25 + "1").status == 404)
    check("entry_of_another_tenant",
          demo.client("auditor", 1).get("/v1/audit/proofs/inclusion?entry=" + entry["id"]).status == 404)

    desk.post("/v1/patients", person("Another"))
    auditor.get("/v1/audit/entries?limit=1")
    grown = auditor.get(f"/v1/audit/proofs/consistency?from={size}").json
    _, now_size, now_root = checkpoint_of(grown["checkpoint"])
    check("proves_growth", now_size > size and grown["to"] == now_size and
          is_consistent(size, now_size, root, now_root, [base64.b64decode(h) for h in grown["hashes"]]), grown)
    check("growth_is_not_proven_backwards", auditor.get(f"/v1/audit/proofs/consistency?from={now_size + 9}").status == 422)

    def tile(path, prefix="/v1/audit/tile/"):  # bytes, where the client of the suites reads text
        connection = http.client.HTTPSConnection(auditor.host, context=auditor.context, timeout=60)
        connection.request("GET", prefix + path, headers={"Authorization": f"Bearer {auditor.token}"})
        got = connection.getresponse()
        return got.status, got.getheader("Content-Type"), got.read()
    width = now_size % 256
    hashes_tile = tile(f"0/{now_size // 256:03d}.p/{width}")
    bundle = tile(f"entries/{now_size // 256:03d}.p/{width}", "/audit/tile/")
    check("tile_holds_hashes", hashes_tile[0] == 200 and len(hashes_tile[2]) == 32 * width
          and hashes_tile[1] == "application/octet-stream", hashes_tile[:2])
    entries = [bundle[2][i * 39 + 2:i * 39 + 39] for i in range(width)]
    check("bundle_hashes_to_the_tile", bundle[0] == 200 and b"".join(map(leaf, entries)) == hashes_tile[2], bundle[:2])
    if now_size < 256:
        check("bundle_hashes_to_the_checkpoint", mth([leaf(e) for e in entries]) == now_root)
    for none in ("0/000.p/0", "9/000", "0/999", "bodies/000.p/1", "../bodies/000.p/1", "entries/000.p/257"):
        check("no_tile_" + none.replace("/", "_"), tile(none)[0] == 404, tile(none)[:2])

    # Reading hashes leaves no entry: a log that a monitor polls comes to rest. A listing leaves one.
    newest = lambda: auditor.get("/v1/audit/entries?limit=1").json["entries"][0]["index"]
    before = newest()
    for _ in range(5):
        auditor.get("/v1/audit/checkpoint"), tile("0/000.p/1"), auditor.get(f"/v1/audit/proofs/consistency?from={size}")
    after = newest()
    check("polling_does_not_grow_the_log", after == before + 1, (before, after))

    for path in ("/v1/audit/checkpoint", "/v1/audit/tile/0/000.p/1", "/audit/tile/0/000.p/1", "/v1/audit/proofs/consistency?from=1"):
        check("asks_for_a_token" + path.split("?")[0].replace("/", "_"), demo.anonymous().get(path).status == 401, path)
        check("asks_for_the_permission" + path.split("?")[0].replace("/", "_"), desk.get(path).status == 403, path)

    rows = auditor.get("/v1/controls").json["controls"]
    check("controls_are_shown", len(rows) == 315 and {r["state"] for r in rows} <= {"enforced", "partial", "attested", "absent"}, len(rows))
    probes = {e["id"]: e["result"] for r in rows for e in r["evidence"] if e["kind"] == "probe"}
    live = {"tls.only-1.3", "tls.hsts", "journal.checkpoint-verifies", "journal.writable", "api.every-operation-guarded",
            "process.no-core-dumps", "store.environment-matches", "store.fields-sealed", "keys.wrapped"}
    if label == "postgres":  # store and keyring share the throw-away server, and the probe says so
        live.remove("keys.wrapped")
        check("controls_see_a_shared_server", probes["keys.wrapped"] == "failed", probes["keys.wrapped"])
    check("controls_look_at_the_installation", all(probes.get(p) == "passed" for p in live), {p: probes.get(p) for p in live})
    check("controls_admit_what_is_not_so", probes["mode.production-safe"] == "failed", probes["mode.production-safe"])
