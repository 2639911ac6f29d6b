import { describe, expect, it } from 'vitest'
import type { AccountConnection } from '../clients/account-subscriber.ts'
import type { History, HistoryEntry } from '../oracle/history.ts'
import { Ledger, type StoredMessage } from '../oracle/ledger.ts'
import { checkActivity, undeliveredRooms } from './check-activity.ts'
import { checkOfflineMessages, type OfflineRecord, undeliveredMessages } from './check-offline.ts'
import { checkRateLimit, checkSendPriority } from './check-rate-limit.ts'
import { checkRevokedTokens } from './check-revoked-tokens.ts'

describe('a revoked token', () => {
  const commits = said('early', 10).concat(said('late', 30))
  const start: HistoryEntry = { at: 1, what: 'start', gateway: 1, page: null, since: 0, surelyBefore: 1 }
  const judge = (histories: readonly History[], exclusive: readonly string[]) =>
    checkRevokedTokens({
      commits,
      histories,
      revocations: [{ room: 'room', at: 20 }],
      roomsOfVisitorsOnly: new Set(exclusive),
    })

  it('may be told late of what was said before', () => {
    expect(judge([visitor('s', [start, added(25, 'early')])], ['room'])).toEqual([])
  })

  it('is found out to be told of what was said since', () => {
    const told = [visitor('s', [start, added(35, 'late')])]
    expect(judge(told, ['room'])).toEqual(['s: was told of late with a token that is revoked'])
    // Where an operator has the room read too, the token is not shown to the provider with each look.
    expect(judge(told, [])).toEqual([])
  })

  it('is found out to be told of more when it was refused beside', () => {
    const refused = visitor('r', [start, { at: 25, what: 'refused' }])
    const told = [visitor('s', [start, added(35, 'late')]), refused]
    expect(judge(told, [])).toEqual(['s: was told of late with a token that is revoked'])
    const elsewhere = { ...start, gateway: 2 }
    expect(judge([visitor('s', [elsewhere, added(35, 'late')]), refused], [])).toEqual([])
  })
})

describe('a dashboard', () => {
  const deeds = [10, 20].map((at) => ({ at, room: 'room', changes: 1 }))
  const judge = (...told: AccountConnection['delivered']) =>
    checkActivity([{ name: 'd', connections: [sight(told)] }], deeds, false)

  it('is told of each thing at most once', () => {
    expect(judge({ at: 11, what: 'room' }, { at: 21, what: 'room' })).toEqual([])
    expect(judge({ at: 11, what: 'room' }, { at: 12, what: 'room' })).toEqual([
      'd: was told of room once more after 1 times, with 1 things happened',
    ])
  })

  it('is found out to be told of a room in which nothing happened', () => {
    expect(judge({ at: 11, what: 'quiet' })).toHaveLength(1)
    expect(judge({ at: 3_000, what: 'room' }, { at: 6_000, what: 'room' })).toHaveLength(1)
  })

  it('is to be told after the last thing in a room', () => {
    const begun = { at: 5, what: 'other' }
    expect(undeliveredRooms(sight([begun, { at: 25, what: 'room' }]), said('m', 30))).toEqual(['room'])
    expect(undeliveredRooms(sight([begun, { at: 35, what: 'room' }]), said('m', 30))).toEqual([])
  })
})

describe('a watcher of offline messages', () => {
  const own: OfflineRecord = { text: 'own', at: 10, gateway: 1, acceptedAt: 12 }
  const other: OfflineRecord = { text: 'other', at: 10, gateway: 2, acceptedAt: 12 }
  const judge = (from: number, ...told: AccountConnection['delivered']) =>
    checkOfflineMessages([{ name: 'o', connections: [{ ...sight(told), from }] }], [own, other], {
      hadFaults: false,
      areClocksClose: true,
    })

  it('is told once of what was left', () => {
    expect(judge(1, { at: 11, what: 'own' })).toEqual([])
    expect(judge(1, { at: 11, what: 'own' }, { at: 13, what: 'own' })).toEqual(['o: was told twice of "own"'])
    expect(judge(1, { at: 11, what: 'mine' })).toEqual(['o: was told of "mine", which nobody left'])
  })

  it('is not told of what its gateway had accepted before', () => {
    expect(judge(13, { at: 14, what: 'own' })).toEqual(['o: was told of "own", which was there before'])
  })

  it('is to be told of what its gateway accepts and of what the provider lists', () => {
    const first = { text: 'first', at: 1, gateway: 1, acceptedAt: 2 }
    const listed = { text: 'listed', at: 1, gateway: null, acceptedAt: Number.POSITIVE_INFINITY }
    const left = [first, listed, own, other]
    const watching = sight([{ at: 5, what: 'first' }])
    expect(undeliveredMessages(watching, left, () => true)).toEqual(['own'])
    const looking = sight([
      { at: 5, what: 'first' },
      { at: 6, what: 'listed' },
    ])
    expect(undeliveredMessages(looking, left, () => false)).toEqual(['own'])
    expect(undeliveredMessages(looking, left, () => true)).toEqual(['own', 'other'])
  })
})

describe('the calls to a provider that limits them', () => {
  const call = (status: number | null, more = {}) => ({
    method: 'GET',
    route: '/messages.history',
    path: '',
    rawQuery: '',
    headers: {},
    body: '',
    status,
    aborted: false,
    ...more,
  })

  it('may meet the limit where nothing told of it yet', () => {
    expect(checkRateLimit([call(429), call(200)], [])).toEqual([])
    expect(checkRateLimit([call(200), call(429)], [1])).toEqual([])
    expect(checkRateLimit([call(200, { aborted: true }), call(429)], [])).toEqual([])
    expect(checkRateLimit([call(429), call(429)], [])).toHaveLength(1)
    expect(checkRateLimit([call(200), call(429)], [])).toHaveLength(1)
  })

  it('are no more than a window takes before a message', () => {
    const sent = call(200, { method: 'POST', route: '/message', body: '{"msg":"hi"}' })
    const limit = { calls: 1, windowMs: 1 }
    const sendings = [{ text: 'hi', callsBefore: 1, hadOnlyPolls: true }]
    expect(checkSendPriority([call(200), call(200), sent], sendings, limit)).toEqual([])
    expect(checkSendPriority([call(200), call(200), call(200), sent], sendings, limit)).toHaveLength(1)
  })
})

function sight(told: AccountConnection['delivered']): AccountConnection {
  return { gateway: 1, from: 1, until: Number.POSITIVE_INFINITY, delivered: told }
}

function visitor(name: string, heard: readonly HistoryEntry[]): History {
  return { name, room: 'room', view: 'EVERYONE', stream: 'roomEvents', entries: heard }
}

function added(at: number, id: string): HistoryEntry {
  const told = { type: 'added', id, text: id, kind: 'TEXT', visibility: 'EVERYONE' } as const
  return { at, what: 'event', told, room: 'room', cursor: null }
}

function said(id: string, at: number) {
  const micros = at * 1000
  const message: StoredMessage = {
    id,
    micros,
    text: id,
    isDeleted: false,
    visibility: 'EVERYONE',
    changedMicros: micros,
  }
  const truth = new Ledger()
  truth.observe('room', [message], at)
  return truth.commits
}
