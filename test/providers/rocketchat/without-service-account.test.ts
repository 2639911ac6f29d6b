import { expect, it } from 'vitest'
import { asOperator } from '../../support/test-gateway.ts'
import {
  Close,
  Delete,
  NodesByIds,
  RoomById,
  RoomByNativeId,
  Send,
  Update,
} from './support/visitor-documents.ts'
import { messageIdOf, openVisitorGateway } from './support/visitor-gateway.ts'

it('an operator without a service account is told UNSUPPORTED by every write, and the server hears nothing', async () => {
  const { rocketChat, askWith: by, vera } = await openVisitorGateway()
  const ask = by(asOperator)
  const messageId = messageIdOf(vera.rid, 'any')
  const { roomId } = vera
  expect([
    (await ask(Send, { input: { roomId, text: 'Hello' } })).data?.sendMessage,
    (await ask(Update, { input: { messageId, text: 'Hello' } })).data?.updateMessage,
    (await ask(Delete, { input: { messageId } })).data?.deleteMessage,
    (await ask(Close, { input: { roomId } })).data?.closeRoom,
  ]).toMatchObject(Array.from({ length: 4 }, () => ({ __typename: 'UnsupportedError', code: 'UNSUPPORTED' })))
  expect(rocketChat.counts()).toEqual({})
})

it('an operator without a service account is told UNSUPPORTED by every read, and the server hears nothing', async () => {
  const { rocketChat, askWith: by, vera } = await openVisitorGateway()
  const ask = by(asOperator)
  const answers = [
    await ask(RoomById, { id: vera.roomId }),
    await ask(RoomByNativeId, { nativeId: vera.rid }),
    await ask(NodesByIds, { ids: [messageIdOf(vera.rid, 'any')] }),
  ]
  for (const { errors } of answers) {
    expect(errors).toMatchObject([{ extensions: { code: 'UNSUPPORTED', provider: 'rocketchat' } }])
    expect(errors?.[0]?.message).toMatch(/visitor/)
  }
  expect(rocketChat.counts()).toEqual({})
})

it('who shows no credential is told UNAUTHENTICATED by every write, and the server hears nothing', async () => {
  const { rocketChat, askWith: by, vera } = await openVisitorGateway()
  const ask = by({})
  const messageId = messageIdOf(vera.rid, 'any')
  const { roomId } = vera
  expect([
    (await ask(Send, { input: { roomId, text: 'Hello' } })).data?.sendMessage,
    (await ask(Update, { input: { messageId, text: 'Hello' } })).data?.updateMessage,
    (await ask(Delete, { input: { messageId } })).data?.deleteMessage,
    (await ask(Close, { input: { roomId } })).data?.closeRoom,
  ]).toMatchObject(Array.from({ length: 4 }, () => ({ code: 'UNAUTHENTICATED' })))
  expect(rocketChat.counts()).toEqual({})
})
