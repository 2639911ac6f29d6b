import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecentMessages } from '../../../src/domain/messages.ts'
import type { Message } from '../../../src/domain/model.ts'
import type { DetectedChange } from '../../../src/live/changes/detected-change.ts'
import type { PushedMessageChange } from '../../../src/live/changes/pushed-changes.ts'
import { type ReadResult, Timeline } from '../../../src/live/changes/timeline.ts'
import { deleted, edited, message, positionAtMs, unknownRoomStates } from '../message-builders.ts'
import { arbitrarySteps, ClientModel, RoomModel, type Step, textOf } from './room-model.ts'

const [a, b, c] = [message('a', 10), message('b', 20), message('c', 30)]

describe('pushed changes', () => {
  it('are events like those of reads', () => {
    const { timeline, read, push } = open()
    read([a])
    expect(push(pushed(b))).toEqual(['MessageAdded b'])
    expect(push(pushed(edited(a, 25)))).toEqual(['MessageUpdated a'])
    expect(push(pushed(deleted(a, 26)))).toEqual(['MessageDeleted a'])
    expect(push({ type: 'MessageDeleted', messageId: 'b' })).toEqual(['MessageDeleted b'])
    expect(read([deleted(a, 26)])).toEqual([])
    expect(timeline.readCount).toBe(2)
  })

  it('are delivered once, whatever is repeated, late or out of order', () => {
    const { read, push } = open()
    read([a])
    const [first, second] = [edited(a, 40, 'one'), edited(a, 41, 'two')]
    expect(push(pushed(c))).toEqual(['MessageAdded c'])
    expect(push(pushed(b))).toEqual(['MessageAdded b'])
    expect([push(pushed(c)), push(pushed(b))]).toEqual([[], []])
    expect(push(pushed(first))).toEqual(['MessageUpdated a'])
    expect(push(pushed(second))).toEqual(['MessageUpdated a'])
    expect([push(pushed(first)), push(pushed(a))]).toEqual([[], []])
    expect(push({ type: 'MessageDeleted', messageId: 'b' })).toEqual(['MessageDeleted b'])
    expect(push(pushed(b))).toEqual([])
    expect(read([second, c])).toEqual([])
    expect(push(pushed(b))).toEqual([])
  })

  it('leave it to a read which of two versions of the same time is newer', () => {
    const { read, push } = open()
    read([a])
    const [first, second] = [edited(a, 40, 'one'), edited(a, 40, 'two')]
    expect([push(pushed(first)), push(pushed(second)), push(pushed(a))]).toEqual([
      ['MessageUpdated a'],
      ['UNCLEAR'],
      [],
    ])
    expect(push(pushed(deleted(a, 40)))).toEqual(['MessageDeleted a'])
    expect(push(pushed(second))).toEqual([])
  })

  it('are not undone by a read that was sent before, or answered by a lagging server', () => {
    const { read, push, pass } = open()
    read([a, c])
    push(pushed(b), 100)
    push({ type: 'MessageDeleted', messageId: 'a' }, 100)
    expect(read([a, c], 90)).toEqual([])
    expect(read([a, c], 110)).toEqual([])
    pass(10_000)
    expect(read([c], 10_110)).toEqual(['MessageDeleted b'])
  })

  it('that waited for a read are applied with it, also the deletion of the newest message', () => {
    const { timeline, read, deliverTo } = open()
    read([a, b])
    const held = [{ change: { type: 'MessageDeleted', messageId: 'b' }, receivedAt: 0 }] as const
    expect(deliverTo(timeline.applyRead({ messages: [a], from: null }, 0, held))).toEqual([
      'MessageDeleted b',
    ])
  })

  it('before the first read show nothing, and complete it', () => {
    const { read, push, timeline } = open()
    expect(push(pushed(b), 100)).toEqual([])
    read([a], 90)
    expect(push(pushed(c), 101)).toEqual(['MessageAdded c'])
    expect(timeline.newestAtMs).toBe(30)
  })

  it('of messages before the snapshot are not new', () => {
    const { timeline, push } = open()
    timeline.applyRead({ messages: [c], from: positionAtMs(25) }, 0)
    expect(push(pushed(a))).toEqual([])
  })

  it('leave the next read to reach back to the last one, because push may have lost messages', () => {
    const { timeline, read, push } = open()
    read([message('old', 6_000)])
    push(pushed(message('new', 90_000)))
    expect(timeline.earliestPositionToRead([])).toEqual(positionAtMs(1_000))
  })

  it('lead to the room as it is, whatever push loses, repeats, delays and reorders', () => {
    const property = fc.property(arbitraryHistory, (history) => {
      const { apply, read, pass, push, now } = open((detected) => {
        if ('message' in detected.change)
          versions.push(`${detected.position.id} ${detected.change.message.text}`)
        client.receive(detected)
      })
      const model = new RoomModel()
      const client = new ClientModel([])
      const versions: string[] = []
      const waiting: PushedMessageChange[] = []
      let inFlight: { readonly recent: RecentMessages; readonly startedAt: number } | null = null
      read([])
      for (const step of history) {
        if (step.type === 'push') deliver(waiting, step, (change) => void push(change))
        else if (step.type === 'wait') pass(step.ms)
        else if (step.type === 'send') inFlight = { recent: model.read(0, null), startedAt: now() }
        else if (step.type === 'receive') {
          if (inFlight) apply(inFlight.recent, inFlight.startedAt)
          inFlight = null
        } else waiting.push(...write(model, step))
      }
      for (let count = 0; count < 2; count += 1) {
        pass(10_000)
        read(model.read(0, null).messages, now())
      }
      const expected = model.messages.map((one) => [one.ref.messageId, textOf(one)])
      const known = [...client.texts].filter(([id, text]) => text !== null || model.has(id))
      expect(Object.fromEntries(known)).toEqual(
        Object.fromEntries(expected.filter(([id]) => client.texts.has(String(id)))),
      )
      const unseen = model.messages.filter(
        ({ ref, state }) => state !== 'DELETED' && !client.texts.has(ref.messageId),
      )
      expect(unseen).toEqual([])
      expect(client.inconsistencies).toEqual([])
      expect(new Set(versions).size).toBe(versions.length)
    })
    fc.assert(property, { numRuns: 1_000 })
  })
})

/** A timeline with a clock in milliseconds; `onChange` receives its changes. */
function open(onChange: (detected: DetectedChange) => void = () => {}) {
  let ms = 0
  const states = { known: unknownRoomStates, onPolled: () => false }
  const room = { provider: 'rocketchat', roomId: 'room' }
  const timeline = new Timeline({ room, states, clockSkewMs: () => 0, maxReadLagMs: 5_000 })
  const deliverTo = (result: ReadResult | 'UNCLEAR' | null) => {
    if (result === 'UNCLEAR') return [result]
    const detected = (result?.events ?? []).map((event) => event.detected)
    for (const one of detected) onChange(one)
    return detected.map(({ change, position }) => `${change.type} ${position.id}`)
  }
  const apply = (recent: RecentMessages, startedAt: number) =>
    deliverTo(timeline.applyRead(recent, startedAt))
  return {
    timeline,
    deliverTo,
    apply,
    read: (messages: readonly Message[], startedAt = ms) => apply({ messages, from: null }, startedAt),
    push: (change: PushedMessageChange, receivedAt = ms) =>
      deliverTo(timeline.applyPushed(change, receivedAt)),
    pass: (by: number) => {
      ms += by
    },
    now: () => ms,
  }
}

/** A step at the provider, on the way of its pushes, or of a read. */
type HistoryStep =
  | Step
  | { readonly type: 'push'; readonly pick: number; readonly fate: 'once' | 'again' | 'lost' }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'send' }
  | { readonly type: 'receive' }

const arbitraryHistory: fc.Arbitrary<readonly HistoryStep[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: arbitrarySteps('add', 'late', 'pass', 'edit', 'remove', 'mark deleted') },
      {
        weight: 4,
        arbitrary: fc
          .record({ pick: fc.nat(3), fate: fc.constantFrom('once', 'again', 'lost') })
          .map((push): HistoryStep[] => [{ type: 'push', ...push }]),
      },
      { weight: 1, arbitrary: fc.nat(4_000).map((ms): HistoryStep[] => [{ type: 'wait', ms }]) },
      { weight: 1, arbitrary: fc.constant<HistoryStep[]>([{ type: 'send' }]) },
      { weight: 1, arbitrary: fc.constant<HistoryStep[]>([{ type: 'receive' }]) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.flat())

/** Delivers, repeats or loses one of the pushes under way. */
function deliver(
  waiting: PushedMessageChange[],
  { pick, fate }: Extract<HistoryStep, { type: 'push' }>,
  push: (change: PushedMessageChange) => void,
): void {
  const [change] = fate === 'again' ? waiting.slice(pick, pick + 1) : waiting.splice(pick, 1)
  if (change && fate !== 'lost') push(change)
}

/** Writes, and returns what the provider pushes for it. */
function write(model: RoomModel, step: Step): readonly PushedMessageChange[] {
  const before = new Map(model.messages.map((one) => [one.ref.messageId, one]))
  model.apply(step)
  // Versions of one message have different times.
  if (step.type === 'edit') model.apply({ type: 'pass' })
  const written = model.messages.filter((one) => before.get(one.ref.messageId) !== one)
  const gone = [...before.keys()].filter((id) => !model.has(id))
  return [
    ...written.map(pushed),
    ...gone.map((messageId): PushedMessageChange => ({ type: 'MessageDeleted', messageId })),
  ]
}

function pushed(one: Message): PushedMessageChange {
  return { type: 'Message', message: one }
}
