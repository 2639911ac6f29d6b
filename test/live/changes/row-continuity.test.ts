import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastChangedMicros } from '../../../src/cursor/message-version.ts'
import type { Message } from '../../../src/domain/model.ts'
import { RowContinuity } from '../../../src/live/changes/row-continuity.ts'
import { deleted, edited, message } from '../message-builders.ts'

/** Takes in rows of a room whose timeline knows these messages, each a millisecond after the last. */
function openRows(known: readonly Message[] = []) {
  const continuity = new RowContinuity()
  const timeline = [...known]
  let now = 0
  const learn = (messages: readonly Message[]) => {
    for (const one of messages) {
      const index = timeline.findIndex(({ ref }) => ref.messageId === one.ref.messageId)
      const before = timeline[index]
      if (!before) timeline.push(one)
      else if (lastChangedMicros(before) <= lastChangedMicros(one)) timeline[index] = one
    }
  }
  return {
    timeline,
    learn,
    row(newest: Message | null, count: number, isRoomUnchanged = true, writtenAt = newest?.createdAt) {
      now += 1
      const row = newest && writtenAt ? { message: newest, count, writtenAt } : null
      const result = continuity.onRow(row, {
        receivedAt: now,
        isRoomUnchanged,
        known: timeline,
      })
      learn(result.messages)
      return { needsRead: result.needsRead, ids: result.messages.map(({ ref }) => ref.messageId) }
    },
    /** A read that starts now; the returned function applies it with what it shows. */
    startRead() {
      now += 1
      const startedAt = now
      return (...shown: readonly Message[]) => {
        learn(shown)
        return continuity.onRead(startedAt, timeline)
      }
    },
  }
}

const [m1, m2, m3, m4] = [message('m1', 1), message('m2', 2), message('m3', 3), message('m4', 4)] as const
const covered = (...ids: readonly string[]) => ({ needsRead: false, ids })
const needsRead = { needsRead: true, ids: [] }

/** A room whose rows a read has confirmed; its newest message is `m1`, its counter 10. */
function openConfirmedRows() {
  const rows = openRows()
  expect(rows.row(m1, 10)).toEqual(needsRead)
  expect(rows.startRead()(m1)).toBe(true)
  return rows
}

describe('rows of a room', () => {
  it('are not enough before a read that started after one of them', () => {
    const rows = openRows()
    const early = rows.startRead()
    expect(rows.row(m1, 10)).toEqual(needsRead)
    expect(early()).toBe(true)
    expect(rows.row(m2, 11)).toEqual(covered())
    expect(rows.startRead()(m1, m2)).toBe(true)
    expect(rows.row(m3, 12)).toEqual(covered('m3'))
  })

  it.for(['before', 'after'] as const)(
    'are not enough where a read lacks what one of them has shown %s it started',
    (when) => {
      const rows = openRows()
      expect(rows.row(m1, 10)).toEqual(needsRead)
      const early = when === 'after' ? rows.startRead() : null
      expect(rows.row(m2, 11)).toEqual(covered())
      expect((early ?? rows.startRead())(m1)).toBe(false)
      expect(rows.row(m3, 12)).toEqual(needsRead)
      expect(rows.startRead()(m1, m3)).toBe(true)
      expect(rows.row(m4, 13)).toEqual(covered('m4'))
    },
  )

  it('then show each message that came alone', () => {
    const rows = openConfirmedRows()
    expect(rows.row(m2, 11)).toEqual(covered('m2'))
    expect(rows.row(m2, 11)).toEqual(covered())
    expect(rows.row(m3, 12)).toEqual(covered('m3'))
  })

  it('are enough after a read that shows what came while it was queued', () => {
    const rows = openRows()
    expect(rows.row(m1, 10)).toEqual(needsRead)
    const finish = rows.startRead()
    expect(rows.row(m2, 11)).toEqual(covered())
    expect(rows.row(m3, 12)).toEqual(covered())
    expect(finish(m1, m2, m3)).toBe(true)
    expect(rows.row(m4, 13)).toEqual(covered('m4'))
  })

  it('confirm messages that arrived by another way', () => {
    const rows = openConfirmedRows()
    rows.learn([m2, m3])
    expect(rows.row(m3, 12)).toEqual(covered())
    rows.learn([m4])
    expect(rows.row(message('m5', 5), 14)).toEqual(covered('m5'))
  })

  it('show an edit of the newest message', () => {
    const rows = openConfirmedRows()
    expect(rows.row(edited(m1, 20), 10)).toEqual(covered('m1'))
    expect(rows.row(m2, 11)).toEqual(covered('m2'))
  })

  it('are not enough for an edit that has no later time', () => {
    expect(openConfirmedRows().row({ ...m1, text: 'previewed' }, 10)).toEqual(needsRead)
  })

  it.for<[what: string, newest: Message | null, count: number, isRoomUnchanged?: boolean]>([
    ['two messages came', m3, 12],
    ['the counter rose without a new newest message', m1, 11],
    ['the newest message was deleted', message('m0', 0), 9],
    ['another was deleted as one came', m2, 10],
    ['the newest message is gone', null, 9],
    ['the newest message is marked as deleted', deleted(m2, 20), 11],
    ['the newest message is a system message', { ...m2, kind: 'SYSTEM' }, 11],
    ['the newest message is older than the one before', message('m0', 0), 11],
    ['the state of the room differs', m2, 11, false],
  ])('are not enough where %s, until the next read', ([, newest, count, isRoomUnchanged]) => {
    const rows = openConfirmedRows()
    expect(rows.row(newest, count, isRoomUnchanged)).toEqual(needsRead)
    rows.startRead()(m1, m2, m3)
    expect(rows.row(m4, count + 9)).toEqual(needsRead)
  })

  it('are not enough where a known message between two of them may not be counted', () => {
    const rows = openConfirmedRows()
    rows.learn([{ ...m2, kind: 'SYSTEM' }])
    expect(rows.row(m3, 12)).toEqual(needsRead)
  })

  it('are not enough after a read with later messages, which may be counted already', () => {
    const rows = openRows()
    expect(rows.row(m1, 10, true, new Date(2))).toEqual(needsRead)
    // A reply in a thread is counted and does not become the newest message.
    rows.startRead()(m1, m2)
    expect(rows.row(m4, 12)).toEqual(needsRead)
  })

  it('are enough after a read with later messages that cannot be counted yet', () => {
    const rows = openRows()
    expect(rows.row(m1, 10)).toEqual(needsRead)
    rows.startRead()(m1, m2, m3)
    expect(rows.row(m4, 13)).toEqual(covered('m4'))
  })

  it('wait for no more than fifty messages', () => {
    const rows = openRows()
    expect(rows.row(m1, 1)).toEqual(needsRead)
    const results = Array.from({ length: 60 }, (_, index) =>
      rows.row(message(`n${index}`, 10 + index), 2 + index),
    )
    expect(results.filter((result) => result.needsRead)).toHaveLength(1)
  })
})

type Step =
  | { readonly type: 'send' | 'system' | 'thread' | 'row' | 'editNewest' }
  | { readonly type: 'startRead' | 'serveRead' | 'finishRead' }
  | { readonly type: 'learn'; readonly index: number }

interface Stored {
  readonly message: Message
  readonly isNewestCandidate: boolean
}

/** A server's room with its counter, as docs/providers/rocketchat.md 8.1 describes it. */
class ServerRoom {
  stored: Stored[] = []
  count = 0
  newest: Message | null = null
  #clock = 0
  #writtenMs = 0

  get writtenAt(): Date {
    return new Date(this.#writtenMs)
  }

  add(fields: Partial<Message>, isNewestCandidate: boolean): void {
    this.#clock += 1
    const added = message(`s${this.#clock}`, this.#clock, fields)
    this.stored.push({ message: added, isNewestCandidate })
    this.count += 1
    this.#writtenMs = this.#clock
    if (isNewestCandidate) this.newest = added
  }

  editNewest(): void {
    const { newest } = this
    if (newest === null) return
    this.#clock += 1
    const after = edited(newest, this.#clock)
    this.stored = this.stored.map((one) => (one.message === newest ? { ...one, message: after } : one))
    this.newest = after
    this.#writtenMs = this.#clock
  }

  get messages(): readonly Message[] {
    return this.stored.map(({ message: shown }) => shown)
  }
}

/** A room, its rows and a read of it at a time; collects what the timeline lacks although it is called complete. */
class Scenario {
  readonly missing: string[] = []
  readonly #server = new ServerRoom()
  readonly #rows = openRows()
  #finishRead: ReturnType<ReturnType<typeof openRows>['startRead']> | null = null
  #isReadAfterRow = false
  #shown: readonly Message[] | null = null
  #isComplete = false
  /** What the room held when its last row was made. */
  #atRow: Pick<ServerRoom, 'messages' | 'newest'> = { messages: [], newest: null }

  run(step: Step): void {
    if (step.type === 'send') this.#server.add({}, true)
    else if (step.type === 'system') this.#server.add({ kind: 'SYSTEM' }, false)
    else if (step.type === 'thread') this.#server.add({}, false)
    else if (step.type === 'editNewest') this.#server.editNewest()
    else if (step.type === 'learn') this.#learn(step.index)
    else if (step.type === 'row') this.#listRow()
    else if (step.type === 'serveRead') this.#shown = this.#finishRead && this.#server.messages
    else if (step.type === 'finishRead') this.#applyRead()
    else if (this.#finishRead === null) {
      this.#finishRead = this.#rows.startRead()
      this.#isReadAfterRow = true
    }
  }

  /** The timeline learns a message by another way, whatever it lacks. */
  #learn(index: number): void {
    const known = new Set(this.#rows.timeline.map(({ ref }) => ref.messageId))
    const unknown = this.#server.messages.filter(
      ({ ref, kind }) => kind !== 'SYSTEM' && !known.has(ref.messageId),
    )
    this.#rows.learn(unknown.slice(index % Math.max(1, unknown.length)).slice(0, 1))
  }

  #listRow(): void {
    const { newest, count, writtenAt, messages } = this.#server
    if (this.#rows.row(newest, count, true, writtenAt).needsRead) {
      this.#isComplete = false
      this.#isReadAfterRow = false
    }
    this.#atRow = { messages, newest }
    this.#check()
  }

  #applyRead(): void {
    if (this.#finishRead === null || this.#shown === null) return
    const isComplete = this.#finishRead(...this.#shown)
    if (isComplete && this.#isReadAfterRow && this.#atRow.newest !== null) this.#isComplete = true
    this.#finishRead = null
    this.#shown = null
    this.#check()
  }

  /** An edit of a message that is not the newest any more is shown by reads only. */
  #check(): void {
    if (!this.#isComplete) return
    const known = new Map(this.#rows.timeline.map((one) => [one.ref.messageId, one]))
    const { messages, newest } = this.#atRow
    this.missing.push(...messages.map(({ ref }) => ref.messageId).filter((id) => !known.has(id)))
    const current = newest && known.get(newest.ref.messageId)
    if (current && lastChangedMicros(current) < lastChangedMicros(newest)) this.missing.push('an edit')
  }
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc
        .constantFrom(
          ...(['send', 'send', 'system', 'thread', 'editNewest', 'row', 'row'] as const),
          ...(['startRead', 'serveRead', 'finishRead'] as const),
        )
        .map((type): Step => ({ type })),
    },
    { weight: 1, arbitrary: fc.nat(20).map((index): Step => ({ type: 'learn', index })) },
  ),
  { minLength: 30, maxLength: 80 },
)

it('a timeline whose rows are called complete has everything that the room held at its last row', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const scenario = new Scenario()
      for (const step of sequence) scenario.run(step)
      expect(scenario.missing).toEqual([])
    }),
    { numRuns: 3_000 },
  )
})
