import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { SharedQueries } from '../../../../src/server/graphql/shared-queries.ts'
import { type GatewayWithRoom, openGatewayWithRoom } from '../../../support/gateway-with-room.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import { asVisitor } from '../../../support/test-gateway.ts'

const READ =
  'query ($id: ID!) { room(id: $id) { messages(last: 3) { nodes { text } } } viewer { role name } }'
const SEND =
  'mutation ($id: ID!, $text: String!) { sendMessage(input: { roomId: $id, text: $text }) { __typename } }'
const HISTORY = '/api/v1/livechat/messages.history/:rid'

describe('overlapping equal queries', () => {
  it('of one caller are executed once', async () => {
    const { gateway, read, hold, executions } = await openPrimedGateway()
    const release = hold()
    const before = executions()
    const results = [read(), read(), read()]
    await waitUntil(() => requestsOf(gateway) === 1)
    release()
    const texts = await Promise.all(results)
    expect(new Set(texts).size).toBe(1)
    expect(executions() - before).toBe(1)
  })

  it('of callers, addresses or variables that differ are executed each on its own', async () => {
    const { gateway, read, hold, executions } = await openPrimedGateway()
    const other = 'other-token-4711'
    gateway.rocketChat.workspace.createVisitor({ token: other })
    const release = hold(10)
    const before = executions()
    const results = [
      read(),
      read({ headers: asVisitor(other) }),
      read({ headers: { ...asVisitor(gateway.token), 'x-forwarded-for': '192.0.2.7' } }),
      read({ id: 'another' }),
      read({ headers: {} }),
    ]
    await waitUntil(() => executions() - before === 5)
    release()
    const texts = await Promise.all(results)
    expect(texts[0]).toContain('first')
    for (const text of [texts[1], texts[3], texts[4]]) expect(text).not.toContain('first')
    expect(texts[2]).toBe(texts[0])
  })

  it('do not join one that began before a mutation ended', async () => {
    const { gateway, read, hold, post } = await openPrimedGateway()
    const release = hold(1)
    const old = read()
    await waitUntil(() => requestsOf(gateway) === 1)
    const sent = await post({ query: SEND, variables: { id: gateway.roomId, text: 'second' } })
    expect(sent).toContain('SendMessagePayload')
    expect(await read()).toContain('second')
    release()
    expect(await old).not.toContain('second')
  })

  it('are aborted when the last client leaves, not before', async () => {
    const { gateway, read, hold } = await openPrimedGateway()
    const release = hold()
    onTestFinished(release)
    const clients = [new AbortController(), new AbortController()]
    const results = clients.map(({ signal }) => expect(read({ signal })).rejects.toThrow('aborted'))
    await waitUntil(() => requestsOf(gateway) === 1)
    clients[0]?.abort()
    await results[0]
    const next = new AbortController()
    const third = expect(read({ signal: next.signal })).rejects.toThrow('aborted')
    clients[1]?.abort()
    await results[1]
    expect(gateway.rocketChat.calls.map(({ aborted }) => aborted)).toEqual([false])
    next.abort()
    await third
    await waitUntil(() => gateway.rocketChat.calls[0]?.aborted === true)
  })
})

interface ReadOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly id?: string
  readonly signal?: AbortSignal
}

/** A gateway that serves the query directly, with a room that contains one message. */
async function openPrimedGateway() {
  const executions = countExecutions()
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
  return { gateway, post, read, hold: (times?: number) => holdHistory(gateway, times), executions }
}

/** Counts the queries that the direct path executes. */
function countExecutions(): () => number {
  let count = 0
  const { run } = SharedQueries.prototype
  const spy = vi.spyOn(SharedQueries.prototype, 'run')
  spy.mockImplementation(function (this: SharedQueries<unknown>, key, signal, execute) {
    return run.call(this, key, signal, (execution) => {
      count += 1
      return execute(execution)
    })
  })
  onTestFinished(() => spy.mockRestore())
  return () => count
}

/** Holds the responses with messages until the returned function is called. */
function holdHistory({ rocketChat }: GatewayWithRoom, times = 1): () => void {
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'hold', until, route: HISTORY, times })
  return release
}

function requestsOf({ rocketChat }: GatewayWithRoom): number {
  return rocketChat.calls.length
}
