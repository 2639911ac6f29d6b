import { expect, it, onTestFinished, vi } from 'vitest'
import { WebhookCourier } from '../../src/sandbox/webhook-courier.ts'
import { until } from '../util/client.ts'
import { openReceiver } from './receiver.ts'

const BURST = 50
const patience = { attempts: 10, delayMs: 60_000, timeoutMs: 5_000, isWorthAnother: () => true }

it('a burst of webhooks that all wait for another attempt warns of nothing, and is given up at once', async () => {
  const warnings = vi.fn()
  process.on('warning', warnings)
  onTestFinished(() => void process.off('warning', warnings))
  const receiver = await openReceiver(503)
  const courier = new WebhookCourier()
  const last: Promise<number | null>[] = []
  courier.conduct((webhook) => void last.push(webhook.deliver()))
  for (let n = 0; n < BURST; n += 1) courier.dispatch({ url: receiver.hook, body: { n } }, patience)
  await until(() => receiver.calls.filter(({ status }) => status === 503).length === BURST)
  // Each has heard of its refusal when the one that is sent now has been answered.
  const after = new WebhookCourier()
  after.conduct((webhook) => void last.push(webhook.deliver()))
  after.dispatch({ url: receiver.hook, body: {} }, { ...patience, attempts: 1 })
  await last.at(-1)
  courier.close()
  expect(await Promise.all(last)).toEqual(Array.from({ length: BURST + 1 }, () => 503))
  expect(receiver.calls).toHaveLength(BURST + 1)
  expect(warnings).not.toHaveBeenCalled()
})

it('one that is closed sends nothing', async () => {
  const receiver = await openReceiver()
  const courier = new WebhookCourier()
  const held: (() => Promise<number | null>)[] = []
  courier.conduct(({ deliver }) => void held.push(deliver))
  courier.dispatch({ url: receiver.hook, body: {} }, patience)
  courier.close()
  expect(await held[0]?.()).toBeNull()
  expect(receiver.calls).toEqual([])
})
