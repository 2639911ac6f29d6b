import { describe, expect, it } from 'vitest'
import { sendOperation } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { FeedbackRoom } from '../support/feedback-documents.ts'
import { Send } from './support/documents.ts'
import {
  agentAction,
  asVisitorOf,
  countRequests,
  openLiveChatGateway,
  roomIdOf,
} from './support/livechat-gateway.ts'

const ADA = 'ada.kowalska@switchboard.test'
const ROBIN = 'agent@switchboard.test'
const NOTE = 'he has called twice already'

type Headers = Readonly<Record<string, string>>

interface Input {
  readonly text: string
  readonly visibility?: 'EVERYONE' | 'AGENTS'
  readonly idempotencyKey?: string
}

/** A chat that the configured agent Robin serves, or Ada. */
async function openChat(servedBy: 'Robin' | 'Ada' = 'Robin') {
  const gateway = await openLiveChatGateway()
  const { url, liveChat } = gateway
  if (servedBy === 'Ada') liveChat.chats.setRoutingStatus(ROBIN, 'offline')
  const chat = liveChat.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const roomId = await roomIdOf(gateway, chat)
  const send = async (input: Input, headers: Headers = asOperator) =>
    (await sendOperation(url, Send, { input: { roomId, ...input } }, headers)).data?.sendMessage
  liveChat.clearCalls()
  return {
    ...gateway,
    chat,
    roomId,
    send,
    note: (more: Partial<Input> = {}) => send({ text: NOTE, visibility: 'AGENTS', ...more }),
    events: () => chat.threads.at(-1)?.events ?? [],
    robin: () => chat.users.find(({ id }) => id === ROBIN),
  }
}

describe('a note', () => {
  it('is an event for agents only, and costs what a message costs', async () => {
    const gateway = await openChat()
    expect(await gateway.note()).toMatchObject({
      message: { text: NOTE, visibility: 'AGENTS', author: { name: 'Robin Hale' } },
    })
    expect(gateway.events().at(-1)).toMatchObject({ visibility: 'agents', fields: { text: NOTE } })
    // The second read is of the room, which the operation selects.
    expect(countRequests(gateway)).toEqual({ 'agent/send_event': 1, 'agent/get_chat': 2 })
  })

  it('in a chat that another agent serves is written by an agent that joins unseen', async () => {
    const gateway = await openChat('Ada')
    expect(await gateway.note()).toMatchObject({ message: { visibility: 'AGENTS' } })
    expect(gateway.robin()).toMatchObject({ present: true, visibility: 'agents' })
    const visible = gateway.events().filter(({ visibility }) => visibility === 'all')
    expect(visible).toMatchObject([{ fields: { text: 'hello' } }])
  })

  it('does not keep the agent from writing to all afterwards', async () => {
    const gateway = await openChat('Ada')
    await gateway.note()
    gateway.liveChat.switches.publicAgentLimit = 2
    gateway.liveChat.clearCalls()
    expect(await gateway.send({ text: 'Good morning' })).toMatchObject({
      message: { text: 'Good morning', visibility: 'EVERYONE' },
    })
    expect(gateway.robin()).toMatchObject({ present: true, visibility: 'all' })
    expect(countRequests(gateway)).toMatchObject({
      'agent/send_event': 2,
      'agent/remove_user_from_chat': 1,
      'agent/add_user_to_chat': 1,
    })
  })

  it('leaves the reason why the agent cannot write to all: another agent serves the chat', async () => {
    const gateway = await openChat('Ada')
    await gateway.note()
    expect(await gateway.send({ text: 'Good morning' })).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('Another agent serves this chat'),
    })
    expect(gateway.chat.users.find(({ id }) => id === ADA)).toMatchObject({ present: true })
  })

  it.each(['Robin', 'Ada'] as const)(
    'is ROOM_CLOSED in a closed chat of %s, which it does not reopen',
    async (agent) => {
      const gateway = await openChat(agent)
      gateway.liveChat.chats.close(gateway.chat.id)
      for (const idempotencyKey of [undefined, 'key-of-a-note']) {
        expect(await gateway.note(idempotencyKey ? { idempotencyKey } : {})).toMatchObject({
          code: 'ROOM_CLOSED',
        })
      }
      expect(gateway.chat.threads).toHaveLength(1)
      expect(countRequests(gateway)).not.toHaveProperty('agent/resume_chat')
      const { data } = await sendOperation(gateway.url, FeedbackRoom, { id: gateway.roomId }, asOperator)
      expect(data?.room?.capabilities).toContainEqual({
        capability: 'SEND_NOTE',
        allowed: false,
        reason: 'The room is closed.',
      })
    },
  )

  it('that is closed while it is sent is ROOM_CLOSED, too', async () => {
    const gateway = await openChat('Ada')
    const body = { error: { type: 'authorization', message: 'Requester is not user of the chat' } }
    gateway.liveChat.injectFault({
      kind: 'answer',
      status: 403,
      body,
      route: agentAction('send_event'),
      times: 1,
    })
    gateway.liveChat.chats.close(gateway.chat.id)
    expect(await gateway.note()).toMatchObject({ code: 'ROOM_CLOSED' })
    expect(gateway.chat.threads).toHaveLength(1)
  })

  it('with a key is written once, and CONFLICT for everyone under the same key', async () => {
    const { note, send, events } = await openChat()
    const idempotencyKey = 'key-of-a-note'
    const [one, two] = [await note({ idempotencyKey }), await note({ idempotencyKey })]
    expect(two).toEqual(one)
    expect(events().filter(({ visibility }) => visibility === 'agents')).toHaveLength(1)
    const other = { code: 'CONFLICT' }
    expect(await send({ text: NOTE, idempotencyKey })).toMatchObject(other)
    expect(await note({ text: 'something else', idempotencyKey })).toMatchObject(other)
    await send({ text: 'Hello', idempotencyKey: 'key-of-a-message' })
    expect(await note({ text: 'Hello', idempotencyKey: 'key-of-a-message' })).toMatchObject(other)
  })

  it('and a message with one key at the same time: one of them is CONFLICT', async () => {
    const { note, send } = await openChat()
    const idempotencyKey = 'key-of-both'
    const results = await Promise.all([note({ idempotencyKey }), send({ text: NOTE, idempotencyKey })])
    const codes = results.map((result) => (result && 'code' in result ? result.code : 'sent'))
    expect(codes.sort()).toEqual(['CONFLICT', 'sent'])
  })

  it('is found again after a lost response', async () => {
    const gateway = await openChat()
    gateway.liveChat.injectFault({ kind: 'reset-after-commit', route: agentAction('send_event'), times: 1 })
    expect(await gateway.note()).toMatchObject({ message: { text: NOTE, visibility: 'AGENTS' } })
    expect(gateway.events().filter(({ visibility }) => visibility === 'agents')).toHaveLength(1)
  })

  it('is FORBIDDEN for visitors and UNAUTHENTICATED for anonymous callers, without a call', async () => {
    const gateway = await openChat()
    const input = { text: NOTE, visibility: 'AGENTS' } as const
    expect(await gateway.send(input, asVisitorOf(gateway, gateway.chat))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await gateway.send(input, {})).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(gateway.liveChat.calls).toEqual([])
  })
})

describe('a message for everyone', () => {
  it('may say so, from operators and from visitors', async () => {
    const gateway = await openChat()
    const input = { text: 'Hello', visibility: 'EVERYONE' } as const
    for (const headers of [asOperator, asVisitorOf(gateway, gateway.chat)]) {
      expect(await gateway.send(input, headers)).toMatchObject({ message: { visibility: 'EVERYONE' } })
    }
  })
})
