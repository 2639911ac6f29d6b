import { describe, expect, it } from 'vitest'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { ListedRoomDetails, RoomDetails } from './support/documents.ts'
import { asVisitorOf, countRequests, manualClock, openLiveChatGateway } from './support/livechat-gateway.ts'

async function openGateway() {
  const clock = manualClock()
  const gateway = await openLiveChatGateway({ sandbox: { now: clock.now } })
  const { chats } = gateway.liveChat
  return {
    ...gateway,
    chats,
    /** Advances the clock and returns its time. */
    later: () => {
      clock.advance(1_000)
      return new Date(clock.now()).toISOString()
    },
    readRoom: async (id: string) => (await fetchData(gateway.url, RoomDetails, { id }, asOperator)).room,
    listRooms: async () => (await fetchData(gateway.url, ListedRoomDetails, {}, asOperator)).rooms.nodes,
  }
}

describe('the details of a chat', () => {
  it('of a queued chat are its place in the queue, in lists and for its visitor too', async () => {
    const gateway = await openGateway()
    const { chats, readRoom, listRooms } = gateway
    const chat = chats.start({ say: 'anyone?' })
    const [thread] = chat.threads
    if (thread) thread.queue = { position: 3, waitSeconds: 90, queuedAt: thread.createdAt }
    const since = new Date((thread?.createdAt ?? 0) / 1000).toISOString()
    const queued = { status: 'QUEUED', queue: { position: 3, estimatedWaitMs: 90_000, since } }

    expect(await readRoom(chat.id)).toMatchObject(queued)
    expect(await listRooms()).toMatchObject([queued])
    const { room } = await fetchData(gateway.url, RoomDetails, { id: chat.id }, asVisitorOf(gateway, chat))
    expect(room).toMatchObject(queued)
  })

  it('are its responses in the latest thread, and cost nothing but the chat', async () => {
    const gateway = await openGateway()
    const { chats, later, readRoom } = gateway
    const chat = chats.start()
    const asked = later()
    chats.customerSends(chat.id, 'hello')
    later()
    chats.agentNotes(chat.id, 'a regular')
    expect(await readRoom(chat.id)).toMatchObject({ firstResponseAt: null, unansweredSince: asked })
    const answered = later()
    chats.agentSends(chat.id, 'hi')
    expect(await readRoom(chat.id)).toMatchObject({ firstResponseAt: answered, unansweredSince: null })
    const askedAgain = later()
    chats.customerSends(chat.id, 'one more thing')
    later()
    chats.customerSends(chat.id, 'well?')
    gateway.liveChat.clearCalls()
    expect(await readRoom(chat.id)).toMatchObject({ firstResponseAt: answered, unansweredSince: askedAgain })
    expect(countRequests(gateway)).toEqual({ 'agent/get_chat': 1 })
  })

  it('have no responses in lists, which contain no whole thread', async () => {
    const { chats, listRooms } = await openGateway()
    const chat = chats.start({ say: 'hello' })
    chats.agentSends(chat.id, 'hi')
    expect(await listRooms()).toMatchObject([{ firstResponseAt: null, unansweredSince: null }])
  })

  it.each(['agent', 'customer', 'silence'] as const)('name who closed it: %s', async (by) => {
    const { chats, readRoom, listRooms } = await openGateway()
    const chat = chats.start({ customer: { name: 'Cy' }, say: 'bye' })
    expect(await readRoom(chat.id)).toMatchObject({ closedBy: null })
    chats.close(chat.id, by)
    const closers = {
      agent: { nativeId: 'agent@switchboard.test', name: 'Robin Hale', role: 'AGENT' },
      customer: { nativeId: chats.customerOf(chat.id).id, name: 'Cy', role: 'VISITOR' },
      silence: null,
    }
    expect(await readRoom(chat.id)).toMatchObject({ status: 'CLOSED', closedBy: closers[by] })
    expect(await listRooms()).toMatchObject([{ status: 'CLOSED', closedBy: closers[by] }])
  })

  it('name no closer if no agent of the chat has the name', async () => {
    const { chats, readRoom } = await openGateway()
    const chat = chats.start({ say: 'bye' })
    chats.close(chat.id, 'agent')
    const closing = chat.threads[0]?.events.find(({ fields }) => 'system_message_type' in fields)
    Object.assign(closing?.fields ?? {}, { text_vars: { agent: 'Somebody else' } })
    expect(await readRoom(chat.id)).toMatchObject({ status: 'CLOSED', closedBy: null })
  })

  it('include phone number, session fields and what each participant has seen', async () => {
    const gateway = await openGateway()
    const { chats, readRoom, listRooms } = gateway
    const sessionFields = [{ plan: 'team' }, { seats: '12' }]
    const chat = chats.start({
      customer: { name: 'Cy', phoneNumber: '+4922112345', sessionFields },
      say: 'hello',
    })
    chats.agentSends(chat.id, 'hi')
    const seenUpTo = expect.stringMatching(/^2026-/)
    const details = {
      visitor: {
        phone: '+4922112345',
        customFields: [
          { key: 'plan', value: 'team' },
          { key: 'seats', value: '12' },
        ],
        seenUpTo,
      },
      agents: [{ phone: null, customFields: [], seenUpTo }],
      customFields: [],
    }
    expect(await readRoom(chat.id)).toMatchObject(details)
    expect(await listRooms()).toMatchObject([details])
  })
})
