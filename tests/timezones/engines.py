"""Answers the questions of a zones file with Python's zoneinfo and with dateutil.

engines.py ZONES_FILE: one JSON line per engine and zone.
"""
import json
import sys
import zoneinfo
from datetime import datetime, timezone

import dateutil.tz


def zoneinfo_of(name):
    return zoneinfo.ZoneInfo(name)


def dateutil_of(name):
    return dateutil.tz.gettz(name)


for line in open(sys.argv[1]):
    asked = json.loads(line)
    if "zone" not in asked:
        continue
    for engine, zone_of in (("zoneinfo", zoneinfo_of), ("dateutil", dateutil_of)):
        zone = zone_of(asked["zone"])
        # fold=0, which both take for the first of two readings
        locals_ = [int(datetime.fromisoformat(local).replace(tzinfo=zone).timestamp()) for local, _, _ in asked["locals"]]
        instants = [int(datetime.fromtimestamp(at, timezone.utc).astimezone(zone).utcoffset().total_seconds())
                    for at, _ in asked["instants"]]
        print(json.dumps({"engine": engine, "zone": asked["zone"], "locals": locals_, "instants": instants}))
