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

/** Sizes around what a fingerprint covers and what a poll reads. */
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

it('resuming after any message of a page yields the current room, or a gap where a message was deleted', () => {
  const property = fc.property(
    sizes,
    steps,
    steps,
    fc.integer({ min: 1, max: 100 }),
    fc.nat(),
    (...drawn) => {
      const [size, earlier, later, last, choice] = drawn
      const room = new LongRoom(size, earlier)
      const page = room.messages.slice(-last)
      const cursors = pageCursors(page, room.startOf(page))
      expect(cursors.at(-1)?.cursor).toEqual(pageEndCursor(page, room.startOf(page)) ?? undefined)
      const had = page.slice(0, (choice % page.length) + 1)
      const start = cursors[had.length - 1]
      if (!start) return
      const cursor = decodeCursor(encodeCursor(start.cursor))
      if (!cursor) throw new Error('an issued cursor is not accepted')
      room.go(later)
      expectToLead(cursor, new ClientModel(had.map((one) => [one.ref.messageId, textOf(one)])), room)
    },
  )
  fc.assert(property, { numRuns: 200 })
})

it('resuming after any event yields the current room, or a gap where a message was deleted', () => {
  const property = fc.property(
    sizes,
    steps,
    steps,
    steps,
    fc.nat(),
    (size, earlier, during, later, choice) => {
      const room = new LongRoom(size, earlier)
      const snapshot = room.read(FIRST_POSITION)
      const log = new EventLog({ provider: 'rocketchat', roomId: 'room' })
      log.start(snapshot.messages)
      const client = new ClientModel(snapshot.messages.map((one) => [one.ref.messageId, textOf(one)]))
      const received: { cursor: Cursor; client: ClientModel }[] = []
      for (const part of [during.slice(0, 10), during.slice(10, 20), during.slice(20)]) {
        room.go(part)
        const result = applyRead(snapshot, room.recent(FIRST_POSITION))
        for (const event of log.append(result.changes, result.readState, unknownRoomStates)) {
          client.receive(event.detected)
          received.push({ cursor: cursorIn(event.inView('OPERATOR').cursor), client: client.copy() })
        }
      }
      const start = received[choice % Math.max(1, received.length)]
      room.go(later)
      if (start) expectToLead(start.cursor, start.client, room)
    },
  )
  fc.assert(property, { numRuns: 200 })
})

it('resuming in the middle of a replay, or after its gap, yields exactly its rest', () => {
  const property = fc.property(
    sizes,
    steps,
    steps,
    fc.integer({ min: 1, max: 100 }),
    fc.nat(),
    fc.boolean(),
    (size, earlier, later, last, choice, isFar) => {
      const room = new LongRoom(size, earlier)
      const page = room.messages.slice(-last)
      const start = pageEndCursor(page, room.startOf(page))
      if (!start) return
      room.go(later)
      const snapshot = room.read(isFar ? room.now : requiredReadStart(start))
      const detected = replay(start, snapshot)
      const events = new EventLog({ provider: 'rocketchat', roomId: 'room' }).createEventsFor(
        detected,
        start,
        readStateBefore(detected, snapshot),
        unknownRoomState,
      )
      const at = choice % Math.max(1, events.length)
      const event = events[at]
      if (!event) return
      const cursor = cursorIn(event.cursor)
      const rest = detected.slice(at + 1).map(nameOf)
      expect(replay(cursor, room.read(requiredReadStart(cursor))).map(nameOf)).toEqual(rest)
    },
  )
  fc.assert(property, { numRuns: 300 })
})

/** A room at its provider. A read returns fifty messages, and more where it must reach further back. */
class LongRoom {
  readonly #messages = new Map<string, Message>()
  #ms = 10_000_000
  #number = 0

  constructor(size: number, earlier: readonly Step[]) {
    for (let index = 0; index < size; index += 1) {
      this.#ms += 700
      this.#add({ type: 'text', late: 0 })
    }
    this.go(earlier)
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

  /** Applies steps at a later time than the last read. */
  go(sequence: readonly Step[]): void {
    this.#ms += 1
    for (const one of sequence) {
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
    const snapshot = new RoomSnapshot()
    snapshot.diff(this.recent(reach))
    return snapshot
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
  for (const detected of replay(cursor, room.read(requiredReadStart(cursor)))) {
    const { change, position } = detected
    const was = client.texts.get(position.id)
    if (change.type === 'MessageUpdated' && was === change.message.text) twice.push(position.id)
    if (change.type === 'MessageDeleted' && was === null) twice.push(position.id)
    isGap ||= change.type === 'Gap'
    client.receive(detected)
  }
  expect([...client.inconsistencies.filter((wrong) => wrong.startsWith('added')), ...twice]).toEqual([])
  if (isGap) return void expect(isGone).toBe(true)
  const undelivered = room.messages.filter(
    (one) => textOf(one) !== (client.texts.get(one.ref.messageId) ?? null),
  )
  const from = cursor.fingerprint?.from ?? FIRST_POSITION
  expect(undelivered.filter(({ position }) => comparePositions(position, from) >= 0)).toEqual([])
}

function cursorIn(text: string): Cursor {
  const cursor = decodeCursor(text)
  if (!cursor) throw new Error('the event has no cursor')
  return cursor
}

function nameOf({ change, position }: DetectedChange): string {
  return `${change.type} ${position.id}`
}
