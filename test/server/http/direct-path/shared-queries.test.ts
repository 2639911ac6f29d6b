import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { SharedQueries } from '../../../../src/server/graphql/direct/shared-queries.ts'
import { type GatewayWithRoom, openGatewayWithRoom } from '../../../support/gateway-with-room.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import { type HoldTarget, holdResponses } from '../../../support/hold-responses.ts'
import { post } from '../../../support/http.ts'
import { asOperator, asVisitor } from '../../../support/test-gateway.ts'

const READ =
  'query ($id: ID!) { room(id: $id) { messages(last: 3) { nodes { text } } } viewer { role name } }'
const SEND =
  'mutation ($id: ID!, $text: String!) { sendMessage(input: { roomId: $id, text: $text }) { __typename } }'
const HISTORY = '/api/v1/livechat/messages.history/:rid'

describe('overlapping equal queries', () => {
  it('of one caller are executed once', async () => {
    const { read, hold, counts } = await openPrimedGateway()
    const release = hold()
    const results = [read(), read(), read()]
    await waitUntil(() => counts.queries === 3)
    release()
    const texts = await Promise.all(results)
    expect(new Set(texts).size).toBe(1)
    expect(counts.executions).toBe(1)
  })

  it('of callers, addresses or variables that differ are executed each on its own', async () => {
    const { gateway, read, hold, counts } = await openPrimedGateway()
    const other = 'other-token-4711'
    gateway.rocketChat.workspace.createVisitor({ token: other })
    const release = hold()
    const results = [
      read(),
      read({ headers: asVisitor(other) }),
      read({ headers: { ...asVisitor(gateway.token), 'x-forwarded-for': '192.0.2.7' } }),
      read({ id: 'another' }),
      read({ headers: {} }),
    ]
    await waitUntil(() => counts.queries === 5)
    release()
    const texts = await Promise.all(results)
    expect(texts[0]).toContain('first')
    expect(counts.executions).toBe(5)
    for (const text of [texts[1], texts[3], texts[4]]) expect(text).not.toContain('first')
    expect(texts[2]).toBe(texts[0])
  })

  it('do not join one that began before a mutation ended', async () => {
    const { gateway, read, hold, post } = await openPrimedGateway()
    const release = hold({ route: HISTORY, times: 1 })
    const old = read()
    await waitUntil(() => requestsOf(gateway) === 1)
    const sent = await post({ query: SEND, variables: { id: gateway.roomId, text: 'second' } })
    expect(sent).toContain('SendMessagePayload')
    expect(await read()).toContain('second')
    release()
    expect(await old).not.toContain('second')
  })

  it('do not join one that has read stored offline messages', async () => {
    const gateway = await openGatewayWithRoom({
      as: 'agents',
      liveChat: null,
      config: { upstreamTimeoutMs: 60_000 },
    })
    const query = '{ offlineMessages(first: 1) { totalCount } rooms(first: 1) { nodes { id } } }'
    const read = async () => (await post(gateway.url, { query }, asOperator)).text
    for (let time = 1; time <= 3; time += 1) await read()
    const counts = countQueries()
    const release = holdResponses(gateway.rocketChat)
    const results = [read(), read()]
    await waitUntil(() => counts.queries === 2)
    release()
    expect(await Promise.all(results)).toEqual([
      expect.stringContaining('"totalCount"'),
      expect.stringContaining('"totalCount"'),
    ])
    expect(counts.executions).toBe(2)
  })

  it('are aborted when the last client leaves, not before', async () => {
    const { gateway, read, hold, counts } = await openPrimedGateway()
    onTestFinished(hold())
    const clients = [new AbortController(), new AbortController()]
    const results = clients.map(({ signal }) => expect(read({ signal })).rejects.toThrow('aborted'))
    await waitUntil(() => counts.queries === 2)
    clients[0]?.abort()
    await results[0]
    const next = new AbortController()
    const third = expect(read({ signal: next.signal })).rejects.toThrow('aborted')
    await waitUntil(() => counts.queries === 3)
    clients[1]?.abort()
    await results[1]
    expect(gateway.rocketChat.calls.some(({ aborted }) => aborted)).toBe(false)
    next.abort()
    await third
    await waitUntil(() => gateway.rocketChat.calls.every(({ aborted }) => aborted === true))
  })
})

interface ReadOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly id?: string
  readonly signal?: AbortSignal
}

/** A gateway that serves the query directly, with a room that contains one message. */
async function openPrimedGateway() {
  const gateway = await openGatewayWithRoom({
    config: { upstreamTimeoutMs: 60_000, trustedProxies: ['127.0.0.1'] },
  })
  gateway.sendMessage('first')
  const post = async (body: unknown, { headers = asVisitor(gateway.token), signal }: ReadOptions = {}) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: signal ?? null,
    })
    return response.text()
  }
  const read = (options: ReadOptions = {}) =>
    post({ query: READ, variables: { id: options.id ?? gateway.roomId } }, options)
  for (let time = 1; time <= 3; time += 1) await read()
  const hold = (target: HoldTarget = {}) => {
    gateway.rocketChat.clearCalls()
    return holdResponses(gateway.rocketChat, target)
  }
  return { gateway, post, read, hold, counts: countQueries() }
}

/** Counts the queries on the direct path from now on, and their executions. */
function countQueries(): { readonly queries: number; readonly executions: number } {
  const counts = { queries: 0, executions: 0 }
  const { run } = SharedQueries.prototype
  const spy = vi.spyOn(SharedQueries.prototype, 'run')
  spy.mockImplementation(function (this: SharedQueries<unknown>, key, signal, execute) {
    counts.queries += 1
    return run.call(this, key, signal, (execution) => {
      counts.executions += 1
      return execute(execution)
    })
  })
  onTestFinished(() => spy.mockRestore())
  return counts
}

function requestsOf({ rocketChat }: GatewayWithRoom): number {
  return rocketChat.calls.length
}
