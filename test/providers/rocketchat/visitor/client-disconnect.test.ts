import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../../support/graphql-client.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { HISTORY, NO_RESPONSE, ROOM, SEND } from '../support/faults.ts'
import { History, RoomById, Send } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

/** Sends an operation as Vera. Returns a function that disconnects the client. */
function sendCancellable({ url, vera }: VisitorGateway, document: { toString(): string }, variables: object) {
  const abortController = new AbortController()
  const request = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asVisitor(vera.token) },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: abortController.signal,
  })
  return async () => {
    abortController.abort()
    await expect(request).rejects.toThrow()
  }
}

describe('a client that disconnects', () => {
  it.each([
    ['a room', ROOM, RoomById, ({ vera }: VisitorGateway) => ({ id: vera.roomId })],
    ['history', HISTORY, History, ({ vera }: VisitorGateway) => ({ id: vera.roomId })],
    ['a send', SEND, Send, ({ vera }: VisitorGateway) => ({ input: { roomId: vera.roomId, text: 'Hello' } })],
  ] as const)('cancels its upstream request for %s', async (_name, route, document, variables) => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({ ...NO_RESPONSE, route })
    const disconnect = sendCancellable(gateway, document, variables(gateway))
    const requestsInFlight = () => gateway.rocketChat.calls.filter((call) => call.route === route)
    await waitUntil(() => requestsInFlight().length === 1)
    expect(requestsInFlight()).toMatchObject([{ aborted: false }])
    await disconnect()
    await waitUntil(() => requestsInFlight()[0]?.aborted === true)
    expect(requestsInFlight()).toHaveLength(1)
  })
})
