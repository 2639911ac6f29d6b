import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { CloseWithTags, FeedbackRoom, SetTags } from '../support/feedback-documents.ts'
import {
  agentAction,
  asVisitorOf,
  countRequests,
  type LiveChatGatewayOptions,
  openLiveChatGateway,
  roomIdOf,
} from './support/livechat-gateway.ts'

/** A chat of group 0 whose thread has the tags `vip` and `spam`. The licence has `refund` for other groups only. */
async function openTaggedChat(options: LiveChatGatewayOptions = {}) {
  const gateway = await openLiveChatGateway(options)
  const chat = gateway.liveChat.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  chat.threads[0]?.tags.push('vip', 'spam')
  const roomId = await roomIdOf(gateway, chat)
  gateway.liveChat.clearCalls()
  const { url } = gateway
  return {
    ...gateway,
    chat,
    roomId,
    tags: () => chat.threads.at(-1)?.tags,
    setTags: async (tags: string[], headers: Readonly<Record<string, string>> = asOperator) =>
      (await sendOperation(url, SetTags, { input: { roomId, tags } }, headers)).data?.setRoomTags,
    close: async (tags: string[], headers: Readonly<Record<string, string>> = asOperator) =>
      (await sendOperation(url, CloseWithTags, { input: { roomId, tags } }, headers)).data?.closeRoom,
    /** The changes of tags that LiveChat received, in order. */
    changes: () =>
      gateway.liveChat.calls.flatMap(({ path, body }) => {
        const action = /\/(tag_thread|untag_thread|deactivate_chat)$/.exec(path)?.[1]
        return action ? [[action, JSON.parse(body).tag]] : []
      }),
  }
}

const done = { __typename: 'SetRoomTagsPayload' }

describe('setting the tags of a chat', () => {
  it('adds what is missing, then removes what is not named, by a call each', async () => {
    const gateway = await openTaggedChat()
    expect(await gateway.setTags(['sales', 'spam', 'support'])).toMatchObject(done)
    expect(gateway.changes()).toEqual([
      ['tag_thread', 'sales'],
      ['tag_thread', 'support'],
      ['untag_thread', 'vip'],
    ])
    expect(countRequests(gateway)).toEqual({
      'agent/get_chat': 1,
      'agent/tag_thread': 2,
      'agent/untag_thread': 1,
    })
    expect(gateway.tags()).toEqual(['spam', 'sales', 'support'])
  })

  it('costs one read if nothing differs', async () => {
    const gateway = await openTaggedChat()
    expect(await gateway.setTags(['spam', 'vip'])).toMatchObject(done)
    expect(countRequests(gateway)).toEqual({ 'agent/get_chat': 1 })
  })

  it('removes all tags for an empty list, also in a closed chat', async () => {
    const gateway = await openTaggedChat()
    gateway.liveChat.chats.close(gateway.chat.id)
    expect(await gateway.setTags([])).toMatchObject(done)
    expect(gateway.tags()).toEqual([])
  })

  it('tags the latest thread only', async () => {
    const gateway = await openTaggedChat()
    gateway.liveChat.chats.close(gateway.chat.id)
    gateway.liveChat.chats.resume(gateway.chat.id)
    await gateway.setTags(['sales'])
    expect(gateway.chat.threads.map(({ tags }) => tags)).toEqual([['vip', 'spam'], ['sales']])
    const { data } = await sendOperation(gateway.url, FeedbackRoom, { id: gateway.roomId }, asOperator)
    expect(data?.room?.tags).toEqual(['sales'])
  })

  it.each(['nothing like it', 'VIP', 'refund'])(
    'is INVALID_INPUT at `tags` for %s, which it names, and removes nothing',
    async (tag) => {
      const gateway = await openTaggedChat()
      expect(await gateway.setTags(['sales', tag])).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'tags',
        detail: expect.stringContaining(`“${tag}”`),
      })
      expect(gateway.tags()).toEqual(['vip', 'spam', 'sales'])
    },
  )

  it('reads the thread after a lost response, and repeats only a change that was not made', async () => {
    const gateway = await openTaggedChat()
    const { liveChat } = gateway
    liveChat.injectFault({ kind: 'reset-after-commit', route: agentAction('tag_thread'), times: 1 })
    liveChat.injectFault({ kind: 'reset', route: agentAction('untag_thread'), times: 1 })
    expect(await gateway.setTags(['vip', 'sales'])).toMatchObject(done)
    expect(countRequests(gateway)).toEqual({
      'agent/get_chat': 3,
      'agent/tag_thread': 1,
      'agent/untag_thread': 2,
    })
    expect(gateway.tags()).toEqual(['vip', 'sales'])
  })

  it.each([
    ['OUTCOME_UNKNOWN', { kind: 'reset' }, 2],
    ['PROVIDER_UNAVAILABLE', apiFaults.internal, 2],
    ['RATE_LIMITED', apiFaults.tooManyRequestsFor(7), 1],
  ] as const)('is %s if LiveChat fails, with %j', async (code, fault, sent) => {
    const gateway = await openTaggedChat()
    gateway.liveChat.injectFault({ ...fault, route: agentAction('tag_thread') })
    expect(await gateway.setTags(['sales'])).toMatchObject({ code })
    expect(countRequests(gateway)['agent/tag_thread']).toBe(sent)
    expect(gateway.tags()).toEqual(['vip', 'spam'])
  })

  it('is FORBIDDEN without the scope', async () => {
    const gateway = await openTaggedChat({
      configure: (right, { tokens }) => ({
        ...right,
        credential: {
          type: 'pat',
          ...tokens.personalAccessToken({ scopes: ['chats--all:ro', 'groups--all:ro'] }),
        },
      }),
    })
    expect(await gateway.setTags(['sales'])).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is FORBIDDEN for its visitor, without a call', async () => {
    const gateway = await openTaggedChat()
    expect(await gateway.setTags(['sales'], asVisitorOf(gateway, gateway.chat))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(gateway.liveChat.calls).toEqual([])
  })
})

describe('closing a chat with tags', () => {
  it('tags the thread before it closes it, and keeps the tags that it has', async () => {
    const gateway = await openTaggedChat()
    expect(await gateway.close(['sales', 'vip'])).toMatchObject({
      room: { status: 'CLOSED', tags: ['vip', 'spam', 'sales'] },
    })
    expect(gateway.changes()).toEqual([
      ['tag_thread', 'sales'],
      ['deactivate_chat', undefined],
    ])
    expect(countRequests(gateway)).toEqual({
      'agent/get_chat': 2,
      'agent/tag_thread': 1,
      'agent/deactivate_chat': 1,
    })
  })

  it('does not close it if a tag is refused', async () => {
    const gateway = await openTaggedChat()
    expect(await gateway.close(['nothing like it'])).toMatchObject({ code: 'INVALID_INPUT', field: 'tags' })
    expect(gateway.chat.threads[0]?.active).toBe(true)
    expect(countRequests(gateway)).not.toHaveProperty('agent/deactivate_chat')
  })

  it('is ROOM_CLOSED for a closed chat, which is not tagged', async () => {
    const gateway = await openTaggedChat()
    gateway.liveChat.chats.close(gateway.chat.id)
    expect(await gateway.close(['sales'])).toMatchObject({ code: 'ROOM_CLOSED' })
    expect(gateway.tags()).toEqual(['vip', 'spam'])
  })

  it('is FORBIDDEN for its visitor, without a call', async () => {
    const gateway = await openTaggedChat()
    const headers = asVisitorOf(gateway, gateway.chat)
    expect(await gateway.close(['sales'], headers)).toMatchObject({ code: 'FORBIDDEN' })
    expect(gateway.liveChat.calls).toEqual([])
    expect(await gateway.close([], headers)).toMatchObject({ room: { status: 'CLOSED' } })
  })
})
