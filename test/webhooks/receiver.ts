import { onTestFinished } from 'vitest'
import { startWireServer, type WireServer } from '../../src/sandbox/wire-server.ts'
import { until } from '../util/client.ts'

/** Whoever receives a sandbox's webhooks. */
export interface Receiver extends WireServer {
  /** Where to send them. */
  readonly hook: string
  /** What has come so far, parsed, in order. */
  bodies(): readonly Hook[]
  /** Waits until so many have come; gives them. */
  come(count: number): Promise<readonly Hook[]>
}

/** A body as tests look at it. */
export type Hook = Readonly<Record<string, unknown>>

/** Opens one that answers every webhook with `status`; closed when the test is over. */
export async function openReceiver(status = 200): Promise<Receiver> {
  const answer = () => ({ status, body: 'ok' })
  const server = await startWireServer({
    routes: [{ method: 'POST', path: '/hook', handle: answer }],
    notFound: () => ({ status: 404, body: 'none' }),
  })
  onTestFinished(() => server.close())
  const bodies = () => server.calls.map(({ body }) => JSON.parse(body) as Hook)
  return {
    ...server,
    hook: `${server.url}/hook`,
    bodies,
    async come(count) {
      await until(() => server.calls.length >= count)
      return bodies()
    },
  }
}
