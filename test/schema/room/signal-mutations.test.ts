import { describe, expect, it } from 'vitest'
import type { CallContext, ChatAdapter } from '../../../src/domain/adapter.ts'
import { ChatError } from '../../../src/domain/errors.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import type { MessageRef } from '../../../src/domain/model.ts'
import {
  openTransportServer,
  operatorCredentials,
} from '../../server/shared-subscriptions/transport-server.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { asVisitor } from '../../support/test-gateway.ts'
import { MarkSeen, SetTyping } from './signal-documents.ts'

const roomIdOf = (roomId: string, provider = 'rocketchat') => encodeId({ type: 'Room', provider, roomId })
const messageIdOf = (roomId: string, provider = 'rocketchat') =>
  encodeId({ type: 'Message', provider, ref: { roomId, threadId: null, messageId: 'm1' } })

/** A server whose provider records what it is told, and knows the visitor `vera` in the room `room` only. */
async function openServer(adapter: Partial<ChatAdapter> = {}) {
  const calls: unknown[] = []
  const requireRoom = (roomId: string, { caller }: CallContext) => {
    if (caller.role === 'VISITOR' && (caller.token !== 'vera' || roomId !== 'room'))
      throw new ChatError('NOT_FOUND', 'No such room.', { provider: 'rocketchat' })
  }
  const server = await openTransportServer({
    mutationLimits: { consume: async () => null, budget: async () => null },
    adapter: {
      setTyping: async (roomId, isTyping, call) => {
        requireRoom(roomId, call)
        calls.push([roomId, isTyping, call.caller.role])
      },
      markSeen: async (ref: MessageRef, call) => {
        requireRoom(ref.roomId, call)
        calls.push([ref, call.caller.role])
      },
      ...adapter,
    },
  })
  return { ...server, calls }
}

describe('setTyping', () => {
  it('hands the signal to the provider, as the caller', async () => {
    const { url, calls } = await openServer()
    for (const [typing, headers] of [
      [true, asVisitor('vera')],
      [false, operatorCredentials],
    ] as const) {
      const input = { roomId: roomIdOf('room'), typing }
      const { data } = await sendOperation(url, SetTyping, { input }, headers)
      expect(data).toEqual({ setTyping: { __typename: 'SetTypingPayload', roomId: input.roomId } })
    }
    expect(calls).toEqual([
      ['room', true, 'VISITOR'],
      ['room', false, 'OPERATOR'],
    ])
  })

  it.for([
    ['another visitor’s room', asVisitor('vera'), roomIdOf('other'), { code: 'NOT_FOUND' }],
    ['another visitor', asVisitor('eve'), roomIdOf('room'), { code: 'NOT_FOUND' }],
    ['no room', asVisitor('vera'), 'no id', { code: 'INVALID_INPUT', field: 'roomId' }],
    ['a message', asVisitor('vera'), messageIdOf('room'), { code: 'INVALID_INPUT', field: 'roomId' }],
    ['no credential', {}, roomIdOf('room'), { code: 'UNAUTHENTICATED' }],
    ['no such provider', asVisitor('vera'), roomIdOf('room', 'nowhere'), { code: 'NOT_FOUND' }],
  ] as const)('fails for %s', async ([, headers, roomId, failure]) => {
    const { url, calls } = await openServer()
    const { data } = await sendOperation(url, SetTyping, { input: { roomId, typing: true } }, headers)
    expect(data?.setTyping).toMatchObject(failure)
    expect(calls).toEqual([])
  })

  it('is UNSUPPORTED, with the reason, where the provider has no such signal', async () => {
    const { supports } = (await openServer()).room.adapter
    const denied = { ...supports, SET_TYPING: { roles: [], denialReason: 'Push is off.' } }
    const { url } = await openServer({ supports: denied })
    const input = { roomId: roomIdOf('room'), typing: true }
    const { data } = await sendOperation(url, SetTyping, { input }, asVisitor('vera'))
    expect(data?.setTyping).toMatchObject({ code: 'UNSUPPORTED', detail: 'Push is off.' })
  })
})

describe('markSeen', () => {
  it('marks up to a message of the room, as the caller', async () => {
    const { url, calls } = await openServer()
    const input = { roomId: roomIdOf('room'), messageId: messageIdOf('room') }
    const { data } = await sendOperation(url, MarkSeen, { input }, asVisitor('vera'))
    expect(data).toEqual({ markSeen: { __typename: 'MarkSeenPayload', roomId: input.roomId } })
    expect(calls).toEqual([[{ roomId: 'room', threadId: null, messageId: 'm1' }, 'VISITOR']])
  })

  it.for([
    [
      'a message of another room',
      roomIdOf('room'),
      messageIdOf('other'),
      { code: 'INVALID_INPUT', field: 'messageId' },
    ],
    [
      'a message of another provider',
      roomIdOf('room'),
      messageIdOf('room', 'livechat'),
      { code: 'INVALID_INPUT', field: 'messageId' },
    ],
    ['no message', roomIdOf('room'), roomIdOf('room'), { code: 'INVALID_INPUT', field: 'messageId' }],
    ['no room', 'no id', messageIdOf('room'), { code: 'INVALID_INPUT', field: 'roomId' }],
    ['another visitor’s room', roomIdOf('other'), messageIdOf('other'), { code: 'NOT_FOUND' }],
  ] as const)('fails for %s', async ([, roomId, messageId, failure]) => {
    const { url, calls } = await openServer()
    const { data } = await sendOperation(url, MarkSeen, { input: { roomId, messageId } }, asVisitor('vera'))
    expect(data?.markSeen).toMatchObject(failure)
    expect(calls).toEqual([])
  })
})
