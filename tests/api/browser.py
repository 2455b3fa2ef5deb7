"""A browser as far as sessions go: a cookie jar, the header that browsers set, the anti-forgery token."""
import re
import urllib.parse

from client import Client

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Browser(Client):
    def __init__(self, url, ca, agent=FIREFOX):
        super().__init__(url, ca)
        self.cookies, self.csrf, self.agent, self.set_cookies = {}, None, agent, []

    def call(self, method, path, body=None, headers=None, raw=None):
        send = {"Sec-Fetch-Site": "same-origin", "User-Agent": self.agent} | (headers or {})
        if self.cookies:
            send.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if method not in ("GET", "HEAD") and self.csrf:
            send.setdefault("X-CSRF-Token", self.csrf)
        send = {k: v for k, v in send.items() if v is not None}
        answer = super().call(method, path, body, send, raw)
        self.set_cookies = [v for k, v in self.last_headers if k.lower() == "set-cookie"]
        for text in self.set_cookies:
            name, value = text.split(";")[0].split("=", 1)
            self.cookies.pop(name, None)
            if "Max-Age=0" not in text:
                self.cookies[name] = value
        if answer.json and isinstance(answer.json, dict) and "csrf" in answer.json:
            self.csrf = answer.json["csrf"]
        return answer

    @property
    def sid(self):
        return self.cookies.get("__Host-sid")

    def session(self):
        return self.get("/v1/session")

    def open_demo_link(self, link):
        """What a person does who opens a role's link: the page, then its form."""
        parts = urllib.parse.urlsplit(link)
        page = self.call("GET", f"{parts.path}?{parts.query}", headers={"Sec-Fetch-Site": "none"})
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        form = urllib.parse.urlencode(fields)
        return self.call("POST", "/demo/sign-in", raw=form, headers={"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, link):
        answer = self.open_demo_link(link)
        assert answer.status == 303, (answer.status, answer.text[:300])
        self.session()
        return self
