import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../../src/domain/ids.ts'
import type { RoomFilter } from '../../../generated/graphql.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { CountedRooms, RoomList } from '../support/documents.ts'
import {
  countRequests,
  type LiveChatGateway,
  manualClock,
  openLiveChatGateway,
} from '../support/livechat-gateway.ts'

const HOUR_MS = 3_600_000
const ADA = 'ada.kowalska@switchboard.test'
const ROBIN = 'agent@switchboard.test'
const agentId = (nativeId: string) => encodeId({ type: 'Agent', provider: 'livechat', agentId: nativeId })

/** Chats of two agents, open and closed, an hour apart, by a name for each. */
async function openDesk() {
  const clock = manualClock()
  const gateway = await openLiveChatGateway({
    sandbox: { now: clock.now, switches: { publicAgentLimit: 1 } },
  })
  const { chats } = gateway.liveChat
  const names = new Map<string, string>()
  const start = (name: string, agent: string | null, say = 'hello') => {
    clock.advance(HOUR_MS)
    const chat = chats.start({ customer: { name }, say })
    const serving = chat.users.find(({ type }) => type === 'agent')
    if (serving && serving.id !== agent) {
      if (agent === null) serving.present = false
      else chats.transfer(chat.id, { agentId: agent })
    }
    names.set(chat.id, name)
    return chat
  }
  const close = (chatId: string) => {
    clock.advance(HOUR_MS)
    chats.close(chatId, 'agent')
    return new Date(clock.now()).toISOString()
  }
  return { ...gateway, chats, clock, names, start, close }
}

async function read(
  gateway: LiveChatGateway & { readonly names: ReadonlyMap<string, string> },
  filter: RoomFilter,
) {
  const { rooms } = await fetchData(gateway.url, CountedRooms, { first: 100, filter }, asOperator)
  return {
    names: rooms.nodes.map(({ nativeId }) => gateway.names.get(nativeId)),
    totalCount: rooms.totalCount,
  }
}

describe('the list of LiveChat’s rooms', () => {
  it('is filtered by agent, open and closed', async () => {
    const desk = await openDesk()
    const [a, b] = [desk.start('a', ADA), desk.start('b', ROBIN)]
    desk.start('c', ADA)
    desk.start('d', ROBIN)
    desk.close(a.id)
    desk.close(b.id)
    expect(await read(desk, { agentId: agentId(ADA) })).toEqual({ names: ['a', 'c'], totalCount: null })
    const open = { agentId: agentId(ADA), status: ['OPEN'] } satisfies RoomFilter
    expect(await read(desk, open)).toEqual({ names: ['c'], totalCount: 1 })
    const closed = { agentId: agentId(ADA), status: ['CLOSED'] } satisfies RoomFilter
    expect(await read(desk, closed)).toEqual({ names: ['a'], totalCount: null })
  })

  it('shows a chat that was resumed once, in its present state', async () => {
    const desk = await openDesk()
    const chat = desk.start('a', ADA)
    chat.threads[0]?.tags.push('vip')
    desk.close(chat.id)
    expect(await read(desk, { tags: ['vip'] })).toMatchObject({ names: ['a'] })
    desk.chats.resume(chat.id)
    // The tags of a room are those of its latest thread.
    expect(await read(desk, { tags: ['vip'] })).toMatchObject({ names: [] })
    chat.threads[1]?.tags.push('vip')
    expect(await read(desk, { tags: ['vip'] })).toMatchObject({ names: ['a'] })
  })

  it('is filtered by rooms that nobody serves and by tags', async () => {
    const desk = await openDesk()
    const a = desk.start('a', null)
    const b = desk.start('b', ROBIN)
    a.threads[0]?.tags.push('vip')
    b.threads[0]?.tags.push('vip', 'slow')
    desk.start('c', ROBIN)
    expect(await read(desk, { unassigned: true })).toEqual({ names: ['a'], totalCount: 1 })
    expect(await read(desk, { unassigned: true, status: ['CLOSED'] })).toEqual({ names: [], totalCount: 0 })
    expect(await read(desk, { tags: ['slow', 'other'] })).toEqual({ names: ['b'], totalCount: null })
    expect(await read(desk, { tags: ['vip'], status: ['OPEN'] })).toEqual({
      names: ['b', 'a'],
      totalCount: 2,
    })
  })

  it('is filtered by closing time, without the open rooms', async () => {
    const desk = await openDesk()
    const [a, b, c] = [desk.start('a', ROBIN), desk.start('b', ROBIN), desk.start('c', ROBIN)]
    desk.start('open', ROBIN)
    desk.close(a.id)
    const closedFrom = desk.close(b.id)
    const closedTo = desk.close(c.id)
    desk.liveChat.clearCalls()
    expect(await read(desk, { closedFrom, closedTo })).toMatchObject({ names: ['b'] })
    expect(await read(desk, { closedFrom })).toMatchObject({ names: ['c', 'b'] })
    expect(await read(desk, { closedTo: closedFrom })).toMatchObject({ names: ['a'] })
    expect(countRequests(desk)).toEqual({ 'agent/list_chats': 3 })
  })

  it('ends where all threads had started two days before the closing time', async () => {
    const desk = await openDesk()
    for (let index = 0; index < 120; index += 1) {
      const chat = desk.start(`old-${index}`, ROBIN)
      desk.chats.close(chat.id)
    }
    desk.clock.advance(72 * HOUR_MS)
    const chat = desk.start('new', ROBIN)
    const closedFrom = desk.close(chat.id)
    desk.liveChat.clearCalls()
    expect(await read(desk, { closedFrom })).toMatchObject({ names: ['new'] })
    // The first page has a hundred chats and reaches back far enough.
    expect(countRequests(desk)).toEqual({ 'agent/list_chats': 1 })
  })

  it('is searched, where it contains closed rooms only', async () => {
    const desk = await openDesk()
    const [a, b] = [desk.start('a', ROBIN, 'where is my parcel?'), desk.start('b', ROBIN, 'an invoice')]
    desk.start('open', ROBIN, 'another parcel')
    desk.close(a.id)
    const closedFrom = desk.close(b.id)
    desk.liveChat.clearCalls()
    expect(await read(desk, { text: 'parcel', status: ['CLOSED'] })).toEqual({
      names: ['a'],
      totalCount: null,
    })
    expect(countRequests(desk)).toEqual({ 'agent/list_archives': 1 })
    expect(await read(desk, { text: 'invoice', closedFrom })).toMatchObject({ names: ['b'] })
    expect(await read(desk, { text: 'parcel', closedFrom })).toMatchObject({ names: [] })
  })

  it('refuses a search of open rooms without a call', async () => {
    const desk = await openDesk()
    desk.start('open', ROBIN, 'another parcel')
    desk.liveChat.clearCalls()
    const { data, errors } = await sendOperation(
      desk.url,
      RoomList,
      { filter: { text: 'parcel' } },
      asOperator,
    )
    expect(data?.rooms.edges).toEqual([])
    expect(errors).toMatchObject([
      { path: ['rooms'], extensions: { code: 'UNSUPPORTED', provider: 'livechat' } },
    ])
    expect(countRequests(desk)).toEqual({})
  })

  it('is paged with a filter, each room once', async () => {
    const desk = await openDesk()
    for (let index = 0; index < 7; index += 1) {
      const chat = desk.start(`closed-${index}`, index % 2 ? ADA : ROBIN)
      desk.close(chat.id)
    }
    for (let index = 0; index < 3; index += 1) desk.start(`open-${index}`, ADA)
    const page = async (after: string | null) => {
      const variables = { first: 2, after, filter: { agentId: agentId(ADA) } }
      const { rooms } = await fetchData(desk.url, RoomList, variables, asOperator)
      const names = rooms.edges.map(({ node }) => desk.names.get(node.nativeId))
      return { names, next: rooms.pageInfo.hasNextPage ? (rooms.pageInfo.endCursor ?? null) : null }
    }
    const first = await page(null)
    const names = [...first.names]
    for (let after = first.next; after !== null; ) {
      const read = await page(after)
      names.push(...read.names)
      after = read.next
    }
    expect(names).toEqual(['open-2', 'open-1', 'open-0', 'closed-5', 'closed-3', 'closed-1'])
  })
})

describe('the number of LiveChat’s rooms', () => {
  it('is counted in one page of open chats, and null beyond it or for closed ones', async () => {
    const desk = await openDesk()
    for (let index = 0; index < 100; index += 1) desk.start(`open-${index}`, ROBIN)
    const open = { status: ['OPEN', 'QUEUED'] } satisfies RoomFilter
    desk.liveChat.clearCalls()
    expect(await read(desk, open)).toMatchObject({ totalCount: 100 })
    expect(countRequests(desk)).toEqual({ 'agent/list_chats': 2 })
    expect(await read(desk, { ...open, createdFrom: '2020-01-01T00:00:00Z' })).toMatchObject({
      totalCount: null,
    })
    expect(await read(desk, {})).toMatchObject({ totalCount: null })
    desk.start('one more', ROBIN)
    expect(await read(desk, open)).toMatchObject({ totalCount: null })
  })
})
