"""Imports over the API: a messy file, a cut-over, mappings, refusals, and what the matrix and the coverage need."""
import time
import uuid

PLAIN = "given,family,birth_date,email,phone\n"


def unique_people(count, tag=None):
    """Rows that look like nobody else's."""
    tag = tag or uuid.uuid4().hex[:8]
    letters = "".join(chr(ord("a") + int(c, 16)) for c in tag)
    return PLAIN + "".join(
        f"Person{chr(ord('a') + i)},{letters},19{60 + i % 30}-0{1 + i % 9}-1{i % 9},{letters}{i}@example.test,\n" for i in range(count))


def send(client, text, query="", content_type="text/csv"):
    return client.call("POST", "/v1/imports" + query, raw=text.encode() if isinstance(text, str) else text,
                       headers={"Content-Type": content_type})


def outcome(client, started):
    for _ in range(300):
        seen = client.get(f"/v1/imports/{started.json['id']}")
        if seen.status != 200 or seen.json["state"] != "running":
            return seen
        time.sleep(0.1)
    return seen


def run(demo, cases, label):
    def check(name, good, why=""):
        cases.check(f"imports/{label}/{name}", good, why)

    admin = demo.client("scheduler")
    letters = "".join(chr(ord("a") + int(c, 16)) for c in uuid.uuid4().hex[:8])
    messy = ("Nombre;Apellidos;Fecha de nacimiento;Correo\r\n"
             f" Ana ;{letters};12.03.1984;{letters}@example.test\r\nBen;{letters};30753;\r\nCy;{letters};03/04/1985;\r\n"
             f"Dee;{letters}\r\nana;{letters.upper()};1984-03-12;\r\nEli;{letters};1990-01-01;nowhere\r\n").encode("utf-16")
    dry = send(admin, messy, "?dry_run=true")
    for charset, status in (("iso-8859-1", 415), ("UTF-8", 202)):
        got = send(admin, PLAIN + "Ana,Charset,1984-03-12,,\n", "?dry_run=true", f"text/csv;charset={charset}")
        check(f"charset_{charset}", got.status == status and (status == 202 or "UTF-8" in got.json["detail"]), got.text)
    check("dry_run_accepted", dry.status == 202 and dry.json["id"].startswith("imp_"), dry.text)
    said = outcome(admin, dry).json
    rules = [(e["line"], e["column"], e["rule"]) for e in said["errors"]]
    check("every_fault_by_line_and_column", rules == [(4, "Fecha de nacimiento", "ambiguous"), (5, "", "fields"), (7, "Correo", "format")], rules)
    check("dry_run_creates_nobody", said["created"] == 0 and said["would_create"] == 2 and said["duplicates"] == 1, said)
    found = admin.post("/v1/patients/search", {"text": letters}).json["patients"]
    check("nobody_is_found_after_a_dry_run", not found, found)
    did = outcome(admin, send(admin, messy)).json
    check("it_does_what_it_said", did["created"] == 2 and did["errors"] == said["errors"] and did["state"] == "done", did)
    found = admin.post("/v1/patients/search", {"text": letters}).json["patients"]
    check("the_people_are_found", len(found) == 2, found)
    again = outcome(admin, send(admin, messy)).json
    check("a_second_run_changes_nothing", again["created"] == 0 and again["duplicates"] == 3, again)
    check("duplicates_name_the_line_and_the_record", all(p["line"] and (p.get("patient_id") or p.get("other_line")) for p in again["proposed"]), again["proposed"])

    fhir = ('{"resourceType":"Patient","id":"%s","name":[{"family":"%s","given":["Fay"]}],"birthDate":"1970-05-05"}\n' % (letters, letters))
    check("fhir", outcome(admin, send(admin, fhir, content_type="application/fhir+ndjson")).json["created"] == 1)
    check("other_types_are_415", send(admin, "x", content_type="application/json").status == 415)
    bad = send(admin, "given,dob\nAna,1984-03-12\n")
    check("a_missing_column_is_named", bad.status == 422 and bad.json["errors"][0]["pointer"] == "/header/family", bad.text)
    for query, pointer in (("?dry_run=perhaps", "/dry_run"), ("?event_id=evt_" + "0" * 26, "/event_id"), ("?mapping_id=map_" + "0" * 26, "/mapping_id"),
                           ("?kind=rooms", "/kind"), ("?calling_code=x1", "/calling_code"), ("?unknown=1", "/unknown")):
        refused = send(admin, unique_people(1), query)
        check("refused" + pointer, refused.status == 422 and refused.json["errors"][0]["pointer"] == pointer, refused.text)
    check("nothing_at_all_is_422", send(admin, "").status == 422)

    mapping = admin.post("/v1/import-mappings", {"name": "Export", "columns": [
        {"column": "Vorname", "field": "given"}, {"column": "Nachname", "field": "family"}, {"column": "Geb.", "field": "birth_date"}]})
    check("mapping_saved", mapping.status == 201, mapping.text)
    mapped = outcome(admin, send(admin, f"Vorname;Nachname;Geb.\nGus;{letters};1.2.1950\n", f"?mapping_id={mapping.json['id']}"))
    check("mapping_used", mapped.json["created"] == 1, mapped.text)
    cut_over(demo, admin, check, letters)
    check("other_tenants_import_is_404", demo.client("scheduler", 1).get(f"/v1/imports/{dry.json['id']}").status == 404)


def cut_over(demo, admin, check, letters):
    tenant = demo.tenants[0]
    service, doctor = tenant["services"][0]["name"], tenant["practitioners"][0]["name"]
    person = admin.post("/v1/patients/search", {"text": letters}).json["patients"][0]["id"]
    record = admin.get(f"/v1/patients/{person}").json
    name = f"{' '.join(record['name']['given'])},{record['name']['family']},{record['birth_date']}"
    email = next(c["value"] for c in record["contacts"] if c["kind"] == "email")
    day = admin.get("/v1/me").json["now"][:4]
    day = f"{int(day) + 1}-02-03"
    header = "id,start,duration,practitioner,service,given,family,birth_date,email\n"

    def book_of(email):
        return header + "".join(
            f"{letters}{i},{day} {9 + i}:00,{70 if i == 2 else 30},{doctor},{service},{name},{email}\n"
            for i in range(5))
    unsure = outcome(admin, send(admin, book_of(""), "?kind=appointments"))
    check("a_name_takes_no_visit", unsure.json["created"] == 0 and
          {e["rule"] for e in unsure.json["errors"]} == {"unsure"}, unsure.text)
    book = book_of(email)
    started = send(admin, book, "?kind=appointments")
    check("cut_over_accepted", started.status == 202, started.text)
    seen = outcome(admin, started)
    check("cut_over", seen.json["created"] == 5 and seen.json["flagged"] == 1, seen.text)
    sheet = admin.get(f"/v1/imports/{started.json['id']}/comparison")
    check("comparison_sheet", sheet.status == 200 and sheet.text.strip().split("\r\n")[-1] == "all,,,5,5,0,0,1,5,1", sheet.text)
    again = outcome(admin, send(admin, book, "?kind=appointments"))
    check("cut_over_again_changes_nothing", again.json["created"] == 0 and again.json["duplicates"] == 5, again.text)
    people = admin.get(f"/v1/imports/{send(admin, unique_people(1)).json['id']}/comparison")
    check("people_have_no_comparison", people.status == 409, people.text)


# ---- one line each in coverage.py and matrix.py ----

def cover(admin, done, due):
    """Carries every operation out once; `due` counts the entries that it must leave."""
    started = done("import.started", send(admin, unique_people(2)))
    due["import.received"] += 1  # the rows of the file, before it starts
    due["patient.created"] += 2
    due["import.ended"] += 1
    while True:
        seen = done("import.viewed", admin.get(f"/v1/imports/{started.json['id']}"))
        if seen.json["state"] == "done":
            break
        time.sleep(0.2)
    admin.get("/v1/imports")
    mapping = done("mapping.saved", admin.post("/v1/import-mappings", {"name": "Covered", "columns": []}))
    admin.get("/v1/import-mappings")
    admin.get(f"/v1/import-mappings/{mapping.json['id']}")
    done("mapping.saved", admin.call("DELETE", f"/v1/import-mappings/{mapping.json['id']}"))


IMPORT_ROW = "-  y  y  -  -    -  -  -"  # CONTRACT: participant.import


def operations(world):
    """For matrix.py: name and (client) -> answer."""
    return {"startImport": lambda c: send(c, unique_people(1)),
            "listImports": lambda c: c.get("/v1/imports"),
            "getImport": lambda c: c.get(f"/v1/imports/{started_by(world.admin)}"),
            "createImportMapping": lambda c: c.post("/v1/import-mappings", {"name": "Matrix", "columns": []})}


def started_by(admin):
    started = send(admin, unique_people(1))
    assert started.status == 202, started.text
    return started.json["id"]


def foreign(world, client):
    return client.get(f"/v1/imports/{started_by(world.admin)}")
