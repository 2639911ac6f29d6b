import { afterEach, describe, expect, it, vi } from 'vitest'
import { apiFaults } from '../../sandbox/livechat/index.ts'
import { graphql } from '../generated/index.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor, type TestGatewayOptions } from '../support/test-gateway.ts'
import { countRequests, openTwoTeams } from './agent/two-teams.ts'

const Statistics = graphql(`query Statistics($from: DateTime, $to: DateTime, $providers: [String!]) {
  statistics(from: $from, to: $to, providers: $providers) {
    provider { name } department { name }
    open queued onHold closed longestWaitMs medianWaitMs medianFirstResponseMs agentsAccepting
    offlineMessagesWaiting
  }
}`)

/** The same without names of departments, which cost a call per minute. */
const Numbers = graphql(`query StatisticsNumbers($from: DateTime) {
  statistics(from: $from) { open queued onHold closed medianFirstResponseMs agentsAccepting }
}`)

afterEach(() => void vi.useRealTimers())

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Two teams whose providers are an hour behind, by a clock that tests advance. */
async function openShift(options: TestGatewayOptions = {}) {
  let nowMs = Date.now() - HOUR_MS
  const startMs = nowMs
  const now = () => nowMs
  const teams = await openTwoTeams({ rocketChat: { now }, liveChat: { now }, ...options })
  const { workspace } = teams.rocketChat
  const advance = (ms: number) => {
    nowMs += ms
  }
  const open = (agentId: string | null, departmentId?: string) => {
    const { token } = workspace.createVisitor({})
    return workspace.openRoom({ token, agentId, ...(departmentId && { departmentId }) })._id
  }
  return { ...teams, workspace, advance, open, startMs }
}

type Shift = Awaited<ReturnType<typeof openShift>>

async function read({ url }: Shift, variables: { from?: string; to?: string; providers?: string[] } = {}) {
  const { statistics } = await fetchData(url, Statistics, variables, asOperator)
  const entry = (provider: string, department: string | null) =>
    statistics.find(
      (each) => each.provider.name === provider && (each.department?.name ?? null) === department,
    )
  return { statistics, entry }
}

describe('statistics of Rocket.Chat', () => {
  it('count rooms by state and department, and agents that accept', async () => {
    const shift = await openShift({ liveChat: null })
    const { workspace, open, ida, orders } = shift
    open(ida, orders)
    open(ida)
    workspace.holdRoom(open(ida, orders))
    open(null, orders)
    workspace.closeRoom(open(ida, orders))
    const { statistics, entry } = await read(shift)
    expect(statistics.map(({ department }) => department?.name ?? null)).toEqual([null, 'Orders'])
    expect(entry('rocketchat', null)).toMatchObject({
      open: 2,
      queued: 1,
      onHold: 1,
      closed: 1,
      agentsAccepting: 1,
      offlineMessagesWaiting: 0,
    })
    expect(entry('rocketchat', 'Orders')).toMatchObject({
      open: 1,
      queued: 1,
      onHold: 1,
      closed: 1,
      agentsAccepting: 1,
      offlineMessagesWaiting: null,
    })
  })

  it.each(['4.x', '6.3', '7.13'] as const)('tell queued rooms from open ones of %s', async (profile) => {
    const shift = await openShift({ liveChat: null, rocketChat: { profile } })
    shift.open(shift.ida)
    shift.open(null)
    shift.open(null)
    expect((await read(shift)).entry('rocketchat', null)).toMatchObject({ open: 1, queued: 2, onHold: 0 })
  })

  it('have the waits of the queue, and the median first response, within the bounds', async () => {
    const shift = await openShift({ liveChat: null })
    const { workspace, open, advance, ida, startMs } = shift
    for (const answeredAfter of [1, 2, 9]) {
      const rid = open(ida)
      workspace.visitorSends(rid, 'Hello?')
      advance(answeredAfter * MINUTE_MS)
      workspace.agentSends(rid, 'Good day')
      workspace.closeRoom(rid)
    }
    open(null)
    advance(10 * MINUTE_MS)
    open(null)
    const all = (await read(shift)).entry('rocketchat', null)
    expect(all).toMatchObject({ closed: 3, medianFirstResponseMs: 2 * MINUTE_MS })
    expect(all?.longestWaitMs).toBeGreaterThanOrEqual(48 * MINUTE_MS)
    expect((all?.longestWaitMs ?? 0) - (all?.medianWaitMs ?? 0)).toBe(5 * MINUTE_MS)
    const from = new Date(startMs + 3 * MINUTE_MS).toISOString()
    const late = (await read(shift, { from })).entry('rocketchat', null)
    expect(late).toMatchObject({ closed: 2, medianFirstResponseMs: 5.5 * MINUTE_MS })
    const until = (await read(shift, { to: from })).entry('rocketchat', null)
    expect(until).toMatchObject({ closed: 1, medianFirstResponseMs: MINUTE_MS, longestWaitMs: null })
  })

  it('have totals of more rooms than are read, and no departments then', async () => {
    const shift = await openShift({ liveChat: null })
    for (let count = 0; count < 520; count += 1) shift.open(null, shift.orders)
    shift.open(shift.ida, shift.orders)
    const { entry } = await read(shift)
    expect(entry('rocketchat', null)).toMatchObject({ open: 1, queued: 520, medianWaitMs: null })
    expect(entry('rocketchat', null)?.longestWaitMs).toBeGreaterThanOrEqual(HOUR_MS)
    expect(entry('rocketchat', 'Orders')).toMatchObject({ open: 1, queued: null })
  })

  it('lack only the agents if the account may not list them', async () => {
    const shift = await openShift({ liveChat: null })
    for (const permission of ['transfer-livechat-guest', 'edit-omnichannel-contact'] as const)
      shift.workspace.setPermissionRoles(permission, [])
    shift.open(null)
    expect((await read(shift)).entry('rocketchat', null)).toMatchObject({ queued: 1, agentsAccepting: null })
  })

  it('count the offline messages that wait in the gateway', async () => {
    const shift = await openShift({ liveChat: null })
    shift.rocketChat.injectFault({
      kind: 'answer',
      status: 429,
      body: { success: false, error: 'too many [error-too-many-requests]' },
      route: '/api/v1/livechat/offline.message',
    })
    const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
    await fetchData(shift.url, LeaveMessage, { input }, asAnonymous)
    expect((await read(shift)).entry('rocketchat', null)?.offlineMessagesWaiting).toBe(1)
  })
})

const LeaveMessage = graphql(`mutation StatisticsLeaveMessage($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) { __typename }
}`)

describe('statistics of LiveChat', () => {
  it('count chats by state and group, and agents that accept', async () => {
    const shift = await openShift({ rocketChat: null })
    const { chats } = shift.liveChat
    chats.start({ groupId: 1 })
    const waiting = chats.start({ groupId: 2, offline: true })
    const thread = waiting.threads[0]
    if (thread) thread.queue = { position: 1, waitSeconds: 60, queuedAt: thread.createdAt }
    const answered = chats.start({ groupId: 3, say: 'Hello?' })
    shift.advance(2 * MINUTE_MS)
    chats.agentSends(answered.id, 'Good day')
    chats.close(answered.id)
    const { entry } = await read(shift)
    const whole = entry('livechat', null)
    expect(whole).toMatchObject({
      open: 1,
      queued: 1,
      onHold: null,
      closed: 1,
      medianFirstResponseMs: expect.any(Number),
      agentsAccepting: 3,
    })
    expect(whole?.medianFirstResponseMs).toBeGreaterThanOrEqual(2 * MINUTE_MS)
    expect(whole?.longestWaitMs).toBeGreaterThanOrEqual(HOUR_MS - 2 * MINUTE_MS)
    expect(whole?.medianWaitMs).toBeGreaterThanOrEqual(HOUR_MS - 2 * MINUTE_MS)
    expect(entry('livechat', 'Orders')).toMatchObject({ open: 0, queued: 1, closed: 0 })
    expect(entry('livechat', 'Billing')).toMatchObject({ open: 0, queued: 0, closed: 1, agentsAccepting: 1 })
  })

  it('count the threads that closed within the bounds, however long ago they began', async () => {
    const shift = await openShift({ rocketChat: null })
    const { chats } = shift.liveChat
    const chat = chats.start({ say: 'Hello?' })
    shift.advance(20 * MINUTE_MS)
    chats.close(chat.id)
    const at = (minutes: number) => new Date(shift.startMs + minutes * MINUTE_MS).toISOString()
    const closed = async (bounds: { from?: string; to?: string }) =>
      (await read(shift, bounds)).entry('livechat', null)?.closed
    expect(await closed({ from: at(10), to: at(30) })).toBe(1)
    expect(await closed({ to: at(10) })).toBe(0)
    expect(await closed({ from: at(30) })).toBe(0)
  })

  it('have no numbers of more chats than are read', async () => {
    const shift = await openShift({ rocketChat: null })
    for (let count = 0; count < 501; count += 1) shift.liveChat.chats.start()
    for (let count = 0; count < 301; count += 1) {
      const chat = shift.liveChat.chats.start({ say: 'Hello?' })
      shift.liveChat.chats.close(chat.id)
    }
    expect((await read(shift)).entry('livechat', null)).toMatchObject({
      open: null,
      queued: null,
      closed: null,
      longestWaitMs: null,
    })
  })
})

describe('calls that statistics cost', () => {
  it('five at Rocket.Chat and three at LiveChat, shared for some seconds', async () => {
    const shift = await openShift()
    shift.open(shift.ida, shift.orders)
    shift.liveChat.chats.start({ groupId: 1 })
    const both = () =>
      Promise.all([
        fetchData(shift.url, Numbers, {}, asOperator),
        fetchData(shift.url, Numbers, {}, asOperator),
      ])
    expect(await countRequests(shift, both)).toEqual({
      'livechat/rooms': 4,
      'livechat/users/agent': 1,
      'agent/action/list_chats': 1,
      'agent/action/list_archives': 1,
      'configuration/action/list_agents': 1,
    })
    expect(await countRequests(shift, both)).toEqual({})
    const bounded = { from: new Date(shift.startMs).toISOString() }
    const other = () => fetchData(shift.url, Numbers, bounded, asOperator)
    expect(await countRequests(shift, other)).toEqual({
      'livechat/rooms': 1,
      'agent/action/list_archives': 1,
    })
  })

  it('one call per list of closed rooms in thirty seconds, however often the same range is read', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    // lru-cache treats a start at 0 as absent.
    vi.advanceTimersByTime(1)
    const shift = await openShift()
    const variables = { from: new Date(shift.startMs).toISOString() }
    const readAfter = (ms: number) => {
      vi.advanceTimersByTime(ms)
      return countRequests(shift, () => fetchData(shift.url, Numbers, variables, asOperator))
    }
    const rest = {
      'livechat/users/agent': 1,
      'agent/action/list_chats': 1,
      'configuration/action/list_agents': 1,
    }
    const all = { ...rest, 'livechat/rooms': 4, 'agent/action/list_archives': 1 }
    expect(await readAfter(0)).toEqual(all)
    expect(await readAfter(20_000)).toEqual({ ...rest, 'livechat/rooms': 3 })
    expect(await readAfter(20_000)).toEqual(all)
  })

  it('at most five pages of a list, and three of the archives', async () => {
    const shift = await openShift()
    for (let count = 0; count < 620; count += 1) shift.open(null)
    for (let count = 0; count < 401; count += 1) {
      const chat = shift.liveChat.chats.start({ say: 'Hello?' })
      shift.liveChat.chats.close(chat.id)
    }
    for (let count = 0; count < 501; count += 1) shift.liveChat.chats.start()
    expect(await countRequests(shift, () => fetchData(shift.url, Numbers, {}, asOperator))).toEqual({
      'livechat/rooms': 5 + 3,
      'livechat/users/agent': 1,
      'agent/action/list_chats': 5,
      'agent/action/list_archives': 3,
      'configuration/action/list_agents': 1,
    })
  })
})

describe('failures', () => {
  it('of one provider cost only its own entries', async () => {
    const shift = await openShift()
    shift.liveChat.injectFault({
      ...apiFaults.serviceUnavailable,
      route: '/v3.6/agent/action/list_archives',
    })
    const { data, errors } = await sendOperation(shift.url, Statistics, {}, asOperator)
    expect(new Set(data?.statistics.map(({ provider }) => provider.name))).toEqual(new Set(['rocketchat']))
    expect(errors).toMatchObject([{ path: ['statistics'], extensions: { provider: 'livechat' } }])
  })

  it.each([
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'from'],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'from'],
    [{ providers: ['nobody'] }, 'providers'],
  ])('%j is INVALID_INPUT, and no call is made', async (variables, field) => {
    const shift = await openShift()
    const requests = await countRequests(shift, async () => {
      const { errors } = await sendOperation(shift.url, Statistics, variables, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }])
    })
    expect(requests).toEqual({})
  })

  it.each([
    ['a visitor', asVisitor('visitor'), 'FORBIDDEN'],
    ['anybody', asAnonymous, 'UNAUTHENTICATED'],
  ])('%s gets none, and no call is made', async (_who, headers, code) => {
    const shift = await openShift()
    const requests = await countRequests(shift, async () => {
      const { data, errors } = await sendOperation(shift.url, Statistics, {}, headers)
      expect(data).toBeNull()
      expect(errors).toMatchObject([{ extensions: { code } }])
    })
    expect(requests).toEqual({})
  })

  it('accounts without an agent’s credential say so', async () => {
    const shift = await openShift({ as: 'visitors' })
    const { data, errors } = await sendOperation(shift.url, Statistics, {}, asOperator)
    expect(data).toEqual({ statistics: [] })
    expect(errors).toMatchObject([
      { extensions: { code: 'UNSUPPORTED', provider: 'rocketchat' } },
      { extensions: { code: 'UNSUPPORTED', provider: 'livechat' } },
    ])
  })
})
