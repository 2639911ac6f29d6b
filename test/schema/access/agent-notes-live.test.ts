import { describe, expect, it } from 'vitest'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Added, Events } from './documents.ts'
import { openRoomWithAgentNotes, SECRET } from './room-with-agent-notes.ts'

/** Opens a room with agent notes, and functions that subscribe to it as an operator or as the visitor. */
async function openSubscribedRoom() {
  const room = await openRoomWithAgentNotes()
  const { url, id, visitor, server } = room
  const credentials = {
    visitor: { visitorToken: visitor['x-visitor-token'] },
    operator: { authorization: asOperator.authorization },
  }
  const page = await room.page(asOperator, { last: 1 })
  return {
    ...room,
    /** Cursor of the last note, at which an operator's page ends. */
    noteCursor: page.messages.pageInfo.endCursor ?? '',
    connectAs: (role: keyof typeof credentials) => openSocketClient(url, credentials[role]),
    stream: (after: string | null, headers: Readonly<Record<string, string>> = {}) =>
      openEventStream(
        url,
        { query: Events.toString(), variables: { id, after } },
        { ...visitor, ...headers },
      ),
    untilSubscribed: (count: number) => waitUntil(() => server.liveCounts().subscribers === count),
    /** Sends visible messages, each between two notes. */
    talk(words: readonly string[]) {
      for (const word of words) {
        room.note()
        room.say(word)
        room.note()
      }
    },
  }
}

const words = ['one', 'two', 'three']
const texts = (events: readonly { readonly data: unknown }[]) =>
  events.map(({ data }) => /"text":"([^"]*)"/.exec(JSON.stringify(data, withoutRoom))?.[1])
/** Leaves the room out, because its last message depends on the time of the request. */
const withoutRoom = (key: string, value: unknown) => (key === 'room' ? undefined : value)

/** Expects neither the text nor the position of a note. */
function expectNoNotes(events: unknown): void {
  expect(JSON.stringify(events)).not.toContain(SECRET)
}

describe('a visitor who subscribes to a room with agent notes, while an operator subscribes too', () => {
  it('receives the visible messages and nothing else, over WebSocket and server-sse events', async () => {
    const { id, connectAs, stream, untilSubscribed, talk } = await openSubscribedRoom()
    const operatorEvents = subscribe(connectAs('operator'), Events, { id })
    const visitorEvents = subscribe(connectAs('visitor'), Events, { id })
    const added = subscribe(connectAs('visitor'), Added, { id })
    const sse = await stream(null)
    await untilSubscribed(4)
    talk(words)
    expect(texts(await operatorEvents.take(9)).filter((text) => text !== SECRET)).toEqual(words)
    const received = [
      await visitorEvents.take(3),
      await added.take(3),
      [await sse.next(), await sse.next(), await sse.next()],
    ]
    expect(received.map(texts)).toEqual([words, words, words])
    expectNoNotes(received)
    const positionIds = (received[0] ?? []).map(({ data }) => {
      const cursor = /"cursor":"([^"]*)"/.exec(JSON.stringify(data))?.[1] ?? ''
      return decodeCursor(cursor)?.position.id
    })
    expect(new Set(positionIds).size).toBe(3)
  })

  it('receives exactly the visible messages after an operator’s cursor on a note', async () => {
    const { id, connectAs, stream, talk, noteCursor } = await openSubscribedRoom()
    talk(['before'])
    const streams = {
      page: subscribe(connectAs('visitor'), Events, { id, after: noteCursor }),
      added: subscribe(connectAs('visitor'), Added, { id, after: noteCursor }),
    }
    const sse = await stream(noteCursor)
    const received = [await streams.page.take(1), await streams.added.take(1), [await sse.next()]]
    talk(words)
    const rest = [
      await streams.page.take(3),
      await streams.added.take(3),
      [await sse.next(), await sse.next(), await sse.next()],
    ]
    expect([...received.map(texts), ...rest.map(texts)]).toEqual([
      ['before'],
      ['before'],
      ['before'],
      words,
      words,
      words,
    ])
    expectNoNotes([received, rest])
  })

  it('resumes after an operator’s event about a note, also by Last-Event-ID', async () => {
    const { id, connectAs, stream, untilSubscribed, talk } = await openSubscribedRoom()
    const operatorEvents = subscribe(connectAs('operator'), Events, { id })
    const first = await stream(null)
    await untilSubscribed(2)
    talk(['one'])
    const [note] = (await operatorEvents.take(3)).slice(2)
    expect(texts(note ? [note] : [])).toEqual([SECRET])
    expect(texts([await first.next()])).toEqual(['one'])
    first.leave()
    await untilSubscribed(1)
    talk(['two'])
    await operatorEvents.take(3)
    const onEvent = note?.data?.roomEvents.cursor ?? ''
    const back = subscribe(connectAs('visitor'), Events, { id, after: onEvent })
    const again = await stream(null, { 'last-event-id': onEvent })
    const received = [await back.take(1), [await again.next()]]
    expect(received.map(texts)).toEqual([['two'], ['two']])
    talk(['three'])
    const rest = [await back.take(1), [await again.next()]]
    expect(rest.map(texts)).toEqual([['three'], ['three']])
    expectNoNotes([received, rest])
  })

  it('receives nothing about notes around a deleted message', async () => {
    const { id, connectAs, untilSubscribed, note, say, liveChat, chatId } = await openSubscribedRoom()
    const visitorEvents = subscribe(connectAs('visitor'), Events, { id })
    const operatorEvents = subscribe(connectAs('operator'), Events, { id })
    await untilSubscribed(2)
    note()
    const removed = say('take it back')
    await operatorEvents.take(2)
    expect(texts(await visitorEvents.take(1))).toEqual(['take it back'])
    liveChat.chats.customerDeletes(chatId, removed)
    note()
    const [gone] = await visitorEvents.take(1)
    expect(gone?.data?.roomEvents.__typename).toBe('MessageDeletedEvent')
    say('bye')
    expect(texts(await visitorEvents.take(1))).toEqual(['bye'])
  })
})
