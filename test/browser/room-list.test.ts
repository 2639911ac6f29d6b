import { expect, it } from 'vitest'
import type { ConsoleRoomFragment } from '../../apps/console/generated/graphql.ts'
import {
  DEFAULT_FILTER,
  formatFilter,
  type InboxFilter,
  parseFilter,
} from '../../apps/console/src/inbox/filter.ts'
import { type ListedRoom, withState } from '../../apps/console/src/inbox/listed-room.ts'
import { appendRooms, countNews, createOrder } from '../../apps/console/src/inbox/shown-order.ts'

type Message = NonNullable<ConsoleRoomFragment['lastMessage']>

/** A time in a minute of one hour. */
const at = (minute: number) => `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`

function message(minute: number, role: 'VISITOR' | 'AGENT', fields: Partial<Message> = {}): Message {
  const text = {
    text: 'Hello',
    kind: 'TEXT',
    state: 'ACTIVE',
    visibility: 'EVERYONE',
    systemEvent: null,
  } as const
  return {
    id: `message ${minute}`,
    createdAt: at(minute),
    author: { nativeId: role, name: role, role },
    ...text,
    ...fields,
  }
}

function room(minute: number, fields: Partial<ConsoleRoomFragment> = {}): ConsoleRoomFragment {
  return {
    id: 'room',
    provider: { name: 'livechat', kind: 'LIVECHAT' },
    status: 'OPEN',
    agents: [],
    tags: [],
    lastActivityAt: at(minute),
    ...fields,
  }
}

/** What is known about the wait after these states, one after the other. */
function waitAfter(...states: readonly ConsoleRoomFragment[]) {
  const last = states.reduce<ListedRoom | undefined>(withState, undefined)
  return { unansweredAt: last?.unansweredAt, waitingSince: last?.waitingSince }
}

it('a visitor waits from the first message without a response on, until somebody answers', () => {
  const first = room(1, { lastMessage: message(1, 'VISITOR') })
  const second = room(2, { lastMessage: message(2, 'VISITOR') })
  expect(waitAfter(first, second)).toEqual({ unansweredAt: at(2), waitingSince: at(1) })
  expect(waitAfter(room(2, { ...second, unansweredSince: at(0) })).waitingSince).toBe(at(0))

  const note = room(3, { lastMessage: message(3, 'AGENT', { visibility: 'AGENTS' }) })
  const joined = room(4, { lastMessage: message(4, 'AGENT', { kind: 'SYSTEM', systemEvent: 'JOINED' }) })
  expect(waitAfter(first, note, joined)).toEqual({ unansweredAt: at(1), waitingSince: at(1) })

  const nobody = { unansweredAt: null, waitingSince: null }
  expect(waitAfter(first, room(5, { lastMessage: message(5, 'AGENT') }))).toEqual(nobody)
  expect(waitAfter(first, room(5, { status: 'CLOSED' }))).toEqual(nobody)
})

it('a queued visitor waits for an agent, whoever wrote last', () => {
  const queued = room(3, { status: 'QUEUED', queue: { since: at(2) }, createdAt: at(1) })
  expect(waitAfter(queued).waitingSince).toBe(at(2))
  expect(waitAfter({ ...queued, queue: null }).waitingSince).toBe(at(1))
})

it('an older state changes nothing', () => {
  const answered = withState(undefined, room(5, { lastMessage: message(5, 'AGENT') }))
  expect(withState(answered, room(4, { lastMessage: message(4, 'VISITOR') }))).toBe(answered)
})

it('rooms have news where the shown order hides them: new ones, and those that would move up', () => {
  const listed = (id: string, minute: number) => withState(undefined, { ...room(minute), id })
  const order = createOrder('', [listed('a', 3), listed('b', 2), listed('c', 1)])
  expect(countNews(order, [listed('a', 4), listed('b', 2), listed('c', 1)])).toBe(0)
  expect(countNews(order, [listed('c', 5), listed('a', 4), listed('b', 2)])).toBe(2)
  expect(countNews(order, [listed('d', 6), listed('a', 3), listed('b', 2), listed('c', 1)])).toBe(1)
  // A room that no longer matches keeps its place, and is no news.
  expect(countNews(order, [listed('a', 3), listed('c', 1)])).toBe(0)
  expect(appendRooms(order, [listed('c', 1), listed('z', 0)]).ids).toEqual(['a', 'b', 'c', 'z'])
})

it('a filter is the same after its way through the address', () => {
  const filter: InboxFilter = {
    view: 'mine',
    status: 'CLOSED',
    provider: 'live & chat',
    tag: 'vip=1',
    text: 'ä?#',
  }
  expect(parseFilter(formatFilter(filter))).toEqual(filter)
  expect(formatFilter(DEFAULT_FILTER)).toBe('')
  expect(parseFilter('view=everything&status=LOST')).toEqual(DEFAULT_FILTER)
})
