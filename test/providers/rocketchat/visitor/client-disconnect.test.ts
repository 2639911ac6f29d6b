import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../../support/graphql-client.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { HISTORY, NO_RESPONSE, ROOM, SEND } from '../support/faults.ts'
import { History, RoomById, Send } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

/** Asks as Vera; what comes back is how to leave. */
function askAndLeave({ url, vera }: VisitorGateway, document: { toString(): string }, variables: object) {
  const leaving = new AbortController()
  const asking = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asVisitor(vera.token) },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: leaving.signal,
  })
  return async () => {
    leaving.abort()
    await expect(asking).rejects.toThrow()
  }
}

describe('a client that leaves', () => {
  it.each([
    ['a room', ROOM, RoomById, ({ vera }: VisitorGateway) => ({ id: vera.roomId })],
    ['history', HISTORY, History, ({ vera }: VisitorGateway) => ({ id: vera.roomId })],
    ['a send', SEND, Send, ({ vera }: VisitorGateway) => ({ input: { roomId: vera.roomId, text: 'Hello' } })],
  ] as const)('takes its call for %s back from the server', async (_name, route, document, variables) => {
    const chat = await openVisitorGateway()
    chat.rocketChat.injectFault({ ...NO_RESPONSE, route })
    const leave = askAndLeave(chat, document, variables(chat))
    const waiting = () => chat.rocketChat.calls.filter((call) => call.route === route)
    await waitUntil(() => waiting().length === 1)
    expect(waiting()).toMatchObject([{ aborted: false }])
    await leave()
    await waitUntil(() => waiting()[0]?.aborted === true)
    expect(waiting()).toHaveLength(1)
  })
})
