import { describe, expect, it } from 'vitest'
import { conversationCapabilities } from '../../../support/conversation-capabilities.ts'
import { sendOperation } from '../../../support/graphql-client.ts'
import { asAnonymous, asVisitor } from '../../../support/test-gateway.ts'
import {
  type DocumentedServerOptions,
  MESSAGE_ID,
  ROOM_SENT_TO,
  ROOM_WITH_HISTORY,
  startDocumentedServer,
  TOKEN,
} from '../support/documented-server.ts'
import { HISTORY, MESSAGE, OFFLINE, SEND } from '../support/faults.ts'
import { openGatewayForUrl } from '../support/gateway-for-url.ts'
import { expectNoToken, messageIdOf, roomIdOf } from '../support/rocketchat-gateway.ts'
import {
  Delete,
  History,
  NodeById,
  Offline,
  RoomById,
  RoomByNativeId,
  Send,
  Update,
} from '../support/visitor-documents.ts'

const variants: readonly DocumentedServerOptions[] = [
  { success: true, offlineFields: 'three', unknownRouteStatus: 404 },
  { success: 'true', offlineFields: 'five', unknownRouteStatus: 405 },
]

const listed = {
  id: messageIdOf(ROOM_WITH_HISTORY, MESSAGE_ID),
  nativeId: MESSAGE_ID,
  kind: 'TEXT',
  text: 'editing livechat message..',
  state: 'EDITED',
  visibility: 'EVERYONE',
  createdAt: '2018-09-14T13:31:33.201Z',
  editedAt: '2018-09-14T13:31:33.219Z',
  author: { nativeId: 'YgEoq2djbGdjjZnsL', name: 'Livechat Visitor', role: 'VISITOR' },
  editedBy: { nativeId: 'YgEoq2djbGdjjZnsL', role: 'VISITOR' },
}

describe.each(variants)(
  'on a server with exactly the documented API ($success, $unknownRouteStatus)',
  (variant) => {
    const open = async () => {
      const server = await startDocumentedServer(variant)
      const url = await openGatewayForUrl(server.url)
      const send: typeof sendOperation = async (...args) => {
        const result = await sendOperation(...args)
        expectNoToken(result, [TOKEN])
        return result
      }
      const bodies = (method: string) =>
        server.calls.filter((call) => call.method === method).map(({ body }) => JSON.parse(body))
      return { server, url, send, bodies }
    }
    const visitor = asVisitor(TOKEN)

    it('a message is sent', async () => {
      const { server, url, send, bodies } = await open()
      const input = { roomId: roomIdOf(ROOM_SENT_TO), text: 'sending livechat message..' }
      expect(await send(url, Send, { input }, visitor)).toEqual({
        data: {
          sendMessage: {
            __typename: 'SendMessagePayload',
            message: {
              id: messageIdOf(ROOM_SENT_TO, MESSAGE_ID),
              nativeId: MESSAGE_ID,
              kind: 'TEXT',
              text: 'sending livechat message..',
              state: 'ACTIVE',
              visibility: 'EVERYONE',
              createdAt: '2018-09-14T13:31:33.201Z',
              editedAt: null,
              author: { nativeId: 'guest-4', name: 'Livechat Visitor', role: 'VISITOR' },
              editedBy: null,
            },
          },
        },
      })
      expect(bodies('POST')).toEqual([
        { token: TOKEN, rid: ROOM_SENT_TO, msg: 'sending livechat message..', _id: expect.any(String) },
      ])
      expect(server.counts()).toEqual({ [`POST ${SEND}`]: 1 })
    })

    it('a message is updated', async () => {
      const { url, send, bodies } = await open()
      const input = { messageId: listed.id, text: 'editing a livechat message..' }
      expect(await send(url, Update, { input }, visitor)).toEqual({
        data: {
          updateMessage: {
            __typename: 'UpdateMessagePayload',
            message: { ...listed, editedAt: null, editedBy: null },
          },
        },
      })
      expect(bodies('PUT')).toEqual([
        { token: TOKEN, rid: ROOM_WITH_HISTORY, msg: 'editing a livechat message..' },
      ])
    })

    it('a message is deleted', async () => {
      const { server, url, send } = await open()
      expect(await send(url, Delete, { input: { messageId: listed.id } }, visitor)).toEqual({
        data: {
          deleteMessage: {
            __typename: 'DeleteMessagePayload',
            messageId: listed.id,
            deletedAt: '2018-09-14T13:31:33.279Z',
          },
        },
      })
      expect(server.counts()[`DELETE ${MESSAGE}`]).toBe(1)
    })

    it('the history is read with documented parameters only', async () => {
      const { server, url, send } = await open()
      const result = await send(
        url,
        History,
        { id: roomIdOf(ROOM_WITH_HISTORY), last: 10, until: '2018-09-15T00:00:00.000Z' },
        visitor,
      )
      expect(result).toMatchObject({
        data: {
          room: {
            messages: { nodes: [listed], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
          },
        },
      })
      const asked = server.calls.filter(({ route }) => route === HISTORY).map(({ rawQuery }) => rawQuery)
      expect(Object.fromEntries(new URLSearchParams(asked.at(-1)))).toEqual({
        token: TOKEN,
        end: '2018-09-15T00:00:00.000Z',
        limit: '12',
      })
    })

    it('a room is recognized by its history, and has only what the history shows', async () => {
      const { url, send } = await open()
      const byNativeId = await send(url, RoomByNativeId, { nativeId: ROOM_WITH_HISTORY }, visitor)
      expect(byNativeId).toMatchObject({
        data: {
          roomByNativeId: {
            id: roomIdOf(ROOM_WITH_HISTORY),
            status: 'UNKNOWN',
            messages: { nodes: [{ nativeId: MESSAGE_ID }] },
          },
        },
      })
      const room = await send(url, RoomById, { id: roomIdOf(ROOM_WITH_HISTORY) }, visitor)
      expect(room).toMatchObject({
        data: { room: { closedAt: null, visitor: { name: 'Livechat Visitor' }, lastMessage: listed } },
      })
      expect(conversationCapabilities(room.data?.room?.capabilities).every(({ allowed }) => allowed)).toBe(
        true,
      )
    })

    it('a message is found by its id', async () => {
      const { url, send } = await open()
      expect(await send(url, NodeById, { id: listed.id }, visitor)).toEqual({
        data: { node: { __typename: 'Message', id: listed.id, text: listed.text, state: 'EDITED' } },
      })
    })

    it('an offline message is sent with three fields or five', async () => {
      const { server, url, send, bodies } = await open()
      const three = { name: 'Livechat Visitor', email: 'visitor@rocket.chat', message: 'I need help' }
      const more = variant.offlineFields === 'five' ? { department: 'Support', host: 'null' } : {}
      const { message: text, ...who } = three
      const input = { provider: 'rocketchat', ...who, text, ...more }
      expect(await send(url, Offline, { input }, asAnonymous)).toMatchObject({
        data: { sendOfflineMessage: { offlineMessage: { text, delivery: { state: 'SENT' } } } },
      })
      expect(bodies('POST')).toEqual([{ ...three, ...more }])
      expect(server.counts()).toEqual({ [`POST ${OFFLINE}`]: 1 })
    })
  },
)

it('a server that requires five fields receives them from the configuration, and rejects the message without them', async () => {
  const server = await startDocumentedServer({
    success: 'true',
    offlineFields: 'five',
    unknownRouteStatus: 404,
  })
  const input = {
    provider: 'rocketchat',
    name: 'Livechat Visitor',
    email: 'visitor@rocket.chat',
    text: 'I need help',
  }
  const bare = await openGatewayForUrl(server.url)
  expect(await sendOperation(bare, Offline, { input })).toMatchObject({
    data: {
      sendOfflineMessage: {
        offlineMessage: {
          delivery: { state: 'FAILED', lastError: 'The provider rejected the request: invalid-params.' },
        },
      },
    },
  })
  const configured = await openGatewayForUrl(server.url, {
    offlineDepartment: 'Support',
    offlineHost: 'null',
  })
  expect(await sendOperation(configured, Offline, { input })).toMatchObject({
    data: { sendOfflineMessage: { offlineMessage: { delivery: { state: 'SENT' } } } },
  })
})
