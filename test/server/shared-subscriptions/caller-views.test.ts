import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edited, message } from '../../live/message-builders.ts'
import { Notes } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials, visitorCredentials } from './transport-server.ts'

const soon = Date.now() + 60_000

it('shows visitors nothing that is for agents only, while operators see it', async () => {
  const action = fc.record({
    do: fc.constantFrom('say', 'edit', 'delete'),
    visibility: fc.constantFrom('EVERYONE', 'AGENTS'),
    pick: fc.nat(),
  })
  const property = fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
    const server = await openTransportServer()
    const query = Notes.toString()
    const variables = { room: server.roomId }
    const [agent] = await openSubscribers(server, 1, operatorCredentials, query, variables)
    const [anne] = await openSubscribers(server, 1, visitorCredentials('anne'), query, variables)
    const [bob] = await openSubscribers(server, 1, visitorCredentials('bob'), query, variables)
    const everything: string[] = []
    const forEveryone: string[] = []
    for (const [index, { do: deed, visibility, pick }] of actions.entries()) {
      const known = [...server.room.messages.values()]
      const chosen = known[pick % Math.max(1, known.length)]
      const made =
        deed === 'say' || !chosen
          ? message(`m${index}`, soon + index, { text: `${visibility} ${index}`, visibility })
          : edited(chosen, soon + index)
      if (deed === 'delete' && chosen) server.room.messages.delete(chosen.ref.messageId)
      const told = deed === 'delete' && chosen ? 'deleted' : made.text
      if (deed === 'delete' && chosen)
        server.addMessages(message(`m${index}`, soon + index, { text: `EVERYONE ${index}` }))
      else server.addMessages(made)
      everything.push(told)
      if (made.visibility === 'EVERYONE') forEveryone.push(told)
      if (deed === 'delete' && chosen) {
        everything.push(`EVERYONE ${index}`)
        forEveryone.push(`EVERYONE ${index}`)
      }
      if (agent)
        await nextPayloads(agent, deed === 'delete' && chosen ? 2 : 1).then((seen) =>
          expect(seen.length).toBeGreaterThan(0),
        )
    }
    server.addMessages(message('end', soon + 1_000, { text: 'the end' }))
    for (const visitor of [anne, bob]) {
      const seen: string[] = []
      while (visitor && !seen.at(-1)?.includes('the end'))
        seen.push(JSON.stringify(await nextPayloads(visitor, 1)))
      expect(seen).toHaveLength(forEveryone.length + 1)
      expect(seen.join()).not.toContain('AGENTS')
    }
    expect(everything.length).toBeGreaterThanOrEqual(forEveryone.length)
    for (const socket of [agent, anne, bob]) socket?.socket.terminate()
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
