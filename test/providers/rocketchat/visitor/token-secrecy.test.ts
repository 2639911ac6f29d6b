import { pino } from 'pino'
import { expect, it } from 'vitest'
import { waitUntil } from '../../../support/graphql-client.ts'
import { HTML_PAGE, RESET, SERVER_ERROR, TOO_MANY_REQUESTS } from '../support/faults.ts'
import { PROVIDER_ID, roomIdOf } from '../support/rocketchat-gateway.ts'
import {
  Close,
  Delete,
  Departments,
  History,
  NodeById,
  Offline,
  RoomById,
  Send,
  Update,
} from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

it('a visitor token is in no response and no log line, whatever the server does', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  const { rocketChat, workspace, vera } = await openVisitorGateway({ gateway: { log } })
  const { id } = await vera.send('Hello')
  workspace.visitorSends(vera.rid, 'nameless', { _id: '' })
  const { roomId } = vera
  const room = () => vera.ask(RoomById, { id: roomId })
  const offline = { provider: 'rocketchat', name: 'Vera', email: 'vera@example.org', text: 'Hello' }
  const everything = [
    room,
    () => vera.ask(History, { id: roomId }),
    () => vera.ask(NodeById, { id }),
    () => vera.ask(Departments, { provider: PROVIDER_ID }),
    () => vera.ask(Send, { input: { roomId, text: 'Hello again' } }),
    () => vera.ask(Update, { input: { messageId: id, text: 'Hello!' } }),
    () => vera.ask(Delete, { input: { messageId: id } }),
    () => vera.ask(Offline, { input: offline }),
    () => vera.ask(Close, { input: { roomId } }),
  ]
  const failWith = async (
    fault: Parameters<typeof rocketChat.injectFault>[0],
    ask: () => Promise<unknown>,
  ) => {
    const removeFault = rocketChat.injectFault(fault)
    await ask()
    removeFault()
  }
  for (const fault of [HTML_PAGE, RESET, SERVER_ERROR]) {
    for (const ask of everything) {
      await failWith(fault, ask)
      // The gateway backs off from a server that does not respond.
      await waitUntil(async () => (await room()).errors === undefined)
    }
  }
  for (const ask of everything) await ask()
  expect(workspace.room(vera.rid).open).toBeUndefined()
  // Last, because a rate-limit response blocks the route for a while.
  for (const ask of everything) await failWith(TOO_MANY_REQUESTS, ask)
  expect(lines.join('')).not.toContain(vera.token)
})

it('a token that the server shows as an id is not used as an id', async () => {
  const { workspace, ada, askWith } = await openVisitorGateway()
  const token = 'a-token-that-is-also-the-id'
  const visitor = workspace.createVisitor({ token, _id: token, name: 'Old Visitor' })
  const { _id } = workspace.openRoom({ token, agentId: ada._id })
  workspace.visitorSends(_id, 'Hello')
  // `ask` fails the test if a response contains the token.
  const result = await askWith({ 'x-visitor-token': token })(RoomById, { id: roomIdOf(_id) })
  const shown = { nativeId: visitor.username, name: 'Old Visitor', role: 'VISITOR' }
  expect(result).toMatchObject({ data: { room: { visitor: shown, lastMessage: { author: shown } } } })
})
