"""Judges deliveries and a feed with the libraries that receivers use. Usage: reference.py DELIVERIES FEED"""

import base64
import json
import sys

import feedparser
from cloudevents.http import from_http
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def verified(hook, headers, body):
    try:
        hook.verify(body, headers)
        return True
    except WebhookVerificationError:
        return False


def deliveries(path):
    hook = Webhook(KEY)
    attempts = [json.loads(line) for line in open(path, encoding="utf-8")]
    signed = rejected = events = 0
    for attempt in attempts:
        body = base64.b64decode(attempt["body"])
        headers = {name: attempt[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
        signed += verified(hook, headers, body)
        altered = body.replace(b"2.5 million", b"2.6 million", 1)
        assert altered != body
        rejected += not verified(hook, headers, altered)
        if attempt["path"] == "/events":
            event = from_http({"content-type": attempt["content-type"]}, body)
            assert event["specversion"] == "1.0" and event["type"] == "org.claimwatch.figure_changed"
            assert attempt["webhook-id"] == "msg_" + event["id"] == "msg_" + event.data["alert_id"]
            assert event["source"] == "https://localhost/watch/example"
            events += 1
    count = len({(attempt["path"], attempt["webhook-id"]) for attempt in attempts})
    print(f"{count} deliveries in {len(attempts)} attempts: {signed} verified, {rejected} rejected when altered, {events} events read")
    assert count == 1000 and signed == rejected == len(attempts) == 1100 and events == 550


def feed(path):
    read = feedparser.parse(path)
    assert not read.bozo, read.bozo_exception
    assert read.version == "atom10" and len(read.entries) == 3, (read.version, len(read.entries))
    for name in ("id", "title", "updated", "author"):
        assert read.feed.get(name), name
    times = [entry.updated for entry in read.entries]
    assert times == sorted(times, reverse=True)
    assert all("2.5 million" in entry.content[0].value and entry.link for entry in read.entries)
    assert len({entry.id for entry in read.entries}) == 3
    print(f"a feed of {len(read.entries)} entries, well-formed")


deliveries(sys.argv[1])
feed(sys.argv[2])
