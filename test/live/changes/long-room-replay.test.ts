import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Cursor,
  decodeCursor,
  encodeCursor,
  pageCursors,
  pageEndCursor,
  requiredReadStart,
} from '../../../src/cursor/cursor.ts'
import { comparePositions, FIRST_POSITION, type Message, type Position } from '../../../src/domain/model.ts'
import type { DetectedChange } from '../../../src/live/changes/detected-change.ts'
import { EventLog } from '../../../src/live/changes/event-log.ts'
import { applyRead, readStateBefore, replay } from '../../../src/live/changes/replay.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import { deleted, edited, message, unknownRoomState, unknownRoomStates } from '../message-builders.ts'
import { ClientModel, textOf } from './room-model.ts'

/** Around as many messages as a print covers, and as a look reads. */
const sizes = fc.constantFrom(0, 3, 39, 40, 41, 49, 50, 51, 60)
const step = fc.oneof(
  fc.record({
    type: fc.constantFrom('text', 'system', 'note'),
    late: fc.constantFrom(0, 0, 0, 1, 30, 4_000),
  }),
  fc.record({ type: fc.constantFrom('edit', 'mark deleted', 'remove'), back: fc.nat(59) }),
  fc.record({ type: fc.constant('pass'), ms: fc.constantFrom(1, 50, 1_000, 6_000) }),
)
const steps = fc.array(step, { maxLength: 30 })
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

it('whoever goes on behind any message of a page gets what is, or a gap where something is gone', () => {
  const property = fc.property(
    sizes,
    steps,
    steps,
    fc.integer({ min: 1, max: 100 }),
    fc.nat(),
    (...drawn) => {
      const [size, before, since, last, choice] = drawn
      const room = new LongRoom(size, before)
      const page = room.messages.slice(-last)
      const cursors = pageCursors(page, room.startOf(page))
      expect(cursors.at(-1)?.cursor).toEqual(pageEndCursor(page, room.startOf(page)) ?? undefined)
      const had = page.slice(0, (choice % page.length) + 1)
      const start = cursors[had.length - 1]
      if (!start) return
      const cursor = decodeCursor(encodeCursor(start.cursor))
      if (!cursor) throw new Error('it gave a cursor that it does not take')
      room.go(since)
      expectToLead(cursor, new ClientModel(had.map((one) => [one.ref.messageId, textOf(one)])), room)
    },
  )
  fc.assert(property, { numRuns: 200 })
})

it('whoever goes on behind any event gets what is, or a gap where something is gone', () => {
  const property = fc.property(sizes, steps, steps, steps, fc.nat(), (size, before, seen, since, choice) => {
    const room = new LongRoom(size, before)
    const window = room.read(FIRST_POSITION)
    const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
    log.start(window.messages)
    const client = new ClientModel(window.messages.map((one) => [one.ref.messageId, textOf(one)]))
    const told: { cursor: Cursor; client: ClientModel }[] = []
    for (const part of [seen.slice(0, 10), seen.slice(10, 20), seen.slice(20)]) {
      room.go(part)
      const news = applyRead(window, room.recent(FIRST_POSITION))
      for (const event of log.append(news.changes, news.readState, unknownRoomStates)) {
        client.receive(event.detected)
        told.push({ cursor: cursorIn(event.inView('OPERATOR').cursor), client: client.copy() })
      }
    }
    const start = told[choice % Math.max(1, told.length)]
    room.go(since)
    if (start) expectToLead(start.cursor, start.client, room)
  })
  fc.assert(property, { numRuns: 200 })
})

it('whoever is cut off in the middle of a replay, or behind its gap, gets exactly its rest', () => {
  const property = fc.property(
    sizes,
    steps,
    steps,
    fc.integer({ min: 1, max: 100 }),
    fc.nat(),
    fc.boolean(),
    (size, before, since, last, choice, isFar) => {
      const room = new LongRoom(size, before)
      const page = room.messages.slice(-last)
      const start = pageEndCursor(page, room.startOf(page))
      if (!start) return
      room.go(since)
      const window = room.read(isFar ? room.now : requiredReadStart(start))
      const found = replay(start, window)
      const events = new EventLog({ provider: 'rocketchat', roomId: 'room' }).createEventsFor(
        found,
        start,
        readStateBefore(found, window),
        unknownRoomState,
      )
      const at = choice % Math.max(1, events.length)
      const event = events[at]
      if (!event) return
      const cursor = cursorIn(event.cursor)
      const rest = found.slice(at + 1).map(nameOf)
      expect(replay(cursor, room.read(requiredReadStart(cursor))).map(nameOf)).toEqual(rest)
    },
  )
  fc.assert(property, { numRuns: 300 })
})

/** A room as its provider holds it, and a look at it: fifty messages, and as many more as it takes to reach a place. */
class LongRoom {
  readonly #messages = new Map<string, Message>()
  #ms = 10_000_000
  #number = 0

  constructor(size: number, before: readonly Step[]) {
    for (let index = 0; index < size; index += 1) {
      this.#ms += 700
      this.#add({ type: 'text', late: 0 })
    }
    this.go(before)
  }

  get messages(): readonly Message[] {
    return [...this.#messages.values()].sort((a, b) => comparePositions(a.position, b.position))
  }

  get now(): Position {
    return { micros: this.#ms * 1000, id: '' }
  }

  has(messageId: string): boolean {
    return this.#messages.has(messageId)
  }

  startOf(page: readonly Message[]): Position {
    const isWhole = page.length === this.#messages.size
    return isWhole ? FIRST_POSITION : (page[0]?.position ?? FIRST_POSITION)
  }

  /** What happens next, at another time than what was read before. */
  go(happening: readonly Step[]): void {
    this.#ms += 1
    for (const one of happening) {
      if ('ms' in one) this.#ms += one.ms
      else if ('late' in one) this.#add(one)
      else this.#change(one)
    }
    this.#ms += 1
  }

  recent(reach: Position) {
    const all = this.messages
    const fiftieth = all.at(-50)?.position ?? FIRST_POSITION
    const start = { micros: Math.min(reach.micros, fiftieth.micros), id: '' }
    const messages = all.filter(({ position }) => comparePositions(position, start) >= 0)
    return { messages, from: messages.length === all.length ? null : start }
  }

  read(reach: Position): RoomSnapshot {
    const window = new RoomSnapshot()
    window.diff(this.recent(reach))
    return window
  }

  #add({ type, late }: { readonly type: string; readonly late: number }): void {
    this.#number += 1
    const id = `m${1000 + this.#number}`
    const fields = type === 'note' ? ({ visibility: 'AGENTS' } as const) : null
    const kind = type === 'system' ? 'SYSTEM' : 'TEXT'
    this.#messages.set(id, message(id, this.#ms - late, { kind, ...fields }))
  }

  #change({ type, back }: { readonly type: string; readonly back: number }): void {
    const one = this.messages.filter(({ state }) => state !== 'DELETED').at(-1 - back)
    if (!one) return
    const id = one.ref.messageId
    if (type === 'edit') this.#messages.set(id, edited(one, this.#ms))
    else if (type === 'mark deleted') this.#messages.set(id, deleted(one, this.#ms))
    else if (one.visibility === 'EVERYONE') this.#messages.delete(id)
  }
}

function expectToLead(cursor: Cursor, client: ClientModel, room: LongRoom): void {
  const isGone = [...client.texts].some(([id, text]) => text !== null && !room.has(id))
  const twice: string[] = []
  let isGap = false
  for (const found of replay(cursor, room.read(requiredReadStart(cursor)))) {
    const { change, position } = found
    const was = client.texts.get(position.id)
    if (change.type === 'MessageUpdated' && was === change.message.text) twice.push(position.id)
    if (change.type === 'MessageDeleted' && was === null) twice.push(position.id)
    isGap ||= change.type === 'Gap'
    client.receive(found)
  }
  expect([...client.inconsistencies.filter((wrong) => wrong.startsWith('added')), ...twice]).toEqual([])
  if (isGap) return void expect(isGone).toBe(true)
  const untold = room.messages.filter((one) => textOf(one) !== (client.texts.get(one.ref.messageId) ?? null))
  const from = cursor.fingerprint?.from ?? FIRST_POSITION
  expect(untold.filter(({ position }) => comparePositions(position, from) >= 0)).toEqual([])
}

function cursorIn(text: string): Cursor {
  const cursor = decodeCursor(text)
  if (!cursor) throw new Error('the event has no cursor')
  return cursor
}

function nameOf({ change, position }: DetectedChange): string {
  return `${change.type} ${position.id}`
}
