import { describe, expect, it } from 'vitest'
import { encodeCursor } from '../../../src/cursor/cursor.ts'
import type { DeliveredEvent, History, HistoryEntry } from '../oracle/history.ts'
import { Ledger, type StoredMessage } from '../oracle/ledger.ts'
import type { StateCommit } from '../oracle/room-states.ts'
import { checkHistories, type Evidence } from './check-histories.ts'

const START = 1_000
const ROOM = 'room'
const OPEN = 'OPEN, 1 agents'

/** A room: at 10 `m1` is added, at 20 `m2`, at 30 `m1` edited, at 40 `m2` deleted and `note` added, at 50 `end` added. */
function exampleLedger(): Ledger {
  const ledger = new Ledger()
  const m1 = stored('m1', 10)
  const m2 = stored('m2', 20)
  const edited = { ...m1, text: 'm1!', changedMicros: micros(30) }
  const note: StoredMessage = { ...stored('note', 40), visibility: 'AGENTS' }
  ledger.observe(ROOM, [m1], 10)
  ledger.observe(ROOM, [m1, m2], 20)
  ledger.observe(ROOM, [edited, m2], 30)
  ledger.observe(ROOM, [edited, note], 40)
  ledger.observe(ROOM, [edited, note, stored('end', 50)], 50)
  return ledger
}

const page: Extract<HistoryEntry, { type: 'start' }> = {
  at: 1,
  type: 'start',
  gateway: 1,
  since: START,
  certainlyBefore: 1,
  page: { nodes: [], state: OPEN, cursor: cursorAt(0, ''), readAt: 2 },
}
const correct: readonly HistoryEntry[] = [
  page,
  received(11, added('m1')),
  received(21, added('m2')),
  received(31, { ...added('m1'), type: 'updated', text: 'm1!' }),
  received(41, { type: 'deleted', id: 'm2' }),
  received(51, added('end')),
]

describe('a correct history', () => {
  it('passes', () => {
    expect(check(correct)).toEqual([])
  })

  it('passes for an operator only with the note', () => {
    expect(check(correct, 'AGENTS')).toEqual(['s: did not receive that note was added (commit 4)'])
    const note = received(42, { ...added('note'), visibility: 'AGENTS' })
    expect(check([...correct.slice(0, 5), note, ...correct.slice(5)], 'AGENTS')).toEqual([])
  })

  it('passes where a message was added and deleted before a poll', () => {
    expect(check(correct.filter(({ at }) => at !== 21 && at !== 41))).toEqual([])
  })

  it('passes where a message appears below the page while that is read, and is deleted before a poll', () => {
    const newer = stored('newer', 20)
    const ledger = new Ledger()
    ledger.observe(ROOM, [newer], 10)
    ledger.observe(ROOM, [stored('late', 5), newer], 20)
    ledger.observe(ROOM, [newer], 30)
    const shown = { nodes: [{ id: 'newer', text: 'newer' }], state: OPEN, cursor: cursorAt(20, 'newer') }
    const readFrom = (at: number) => [history([{ ...page, at, page: { ...shown, readAt: 25 } }])]
    expect(checkAll(readFrom(15), undefined, ledger)).toEqual([])
    // A page that was requested after the message was added cannot leave it out unnoticed.
    expect(checkAll(readFrom(21), undefined, ledger)).toEqual([
      's: did not receive that late was deleted (commit 2)',
    ])
  })

  it('passes where an edit arrives with its message', () => {
    const late = received(32, { ...added('m1'), text: 'm1!' })
    expect(check([page, late, ...correct.slice(5)])).toEqual([])
  })
})

describe('an incorrect history', () => {
  it.each<readonly [string, readonly HistoryEntry[], string]>([
    ['lost a message', without(11, 31), 's: did not receive that m1 was added (commit 0)'],
    ['lost an edit', without(31), 's: did not receive that m1 was edited (commit 2)'],
    ['lost a deletion', without(41), 's: did not receive that m2 was deleted (commit 3)'],
    ['repeats a message', withAfter(21, added('m1')), 's: added m1 was already known (entry 3)'],
    [
      'repeats an edit',
      withAfter(31, { ...added('m1'), type: 'updated', text: 'm1!' }),
      's: updated m1 repeats a known version (entry 4)',
    ],
    [
      'returns to an old version',
      withAfter(31, { ...added('m1'), type: 'updated' }),
      's: updated m1 goes back to an older version (entry 4)',
    ],
    [
      'repeats a deletion',
      withAfter(41, { type: 'deleted', id: 'm2' }),
      's: deleted m2 repeats a deletion (entry 5)',
    ],
    [
      'delivers a deleted message',
      withAfter(41, added('m2')),
      's: added m2 was delivered after its deletion (entry 5)',
    ],
    [
      'invents a deletion',
      withAfter(31, { type: 'deleted', id: 'm1' }),
      's: deleted m1 was never deleted (entry 4)',
    ],
    [
      'invents a message',
      withAfter(11, added('m9')),
      's: added m9 does not exist in this room for this view (entry 2)',
    ],
    [
      'shows a note',
      withAfter(41, added('note')),
      's: added note does not exist in this room for this view (entry 5)',
    ],
    [
      'invents a text',
      withAfter(31, { ...added('m1'), type: 'updated', text: '?' }),
      's: updated m1 never had the text "?" (entry 4)',
    ],
    [
      'delivers a message before it is committed',
      withAfter(11, added('m2')),
      's: added m2 was delivered before it was committed (entry 2)',
    ],
    ['updates a message that it never delivered', without(11), 's: updated m1 was not known (entry 2)'],
  ])('is detected: it %s', (_name, history, found) => {
    expect(check(history)).toContain(found)
  })

  it('is detected: its order is wrong', () => {
    const swapped = [page, received(22, added('m2')), received(23, added('m1')), ...correct.slice(3)]
    expect(check(swapped)).toEqual([
      's: added m1 arrives after m2, which was committed later and follows it (entry 2)',
    ])
  })

  it('is detected: a wrong order that no disturbance of push explains', () => {
    const late = [page, received(22, added('m2')), received(23, added('m1')), ...correct.slice(3)]
    const checkWith = (from: number, until: number) =>
      checkAll([history(late)], undefined, undefined, { disturbances: [{ from, until }] })
    expect(checkWith(5, 15)).toEqual([])
    expect(checkWith(15, 25)).toHaveLength(1)
  })

  it('is detected: a wrong order although the later message arrived before push may stop to wait for a poll', () => {
    const late = [page, received(22, added('m2')), received(23, added('m1')), ...correct.slice(3)]
    const checkWith = (maxHoldMs: number) => checkAll([history(late)], undefined, undefined, { maxHoldMs })
    expect(checkWith(1)).toEqual([])
    expect(checkWith(5)).toHaveLength(1)
  })

  it('is detected: an event of another room', () => {
    const elsewhere: HistoryEntry = { ...received(51, added('end')), room: 'elsewhere' }
    expect(check([...correct.slice(0, 5), elsewhere])).toEqual([
      's: an event of the room elsewhere (entry 5)',
    ])
  })

  it('is detected: recorded violations', () => {
    expect(check([...correct, { at: 60, type: 'violation', detail: 'a secret' }])).toEqual(['s: a secret'])
  })

  it('is detected: a deletion without a trace that no gap covers', () => {
    const [before, after] = deletedWhileAway(cursorAt(20, 'm2'))
    const [from, to] = [new Date(START).toISOString(), new Date(START + 20).toISOString()]
    const gap = received(46, { type: 'gap', reason: 'CURSOR_EXPIRED', from, to })
    expect(check([...before, gap, ...after])).toEqual([])
    expect(check([...before, ...after])).toEqual(['s: did not receive that m2 was deleted (commit 3)'])
  })

  it('is detected: a resume that is not exact although another subscriber kept the poller running', () => {
    const entries = deletedWhileAway(cursorAt(20, 'm2', 25)).flat()
    // A cursor does not cover a message this old. That is allowed only where the poller had stopped.
    expect(check(entries)).toEqual([])
    const other = { ...history(correct), name: 'other' }
    expect(checkAll([history(entries), other])).toEqual(['s: did not receive that m2 was deleted (commit 3)'])
  })
})

describe('a history over several replicas', () => {
  /** Resumes at another gateway, while another subscriber stays at a third one. */
  const checkHop = (isLogShared: boolean, ...more: readonly HistoryEntry[]) => {
    const [before, after] = deletedWhileAway(cursorAt(20, 'm2', 25))
    const hop = before.map((entry) => (entry.type === 'resume' ? { ...entry, gateway: 2 } : entry))
    const start = { ...page, gateway: 3 }
    const other = { ...history([start, ...correct.slice(1)]), name: 'other' }
    return checkAll([history([...hop, ...more, ...after]), other], undefined, undefined, { isLogShared })
  }

  it('must be exact where the replicas share an event log', () => {
    expect(checkHop(false)).toEqual([])
    expect(checkHop(true)).toEqual(['s: did not receive that m2 was deleted (commit 3)'])
    expect(checkHop(true, received(46, { type: 'deleted', id: 'm2' }))).toEqual([])
  })

  it('must have no gap that the event log prevents', () => {
    const deleted = received(46, { type: 'deleted', id: 'm2' })
    const gap = (reason: string) => received(46, { type: 'gap', reason, from: null, to: null })
    expect(checkHop(false, gap('CURSOR_EXPIRED'), deleted)).toEqual([])
    expect(checkHop(true, gap('CURSOR_EXPIRED'), deleted)).toEqual([
      's: received a gap (CURSOR_EXPIRED) although the event log holds what follows its cursor (entry 4)',
    ])
    expect(checkHop(true, gap('SLOW_CONSUMER'), deleted)).toEqual([])
  })
})

describe('room states', () => {
  const CLOSED = 'CLOSED, 1 agents'
  const closed = (at: number) => received(at, { type: 'room updated', state: CLOSED })
  /** The room is closed at 45. */
  const checkWith = (...more: readonly HistoryEntry[]) => {
    const history = [...correct.slice(0, 5), ...more, ...correct.slice(5)]
    const states = [OPEN, CLOSED].map((state, index) => stateAt(45 * index, state))
    return checkAll(
      [{ name: 's', room: ROOM, view: 'EVERYONE', stream: 'roomEvents', entries: history }],
      states,
    )
  }

  it('pass where the state is delivered, once or more', () => {
    expect(checkWith(closed(46))).toEqual([])
    expect(checkWith(closed(46), closed(47))).toEqual([])
  })

  it('are detected where the state is not delivered', () => {
    expect(checkWith()).toEqual([`s: last received "${OPEN}", but the room is "${CLOSED}"`])
  })

  it('are detected where a state returns, never existed, or does not exist yet', () => {
    const open = received(47, { type: 'room updated', state: OPEN })
    const violation = (state: string) => `s: received the state "${state}", which the room did not have then`
    expect(checkWith(closed(46), open)).toContain(violation(OPEN))
    expect(checkWith(closed(46), received(47, { type: 'room updated', state: 'ON_HOLD' }))).toContain(
      violation('ON_HOLD'),
    )
    expect(checkWith(closed(44))).toContain(violation(CLOSED))
  })

  it('must be delivered where one changes with a message after the start', () => {
    const start: HistoryEntry = {
      at: 1,
      type: 'start',
      gateway: 1,
      since: START,
      certainlyBefore: 1,
      page: null,
    }
    const entries = [start, ...correct.slice(1)]
    const states = (hasNoMessage: boolean) => [stateAt(0, OPEN), { ...stateAt(45, CLOSED), hasNoMessage }]
    const all = (hasNoMessage: boolean) => checkAll([history(entries)], states(hasNoMessage))
    expect(all(true)).toEqual([])
    expect(all(false)).toEqual([`s: received no state, but the room became "${CLOSED}"`])
  })
})

function stateAt(at: number, state: string): StateCommit {
  return { at, room: ROOM, view: 'EVERYONE', state, hasNoMessage: false }
}

function check(entries: readonly HistoryEntry[], view: History['view'] = 'EVERYONE'): readonly string[] {
  return checkAll([history(entries, view)])
}

function checkAll(
  histories: readonly History[],
  states: readonly StateCommit[] = [stateAt(0, OPEN)],
  { commits }: Pick<Ledger, 'commits'> = exampleLedger(),
  evidence: Partial<Evidence> = {},
): readonly string[] {
  return checkHistories({
    commits,
    states,
    histories,
    connected: new Set(['s']),
    requiredCommits: commits.length,
    viewsByRole: false,
    stalled: new Set(),
    disturbances: [],
    maxHoldMs: Number.POSITIVE_INFINITY,
    isLogShared: false,
    ...evidence,
  }).violations
}

function history(entries: readonly HistoryEntry[], view: History['view'] = 'EVERYONE'): History {
  return { name: 's', room: ROOM, view, stream: 'roomEvents', entries: entries }
}

function without(...times: readonly number[]): readonly HistoryEntry[] {
  return correct.filter(({ at }) => !times.includes(at))
}

/** The correct history with another event after the one at `at`. */
function withAfter(at: number, event: DeliveredEvent): readonly HistoryEntry[] {
  return correct.flatMap((entry) => (entry.at === at ? [entry, received(at, event)] : [entry]))
}

function received(at: number, event: DeliveredEvent): HistoryEntry & { type: 'event' } {
  return { at, type: 'event', event, room: ROOM, cursor: cursorAt(at, 'x') }
}

function added(id: string): Extract<DeliveredEvent, { text: string }> {
  return { type: 'added', id, text: id, kind: 'TEXT', visibility: 'EVERYONE' }
}

function stored(id: string, ms: number): StoredMessage {
  return {
    id,
    micros: micros(ms),
    text: id,
    isDeleted: false,
    visibility: 'EVERYONE',
    changedMicros: micros(ms),
  }
}

function micros(ms: number): number {
  return (START + ms) * 1000
}

/** Disconnects, and resumes with the cursor when m2 is gone; then the entries after that. */
function deletedWhileAway(cursor: string): readonly [readonly HistoryEntry[], readonly HistoryEntry[]] {
  return [
    [
      ...correct.slice(0, 3),
      { at: 22, type: 'disconnected' },
      { at: 45, type: 'resume', gateway: 1, cursor },
    ],
    [received(46, { ...added('m1'), type: 'updated', text: 'm1!' }), ...correct.slice(5)],
  ]
}

/** A cursor that covers the messages from `from` on. */
function cursorAt(ms: number, id: string, from = 0): string {
  const position = { micros: micros(ms), id }
  const fingerprint = {
    from: { micros: micros(from), id: '' },
    idsHash: 'abcdefgh',
    recentFromMicros: 0,
    recentVersions: '',
  }
  return encodeCursor({
    position,
    changeMicros: position.micros,
    logPosition: { epoch: 'epoch', sequence: ms },
    fingerprint,
    roomState: null,
  })
}
