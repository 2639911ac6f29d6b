import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import { openWebhookGateway } from '../webhooks/webhook-gateway.ts'

const MAX_BODY_MS = 30_000

/**
 * Collects what timers of this many milliseconds call. All timers stay real: HTTP clients of other tests would keep a fake one
 * for ever.
 */
function collectTimers(ofMs: number): readonly (() => void)[] {
  const callbacks: (() => void)[] = []
  const { setTimeout: start } = globalThis
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation((callback, ms, ...args) => {
    if (ms === ofMs) callbacks.push(() => callback(...args))
    return start(callback, ms, ...args)
  })
  onTestFinished(() => spy.mockRestore())
  return callbacks
}

it.each(['/graphql', '/webhooks/rocketchat', '/webhooks/livechat'])(
  'a body that %s receives too slowly is cut after thirty seconds, and nothing is logged',
  async (path) => {
    const { url, lines, close } = await openWebhookGateway()
    const timers = collectTimers(MAX_BODY_MS)
    const { hostname, port } = new URL(url)
    const client = connect(Number(port), hostname)
    const closed = once(client.resume(), 'close')
    client.write(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    )
    await waitUntil(() => timers.length === 1)
    expect(client.closed).toBe(false)
    timers[0]?.()
    await closed
    await close()
    expect(lines.filter((line) => line.includes('unexpected error'))).toEqual([])
  },
)
