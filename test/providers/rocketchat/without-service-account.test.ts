import { expect, it } from 'vitest'
import { asOperator } from '../../support/test-gateway.ts'
import { messageIdOf } from './support/rocketchat-gateway.ts'
import {
  Close,
  Delete,
  NodesByIds,
  RoomById,
  RoomByNativeId,
  Send,
  Update,
} from './support/visitor-documents.ts'
import { openVisitorGateway } from './support/visitor-gateway.ts'

it('without a service account, every write of an operator is UNSUPPORTED and sends no request', async () => {
  const { rocketChat, askWith, vera } = await openVisitorGateway()
  const ask = askWith(asOperator)
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

it('without a service account, every read of an operator is UNSUPPORTED and sends no request', async () => {
  const { rocketChat, askWith, vera } = await openVisitorGateway()
  const ask = askWith(asOperator)
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

it('without a credential, every write is UNAUTHENTICATED and sends no request', async () => {
  const { rocketChat, askWith, vera } = await openVisitorGateway()
  const ask = askWith({})
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
