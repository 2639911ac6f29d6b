import { describe, expect, it } from 'vitest'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Many, One, Remove } from './documents.ts'
import {
  openRoomWithAgentNotes,
  type RoomWithAgentNotes,
  readAllMessages,
  SECRET,
} from './room-with-agent-notes.ts'

/** Opens the room, and lists all its messages, the notes, and the messages that the visitor may see. */
async function openListedRoom() {
  const room = await openRoomWithAgentNotes()
  const edges = await readAllMessages(room)
  const notes = edges.filter(({ node }) => node.visibility === 'AGENTS')
  const visible = edges.filter(({ node }) => node.visibility === 'EVERYONE')
  return { ...room, edges, notes, visible: visible.map(({ node }) => node.nativeId) }
}

type ListedRoom = Awaited<ReturnType<typeof openListedRoom>>

/** Reads a visitor's page, and expects no text, id or cursor of a note in it. */
async function readVisitorPage({ page, visitor, notes }: ListedRoom, bounds: object) {
  const room = await page(visitor, bounds)
  const { edges, pageInfo } = room.messages
  const cursors = [...edges.map(({ cursor }) => cursor), pageInfo.startCursor, pageInfo.endCursor]
  const positionIds = cursors.flatMap((cursor) => (cursor ? [decodeCursor(cursor)?.position.id] : []))
  expect(JSON.stringify(room)).not.toContain(SECRET)
  for (const { node } of notes) expect(JSON.stringify(room)).not.toContain(node.id)
  return { ids: edges.map(({ node }) => node.nativeId), positionIds, ...pageInfo }
}

describe('a visitor who pages through a room with many agent notes', () => {
  it.each([1, 2, 3, 100])(
    'reads every visible message with %i per page, in both directions',
    async (size) => {
      const room = await openListedRoom()
      const noted = new Set(room.notes.map(({ node }) => node.nativeId))
      const forwards: string[] = []
      for (let after: string | null = null; ; ) {
        const { ids, hasNextPage, hasPreviousPage, endCursor, positionIds } = await readVisitorPage(room, {
          first: size,
          after,
        })
        expect(hasPreviousPage).toBe(forwards.length > 0)
        forwards.push(...ids)
        expect(hasNextPage).toBe(forwards.length < room.visible.length)
        expect(positionIds.filter((index) => index && noted.has(index))).toEqual([])
        if (!hasNextPage) break
        after = endCursor ?? null
      }
      expect(forwards).toEqual(room.visible)
      const backwards: string[] = []
      for (let before: string | null = null; ; ) {
        const { ids, hasPreviousPage, startCursor } = await readVisitorPage(room, { last: size, before })
        backwards.unshift(...ids)
        expect(hasPreviousPage).toBe(backwards.length < room.visible.length)
        if (!hasPreviousPage) break
        before = startCursor ?? null
      }
      expect(backwards).toEqual(room.visible)
    },
  )

  it('reads exactly the visible messages before and after a cursor on a note', async () => {
    const room = await openListedRoom()
    const chosen = room.notes.filter((_, index) => index % 17 === 0 || index === room.notes.length - 1)
    for (const { cursor, node } of chosen) {
      const index = room.edges.findIndex((edge) => edge.node.nativeId === node.nativeId)
      const isBefore = (id: string) => room.edges.findIndex((edge) => edge.node.nativeId === id) < index
      const [older, newer] = [room.visible.filter(isBefore), room.visible.filter((id) => !isBefore(id))]
      expect(await readVisitorPage(room, { first: 2, after: cursor })).toMatchObject({
        ids: newer.slice(0, 2),
        hasNextPage: newer.length > 2,
        hasPreviousPage: older.length > 0,
      })
      expect(await readVisitorPage(room, { last: 2, before: cursor })).toMatchObject({
        ids: older.slice(-2),
        hasPreviousPage: older.length > 2,
      })
    }
  })

  it('gets an empty page if only notes remain, and can continue from its end cursor', async () => {
    const room = await openListedRoom()
    const after = room.notes.at(-30)?.cursor
    const empty = await readVisitorPage(room, { first: 5, after })
    expect(empty).toMatchObject({ ids: [], hasNextPage: false, hasPreviousPage: true, endCursor: after })
    room.note()
    const said = room.say('still there?')
    expect(await readVisitorPage(room, { first: 5, after: empty.endCursor })).toMatchObject({ ids: [said] })
  })
})

describe('an agent note by its id', () => {
  it('is absent for a visitor: in node, in nodes and in deleteMessage', async () => {
    const { url, visitor, notes, edges } = await openListedRoom()
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

describe('a new agent note', () => {
  const stateOf = async ({ page, visitor }: RoomWithAgentNotes) => page(visitor, { last: 3 })

  it('changes no field of the room for a visitor', async () => {
    const room = await openRoomWithAgentNotes()
    const before = await stateOf(room)
    expect(before.lastMessage?.text).toBe('anybody?')
    room.note()
    expect(await stateOf(room)).toEqual(before)
    expect((await room.page(asOperator, { last: 1 })).lastMessage?.text).toBe(SECRET)
  })

  it('in a thread of its own changes no more than the thread does', async () => {
    const room = await openRoomWithAgentNotes()
    room.liveChat.chats.close(room.chatId)
    room.liveChat.chats.resume(room.chatId)
    const before = await stateOf(room)
    room.note()
    expect(await stateOf(room)).toEqual(before)
  })
})
