#!/usr/bin/env python3
"""Follows a room with Python's standard library alone: a page by HTTP, then server-sent events behind it.

    ROOM_ID=... VISITOR_TOKEN=... python3 examples/clients/follow.py
"""
import json
import os
import time
import urllib.error
import urllib.request

GATEWAY = os.environ.get("GATEWAY", "http://127.0.0.1:4000/graphql")
PAGE = """query($room: ID!) { room(id: $room) {
  messages(last: 20) { nodes { text author { name } } pageInfo { endCursor } } } }"""
EVENTS = """subscription($room: ID!, $after: String) { roomEvents(roomId: $room, after: $after) {
  __typename ... on MessageAddedEvent { message { text author { name } } } ... on GapEvent { reason } } }"""


def post(query, variables, **headers):
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(GATEWAY, body, {
        "content-type": "application/json",
        "x-visitor-token": os.environ["VISITOR_TOKEN"],
        **headers,
    })
    return urllib.request.urlopen(request, timeout=60)


def show(message):
    print(f"{(message['author'] or {}).get('name')}: {message['text']}", flush=True)


def events(room, after):
    """Yields what happens in the room; a lost connection goes on behind the last event."""
    while True:
        try:
            kind = None
            resume = {"last-event-id": after} if after else {}
            with post(EVENTS, {"room": room}, accept="text/event-stream", **resume) as stream:
                for line in stream:
                    name, _, value = line.decode().rstrip("\r\n").partition(": ")
                    if name == "event":
                        kind = value
                    elif name == "id":
                        after = value
                    elif name == "data" and kind == "next":
                        event = json.loads(value)["data"]["roomEvents"]
                        yield event
                        if event.get("reason") == "SLOW_CONSUMER":
                            break  # This client was too slow: what it was not given comes behind the gap.
        except (OSError, urllib.error.URLError) as error:
            print(f"lost: {error}", flush=True)
        time.sleep(0.25)


room_id = os.environ["ROOM_ID"]
with post(PAGE, {"room": room_id}) as answer:
    messages = json.load(answer)["data"]["room"]["messages"]
for message in messages["nodes"]:
    show(message)
for event in events(room_id, messages["pageInfo"]["endCursor"]):
    if event["__typename"] == "MessageAddedEvent":
        show(event["message"])
