import { describe, expect, it } from 'vitest'
import { fetchData } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../../../support/test-gateway.ts'
import { Offline, OfflineNodes, SendOffline } from '../support/documents.ts'
import {
  countRequests,
  customerAction,
  type LiveChatGateway,
  manualClock,
  openLiveChatGateway,
  withOAuth,
} from '../support/livechat-gateway.ts'

const DAY_MS = 86_400_000
const form = {
  type: 'filled_form',
  fields: { form_id: 'f', fields: [{ id: '1', type: 'name', label: 'Your name', answer: 'Ada' }] },
}

async function openGateway() {
  const clock = manualClock(Date.now() - 3 * DAY_MS)
  const gateway = await openLiveChatGateway({
    sandbox: { now: clock.now },
    configure: (right, sandbox) => ({ ...withOAuth(right, sandbox), offlineSource: 'archives' }),
  })
  /** Adds a visitor's offline message, in a thread that LiveChat then closes. */
  const addOfflineMessage = (text: string, groupId = 0) => {
    clock.advance(60_000)
    const customer = { name: 'Ada', email: 'ada@example.test' }
    const chat = gateway.liveChat.chats.start({ customer, groupId, offline: true, say: form })
    gateway.liveChat.chats.customerSends(chat.id, text)
    gateway.liveChat.chats.close(chat.id)
    return chat
  }
  return { gateway, clock, addOfflineMessage }
}

async function list({ url }: LiveChatGateway, variables: object = {}) {
  return (await fetchData(url, Offline, variables, asOperator)).offlineMessages
}

describe('threads that start with offline messages', () => {
  it('have their time, sender, text and group', async () => {
    const { gateway, addOfflineMessage } = await openGateway()
    const chat = addOfflineMessage('where is it?', 2)
    gateway.liveChat.chats.start({ say: 'a chat like any other' })
    const [thread] = chat.threads
    const receivedAt = new Date(Math.floor((thread?.createdAt ?? 0) / 1000)).toISOString()
    expect(await list(gateway)).toMatchObject({
      totalCount: null,
      nodes: [
        {
          nativeId: thread?.id,
          name: 'Ada',
          email: 'ada@example.test',
          text: 'where is it?',
          rawText: 'Your name: Ada\nwhere is it?',
          receivedAt,
          receivedOn: receivedAt.slice(0, 10),
          department: { nativeId: '2' },
        },
      ],
    })
  })

  it('are listed newest first, a hundred per request, and continue at a cursor', async () => {
    const { gateway, addOfflineMessage } = await openGateway()
    const expected = Array.from(
      { length: 120 },
      (_, index) => addOfflineMessage(`message ${index}`).threads[0]?.id ?? '',
    ).toReversed()
    const read: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await list(gateway, { first: 50, after })
      read.push(...page.nodes.map(({ nativeId }) => nativeId ?? ''))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor ?? null
      gateway.liveChat.expirePageIds()
    }
    expect(read).toEqual(expected)
    expect(countRequests(gateway)['agent/list_archives']).toBe(3)
  })

  it('are filtered by LiveChat: days, text and groups', async () => {
    const { gateway, clock, addOfflineMessage } = await openGateway()
    addOfflineMessage('a parcel', 2)
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    clock.advance(DAY_MS)
    addOfflineMessage('an invoice', 3)
    const texts = async (filter: object) => (await list(gateway, { filter })).nodes.map(({ text }) => text)
    expect(await texts({})).toEqual(['an invoice', 'a parcel'])
    expect(await texts({ to: day })).toEqual(['a parcel'])
    expect(await texts({ text: 'invoice' })).toEqual(['an invoice'])
    const departmentId = Buffer.from(JSON.stringify([1, 'd', 'livechat', '2'])).toString('base64url')
    expect(await texts({ departmentId })).toEqual(['a parcel'])
  })

  it('are found by their ids, twenty per request', async () => {
    const { gateway, addOfflineMessage } = await openGateway()
    for (let count = 0; count < 25; count += 1) addOfflineMessage(`message ${count}`)
    const { nodes: listed } = await list(gateway, { first: 25 })
    gateway.liveChat.clearCalls()
    const ids = listed.map(({ id }) => id)
    const { nodes } = await fetchData(gateway.url, OfflineNodes, { ids }, asOperator)
    expect(nodes.map((node) => node?.id)).toEqual(ids)
    expect(countRequests(gateway)).toEqual({ 'agent/list_archives': 2 })
  })
})

describe('sending an offline message', () => {
  const input = { provider: 'livechat', name: 'Ada', email: 'ada@example.test', text: 'where is it?' }
  const send = async ({ url }: LiveChatGateway, more: object = {}) =>
    (await fetchData(url, SendOffline, { input: { ...input, ...more } }, asAnonymous)).sendOfflineMessage

  it('starts a chat for any agent, though none is online', async () => {
    const { gateway } = await openGateway()
    const { chats } = gateway.liveChat
    for (const { id } of chats.agents) chats.setRoutingStatus(id, 'offline')
    expect(await send(gateway, { department: 'Billing' })).toMatchObject({
      offlineMessage: { delivery: { state: 'SENT' } },
    })
    const [chat] = chats.all
    expect(chat).toMatchObject({
      groupIds: [3],
      threads: [{ properties: { routing: { offline_message: true, continuous: true } } }],
    })
    expect(chats.customerOf(chat?.id ?? '')).toMatchObject({ name: 'Ada', email: 'ada@example.test' })
    chats.close(chat?.id ?? '')
    expect(
      (await list(gateway, { filter: { from: '2020-01-01', states: ['RECEIVED'] } })).nodes,
    ).toMatchObject([{ text: 'where is it?' }])
  })

  it('fails for an unknown department', async () => {
    const { gateway } = await openGateway()
    expect(await send(gateway, { department: 'Moon' })).toMatchObject({
      offlineMessage: { delivery: { state: 'FAILED' } },
    })
    expect(gateway.liveChat.chats.all).toEqual([])
  })

  it('is UNCONFIRMED if the response is lost and no chat is found', async () => {
    const { gateway } = await openGateway()
    gateway.liveChat.injectFault({ kind: 'reset', route: customerAction('start_chat') })
    expect(await send(gateway)).toMatchObject({ offlineMessage: { delivery: { state: 'UNCONFIRMED' } } })
  })

  it('is rejected with the reason if no customer can be created', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right) => ({ ...right, offlineSource: 'archives' }),
    })
    expect(await send(gateway)).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('OAuth'),
    })
  })
})
