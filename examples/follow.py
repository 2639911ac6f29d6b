#!/usr/bin/env python3
"""Subscribes to a room with Python's standard library alone: a page by HTTP, then all later events as server-sent events.

    ROOM_ID=... VISITOR_TOKEN=... python3 examples/follow.py
"""
import http.client
import json
import os
import time
import urllib.request

GATEWAY = os.environ.get("GATEWAY", "http://127.0.0.1:4000/graphql")
ROOM = os.environ["ROOM_ID"]
PAGE = """query($room: ID!, $before: String) { room(id: $room) { messages(last: 50, before: $before) {
  nodes { createdAt text author { name } } pageInfo { startCursor endCursor hasPreviousPage } } } }"""
EVENTS = """subscription($room: ID!) { roomEvents(roomId: $room) {
  __typename ... on MessageAddedEvent { message { createdAt text author { name } } } ... on GapEvent { reason } } }"""
LOST = (OSError, http.client.HTTPException)
shown_until = ""  # The creation time of the newest message that was shown.


def post(query, variables, **headers):
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(GATEWAY, body, {
        "content-type": "application/json",
        "x-visitor-token": os.environ["VISITOR_TOKEN"],
        **headers,
    })
    return urllib.request.urlopen(request, timeout=60)


def show(what, message):
    global shown_until
    shown_until = max(shown_until, message["createdAt"])
    print(f"{what} {(message['author'] or {}).get('name')}: {message['text']}", flush=True)


def read_page(before=None):
    """Reads a page of the room's messages; retries until it succeeds."""
    while True:
        try:
            with post(PAGE, {"room": ROOM, "before": before}) as response:
                answer = json.load(response)
            if "errors" not in answer:
                break
            print(f"not read: {answer['errors'][0]['message']}", flush=True)
        except LOST as error:
            print(f"lost: {error}", flush=True)
        time.sleep(1)
    if answer["data"]["room"] is None:
        raise SystemExit("there is no such room")
    return answer["data"]["room"]["messages"]


def catch_up():
    """Shows the newest page, and earlier ones back to the messages shown before. Returns the cursor after the newest."""
    pages = [read_page()]
    while shown_until and pages[0]["pageInfo"]["hasPreviousPage"] and pages[0]["nodes"][0]["createdAt"] > shown_until:
        pages.insert(0, read_page(pages[0]["pageInfo"]["startCursor"]))
    for page in pages:
        for message in page["nodes"]:
            show("read", message)
    return pages[-1]["pageInfo"]["endCursor"]


def frames(stream):
    """Yields the fields of each complete event of a stream: a blank line ends an event."""
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
    """Yields the events of the room. After a lost connection it resumes after the last event."""
    pause = 0.25
    while True:
        try:
            resume = {"last-event-id": after} if after else {}
            with post(EVENTS, {"room": ROOM}, accept="text/event-stream", **resume) as stream:
                for frame in frames(stream):
                    # A gateway that stops chooses the pause, so that its clients do not return all at once.
                    pause = int(frame.get("retry", pause * 1000)) / 1000
                    if frame.get("event") != "next":
                        continue
                    answer = json.loads(frame["data"])
                    if "errors" in answer:
                        raise SystemExit(answer["errors"][0]["message"])
                    event = answer["data"]["roomEvents"]
                    yield event
                    after = frame.get("id", after)
                    if event["__typename"] == "GapEvent":
                        # A client that was too slow receives the dropped events after the gap. Otherwise the messages that it
                        # has read are not those of the room now: it reads the page again and subscribes after the page.
                        if event["reason"] != "SLOW_CONSUMER":
                            after = catch_up()
                        break
        except LOST as error:
            print(f"lost: {error}", flush=True)
        time.sleep(pause)


for event in events(catch_up()):
    if event["__typename"] == "MessageAddedEvent":
        show("said", event["message"])
