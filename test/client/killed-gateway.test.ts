import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createClient } from '../../packages/client/src/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { OPERATOR_KEY, startKillableGateway } from './support/gateway-process.ts'
import { pagesOf, recordRoom, textsOf } from './support/recording.ts'

it.each([
  ['WebSockets', WebSocket],
  ['server-sent events', null],
])(
  'a killed gateway costs a client no event at either provider over %s, and doubles none',
  async (_name, webSocket) => {
    const { rocketChat, liveChat, url, kill, start } = await startKillableGateway()
    const { workspace } = rocketChat
    const { token } = workspace.createVisitor({ name: 'Vera' })
    const { _id: rid } = workspace.openRoom({ token })
    const chat = liveChat.chats.start({ customer: { name: 'Cy' } })
    const say = (text: string) => {
      workspace.visitorSends(rid, text)
      liveChat.chats.customerSends(chat.id, text)
    }
    const client = createClient({ url, credential: { operatorKey: OPERATOR_KEY }, webSocket })
    const rooms = [
      recordRoom(client, encodeId({ type: 'Room', provider: 'rocketchat', roomId: rid })),
      recordRoom(client, encodeId({ type: 'Room', provider: 'livechat', roomId: chat.id })),
    ]
    const haveReceived = (texts: readonly string[]) =>
      waitUntil(() => rooms.every((room) => textsOf(room).length >= texts.length))

    await waitUntil(() => rooms.every(({ connections }) => connections.length > 0))
    const said = ['One', 'Two', 'Three', 'Four', 'Five']
    say('One')
    await haveReceived(['One'])
    say('Two')
    await kill()
    say('Three')
    await start()
    say('Four')
    await haveReceived(said.slice(0, 4))
    say('Five')
    await haveReceived(said)
    for (const room of rooms) {
      expect(textsOf(room)).toEqual(said)
      expect(pagesOf(room)).toHaveLength(1)
    }
  },
)
