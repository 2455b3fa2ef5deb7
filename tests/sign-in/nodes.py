"""Sessions where the server starts again, and where there are two nodes over one database."""
import os
import shutil
import signal
import time

from browser import Browser
from client import Demo
from sessions import fresh


def with_cookies_of(browser, node):
    other = Browser(node.ready["url"], node.ready["ca"])
    other.cookies, other.csrf = dict(browser.cookies), browser.csrf
    return other


def again(demo, check):
    """A session, and the end of one, outlive the process."""
    stays, goes = fresh(demo, "scheduler"), fresh(demo, "scheduler")
    goes_cookies = dict(goes.cookies)
    goes.call("DELETE", "/v1/session")
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(30)
    demo.start()
    check("restart/session_stays", with_cookies_of(stays, demo).session().status == 200)
    goes.cookies = goes_cookies
    check("restart/ended_stays_ended", with_cookies_of(goes, demo).session().status == 401)


def two_nodes(demo, check):
    folder = demo.folder + "/second"
    shutil.copytree(demo.folder + "/demo", folder + "/demo")
    second = Demo("postgres", folder=folder, environment={k: demo.environment[k] for k in ("SEALBOOK_STORE_URL", "SEALBOOK_KEYRING_URL")})
    here = fresh(demo, "provider")
    there = with_cookies_of(here, second)
    check("nodes/known_at_once", there.session().status == 200)
    kept = dict(here.cookies)
    check("nodes/ended_here", here.call("DELETE", "/v1/session").status == 204)
    ended, last = time.monotonic(), None
    while time.monotonic() < ended + 3:
        there.cookies = dict(kept)
        if there.session().status == 401:
            break
        last = time.monotonic()
    took = (last or ended) - ended
    check("nodes/ended_there_within_a_second", took < 1.0 and there.session().status == 401, f"{took:.2f} s")
    second.stop()


def run(demo, cases, label):
    def check(name, good, why=""):
        cases.check(f"sessions/{label}/{name}", good, why)

    again(demo, check)
    if label == "postgres":
        two_nodes(demo, check)
