import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecentMessages } from '../../../src/domain/messages.ts'
import { comparePositions, type Message } from '../../../src/domain/model.ts'
import type { DetectedChange } from '../../../src/live/changes/detected-change.ts'
import { RoomSnapshot } from '../../../src/live/changes/room-snapshot.ts'
import { deleted, edited, message, positionAtMs } from '../message-builders.ts'
import { arbitrarySteps, ClientModel, RoomModel, textOf } from './room-model.ts'

const [a, b, c] = [message('a', 10), message('b', 20), message('c', 30)]

describe('a room snapshot', () => {
  it('detects nothing with the first read', () => {
    expect(new RoomSnapshot().diff(all(a, b))).toEqual([])
  })

  it('detects the differences, in the order in which they happened', () => {
    const snapshot = snapshotOf(a, b)
    const detected = snapshot.diff(all(edited(a, 25), b, c))
    expect(received(detected)).toEqual(['MessageUpdated a', 'MessageAdded c'])
    expect(snapshot.diff(all(edited(a, 25), b, c))).toEqual([])
  })

  it('does not take a message before its start for a new one', () => {
    const snapshot = new RoomSnapshot()
    snapshot.diff({ messages: [b], from: positionAtMs(15) })
    expect(snapshot.diff(all(a, b))).toEqual([])
    expect(received(snapshot.diff(all(edited(a, 40), b)))).toEqual(['MessageUpdated a'])
  })

  it('detects a gap only where a read does not reach back to it', () => {
    const [gap, added] = snapshotOf(a).diff({ messages: [c], from: positionAtMs(25) })
    const [start, end] = [new Date(10), new Date(25)]
    expect(gap?.change).toEqual({ type: 'Gap', reason: 'HISTORY_LIMIT', from: start, to: end })
    expect(added?.change).toEqual({ type: 'MessageAdded', message: c })
    expect(received(snapshotOf(a, b).diff({ messages: [b, c], from: b.position }))).toEqual([
      'MessageAdded c',
    ])
    expect(received(snapshotOf().diff(all(c)))).toEqual(['MessageAdded c'])
  })

  it('detects a deletion inside the range of a read, and none before it', () => {
    expect(received(snapshotOf(a, b, c).diff(all(a, c)))).toEqual(['MessageDeleted b'])
    expect(snapshotOf(a, b, c).diff({ messages: [c], from: positionAtMs(25) })).toEqual([])
  })

  it('detects the deletion of the newest message with the second read', () => {
    const snapshot = snapshotOf(a, b)
    expect(snapshot.diff(all(a))).toEqual([])
    expect(received(snapshot.diff(all(a)))).toEqual(['MessageDeleted b'])
    expect(snapshot.diff(all(a))).toEqual([])
    const lagging = snapshotOf(a, b)
    expect([lagging.diff(all(a)), lagging.diff(all(a, b))]).toEqual([[], []])
  })

  it('keeps its version where a lagging server returns an older one', () => {
    const snapshot = snapshotOf(edited(a, 40), b)
    expect(snapshot.diff(all(a, b))).toEqual([])
    expect(snapshot.diff(all(edited(a, 40), b))).toEqual([])
    expect(received(snapshot.diff(all(edited(a, 50, 'anew'), b)))).toEqual(['MessageUpdated a'])
  })

  it('detects a deletion that leaves a trace once', () => {
    const snapshot = snapshotOf(a, b)
    expect(received(snapshot.diff(all(a, deleted(b, 40))))).toEqual(['MessageDeleted b'])
    expect(snapshot.diff(all(a))).toEqual([])
  })

  it('detects no deletion in a read that omits unreadable messages', () => {
    const snapshot = snapshotOf(a, b, c)
    const torn = (...messages: Message[]) =>
      snapshot.diff({ ...all(...messages), hasUnreadableMessages: true })
    expect([torn(a, c), torn(a), torn()]).toEqual([[], [], []])
    expect(snapshot.messages).toEqual([a, b, c])
    expect(received(torn(edited(a, 40), c))).toEqual(['MessageUpdated a'])
    expect(snapshot.diff(all(edited(a, 40), b, c))).toEqual([])
    expect(received(snapshot.diff(all(edited(a, 40), c)))).toEqual(['MessageDeleted b'])
  })

  it('detects exactly the differences, and never guesses a deletion', () => {
    const steps = arbitrarySteps('add', 'system', 'late', 'pass', 'edit', 'remove', 'mark deleted', 'read')
    const property = fc.property(steps, (sequence) => {
      const room = new RoomModel()
      const poller = { snapshot: new RoomSnapshot(), client: new ClientModel([]), ever: new Set<string>() }
      for (const step of sequence) {
        room.apply(step)
        if (step.type === 'read') poll(room, poller, step.back)
      }
      // The first poll shows the last step, the second confirms what was missing at the newest edge.
      poll(room, poller, null)
      poll(room, poller, null)
      const present = room.messages.map(({ position }) => position.id)
      const believed = [...poller.client.texts].flatMap(([id, text]) => (text === null ? [] : [id]))
      expect(believed.filter((id) => !present.includes(id))).toEqual([])
      expect(poller.client.inconsistencies).toEqual([])
    })
    fc.assert(property, { numRuns: 1000 })
  })
})

interface Poller {
  readonly snapshot: RoomSnapshot
  /** What its client received of the messages in the snapshot. */
  readonly client: ClientModel
  /** Every message that was ever in the snapshot. */
  readonly ever: Set<string>
}

/** Polls and delivers the changes to the client, which must then know exactly what was read. */
function poll(room: RoomModel, { snapshot, client, ever }: Poller, back: number | null): void {
  const known = snapshot.from
  const read = room.read((snapshot.messages.at(-1)?.position.micros ?? 0) / 1000, back)
  for (const detected of snapshot.diff(read)) {
    const { change, position } = detected
    if (change.type === 'MessageAdded') expect(ever).not.toContain(position.id)
    if (change.type === 'MessageDeleted') expect(textIn(room, position.id)).toBeNull()
    client.receive(detected)
  }
  for (const one of read.messages) {
    // A message before the snapshot is not new, and one that was deleted before it was read is not delivered.
    const undelivered = known === null || comparePositions(one.position, known) < 0
    if (undelivered || (textOf(one) === null && !ever.has(one.position.id))) {
      client.texts.set(one.position.id, textOf(one))
    }
    ever.add(one.position.id)
    expect([one.position.id, client.texts.get(one.position.id)]).toEqual([one.position.id, textOf(one)])
  }
  // Messages that leave the snapshot are dropped.
  const followed = new Set(snapshot.messages.map(({ position }) => position.id))
  for (const [id, text] of client.texts) if (text !== null && !followed.has(id)) client.texts.delete(id)
}

function textIn(room: RoomModel, id: string): string | null {
  const detected = room.messages.find(({ position }) => position.id === id)
  return detected ? textOf(detected) : null
}

function snapshotOf(...messages: Message[]): RoomSnapshot {
  const snapshot = new RoomSnapshot()
  snapshot.diff(all(...messages))
  return snapshot
}

function all(...messages: Message[]): RecentMessages {
  return { messages, from: null }
}

function received(detected: readonly DetectedChange[]): string[] {
  return detected.map(({ change, position }) => `${change.type} ${position.id}`)
}
