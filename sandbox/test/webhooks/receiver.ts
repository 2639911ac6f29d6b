import { onTestFinished } from 'vitest'
import { waitUntil } from '../../../test/support/graphql-client.ts'
import { startWireServer, type WireServer } from '../../wire-server.ts'

/** Whoever receives a sandbox's webhooks. */
export interface WebhookReceiver extends WireServer {
  /** Where to send them. */
  readonly webhookUrl: string
  /** What has come so far, parsed, in order. */
  bodies(): readonly WebhookBody[]
  /** Waits until so many have come; gives them. */
  waitForCount(count: number): Promise<readonly WebhookBody[]>
}

/** A body as tests look at it. */
export type WebhookBody = Readonly<Record<string, unknown>>

/** Opens one that answers every webhook with `status`; closed when the test is over. */
export async function openWebhookReceiver(status = 200): Promise<WebhookReceiver> {
  const answer = () => ({ status, body: 'ok' })
  const server = await startWireServer({
    routes: [{ method: 'POST', path: '/hook', handle: answer }],
    notFound: () => ({ status: 404, body: 'none' }),
  })
  onTestFinished(() => server.close())
  const bodies = () => server.calls.map(({ body }) => JSON.parse(body) as WebhookBody)
  return {
    ...server,
    webhookUrl: `${server.url}/hook`,
    bodies,
    async waitForCount(count) {
      await waitUntil(() => server.calls.length >= count)
      return bodies()
    },
  }
}
