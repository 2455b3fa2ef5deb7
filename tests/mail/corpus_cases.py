"""The mails that the corpus of injections left, read by Python's email and by mblaze: the structure stays."""
import collections
import email
import email.policy
import os
import subprocess

from instance import BUILD

ONCE = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "List-Unsubscribe",
        "List-Unsubscribe-Post", "MIME-Version", "Content-Type"]


def run(cases, work):
    out = work / "corpus"
    out.mkdir()
    program = f"{BUILD}/tests_mail"
    if not os.path.exists(program):
        return cases.skip("corpus", f"{program} is not built")
    got = subprocess.run([program, "--gtest_filter=MailCorpus.*"], env={**os.environ, "SEALBOOK_MAIL_OUT": str(out)},
                         capture_output=True, text=True)
    files = sorted(out.glob("*.eml"))
    cases.check("corpus/made", got.returncode == 0 and len(files) > 300, got.stdout[-400:])
    wrong = {path.name: why for path in files if (why := judge_email(path))}
    cases.check("corpus/python-email", not wrong, dict(list(wrong.items())[:3]))
    wrong = {path.name: why for path in files if (why := judge_mblaze(path))}
    cases.check("corpus/mblaze", not wrong, dict(list(wrong.items())[:3]))
    planted = out / "planted.eml"
    planted.write_bytes(files[0].read_bytes().replace(b"Subject:", b"Bcc: evil@example.test\r\nSubject:", 1))
    cases.check("corpus/a-planted-field-is-seen", judge_email(planted) and judge_mblaze(planted))


def judge_email(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    names = collections.Counter(message.keys())
    extra = {n: c for n, c in names.items() if n not in ONCE + ["Content-Transfer-Encoding"] or c != 1}
    missing = [n for n in ONCE if n not in names]
    types = [part.get_content_type() for part in message.walk()]
    with_file = path.name.startswith(("attachment", "file_name", "content_type"))
    if extra or missing or message.defects or len(types) != (3 if with_file else 1) or "text/html" in types:
        return extra, missing, message.defects, types
    if len(message["to"].addresses) != 1 or len(message["from"].addresses) != 1:
        return "addresses", str(message["to"]), str(message["from"])
    return None


def judge_mblaze(path):
    listed = subprocess.run(["mhdr", str(path)], capture_output=True).stdout
    names = collections.Counter(line.split(b":")[0].decode().lower() for line in listed.splitlines()
                                if line and not line[:1].isspace())
    names.pop("content-transfer-encoding", None)
    if names != collections.Counter({n.lower(): 1 for n in ONCE}):
        return dict(names)
    tree = subprocess.run(["mshow", "-t", str(path)], capture_output=True).stdout
    return tree if b"text/html" in tree else None
