import { describe, expect, it } from 'vitest'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import { openEventStreamWithIds } from '../../server/shared-subscriptions/subscribers.ts'
import { openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Added, Events } from './documents.ts'
import { openNotedRoom, SECRET } from './room-with-agent-notes.ts'

/** A noted room, and subscribers to it of either side. */
async function opened() {
  const room = await openNotedRoom()
  const { url, id, visitor, server: gateway } = room
  const logins = {
    visitor: { visitorToken: visitor['x-visitor-token'] },
    operator: { authorization: asOperator.authorization },
  }
  const page = await room.page(asOperator, { last: 1 })
  return {
    ...room,
    /** Behind the last note: an operator's page ends there. */
    onNote: page.messages.pageInfo.endCursor ?? '',
    socketOf: (side: keyof typeof logins) => openSocketClient(url, logins[side]),
    stream: (after: string | null, headers: Readonly<Record<string, string>> = {}) =>
      openEventStreamWithIds(
        url,
        { query: Events.toString(), variables: { id, after } },
        { ...visitor, ...headers },
      ),
    watched: (count: number) => waitUntil(() => gateway.liveCounts().subscribers === count),
    /** Something for all with notes around it, thrice. */
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
  events.map(({ data }) => /"text":"([^"]*)"/.exec(JSON.stringify(data, wordsFirst))?.[1])
/** What the room's last message is by now depends on when it is asked. */
const wordsFirst = (key: string, value: unknown) => (key === 'room' ? undefined : value)

/** Neither words of a note nor a place of one: a cursor stands on what the visitor saw. */
function expectNoNote(events: unknown): void {
  expect(JSON.stringify(events)).not.toContain(SECRET)
}

describe('a visitor who watches a room in which agents leave notes, while an operator watches it too', () => {
  it('is told of what is for all and of nothing else, over a socket and as server-sent events', async () => {
    const { id, socketOf, stream, watched, talk } = await opened()
    const ours = subscribe(socketOf('operator'), Events, { id })
    const theirs = subscribe(socketOf('visitor'), Events, { id })
    const added = subscribe(socketOf('visitor'), Added, { id })
    const sent = await stream(null)
    await watched(4)
    talk(words)
    expect(texts(await ours.take(9)).filter((text) => text !== SECRET)).toEqual(words)
    const told = [
      await theirs.take(3),
      await added.take(3),
      [await sent.take(), await sent.take(), await sent.take()],
    ]
    expect(told.map(texts)).toEqual([words, words, words])
    expectNoNote(told)
    const places = (told[0] ?? []).map(({ data }) => {
      const cursor = /"cursor":"([^"]*)"/.exec(JSON.stringify(data))?.[1] ?? ''
      return decodeCursor(cursor)?.position.id
    })
    expect(new Set(places).size).toBe(3)
  })

  it('with an operator’s cursor that stands on a note is told exactly what is for all behind it', async () => {
    const { id, socketOf, stream, talk, onNote } = await opened()
    talk(['before'])
    const sides = {
      page: subscribe(socketOf('visitor'), Events, { id, after: onNote }),
      added: subscribe(socketOf('visitor'), Added, { id, after: onNote }),
    }
    const sent = await stream(onNote)
    const told = [await sides.page.take(1), await sides.added.take(1), [await sent.take()]]
    talk(words)
    const rest = [
      await sides.page.take(3),
      await sides.added.take(3),
      [await sent.take(), await sent.take(), await sent.take()],
    ]
    expect([...told.map(texts), ...rest.map(texts)]).toEqual([
      ['before'],
      ['before'],
      ['before'],
      words,
      words,
      words,
    ])
    expectNoNote([told, rest])
  })

  it('with an operator’s event on a note comes back where it stood, by Last-Event-ID too', async () => {
    const { id, socketOf, stream, watched, talk } = await opened()
    const ours = subscribe(socketOf('operator'), Events, { id })
    const first = await stream(null)
    await watched(2)
    talk(['one'])
    const [note] = (await ours.take(3)).slice(2)
    expect(texts(note ? [note] : [])).toEqual([SECRET])
    expect(texts([await first.take()])).toEqual(['one'])
    first.leave()
    await watched(1)
    talk(['two'])
    await ours.take(3)
    const onEvent = note?.data?.roomEvents.cursor ?? ''
    const back = subscribe(socketOf('visitor'), Events, { id, after: onEvent })
    const again = await stream(null, { 'last-event-id': onEvent })
    const told = [await back.take(1), [await again.take()]]
    expect(told.map(texts)).toEqual([['two'], ['two']])
    talk(['three'])
    const rest = [await back.take(1), [await again.take()]]
    expect(rest.map(texts)).toEqual([['three'], ['three']])
    expectNoNote([told, rest])
  })

  it('hears nothing of a note that LiveChat shows as deleted', async () => {
    const { id, socketOf, watched, note, say, liveChat, chatId } = await opened()
    const theirs = subscribe(socketOf('visitor'), Events, { id })
    const ours = subscribe(socketOf('operator'), Events, { id })
    await watched(2)
    note()
    const removed = say('take it back')
    await ours.take(2)
    expect(texts(await theirs.take(1))).toEqual(['take it back'])
    liveChat.chats.customerDeletes(chatId, removed)
    note()
    const [gone] = await theirs.take(1)
    expect(gone?.data?.roomEvents.__typename).toBe('MessageDeletedEvent')
    say('bye')
    expect(texts(await theirs.take(1))).toEqual(['bye'])
  })
})
