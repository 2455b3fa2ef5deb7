"""Sessions of browsers on a real server: cookie, anti-forgery, rotation, limits, revocation."""
import threading
import time

from browser import Browser

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"


def link_of(demo, role, tenant=0):
    return demo.tenants[tenant]["accounts"][role]["sign_in"]


def fresh(demo, role, tenant=0, agent=None):
    browser = Browser(demo.ready["url"], demo.ready["ca"], *([agent] if agent else []))
    return browser.sign_in(link_of(demo, role, tenant))


def problem(answer):
    return (answer.json or {}).get("type", "").rsplit("/", 1)[-1]


def cookie_and_shape(demo, check):
    for role in ("admin", "scheduler", "front_desk", "provider", "billing", "auditor", "patient"):
        browser = Browser(demo.ready["url"], demo.ready["ca"])
        page = browser.open_demo_link(link_of(demo, role))
        goes = "/my/" if role == "patient" else "/desk/"
        check(f"link/{role}", page.status == 303 and page.headers["location"] == goes, (page.status, page.text[:200]))
        seen = browser.session()
        told = seen.json or {}
        check(f"session/{role}", seen.status == 200 and told["account"]["role"] == role and told["method"] == "demo"
              and told["tenant"]["slug"] == demo.tenants[0]["slug"] and "idle_expires_at" not in told, seen.text)
        bearer = demo.client(role).get("/v1/me").json
        check(f"permissions/{role}", told["permissions"] == bearer["permissions"], told["permissions"])
    texts = [t for t in page_cookies(demo) if t.startswith("__Host-sid=")]
    parts = set(texts[0].split("; ")[1:]) if texts else set()
    check("cookie/rules", parts == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"}, texts)
    check("cookie/bits", texts and len(texts[0].split(";")[0].split("=")[1]) == 43, texts)


def page_cookies(demo):
    browser = Browser(demo.ready["url"], demo.ready["ca"])
    browser.open_demo_link(link_of(demo, "admin"))
    return browser.set_cookies


def forgery(demo, check):
    one, other = fresh(demo, "front_desk"), fresh(demo, "scheduler")
    search = {"text": "example"}
    path = "/v1/patients/search"

    def tried(name, headers, expected, raw=None):
        answer = one.call("POST", path, None if raw else search, headers=headers, raw=raw)
        good = answer.status == expected and (expected != 403 or problem(answer) == "cross-site")
        check(f"forgery/{name}", good, f"{answer.status} {answer.text[:160]}")

    host = one.host
    tried("own_page", {}, 200)
    tried("no_token", {"X-CSRF-Token": None}, 403)
    tried("empty_token", {"X-CSRF-Token": ""}, 403)
    tried("token_of_another_session", {"X-CSRF-Token": other.csrf}, 403)
    tried("cross_site", {"Sec-Fetch-Site": "cross-site"}, 403)
    tried("same_site", {"Sec-Fetch-Site": "same-site"}, 403)
    tried("typed_address", {"Sec-Fetch-Site": "none"}, 403)
    tried("no_word_of_the_browser", {"Sec-Fetch-Site": None}, 403)
    tried("origin_null", {"Sec-Fetch-Site": None, "Origin": "null"}, 403)
    tried("other_origin", {"Sec-Fetch-Site": None, "Origin": "https://evil.example.test"}, 403)
    tried("own_origin_of_an_old_browser", {"Sec-Fetch-Site": None, "Origin": f"https://{host}"}, 200)
    tried("text_plain", {"Content-Type": "text/plain"}, 415, raw='{"text":"example"}')
    tried("form", {"Content-Type": "application/x-www-form-urlencoded"}, 415, raw="text=example")
    answer = one.call("DELETE", "/v1/session", headers={"X-CSRF-Token": None})
    check("forgery/sign_out", answer.status == 403 and one.session().status == 200, answer.status)
    bearer = demo.client("front_desk")
    check("forgery/bearer_needs_none", bearer.post(path, search).status == 200)
    answer = one.call("POST", path, search, headers={"Authorization": "Bearer sb1_account_wrong"})
    check("forgery/a_bad_token_is_not_mended_by_a_cookie", answer.status == 401, answer.status)


def rotation(demo, check):
    browser = Browser(demo.ready["url"], demo.ready["ca"])
    browser.cookies["__Host-sid"] = planted = "A" * 43
    check("fixation/planted_is_nobody", browser.session().status == 401)
    browser.sign_in(link_of(demo, "scheduler"))
    first, csrf = browser.sid, browser.csrf
    check("fixation/other_cookie_after_sign_in", first and first != planted, first)
    again = Browser(demo.ready["url"], demo.ready["ca"])
    again.cookies["__Host-sid"] = planted
    check("fixation/planted_stays_nobody", again.session().status == 401)
    browser.sign_in(link_of(demo, "scheduler"))
    check("rotation/sign_in", browser.sid != first and browser.csrf != csrf)
    again.cookies["__Host-sid"] = first
    check("rotation/old_cookie_is_nobody", again.session().status == 401)
    for name, value in (("empty", ""), ("short", first[:-1]), ("long", first + "A"), ("other_case", first.swapcase())):
        again.cookies["__Host-sid"] = value
        check(f"rotation/cookie_{name}", again.session().status == 401)
    twice = browser.call("GET", "/v1/session", headers={"Cookie": f"__Host-sid={browser.sid}; __Host-sid={planted}"})
    check("rotation/cookie_twice", twice.status == 401, twice.status)


def devices(demo, check):
    laptop, phone = fresh(demo, "billing"), fresh(demo, "billing", agent=CHROME)
    stranger = fresh(demo, "auditor")
    seen = laptop.get("/v1/sessions").json["sessions"]
    names = {s["device"] for s in seen}
    check("devices/named", {"Firefox on Linux", "Chrome on Windows"} <= names, names)
    check("devices/one_is_current", sum(s["current"] for s in seen) == 1, seen)
    other = next(s["id"] for s in seen if s["device"] == "Chrome on Windows")
    check("devices/not_a_strangers", stranger.call("DELETE", f"/v1/sessions/{other}").status == 404)
    check("devices/phone_works", phone.session().status == 200)
    statuses, stop = [], threading.Event()

    def ask():
        mine = Browser(demo.ready["url"], demo.ready["ca"])
        mine.cookies = dict(phone.cookies)
        while not stop.is_set():
            statuses.append((time.monotonic(), mine.session().status))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    [t.start() for t in threads]
    time.sleep(0.5)
    ended = laptop.call("DELETE", f"/v1/sessions/{other}")
    at = time.monotonic()
    time.sleep(1)
    stop.set()
    [t.join() for t in threads]
    late = [s for when, s in statuses if when > at + 0.5 and s != 401]
    check("devices/ended_at_once", ended.status == 204 and not late and any(s == 200 for _, s in statuses), (ended.status, late[:3]))
    check("devices/ending_again", laptop.call("DELETE", f"/v1/sessions/{other}").status == 404)
    check("devices/laptop_stays", laptop.session().status == 200)
    admin = fresh(demo, "admin")
    account = laptop.session().json["account"]["id"]
    check("devices/by_an_admin", admin.call("DELETE", f"/v1/accounts/{account}/sessions").status == 204
          and laptop.session().status == 401)
    foreign = fresh(demo, "billing", tenant=1)
    account = foreign.session().json["account"]["id"]
    check("devices/not_another_tenants", admin.call("DELETE", f"/v1/accounts/{account}/sessions").status == 404
          and foreign.session().status == 200)


def signing_out(demo, check):
    browser = fresh(demo, "provider")
    kept = dict(browser.cookies)
    gone = browser.call("DELETE", "/v1/session")
    check("sign_out/answer", gone.status == 204 and gone.headers.get("clear-site-data") == '"cache", "cookies", "storage"', gone.headers)
    check("sign_out/cookie_dropped", browser.sid is None and any("Max-Age=0" in c for c in browser.set_cookies), browser.set_cookies)
    browser.cookies = kept
    check("sign_out/cookie_is_nobody", browser.session().status == 401)
    check("bearer_has_no_session", demo.client("admin").get("/v1/session").status == 401)


def move(demo, seconds):
    with open(demo.ready["clock"]) as file:
        now = int(file.read())
    with open(demo.ready["clock"], "w") as file:
        file.write(f"{now + seconds}\n")
    time.sleep(1.2)


def limits(demo, check):
    admin, desk, patient = fresh(demo, "admin"), fresh(demo, "front_desk"), fresh(demo, "patient")
    move(demo, 8 * 3600 - 60)
    check("whole/admin_just_before", admin.session().status == 200)
    move(demo, 120)
    check("whole/admin_after_8_h", admin.session().status == 401 and desk.session().status == 200)
    move(demo, 4 * 3600)
    check("whole/staff_after_12_h", desk.session().status == 401 and patient.session().status == 200)
    move(demo, 12 * 3600)
    check("whole/patient_after_24_h", patient.session().status == 401)


def run(demo, cases, label):
    def check(name, good, why=""):
        cases.check(f"sessions/{label}/{name}", good, why)

    for part in (cookie_and_shape, forgery, rotation, devices, signing_out, limits):
        part(demo, check)
