"""Canaries, and the search for them in bytes, in every encoding in which text could have been kept.

All canaries of a run begin with one random marker (16 letters and digits, lower case), so one search
for the marker finds every one of them, whole or cut off at the end; the number behind it says which.
What must be digits (telephone numbers, dates) is kept apart, each with needles of its own.
"""
import base64
import mmap
import os
import random
import string
import threading
import urllib.parse


def percent(raw, upper=True):
    return "".join(("%%%02X" if upper else "%%%02x") % b for b in raw).encode()


def base64_forms(raw):
    """What is certain of the base64 text of anything that holds `raw`, at each of the three alignments."""
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw)
        whole = text[(shift * 8 + 5) // 6:(shift + len(raw)) * 8 // 6]
        yield f"base64+{shift}", whole
        url = whole.translate(bytes.maketrans(b"+/", b"-_"))
        if url != whole:
            yield f"base64url+{shift}", url


def forms(text):
    """encoding -> the bytes to look for."""
    raw = text.encode()
    found = {"plain": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(),
             "utf-16le": text.encode("utf-16-le"), "utf-16be": text.encode("utf-16-be"),
             "percent": percent(raw), "percent-lower": percent(raw, False)}
    if text.upper() != text:
        found["upper case"] = text.upper().encode()
    found.update(base64_forms(raw))
    return found


class Canaries:
    def __init__(self):
        chance = random.SystemRandom()
        letters = string.ascii_lowercase + string.digits
        self.marker = "cnry" + "".join(chance.choice(letters) for _ in range(12))
        self.labels = []
        self.digits = {}  # text -> label
        self.chance, self.lock = chance, threading.Lock()

    def new(self, label):
        with self.lock:
            self.labels.append(label)
            return f"{self.marker}{len(self.labels) - 1:05}"

    def telephone(self, label):
        """A number that nobody has (555-01xx), with the area left to chance."""
        number = f"{self.chance.randrange(200, 999)}55501{self.chance.randrange(100):02}"
        self.digits[number] = label
        return "+1" + number

    def date(self, label):
        day = f"19{self.chance.randrange(10, 30)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
        self.digits[day] = label
        return day

    def needles(self, digits=True):
        """(needle, encoding, what it stands for)"""
        found = [(needle, encoding, "") for encoding, needle in forms(self.marker).items()]
        for text, label in self.digits.items() if digits else ():
            found += [(needle, encoding, f"{label} {text}") for encoding, needle in forms(text).items()]
        return found

    def in_text(self, text):
        """The labels of the canaries that stand in a text in plain."""
        found, at = set(), text.find(self.marker)
        while at >= 0:
            number = text[at + len(self.marker):at + len(self.marker) + 5]
            found.add(self.labels[int(number)] if number.isdigit() and len(number) == 5 else "cut off")
            at = text.find(self.marker, at + 1)
        return found


def search(data, needles):
    """What of the needles stands in `data`: a line for each, with where it begins and what is around it."""
    found = []
    for needle, encoding, what in needles:
        at = data.find(needle)
        if at >= 0:
            found.append(f"{encoding} at {at} {what} {bytes(data[max(0, at - 24):at + len(needle) + 12])!r}")
    return found


def search_file(path, needles):
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return []
            try:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    return search(data, needles)
            except (ValueError, OSError):
                return search(file.read(), needles)
    except FileNotFoundError:
        return []


def search_tree(root, needles, since=0.0, without=()):
    """Searches the regular files below `root` that changed since, and their names.

    Answers hits, files and bytes looked at."""
    hits, files, size = [], 0, 0
    for folder, names, here in os.walk(root):
        names[:] = [n for n in names if os.path.join(folder, n) not in without]
        for name in here:
            path = os.path.join(folder, name)
            try:
                info = os.lstat(path)
            except FileNotFoundError:
                continue
            if path in without or not os.path.isfile(path) or os.path.islink(path) or info.st_mtime < since:
                continue
            files, size = files + 1, size + info.st_size
            hits += [f"{path}: {hit}" for hit in search_file(path, needles)]
            hits += [f"name of {path}: {hit}" for hit in search(name.encode("utf-8", "replace"), needles)]
    return hits, files, size


def self_test(canaries, folder, check):
    """The search can fail: a canary that lies in a file, in each encoding and alignment, is found there."""
    text = canaries.new("control")
    raw = text.encode()
    written = {"plain": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(),
               "utf-16le": text.encode("utf-16-le"), "utf-16be": text.encode("utf-16-be"),
               "upper case": text.upper().encode(), "percent": percent(raw), "percent-lower": percent(raw, False),
               "plain in a URL": urllib.parse.quote(f"a b&{text}").encode()}
    for shift in range(3):
        written[f"base64+{shift}"] = base64.b64encode(b"xyz"[:shift] + raw + b"tail")
        written[f"base64url+{shift}"] = base64.urlsafe_b64encode(b"\xff\xfe\xfd"[:shift] + raw + b"\xff\xff")
    for encoding, data in written.items():
        path = f"{folder}/control"
        with open(path, "wb") as file:
            file.write(os.urandom(5000) + data + os.urandom(3000))
        hits, _, _ = search_tree(folder, canaries.needles())
        check(f"control/found/{encoding}", len(hits) >= 1, "written, and not found")
        os.remove(path)
    with open(f"{folder}/control", "wb") as file:
        file.write(os.urandom(100000))
    check("control/not-found-in-noise", not search_tree(folder, canaries.needles())[0], "found in noise")
    os.remove(f"{folder}/control")
