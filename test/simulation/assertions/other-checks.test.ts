import { describe, expect, it } from 'vitest'
import type { AccountConnection } from '../clients/account-subscriber.ts'
import type { History, HistoryEntry } from '../oracle/history.ts'
import { Ledger, type StoredMessage } from '../oracle/ledger.ts'
import { checkActivity, undeliveredRooms } from './check-activity.ts'
import { checkOfflineMessages, type OfflineRecord, undeliveredMessages } from './check-offline.ts'
import { checkRateLimit, checkSendPriority } from './check-rate-limit.ts'
import { checkRevokedTokens } from './check-revoked-tokens.ts'

describe('a revoked token', () => {
  const commits = addedAt('early', 10).concat(addedAt('late', 30))
  const start: HistoryEntry = { at: 1, type: 'start', gateway: 1, page: null, since: 0, certainlyBefore: 1 }
  const check = (histories: readonly History[], visitorsOnly: readonly string[]) =>
    checkRevokedTokens({
      commits,
      histories,
      revocations: [{ room: 'room', at: 20 }],
      roomsOfVisitorsOnly: new Set(visitorsOnly),
    })

  it('may receive earlier messages late', () => {
    expect(check([historyOf('s', [start, added(25, 'early')])], ['room'])).toEqual([])
  })

  it('is detected when it receives later messages', () => {
    const delivered = [historyOf('s', [start, added(35, 'late')])]
    expect(check(delivered, ['room'])).toEqual(['s: received late with a revoked token'])
    // Where an operator subscribes to the room too, not every poll uses the token.
    expect(check(delivered, [])).toEqual([])
  })

  it('is detected when it receives more after a rejection at the same gateway', () => {
    const rejected = historyOf('r', [start, { at: 25, type: 'rejected' }])
    const delivered = [historyOf('s', [start, added(35, 'late')]), rejected]
    expect(check(delivered, [])).toEqual(['s: received late with a revoked token'])
    const elsewhere = { ...start, gateway: 2 }
    expect(check([historyOf('s', [elsewhere, added(35, 'late')]), rejected], [])).toEqual([])
  })
})

describe('a subscriber of room activity', () => {
  const actions = [10, 20].map((at) => ({ at, room: 'room', changes: 1 }))
  const check = (...delivered: AccountConnection['delivered']) =>
    checkActivity([{ name: 'd', connections: [connection(delivered)] }], actions, {
      hadFaults: false,
      isStoreShared: false,
    })

  it('receives each change at most once', () => {
    expect(check({ at: 11, item: 'room' }, { at: 21, item: 'room' })).toEqual([])
    expect(check({ at: 11, item: 'room' }, { at: 12, item: 'room' })).toEqual([
      'd: received room again after 1 times, with 1 changes',
    ])
  })

  it('is detected when it receives a room without a change', () => {
    expect(check({ at: 11, item: 'quiet' })).toHaveLength(1)
    expect(check({ at: 3_000, item: 'room' }, { at: 6_000, item: 'room' })).toHaveLength(1)
  })

  it('must receive a room after its last message', () => {
    const first = { at: 5, item: 'other' }
    expect(undeliveredRooms(connection([first, { at: 25, item: 'room' }]), addedAt('m', 30))).toEqual([
      'room',
    ])
    expect(undeliveredRooms(connection([first, { at: 35, item: 'room' }]), addedAt('m', 30))).toEqual([])
  })
})

describe('a subscriber of offline messages', () => {
  const own: OfflineRecord = { text: 'own', at: 10, gateway: 1, acceptedAt: 12 }
  const other: OfflineRecord = { text: 'other', at: 10, gateway: 2, acceptedAt: 12 }
  const check = (from: number, ...delivered: AccountConnection['delivered']) =>
    checkOfflineMessages([{ name: 'o', connections: [{ ...connection(delivered), from }] }], [own, other], {
      hadFaults: false,
      areClocksClose: true,
      isStoreShared: false,
    })
  const undelivered = (by: AccountConnection, records: readonly OfflineRecord[], isListed: boolean) =>
    undeliveredMessages(by, records, { isListed: () => isListed, isStoreShared: false })

  it('receives each message once', () => {
    expect(check(1, { at: 11, item: 'own' })).toEqual([])
    expect(check(1, { at: 11, item: 'own' }, { at: 13, item: 'own' })).toEqual(['o: received "own" twice'])
    expect(check(1, { at: 11, item: 'mine' })).toEqual(['o: received "mine", which nobody sent'])
  })

  it('receives nothing that its gateway accepted before', () => {
    expect(check(13, { at: 14, item: 'own' })).toEqual([
      'o: received "own", which was sent before it subscribed',
    ])
  })

  it('must receive what its gateway accepts and what the provider lists', () => {
    const first = { text: 'first', at: 1, gateway: 1, acceptedAt: 2 }
    const listed = { text: 'listed', at: 1, gateway: null, acceptedAt: Number.POSITIVE_INFINITY }
    const records = [first, listed, own, other]
    const watching = connection([{ at: 5, item: 'first' }])
    expect(undelivered(watching, records, true)).toEqual(['own'])
    const looking = connection([
      { at: 5, item: 'first' },
      { at: 6, item: 'listed' },
    ])
    expect(undelivered(looking, records, false)).toEqual(['own'])
    expect(undelivered(looking, records, true)).toEqual(['own', 'other'])
    const options = { isListed: () => false, isStoreShared: true }
    expect(undeliveredMessages(watching, records, options)).toEqual(['own', 'other'])
  })
})

describe('calls to a provider with a rate limit', () => {
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

  it('may exceed the limit where no response announced it yet', () => {
    expect(checkRateLimit([call(429), call(200)], [])).toEqual([])
    expect(checkRateLimit([call(200), call(429)], [1])).toEqual([])
    expect(checkRateLimit([call(200, { aborted: true }), call(429)], [])).toEqual([])
    expect(checkRateLimit([call(429), call(429)], [])).toHaveLength(1)
    expect(checkRateLimit([call(200), call(429)], [])).toHaveLength(1)
  })

  it('are no more than one window allows before a message', () => {
    const sent = call(200, { method: 'POST', route: '/message', body: '{"msg":"hi"}' })
    const limit = { calls: 1, windowMs: 1 }
    const sends = [{ text: 'hi', callsBefore: 1, hadOnlyPolls: true }]
    expect(checkSendPriority([call(200), call(200), sent], sends, limit)).toEqual([])
    expect(checkSendPriority([call(200), call(200), call(200), sent], sends, limit)).toHaveLength(1)
  })
})

function connection(delivered: AccountConnection['delivered']): AccountConnection {
  return { gateway: 1, from: 1, until: Number.POSITIVE_INFINITY, delivered }
}

function historyOf(name: string, entries: readonly HistoryEntry[]): History {
  return { name, room: 'room', view: 'EVERYONE', stream: 'roomEvents', entries }
}

function added(at: number, id: string): HistoryEntry {
  const event = { type: 'added', id, text: id, kind: 'TEXT', visibility: 'EVERYONE' } as const
  return { at, type: 'event', event, room: 'room', cursor: null }
}

function addedAt(id: string, at: number) {
  const micros = at * 1000
  const message: StoredMessage = {
    id,
    micros,
    text: id,
    isDeleted: false,
    visibility: 'EVERYONE',
    changedMicros: micros,
  }
  const ledger = new Ledger()
  ledger.observe('room', [message], at)
  return ledger.commits
}
