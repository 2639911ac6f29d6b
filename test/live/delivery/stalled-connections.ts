import { once } from 'node:events'
import { request } from 'node:http'
import { onTestFinished } from 'vitest'
import type { LiveEventsSubscription } from '../../generated/graphql.ts'
import type { OperationResult } from '../../support/graphql-client.ts'
import { asVisitor } from '../../support/test-gateway.ts'
import { Events } from '../documents.ts'
import { type RocketChatRoom, VISITOR_TOKEN } from '../rocketchat-room.ts'
import { openVisitorSocket } from '../subscription-socket.ts'
import { readSse } from '../transports.ts'

type EventResults = readonly OperationResult<LiveEventsSubscription>[]

/** A subscriber to `roomEvents` that has stopped reading from its connection. */
export interface StalledConnection {
  /** Reads again; gives everything until the gateway ends the stream. */
  resume(): Promise<EventResults>
}

export const stalledTransports = [
  { name: 'WebSocket', subscribe: stallSocket },
  { name: 'SSE', subscribe: stallSse },
]

async function stallSocket({ url, room }: RocketChatRoom): Promise<StalledConnection> {
  const socket = await openVisitorSocket(url, VISITOR_TOKEN)
  const payload = { query: Events.toString(), variables: { room } }
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
  socket.pause()
  return {
    resume: () =>
      new Promise((resolve) => {
        const results: OperationResult<LiveEventsSubscription>[] = []
        socket.on('message', (data) => {
          const message = JSON.parse(String(data)) as { type: string; payload: (typeof results)[number] }
          if (message.type === 'next') results.push(message.payload)
          if (message.type === 'complete') resolve(results)
        })
        socket.resume()
      }),
  }
}

async function stallSse({ url, room }: RocketChatRoom): Promise<StalledConnection> {
  const headers = {
    'content-type': 'application/json',
    accept: 'text/event-stream',
    ...asVisitor(VISITOR_TOKEN),
  }
  const sse = request(url, { method: 'POST', headers })
  onTestFinished(() => void sse.destroy())
  sse.end(JSON.stringify({ query: Events.toString(), variables: { room } }))
  // The response is never read, so it stays paused.
  const [response] = await once(sse, 'response')
  return {
    async resume() {
      const results: OperationResult<LiveEventsSubscription>[] = []
      for await (const result of readSse<LiveEventsSubscription>(response)) results.push(result)
      return results
    },
  }
}
