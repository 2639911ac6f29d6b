import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { openWebhookGateway } from '../webhooks/webhook-gateway.ts'

const MAX_BODY_MS = 30_000

afterEach(() => void vi.useRealTimers())

it.each(['/graphql', '/webhooks/rocketchat', '/webhooks/livechat'])(
  'a body that %s receives too slowly is cut after thirty seconds, and nothing is logged',
  async (path) => {
    const { url, lines, close } = await openWebhookGateway()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const startTimer = vi.spyOn(globalThis, 'setTimeout')
    onTestFinished(() => startTimer.mockRestore())
    const { hostname, port } = new URL(url)
    const client = connect(Number(port), hostname)
    const closed = once(client.resume(), 'close')
    client.write(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    )
    while (!startTimer.mock.calls.some(([, ms]) => ms === MAX_BODY_MS)) await nextTurn()
    vi.advanceTimersByTime(MAX_BODY_MS - 1)
    client.write('"')
    await nextTurn()
    expect(client.closed).toBe(false)
    vi.advanceTimersByTime(1)
    await closed
    vi.useRealTimers()
    await close()
    expect(lines.filter((line) => line.includes('unexpected error'))).toEqual([])
  },
)
