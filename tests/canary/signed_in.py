"""Signing in: browsers with a passkey, and the bodies that only a ceremony, a mailed code or a link can make."""
import os
import threading

from browser import Browser
from sign_in import mailed_code
from soft_key import SoftKey


class SignedIn:
    ROLE = "browser"  # of operations that only a browser's session reaches

    def __init__(self, drill):
        self.drill, self.lock = drill, threading.Lock()
        ready = drill.demo.ready
        self.url, self.ca = ready["url"], ready["ca"]
        first = Browser(self.url, self.ca).sign_in(drill.demo.tenants[0]["accounts"]["scheduler"]["sign_in"])
        self.key = self.add_key(first)[0]

    def add_key(self, browser):
        key = SoftKey(self.url)
        answer = browser.post("/v1/passkeys", {"label": "Drill", "credential": key.create(self.options(browser, "/v1/passkeys"))})
        assert answer.status == 201, answer.text
        return key, answer.json["id"]

    @staticmethod
    def options(browser, path):
        return browser.post(path + "/options").json["publicKey"]

    def assertion(self, browser, path):
        return {"credential": self.key.get(self.options(browser, path))}

    def browser(self):
        """One that has just signed in with the passkey."""
        made = Browser(self.url, self.ca)
        answer = made.post("/v1/session/passkey", self.assertion(made, "/v1/session/passkey"))
        assert answer.status == 200, answer.text
        return made

    def account(self):
        return self.drill.admin.post("/v1/accounts", {"role": "billing"}).json["id"]

    def code(self):
        mails, who = self.drill.demo.ready["mail"], {"tenant": self.drill.demo.tenants[0]["slug"], "contact": "person0@example.test"}
        before = set(os.listdir(mails))
        self.drill.demo.anonymous().post("/v1/session/code", who)
        return who | {"code": mailed_code(mails, before)}

    def link(self):
        made = self.drill.admin.post(f"/v1/accounts/{self.account()}/enrolments")
        return {"token": made.json["url"].rsplit("/", 1)[1]}

    def fresh(self, what):
        """An object to do it to, or None when it is not one of these."""
        makers = {"accounts": self.account, "sessions": lambda: self.browser().session().json["id"],
                  "passkeys": lambda: self.add_key(self.browser())[1]}
        return makers[what]() if what in makers else None

    def body(self, method, path, label):
        """A valid body, or None when the schema says enough."""
        own = lambda: self.drill.client(self.ROLE)
        stranger = lambda: Browser(self.url, self.ca)
        bodies = {
            "POST /v1/session/passkey/options": lambda: {},
            "POST /v1/session/passkey": lambda: self.assertion(stranger(), "/v1/session/passkey"),
            "POST /v1/session/code": lambda: {"tenant": self.drill.demo.tenants[0]["slug"],
                                              "contact": self.drill.canaries.new(f"{label}.contact") + "@example.test"},
            "POST /v1/session/code/verify": self.code,
            "POST /v1/session/enrolment": self.link,
            "POST /v1/session/step-up": lambda: self.assertion(own(), "/v1/session/step-up"),
            "POST /v1/passkeys": lambda: {"label": self.drill.canaries.new(f"{label}.label"),
                                          "credential": SoftKey(self.url).create(self.options(own(), "/v1/passkeys"))},
            "POST /v1/authz/explain": lambda: {"account_id": self.account(), "permission": "patient.view"},
        }
        found = bodies.get(f"{method} {path}")
        return found() if found else None
