#!/usr/bin/env python3
"""Follows a room with Python's standard library alone: a page by HTTP, then server-sent events behind it.

    ROOM_ID=... VISITOR_TOKEN=... python3 examples/clients/follow.py
"""
import http.client
import json
import os
import time
import urllib.request

GATEWAY = os.environ.get("GATEWAY", "http://127.0.0.1:4000/graphql")
ROOM = {"room": os.environ["ROOM_ID"]}
PAGE = """query($room: ID!) { room(id: $room) {
  messages(last: 50) { nodes { text author { name } } pageInfo { endCursor } } } }"""
EVENTS = """subscription($room: ID!) { roomEvents(roomId: $room) {
  __typename ... on MessageAddedEvent { message { text author { name } } } ... on GapEvent { reason } } }"""
LOST = (OSError, http.client.HTTPException)


def post(query, **headers):
    body = json.dumps({"query": query, "variables": ROOM}).encode()
    request = urllib.request.Request(GATEWAY, body, {
        "content-type": "application/json",
        "x-visitor-token": os.environ["VISITOR_TOKEN"],
        **headers,
    })
    return urllib.request.urlopen(request, timeout=60)


def show(what, message):
    print(f"{what} {(message['author'] or {}).get('name')}: {message['text']}", flush=True)


def read_page():
    """Shows the room's newest messages, whatever attempts that takes; gives the cursor behind them."""
    while True:
        try:
            with post(PAGE) as response:
                answer = json.load(response)
            if "errors" not in answer:
                break
            print(f"not read: {answer['errors'][0]['message']}", flush=True)
        except LOST as error:
            print(f"lost: {error}", flush=True)
        time.sleep(1)
    if answer["data"]["room"] is None:
        raise SystemExit("there is no such room")
    page = answer["data"]["room"]["messages"]
    for message in page["nodes"]:
        show("read", message)
    return page["pageInfo"]["endCursor"]


def frames(stream):
    """Yields the fields of each event of a stream that has come whole: a blank line ends it."""
    fields = {}
    for line in stream:
        text = line.decode().rstrip("\r\n")
        if text:
            name, _, value = text.partition(": ")
            fields[name] = value
        else:
            yield fields
            fields = {}


def events(after):
    """Yields what happens in the room; a lost connection goes on behind the last event."""
    while True:
        try:
            resume = {"last-event-id": after} if after else {}
            with post(EVENTS, accept="text/event-stream", **resume) as stream:
                for frame in frames(stream):
                    if frame.get("event") != "next":
                        continue
                    answer = json.loads(frame["data"])
                    if "errors" in answer:
                        raise SystemExit(answer["errors"][0]["message"])
                    event = answer["data"]["roomEvents"]
                    yield event
                    after = frame.get("id", after)
                    if event["__typename"] == "GapEvent":
                        # A client that was too slow receives the rest after the gap. Else what it has read is not what the
                        # room holds now: it reads the page again, and the stream begins anew after the page.
                        if event["reason"] != "SLOW_CONSUMER":
                            after = read_page()
                        break
        except LOST as error:
            print(f"lost: {error}", flush=True)
        time.sleep(0.25)


for event in events(read_page()):
    if event["__typename"] == "MessageAddedEvent":
        show("said", event["message"])
