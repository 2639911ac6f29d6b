import { describe, expect, it } from 'vitest'
import { encodeCursor } from '../../../src/cursor/cursor.ts'
import type { DeliveredEvent, History, HistoryEntry } from '../oracle/history.ts'
import { Ledger, type StoredMessage } from '../oracle/ledger.ts'
import type { StateCommit } from '../oracle/room-states.ts'
import { checkHistories, type Evidence } from './check-histories.ts'

const START = 1_000
const ROOM = 'room'
const OPEN = 'OPEN, 1 agents'

/** A room in which at 10 `m1` was said, at 20 `m2`, at 30 `m1` edited, at 40 `m2` deleted and `note` left, at 50 `end` said. */
function truth(): Ledger {
  const told = new Ledger()
  const m1 = stored('m1', 10)
  const m2 = stored('m2', 20)
  const edited = { ...m1, text: 'm1!', changedMicros: micros(30) }
  const note: StoredMessage = { ...stored('note', 40), visibility: 'AGENTS' }
  told.observe(ROOM, [m1], 10)
  told.observe(ROOM, [m1, m2], 20)
  told.observe(ROOM, [edited, m2], 30)
  told.observe(ROOM, [edited, note], 40)
  told.observe(ROOM, [edited, note, stored('end', 50)], 50)
  return told
}

const page: HistoryEntry = {
  at: 1,
  what: 'start',
  gateway: 1,
  since: START,
  surelyBefore: 1,
  page: { nodes: [], state: OPEN, cursor: cursorAt(0, ''), readAt: 2 },
}
const right: readonly HistoryEntry[] = [
  page,
  heard(11, added('m1')),
  heard(21, added('m2')),
  heard(31, { ...added('m1'), type: 'updated', text: 'm1!' }),
  heard(41, { type: 'deleted', id: 'm2' }),
  heard(51, added('end')),
]

describe('a history that is right', () => {
  it('passes', () => {
    expect(judge(right)).toEqual([])
  })

  it('passes for an operator only with the note', () => {
    expect(judge(right, 'AGENTS')).toEqual(['s: never told that note was added (commit 4)'])
    const note = heard(42, { ...added('note'), visibility: 'AGENTS' })
    expect(judge([...right.slice(0, 5), note, ...right.slice(5)], 'AGENTS')).toEqual([])
  })

  it('passes where a message came and went before it was told', () => {
    expect(judge(right.filter(({ at }) => at !== 21 && at !== 41))).toEqual([])
  })

  it('passes where an edit was told with the message', () => {
    const late = heard(32, { ...added('m1'), text: 'm1!' })
    expect(judge([page, late, ...right.slice(5)])).toEqual([])
  })
})

describe('a history that is wrong', () => {
  it.each<readonly [string, readonly HistoryEntry[], string]>([
    ['lost a message', without(11, 31), 's: never told that m1 was added (commit 0)'],
    ['lost an edit', without(31), 's: never told that m1 was edited (commit 2)'],
    ['lost a deletion', without(41), 's: never told that m2 was deleted (commit 3)'],
    ['repeats a message', behind(21, added('m1')), 's: added m1 was known before (entry 3)'],
    [
      'repeats an edit',
      behind(31, { ...added('m1'), type: 'updated', text: 'm1!' }),
      's: updated m1 was told in this version before (entry 4)',
    ],
    [
      'goes back',
      behind(31, { ...added('m1'), type: 'updated' }),
      's: updated m1 goes back to an old version (entry 4)',
    ],
    [
      'repeats a deletion',
      behind(41, { type: 'deleted', id: 'm2' }),
      's: deleted m2 was told before (entry 5)',
    ],
    ['raises the dead', behind(41, added('m2')), 's: added m2 was deleted before (entry 5)'],
    [
      'guesses a deletion',
      behind(31, { type: 'deleted', id: 'm1' }),
      's: deleted m1 was never deleted (entry 4)',
    ],
    [
      'makes a message up',
      behind(11, added('m9')),
      's: added m9 is not in this room for this view (entry 2)',
    ],
    ['shows a note', behind(41, added('note')), 's: added note is not in this room for this view (entry 5)'],
    [
      'makes a text up',
      behind(31, { ...added('m1'), type: 'updated', text: '?' }),
      's: updated m1 never read "?" (entry 4)',
    ],
    ['knows the future', behind(11, added('m2')), 's: added m2 was told before it was committed (entry 2)'],
    ['updates what it never told', without(11), 's: updated m1 was not known (entry 2)'],
  ])('is found out: it %s', (_name, history, found) => {
    expect(judge(history)).toContain(found)
  })

  it('is found out: its order is another', () => {
    const swapped = [page, heard(22, added('m2')), heard(23, added('m1')), ...right.slice(3)]
    expect(judge(swapped)).toEqual([
      's: added m1 comes behind m2, before which it stands and was committed (entry 2)',
    ])
  })

  it('is found out: an event of another room', () => {
    const elsewhere: HistoryEntry = { ...heard(51, added('end')), room: 'elsewhere' }
    expect(judge([...right.slice(0, 5), elsewhere])).toEqual(['s: an event of the room elsewhere (entry 5)'])
  })

  it('is found out: bytes that were not for it', () => {
    expect(judge([...right, { at: 60, what: 'wrong', detail: 'a secret' }])).toEqual(['s: a secret'])
  })

  it('is found out: a deletion that left no trace and that no gap tells of', () => {
    const [before, behind] = goneMeanwhile(cursorAt(20, 'm2'))
    const [from, to] = [new Date(START).toISOString(), new Date(START + 20).toISOString()]
    const gap = heard(46, { type: 'gap', reason: 'CURSOR_EXPIRED', from, to })
    expect(judge([...before, gap, ...behind])).toEqual([])
    expect(judge([...before, ...behind])).toEqual(['s: never told that m2 was deleted (commit 3)'])
  })

  it('is found out: a resume that is not exact while another had kept the source alive', () => {
    const gone = goneMeanwhile(cursorAt(20, 'm2', 25)).flat()
    // Of so old a message a cursor does not tell: that is excused where the source had stopped, and only there.
    expect(judge(gone)).toEqual([])
    const keeper = { ...history(right), name: 'keeper' }
    expect(judgeAll([history(gone), keeper])).toEqual(['s: never told that m2 was deleted (commit 3)'])
  })
})

describe('what a history says of the room', () => {
  const CLOSED = 'CLOSED, 1 agents'
  const closed = (at: number) => heard(at, { type: 'room updated', state: CLOSED })
  /** The room is closed at 45. */
  const judged = (...more: readonly HistoryEntry[]) => {
    const history = [...right.slice(0, 5), ...more, ...right.slice(5)]
    const states = [OPEN, CLOSED].map((state, index) => stateAt(45 * index, state))
    return judgeAll(
      [{ name: 's', room: ROOM, view: 'EVERYONE', stream: 'roomEvents', entries: history }],
      states,
    )
  }

  it('passes where the state is reported, once or more', () => {
    expect(judged(closed(46))).toEqual([])
    expect(judged(closed(46), closed(47))).toEqual([])
  })

  it('is found out where the state is not reported', () => {
    expect(judged()).toEqual([`s: concludes "${OPEN}", but the room is "${CLOSED}"`])
  })

  it('is found out where a state comes back, was never there, or is not yet', () => {
    const open = heard(47, { type: 'room updated', state: OPEN })
    const wrong = (state: string) =>
      `s: was given the state "${state}", which the room did not have, or no more`
    expect(judged(closed(46), open)).toContain(wrong(OPEN))
    expect(judged(closed(46), heard(47, { type: 'room updated', state: 'ON_HOLD' }))).toContain(
      wrong('ON_HOLD'),
    )
    expect(judged(closed(44))).toContain(wrong(CLOSED))
  })

  it('must hold a state where one changes by a message after it began now', () => {
    const began: HistoryEntry = {
      at: 1,
      what: 'start',
      gateway: 1,
      since: START,
      surelyBefore: 1,
      page: null,
    }
    const heardOf = [began, ...right.slice(1)]
    const states = (hasNoMessage: boolean) => [stateAt(0, OPEN), { ...stateAt(45, CLOSED), hasNoMessage }]
    const all = (hasNoMessage: boolean) => judgeAll([history(heardOf)], states(hasNoMessage))
    expect(all(true)).toEqual([])
    expect(all(false)).toEqual([`s: was given no state, but the room became "${CLOSED}"`])
  })
})

function stateAt(at: number, state: string): StateCommit {
  return { at, room: ROOM, view: 'EVERYONE', state, hasNoMessage: false }
}

function judge(entries: readonly HistoryEntry[], view: History['view'] = 'EVERYONE'): readonly string[] {
  return judgeAll([history(entries, view)])
}

function judgeAll(
  histories: readonly History[],
  states: readonly StateCommit[] = [stateAt(0, OPEN)],
): readonly string[] {
  const { commits } = truth()
  const evidence: Evidence = {
    commits,
    states,
    histories,
    connected: new Set(['s']),
    requiredCommits: commits.length,
    viewsByRole: false,
    stalled: new Set(),
  }
  return checkHistories(evidence).violations
}

function history(entries: readonly HistoryEntry[], view: History['view'] = 'EVERYONE'): History {
  return { name: 's', room: ROOM, view, stream: 'roomEvents', entries: entries }
}

function without(...times: readonly number[]): readonly HistoryEntry[] {
  return right.filter(({ at }) => !times.includes(at))
}

/** The right history with something more said behind what was said at `at`. */
function behind(at: number, told: DeliveredEvent): readonly HistoryEntry[] {
  return right.flatMap((entry) => (entry.at === at ? [entry, heard(at, told)] : [entry]))
}

function heard(at: number, told: DeliveredEvent): HistoryEntry & { what: 'event' } {
  return { at, what: 'event', told, room: ROOM, cursor: cursorAt(at, 'x') }
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

/** Leaves, and comes back with the cursor when m2 is gone; then, what is told on. */
function goneMeanwhile(cursor: string): readonly [readonly HistoryEntry[], readonly HistoryEntry[]] {
  return [
    [...right.slice(0, 3), { at: 22, what: 'left' }, { at: 45, what: 'resume', gateway: 1, cursor }],
    [heard(46, { ...added('m1'), type: 'updated', text: 'm1!' }), ...right.slice(5)],
  ]
}

/** A cursor that covers what stands from `from` on. */
function cursorAt(ms: number, id: string, from = 0): string {
  const position = { micros: micros(ms), id }
  const print = {
    from: { micros: micros(from), id: '' },
    idsHash: 'abcdefgh',
    recentFromMicros: 0,
    recentVersions: '',
  }
  return encodeCursor({
    position,
    changeMicros: position.micros,
    logPosition: { epoch: 'epoch', sequence: ms },
    fingerprint: print,
    roomState: null,
  })
}
