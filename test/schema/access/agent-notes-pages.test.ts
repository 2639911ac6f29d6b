import { describe, expect, it } from 'vitest'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Many, One, Remove } from './documents.ts'
import { everything, type NotedRoom, openNotedRoom, SECRET } from './room-with-agent-notes.ts'

/** The room as both sides have it: a note's place is among what the visitor sees, but the visitor never learns it. */
async function opened() {
  const room = await openNotedRoom()
  const edges = await everything(room)
  const notes = edges.filter(({ node }) => node.visibility === 'AGENTS')
  const shown = edges.filter(({ node }) => node.visibility === 'EVERYONE')
  return { ...room, edges, notes, shown: shown.map(({ node }) => node.nativeId) }
}

type Opened = Awaited<ReturnType<typeof opened>>

/** A visitor's page: the ids in it, and whether it tells anything of a note, in words, ids or cursors. */
async function visitorsPage({ page, visitor, notes }: Opened, bounds: object) {
  const room = await page(visitor, bounds)
  const { edges, pageInfo } = room.messages
  const cursors = [...edges.map(({ cursor }) => cursor), pageInfo.startCursor, pageInfo.endCursor]
  const places = cursors.flatMap((cursor) => (cursor ? [decodeCursor(cursor)?.position.id] : []))
  expect(JSON.stringify(room)).not.toContain(SECRET)
  for (const { node } of notes) expect(JSON.stringify(room)).not.toContain(node.id)
  return { ids: edges.map(({ node }) => node.nativeId), places, ...pageInfo }
}

describe('a visitor who pages through a room that is nearly all notes', () => {
  it.each([1, 2, 3, 100])('finds every message that is for all, %i a page, from either end', async (size) => {
    const room = await opened()
    const noted = new Set(room.notes.map(({ node }) => node.nativeId))
    const forwards: string[] = []
    for (let after: string | null = null; ; ) {
      const { ids, hasNextPage, hasPreviousPage, endCursor, places } = await visitorsPage(room, {
        first: size,
        after,
      })
      expect(hasPreviousPage).toBe(forwards.length > 0)
      forwards.push(...ids)
      expect(hasNextPage).toBe(forwards.length < room.shown.length)
      expect(places.filter((place) => place && noted.has(place))).toEqual([])
      if (!hasNextPage) break
      after = endCursor ?? null
    }
    expect(forwards).toEqual(room.shown)
    const backwards: string[] = []
    for (let before: string | null = null; ; ) {
      const { ids, hasPreviousPage, startCursor } = await visitorsPage(room, { last: size, before })
      backwards.unshift(...ids)
      expect(hasPreviousPage).toBe(backwards.length < room.shown.length)
      if (!hasPreviousPage) break
      before = startCursor ?? null
    }
    expect(backwards).toEqual(room.shown)
  })

  it('with a cursor that stands on a note reads exactly what is for all on either side of it', async () => {
    const room = await opened()
    const chosen = room.notes.filter((_, index) => index % 17 === 0 || index === room.notes.length - 1)
    for (const { cursor, node } of chosen) {
      const place = room.edges.findIndex((edge) => edge.node.nativeId === node.nativeId)
      const isBefore = (id: string) => room.edges.findIndex((edge) => edge.node.nativeId === id) < place
      const [older, newer] = [room.shown.filter(isBefore), room.shown.filter((id) => !isBefore(id))]
      expect(await visitorsPage(room, { first: 2, after: cursor })).toMatchObject({
        ids: newer.slice(0, 2),
        hasNextPage: newer.length > 2,
        hasPreviousPage: older.length > 0,
      })
      expect(await visitorsPage(room, { last: 2, before: cursor })).toMatchObject({
        ids: older.slice(-2),
        hasPreviousPage: older.length > 2,
      })
    }
  })

  it('gets an empty page where notes alone are left, and goes on behind it', async () => {
    const room = await opened()
    const after = room.notes.at(-30)?.cursor
    const empty = await visitorsPage(room, { first: 5, after })
    expect(empty).toMatchObject({ ids: [], hasNextPage: false, hasPreviousPage: true, endCursor: after })
    room.note()
    const said = room.say('still there?')
    expect(await visitorsPage(room, { first: 5, after: empty.endCursor })).toMatchObject({ ids: [said] })
  })
})

describe('a note by its id', () => {
  it('is nothing, alone, among others, or to be deleted', async () => {
    const { url, visitor, notes, edges } = await opened()
    const ids = notes.slice(0, 5).map(({ node }) => node.id)
    const seen = edges.find(({ node }) => node.text === 'hello?')?.node
    for (const id of ids) expect((await fetchData(url, One, { id }, visitor)).node).toBeNull()
    const { nodes } = await fetchData(url, Many, { ids: [...ids, seen?.id ?? '', ...ids] }, visitor)
    const nothing = ids.map(() => null)
    expect(nodes).toEqual([...nothing, { id: seen?.id, text: 'hello?' }, ...nothing])
    const id = ids[0] ?? ''
    const { deleteMessage } = await fetchData(url, Remove, { id }, visitor)
    expect(deleteMessage).toMatchObject({ code: 'NOT_FOUND' })
    const { node } = await fetchData(url, One, { id }, asOperator)
    expect(node).toMatchObject({ text: SECRET })
  })
})

describe('a new note', () => {
  const stateOf = async ({ page, visitor }: NotedRoom) => page(visitor, { last: 3 })

  it('moves nothing of the room that a visitor sees', async () => {
    const room = await openNotedRoom()
    const before = await stateOf(room)
    expect(before.lastMessage?.text).toBe('anybody?')
    room.note()
    expect(await stateOf(room)).toEqual(before)
    expect((await room.page(asOperator, { last: 1 })).lastMessage?.text).toBe(SECRET)
  })

  it('in a thread of its own moves no more than the thread does', async () => {
    const room = await openNotedRoom()
    room.liveChat.chats.close(room.chatId)
    room.liveChat.chats.resume(room.chatId)
    const before = await stateOf(room)
    room.note()
    expect(await stateOf(room)).toEqual(before)
  })
})
