import { expect, it, vi } from 'vitest'
import { message } from '../../live/message-builders.ts'
import { maskedFrame, openUnreadSocket } from '../../support/websocket-frames.ts'
import { Events, Messages, Statuses } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials } from './transport-server.ts'

const soon = () => Date.now() + 1_000
const LONG = 'x'.repeat(64 * 1024)

it('disconnects a client that keeps sending requests and reads no results', async () => {
  const server = await openTransportServer()
  const socket = await openUnreadSocket(server.url)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  socket.write(maskedFrame({ type: 'connection_init', payload: operatorCredentials }))
  socket.pause()
  const ping = maskedFrame({ type: 'ping', payload: { echo: LONG.repeat(8) } })
  const flood = setInterval(() => socket.write(ping), 1)
  await closed
  clearInterval(flood)
  expect(socket.destroyed).toBe(true)
})

it('buffers a bounded number of bytes for a socket that stops reading, and then ends its stream with a cursor', async () => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const [slow] = await openSubscribers(server, 1, operatorCredentials, Events.toString(), variables)
  const [quick] = await openSubscribers(server, 1, operatorCredentials, Events.toString(), variables)
  if (!slow || !quick) throw new Error('nobody listens')
  slow.socket.pause()
  let sent = 0
  while (server.hub.counts.subscribers === 2) {
    const texts = Array.from({ length: 20 }, (_, index) =>
      message(`m${sent + index}`, soon() + sent + index, { text: LONG }),
    )
    server.addMessages(...texts)
    expect(await nextPayloads(quick, 20)).toHaveLength(20)
    sent += 20
    expect(sent).toBeLessThan(2_000)
  }
  slow.socket.resume()
  const received: unknown[] = []
  for (let last = await slow.next(); last.type === 'next'; last = await slow.next())
    received.push(last.payload)
  expect(received.at(-1)).toMatchObject({
    data: { roomEvents: { __typename: 'GapEvent', reason: 'SLOW_CONSUMER', cursor: expect.any(String) } },
  })
  expect(received.length).toBeLessThan(sent)
})

it('emits no process warning when one event causes many upstream requests', async () => {
  const warnings = vi.fn()
  process.on('warning', warnings)
  const server = await openTransportServer()
  const sockets = await openSubscribers(server, 40, operatorCredentials, Statuses.toString(), {
    room: server.roomId,
  })
  const other = await openSubscribers(server, 40, operatorCredentials, Messages.toString(), {
    room: server.roomId,
  })
  server.addMessages(...Array.from({ length: 15 }, (_, index) => message(`m${index}`, soon() + index)))
  for (const socket of [...sockets, ...other]) expect(await nextPayloads(socket, 15)).toHaveLength(15)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', warnings)
  expect(warnings).not.toHaveBeenCalled()
})
