import { describe, expect, it } from 'vitest'
import { until } from '../util/client.ts'
import { asVisitor } from '../util/gateway.ts'
import { type Chat, openChat } from './chat.ts'
import { History, RoomById, Send } from './documents.ts'
import { HISTORY, ROOM, SEND, SILENCE } from './faults.ts'

/** Asks as Vera; what comes back is how to leave. */
function askAndLeave({ url, vera }: Chat, document: { toString(): string }, variables: object) {
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
    ['a room', ROOM, RoomById, ({ vera }: Chat) => ({ id: vera.roomId })],
    ['history', HISTORY, History, ({ vera }: Chat) => ({ id: vera.roomId })],
    ['a send', SEND, Send, ({ vera }: Chat) => ({ input: { roomId: vera.roomId, text: 'Hello' } })],
  ] as const)('takes its call for %s back from the server', async (_name, route, document, variables) => {
    const chat = await openChat()
    chat.rocketChat.fail({ ...SILENCE, route })
    const leave = askAndLeave(chat, document, variables(chat))
    const waiting = () => chat.rocketChat.calls.filter((call) => call.route === route)
    await until(() => waiting().length === 1)
    expect(waiting()).toMatchObject([{ aborted: false }])
    await leave()
    await until(() => waiting()[0]?.aborted === true)
    expect(waiting()).toHaveLength(1)
  })
})
