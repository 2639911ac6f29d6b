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

async function opened() {
  const clock = manualClock(Date.now() - 3 * DAY_MS)
  const licence = await openLiveChatGateway({
    sandbox: { now: clock.now },
    configure: (right, sandbox) => ({ ...withOAuth(right, sandbox), offlineSource: 'archives' }),
  })
  /** Leaves a message as a visitor would, in a thread that LiveChat then closes. */
  const leave = (text: string, groupId = 0) => {
    clock.forward(60_000)
    const customer = { name: 'Ada', email: 'ada@example.test' }
    const chat = licence.liveChat.chats.start({ customer, groupId, offline: true, say: form })
    licence.liveChat.chats.customerSends(chat.id, text)
    licence.liveChat.chats.close(chat.id)
    return chat
  }
  return { licence, clock, leave }
}

async function list({ url }: LiveChatGateway, variables: object = {}) {
  return (await fetchData(url, Offline, variables, asOperator)).offlineMessages
}

describe('threads that began as offline messages', () => {
  it('have their time, their sender, their words and their group', async () => {
    const { licence, leave } = await opened()
    const chat = leave('where is it?', 2)
    licence.liveChat.chats.start({ say: 'a chat like any other' })
    const [thread] = chat.threads
    const receivedAt = new Date(Math.floor((thread?.createdAt ?? 0) / 1000)).toISOString()
    expect(await list(licence)).toMatchObject({
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

  it('come newest first, a hundred a call, and go on where they were left', async () => {
    const { licence, leave } = await opened()
    const expected = Array.from(
      { length: 120 },
      (_, index) => leave(`message ${index}`).threads[0]?.id ?? '',
    ).toReversed()
    const read: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await list(licence, { first: 50, after })
      read.push(...page.nodes.map(({ nativeId }) => nativeId ?? ''))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor ?? null
      licence.liveChat.expirePageIds()
    }
    expect(read).toEqual(expected)
    expect(countRequests(licence)['agent/list_archives']).toBe(3)
  })

  it('are filtered by LiveChat: days, words and groups', async () => {
    const { licence, clock, leave } = await opened()
    leave('a parcel', 2)
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    clock.forward(DAY_MS)
    leave('an invoice', 3)
    const texts = async (filter: object) => (await list(licence, { filter })).nodes.map(({ text }) => text)
    expect(await texts({})).toEqual(['an invoice', 'a parcel'])
    expect(await texts({ to: day })).toEqual(['a parcel'])
    expect(await texts({ text: 'invoice' })).toEqual(['an invoice'])
    const departmentId = Buffer.from(JSON.stringify([1, 'd', 'livechat', '2'])).toString('base64url')
    expect(await texts({ departmentId })).toEqual(['a parcel'])
  })

  it('are found by their ids, twenty a call', async () => {
    const { licence, leave } = await opened()
    for (let count = 0; count < 25; count += 1) leave(`message ${count}`)
    const { nodes: listed } = await list(licence, { first: 25 })
    licence.liveChat.clearCalls()
    const ids = listed.map(({ id }) => id)
    const { nodes } = await fetchData(licence.url, OfflineNodes, { ids }, asOperator)
    expect(nodes.map((node) => node?.id)).toEqual(ids)
    expect(countRequests(licence)).toEqual({ 'agent/list_archives': 2 })
  })
})

describe('an offline message that is left', () => {
  const input = { provider: 'livechat', name: 'Ada', email: 'ada@example.test', text: 'where is it?' }
  const send = async ({ url }: LiveChatGateway, more: object = {}) =>
    (await fetchData(url, SendOffline, { input: { ...input, ...more } }, asAnonymous)).sendOfflineMessage

  it('begins a chat that waits for whoever comes, though nobody is there', async () => {
    const { licence } = await opened()
    const { chats } = licence.liveChat
    for (const { id } of chats.agents) chats.setRoutingStatus(id, 'offline')
    expect(await send(licence, { department: 'Billing' })).toMatchObject({
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
      (await list(licence, { filter: { from: '2020-01-01', states: ['RECEIVED'] } })).nodes,
    ).toMatchObject([{ text: 'where is it?' }])
  })

  it('fails for a department that is none', async () => {
    const { licence } = await opened()
    expect(await send(licence, { department: 'Moon' })).toMatchObject({
      offlineMessage: { delivery: { state: 'FAILED' } },
    })
    expect(licence.liveChat.chats.all).toEqual([])
  })

  it('is UNCONFIRMED where the answer is lost and no chat is found', async () => {
    const { licence } = await opened()
    licence.liveChat.injectFault({ kind: 'reset', route: customerAction('start_chat') })
    expect(await send(licence)).toMatchObject({ offlineMessage: { delivery: { state: 'UNCONFIRMED' } } })
  })

  it('is refused with the reason where no visitor can be made', async () => {
    const licence = await openLiveChatGateway({
      configure: (right) => ({ ...right, offlineSource: 'archives' }),
    })
    expect(await send(licence)).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('OAuth'),
    })
  })
})
