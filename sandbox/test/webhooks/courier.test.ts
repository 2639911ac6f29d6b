import { expect, it, onTestFinished, vi } from 'vitest'
import { waitUntil } from '../../../test/support/graphql-client.ts'
import { WebhookDelivery } from '../../webhook-delivery.ts'
import { openWebhookReceiver } from './receiver.ts'

const BURST = 50
const patience = { attempts: 10, delayMs: 60_000, timeoutMs: 5_000, isRetryable: () => true }

it('a burst of webhooks that all wait for another attempt warns of nothing, and is given up at once', async () => {
  const warnings = vi.fn()
  process.on('warning', warnings)
  onTestFinished(() => void process.off('warning', warnings))
  const receiver = await openWebhookReceiver(503)
  const courier = new WebhookDelivery()
  const last: Promise<number | null>[] = []
  courier.intercept((webhook) => void last.push(webhook.deliver()))
  for (let n = 0; n < BURST; n += 1) courier.dispatch({ url: receiver.webhookUrl, body: { n } }, patience)
  await waitUntil(() => receiver.calls.filter(({ status }) => status === 503).length === BURST)
  courier.close()
  // Null for each that was closed before it had read its response.
  for (const status of await Promise.all(last)) expect([503, null]).toContain(status)
  expect(receiver.calls).toHaveLength(BURST)
  expect(warnings).not.toHaveBeenCalled()
})

it('one that is closed sends nothing', async () => {
  const receiver = await openWebhookReceiver()
  const courier = new WebhookDelivery()
  const held: (() => Promise<number | null>)[] = []
  courier.intercept(({ deliver }) => void held.push(deliver))
  courier.dispatch({ url: receiver.webhookUrl, body: {} }, patience)
  courier.close()
  expect(await held[0]?.()).toBeNull()
  expect(receiver.calls).toEqual([])
})
