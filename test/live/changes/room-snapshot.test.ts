import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecentMessages } from '../../../src/domain/adapter.ts'
import { comparePositions, type Message } from '../../../src/domain/model.ts'
import type { DetectedChange } from '../../../src/live/changes/detected-change.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import { deleted, edited, message, positionAtMs } from '../message-builders.ts'
import { arbitrarySteps, ClientModel, RoomModel, textOf } from './room-model.ts'

const [a, b, c] = [message('a', 10), message('b', 20), message('c', 30)]

describe('a known window', () => {
  it('takes the first read as known', () => {
    expect(new RoomSnapshot().diff(all(a, b))).toEqual([])
  })

  it('finds what is different, in the order it happened', () => {
    const window = windowOf(a, b)
    const found = window.diff(all(edited(a, 25), b, c))
    expect(told(found)).toEqual(['MessageUpdated a', 'MessageAdded c'])
    expect(window.diff(all(edited(a, 25), b, c))).toEqual([])
  })

  it('takes a message below what it knew for newly read, not for new', () => {
    const window = new RoomSnapshot()
    window.diff({ messages: [b], from: positionAtMs(15) })
    expect(window.diff(all(a, b))).toEqual([])
    expect(told(window.diff(all(edited(a, 40), b)))).toEqual(['MessageUpdated a'])
  })

  it('finds a gap where a read does not reach back to what it knew, and only there', () => {
    const [gap, added] = windowOf(a).diff({ messages: [c], from: positionAtMs(25) })
    const [start, end] = [new Date(10), new Date(25)]
    expect(gap?.change).toEqual({ type: 'Gap', reason: 'HISTORY_LIMIT', from: start, to: end })
    expect(added?.change).toEqual({ type: 'MessageAdded', message: c })
    expect(told(windowOf(a, b).diff({ messages: [b, c], from: b.position }))).toEqual(['MessageAdded c'])
    expect(told(windowOf().diff(all(c)))).toEqual(['MessageAdded c'])
  })

  it('finds a deletion inside a read, and none below it', () => {
    expect(told(windowOf(a, b, c).diff(all(a, c)))).toEqual(['MessageDeleted b'])
    expect(windowOf(a, b, c).diff({ messages: [c], from: positionAtMs(25) })).toEqual([])
  })

  it('believes that the newest is gone when a second read says so', () => {
    const window = windowOf(a, b)
    expect(window.diff(all(a))).toEqual([])
    expect(told(window.diff(all(a)))).toEqual(['MessageDeleted b'])
    expect(window.diff(all(a))).toEqual([])
    const lagging = windowOf(a, b)
    expect([lagging.diff(all(a)), lagging.diff(all(a, b))]).toEqual([[], []])
  })

  it('does not go back to an older version that a lagging server shows', () => {
    const window = windowOf(edited(a, 40), b)
    expect(window.diff(all(a, b))).toEqual([])
    expect(window.diff(all(edited(a, 40), b))).toEqual([])
    expect(told(window.diff(all(edited(a, 50, 'anew'), b)))).toEqual(['MessageUpdated a'])
  })

  it('tells a deletion that leaves a trace once', () => {
    const window = windowOf(a, b)
    expect(told(window.diff(all(a, deleted(b, 40))))).toEqual(['MessageDeleted b'])
    expect(window.diff(all(a))).toEqual([])
  })

  it('takes nothing for gone in a read that left out what it could not read', () => {
    const window = windowOf(a, b, c)
    const torn = (...messages: Message[]) => window.diff({ ...all(...messages), hasUnreadableMessages: true })
    expect([torn(a, c), torn(a), torn()]).toEqual([[], [], []])
    expect(window.messages).toEqual([a, b, c])
    expect(told(torn(edited(a, 40), c))).toEqual(['MessageUpdated a'])
    expect(window.diff(all(edited(a, 40), b, c))).toEqual([])
    expect(told(window.diff(all(edited(a, 40), c)))).toEqual(['MessageDeleted b'])
  })

  it('finds exactly the differences, and guesses no deletion', () => {
    const steps = arbitrarySteps('add', 'system', 'late', 'pass', 'edit', 'remove', 'mark deleted', 'read')
    const property = fc.property(steps, (happening) => {
      const room = new RoomModel()
      const poller = { window: new RoomSnapshot(), client: new ClientModel([]), ever: new Set<string>() }
      for (const step of happening) {
        room.apply(step)
        if (step.type === 'read') look(room, poller, step.back)
      }
      // The first settles what the last step left, the second what was missing at the newest edge.
      look(room, poller, null)
      look(room, poller, null)
      const present = room.messages.map(({ position }) => position.id)
      const believed = [...poller.client.texts].flatMap(([id, text]) => (text === null ? [] : [id]))
      expect(believed.filter((id) => !present.includes(id))).toEqual([])
      expect(poller.client.inconsistencies).toEqual([])
    })
    fc.assert(property, { numRuns: 1000 })
  })
})

interface Poller {
  readonly window: RoomSnapshot
  /** What its client was told of the messages in the window. */
  readonly client: ClientModel
  /** Every message that was ever in the window. */
  readonly ever: Set<string>
}

/** Reads and tells the client; then it must know what was read, and have been told nothing that is not so. */
function look(room: RoomModel, { window, client, ever }: Poller, back: number | null): void {
  const known = window.from
  const read = room.read((window.messages.at(-1)?.position.micros ?? 0) / 1000, back)
  for (const found of window.diff(read)) {
    const { change, position } = found
    if (change.type === 'MessageAdded') expect(ever).not.toContain(position.id)
    if (change.type === 'MessageDeleted') expect(textIn(room, position.id)).toBeNull()
    client.receive(found)
  }
  for (const one of read.messages) {
    // What was below the known window is newly read; what was deleted before that, nobody tells of.
    const untold = known === null || comparePositions(one.position, known) < 0
    if (untold || (textOf(one) === null && !ever.has(one.position.id))) {
      client.texts.set(one.position.id, textOf(one))
    }
    ever.add(one.position.id)
    expect([one.position.id, client.texts.get(one.position.id)]).toEqual([one.position.id, textOf(one)])
  }
  // What leaves the window is forgotten.
  const followed = new Set(window.messages.map(({ position }) => position.id))
  for (const [id, text] of client.texts) if (text !== null && !followed.has(id)) client.texts.delete(id)
}

function textIn(room: RoomModel, id: string): string | null {
  const found = room.messages.find(({ position }) => position.id === id)
  return found ? textOf(found) : null
}

function windowOf(...messages: Message[]): RoomSnapshot {
  const window = new RoomSnapshot()
  window.diff(all(...messages))
  return window
}

function all(...messages: Message[]): RecentMessages {
  return { messages, from: null }
}

function told(found: readonly DetectedChange[]): string[] {
  return found.map(({ change, position }) => `${change.type} ${position.id}`)
}
