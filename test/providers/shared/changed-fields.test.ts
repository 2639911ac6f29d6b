import { describe, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { CallContext, ChatAdapter } from '../../../src/domain/adapter.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { EVERY_ROOM, type RoomQuery } from '../../../src/domain/room-query.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { silentLog } from '../../support/log.ts'
import { liveChatAgentConfig } from '../../support/test-gateway.ts'
import { expectOnlyChangedFieldLost, type ProviderUnderTest } from '../support/changed-field.ts'

const operator = createOperatorCaller('tester')
const call = (): CallContext => ({ caller: operator, signal: new AbortController().signal, log: silentLog })

async function take<T>(items: AsyncIterable<T>, id: (item: T) => string, show: (item: T) => unknown) {
  const taken = new Map<string, unknown>()
  for await (const item of items) taken.set(id(item), show(item))
  return taken
}

const openRooms = { ...EVERY_ROOM, status: ['OPEN'] as const }
const closedRooms = { ...EVERY_ROOM, status: ['CLOSED'] as const }
const newest = { take: 'newest', limit: 100, after: null, before: null, since: null, until: null } as const
const readRooms = (query: RoomQuery) => (adapter: ChatAdapter) =>
  take(
    adapter.listRooms(query, null, call()),
    ({ room }) => room.nativeId,
    ({ room }) => room,
  )
const readMessages = (roomId: string) => async (adapter: ChatAdapter) => {
  const { messages } = await adapter.listMessages(roomId, newest, call())
  return new Map(messages.map((message) => [message.ref.messageId, message]))
}
const readDepartments = async (adapter: ChatAdapter) =>
  new Map((await adapter.listDepartments(call())).map((department) => [department.nativeId, department]))
const readOffline = (adapter: ChatAdapter) =>
  take(
    adapter.listOfflineMessages({ from: null, to: null, departmentId: null, text: null }, null, call()),
    ({ message }) => message.key,
    ({ message }) => message,
  )

describe('a field that Rocket.Chat changes costs only that field', () => {
  async function scene(): Promise<ProviderUnderTest & { roomId: string }> {
    const sandbox = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => sandbox.close())
    const { workspace } = sandbox
    const ada = workspace.createAgent({ name: 'Ada' })
    const orders = workspace.createDepartment({ name: 'Orders', agentIds: [ada._id] })
    workspace.createDepartment({ name: 'Billing', agentIds: [ada._id] })
    const rooms = ['Vera', 'Walt', 'Xena', 'Yuri'].map((name) => {
      const { token } = workspace.createVisitor({ name })
      const room = workspace.openRoom({ token, agentId: ada._id, departmentId: orders._id })
      for (const msg of ['Hello', 'Anyone?']) workspace.visitorSends(room._id, msg)
      workspace.rateRoom(room._id, { satisfaction: '5', additionalFeedback: 'Thanks' })
      return room
    })
    const serviceAccount = workspace.serviceAccount()
    return {
      url: sandbox.url,
      roomId: rooms[0]?._id ?? '',
      openAdapter: (url) =>
        createAdapterWithoutStore({
          kind: 'ROCKET_CHAT',
          name: 'rocketchat',
          url,
          serviceAccount,
        }),
    }
  }

  it('in a list of rooms', async () => {
    await expectOnlyChangedFieldLost(await scene(), {
      path: '/livechat/rooms',
      read: readRooms(EVERY_ROOM),
      list: ['rooms'],
      requiredFields: ['_id'],
    })
  })

  it('in a history', async () => {
    const opened = await scene()
    await expectOnlyChangedFieldLost(opened, {
      path: `/messages.history/${opened.roomId}`,
      read: readMessages(opened.roomId),
      list: ['messages'],
      requiredFields: ['_id', 'ts'],
    })
  })

  it('in a list of departments', async () => {
    await expectOnlyChangedFieldLost(await scene(), {
      path: '/livechat/department',
      read: readDepartments,
      list: ['departments'],
      requiredFields: ['_id'],
    })
  })
})

describe('a field that LiveChat changes costs only that field', () => {
  async function scene(offlineSource: 'rest_v1' | 'helpdesk' | 'archives' = 'rest_v1') {
    const sandbox = await startLiveChatSandbox({ seed: false, now: Date.now })
    onTestFinished(() => sandbox.close())
    const { chats, credentials } = sandbox
    const started = ['Cy', 'Di', 'Ed', 'Fay'].map((name) => {
      const chat = chats.start({ customer: { name, email: `${name}@example.test` }, say: 'hello' })
      chats.agentSends(chat.id, 'how can I help?')
      chats.agentNotes(chat.id, 'a regular')
      const [thread] = chat.threads
      if (thread) {
        thread.tags.push('vip')
        thread.properties = { ...thread.properties, rating: { score: 1, comment: 'Thanks' } }
      }
      return chat
    })
    for (const chat of started.slice(2)) chats.close(chat.id)
    for (const text of ['one', 'two', 'three']) {
      sandbox.addTicket({ requester: { email: 'gil@example.test', name: 'Gil' }, text })
      sandbox.addOfflineMessage({ visitorName: 'Gil', email: 'gil@example.test', text })
      const { id } = chats.start({ customer: { name: 'Gil' }, say: text, offline: true })
      chats.close(id)
    }
    const open = (url: string) =>
      createAdapterWithoutStore({ ...liveChatAgentConfig({ url, credentials }), offlineSource })
    return { url: sandbox.url, chatId: started[0]?.id ?? '', openAdapter: open }
  }

  it.each([
    ['open', openRooms],
    ['closed', closedRooms],
  ])('in a list of %s chats', async (_, query) => {
    await expectOnlyChangedFieldLost(await scene(), {
      path: '/list_chats',
      read: readRooms(query),
      list: ['chats_summary'],
      requiredFields: ['id'],
    })
  })

  it('in a chat’s threads', async () => {
    const { chatId, ...opened } = await scene()
    await expectOnlyChangedFieldLost(opened, {
      path: '/list_threads',
      read: readMessages(chatId),
      list: ['threads', 0, 'events'],
      requiredFields: ['id', 'created_at'],
      holdsSeveralItems: (leaf) => leaf.length === 3 && leaf[2] === 'id',
    })
  })

  it('in the groups', async () => {
    await expectOnlyChangedFieldLost(await scene(), {
      path: '/list_groups',
      read: readDepartments,
      list: [],
      requiredFields: ['id'],
    })
  })

  it('in the classic list of offline messages, its counts included', async () => {
    await expectOnlyChangedFieldLost(await scene(), {
      path: '/offline_messages',
      read: readOffline,
      list: ['offline_messages'],
      requiredFields: ['id'],
    })
  })

  it('in HelpDesk’s tickets', async () => {
    await expectOnlyChangedFieldLost(await scene('helpdesk'), {
      path: '/v1/tickets',
      read: readOffline,
      list: [],
      requiredFields: ['ID'],
    })
  })

  it('in the archives', async () => {
    await expectOnlyChangedFieldLost(await scene('archives'), {
      path: '/list_archives',
      read: readOffline,
      list: ['chats'],
      requiredFields: ['id'],
    })
  })
})
