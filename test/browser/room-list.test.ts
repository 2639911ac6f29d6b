import { expect, it } from 'vitest'
import type { ConsoleRoomFragment } from '../../apps/console/generated/graphql.ts'
import {
  DEFAULT_FILTER,
  formatFilter,
  type InboxFilter,
  listsOf,
  parseFilter,
} from '../../apps/console/src/inbox/filter.ts'
import { type ListedRoom, matchesFilter, withState } from '../../apps/console/src/inbox/listed-room.ts'
import {
  appendRooms,
  countNews,
  createOrder,
  insertRooms,
  type ShownOrder,
  withoutPlace,
} from '../../apps/console/src/inbox/shown-order.ts'

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

it('the same state changes nothing, so that its row is not rendered again', () => {
  const state = room(5, { tags: ['vip'], lastMessage: message(5, 'VISITOR') })
  const listed = withState(undefined, state)
  expect(withState(listed, structuredClone(state))).toBe(listed)
  expect(withState(listed, { ...state, tags: [] }).room.tags).toEqual([])
})

const listed = (id: string, minute: number, fields: Partial<ConsoleRoomFragment> = {}) =>
  withState(undefined, { ...room(minute, fields), id })
const idsOf = ({ placed }: ShownOrder) => placed.map(({ room }) => room.id)

it('rooms have news where the shown order hides them: new ones, and those that would move up', () => {
  const order = createOrder('', '', [listed('b', 2), listed('a', 3), listed('c', 1)])
  expect(idsOf(order)).toEqual(['a', 'b', 'c'])
  expect(countNews(order, [listed('a', 4), listed('b', 2), listed('c', 1)])).toBe(0)
  expect(countNews(order, [listed('c', 5), listed('a', 4), listed('b', 2)])).toBe(2)
  expect(countNews(order, [listed('d', 6), listed('a', 3), listed('b', 2), listed('c', 1)])).toBe(1)
  // A room that no longer matches keeps its place, and is no news.
  expect(countNews(order, [listed('a', 3), listed('c', 1)])).toBe(0)
  expect(idsOf(appendRooms(order, [listed('c', 1), listed('z', 0)]))).toEqual(['a', 'b', 'c', 'z'])
})

it('a new room gets its place among the others, which keep theirs', () => {
  const order = createOrder('', '', [listed('a', 6), listed('b', 4), listed('c', 2)])
  const current = [listed('c', 9), listed('new', 8), listed('moved in', 3), listed('a', 6), listed('b', 4)]
  expect(withoutPlace(order, current).map(({ room }) => room.id)).toEqual(['new', 'moved in'])
  expect(idsOf(insertRooms(order, current))).toEqual(['new', 'a', 'b', 'moved in', 'c'])
})

it('by waiting time the longest wait is first, and rooms in which nobody waits are last', () => {
  const waits = (id: string, minute: number) =>
    listed(id, minute, { lastMessage: message(minute, 'VISITOR') })
  const order = createOrder('', 'wait', [
    listed('idle', 9),
    waits('b', 4),
    waits('a', 2),
    listed('newer', 10),
  ])
  expect(idsOf(order)).toEqual(['a', 'b', 'newer', 'idle'])
  expect(idsOf(insertRooms(order, [waits('new', 11)]))).toEqual(['a', 'b', 'new', 'newer', 'idle'])
  // Who is answered leaves the queue; a further message of who waits already changes nothing.
  const answered = listed('a', 11, { lastMessage: message(11, 'AGENT') })
  const insisting = withState(waits('b', 4), {
    ...room(12, { lastMessage: message(12, 'VISITOR') }),
    id: 'b',
  })
  const others = [listed('idle', 9), listed('newer', 10)]
  expect(countNews(order, [answered, insisting, ...others])).toBe(1)
  expect(countNews(order, [waits('a', 2), insisting, ...others])).toBe(0)
})

it('a department is one of one provider: it is compared by its id', () => {
  const sales = room(1, { department: { id: 'sales at livechat', name: 'Sales' } })
  const matches = (department: string) => matchesFilter(sales, { ...DEFAULT_FILTER, department }, new Set())
  expect(matches('sales at livechat')).toBe(true)
  expect(matches('sales at rocketchat')).toBe(false)
  const [list] = listsOf({ ...DEFAULT_FILTER, department: 'sales at livechat' }, [])
  expect(list).toMatchObject({ departmentId: 'sales at livechat' })
})

it('a filter is the same after its way through the address', () => {
  const filter: InboxFilter = {
    view: 'mine',
    status: 'CLOSED',
    provider: 'live & chat',
    department: 'ZGVw=',
    tag: 'vip=1',
    text: 'ä?#',
    sort: 'wait',
  }
  expect(parseFilter(formatFilter(filter))).toEqual(filter)
  expect(formatFilter(DEFAULT_FILTER)).toBe('')
  expect(parseFilter('view=everything&status=LOST&sort=name')).toEqual(DEFAULT_FILTER)
})
