import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Message } from '../../../src/domain/model.ts'
import { edited, message } from '../../live/message-builders.ts'
import { Notes } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import {
  openTransportServer,
  operatorCredentials,
  type TransportServer,
  visitorCredentials,
} from './transport-server.ts'

const soon = Date.now() + 60_000

/** Summarizes payloads of `Notes`. */
function summarize(payloads: readonly unknown[]): string[] {
  return payloads.map((payload) => {
    const { __typename, message } = Object(payload).data.roomEvents
    return message ? `${__typename} ${message.text}` : __typename
  })
}

interface Action {
  readonly kind: 'send' | 'edit' | 'delete'
  readonly visibility: 'EVERYONE' | 'AGENTS'
  /** Chooses the message that is edited or deleted. */
  readonly index: number
}

interface ExpectedEvent {
  readonly summary: string
  readonly visibility: Message['visibility']
}

/** Changes the room, and returns the events that operators must receive. Without messages, every action sends one. */
function apply({ kind, visibility, index }: Action, count: number, server: TransportServer): ExpectedEvent[] {
  const messages = [...server.room.messages.values()]
  const existing = messages[index % Math.max(1, messages.length)]
  if (kind === 'edit' && existing) {
    const updated = edited(existing, soon + count)
    server.addMessages(updated)
    return [{ summary: `MessageUpdatedEvent ${updated.text}`, visibility: existing.visibility }]
  }
  const events: ExpectedEvent[] = []
  if (kind === 'delete' && existing) {
    server.room.messages.delete(existing.ref.messageId)
    events.push({ summary: 'MessageDeletedEvent', visibility: existing.visibility })
  }
  // A deletion is certain only once there is a later message, so a deletion sends one as well.
  const added = message(`m${count}`, soon + count, { text: `${visibility} ${count}`, visibility })
  server.addMessages(added)
  return [...events, { summary: `MessageAddedEvent ${added.text}`, visibility }]
}

it('shows visitors nothing that is for agents only, while operators see it', async () => {
  const action = fc.record<Action>({
    kind: fc.constantFrom('send', 'edit', 'delete'),
    visibility: fc.constantFrom('EVERYONE', 'AGENTS'),
    index: fc.nat(),
  })
  const property = fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
    const server = await openTransportServer()
    const query = Notes.toString()
    const variables = { room: server.roomId }
    const [agent] = await openSubscribers(server, 1, operatorCredentials, query, variables)
    const [anne] = await openSubscribers(server, 1, visitorCredentials('anne'), query, variables)
    const [bob] = await openSubscribers(server, 1, visitorCredentials('bob'), query, variables)
    if (!agent || !anne || !bob) throw new Error('a subscriber is missing')
    const forEveryone: string[] = []
    for (const [count, one] of actions.entries()) {
      const events = apply(one, count, server)
      const received = summarize(await nextPayloads(agent, events.length))
      expect(received).toEqual(events.map(({ summary }) => summary))
      for (const { summary, visibility } of events) if (visibility === 'EVERYONE') forEveryone.push(summary)
    }
    server.addMessages(message('end', soon + 1_000, { text: 'the end' }))
    for (const visitor of [anne, bob]) {
      const received = summarize(await nextPayloads(visitor, forEveryone.length + 1))
      expect(received).toEqual([...forEveryone, 'MessageAddedEvent the end'])
    }
    for (const { socket } of [agent, anne, bob]) socket.terminate()
  })
  await fc.assert(property, { numRuns: 15 })
})

it('never delivers the result of one visitor to another, or that of an operator', async () => {
  const seenBy: string[] = []
  const server = await openTransportServer({
    getRooms: async (ids, { caller }) => {
      seenBy.push(caller.role === 'VISITOR' ? caller.token : caller.role)
      return ids.map(() => null)
    },
  })
  const query = 'subscription($r: ID!) { messageAdded(roomId: $r) { room { status } } }'
  const variables = { r: server.roomId }
  const sockets = [
    ...(await openSubscribers(server, 2, operatorCredentials, query, variables)),
    ...(await openSubscribers(server, 2, visitorCredentials('anne'), query, variables)),
    ...(await openSubscribers(server, 2, visitorCredentials('bob'), query, variables)),
  ]
  server.addMessages(message('a', soon))
  for (const socket of sockets) await nextPayloads(socket, 1)
  expect(seenBy.sort()).toEqual(['OPERATOR', 'anne', 'bob'])
})
