import { describe, expect, it } from 'vitest'
import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../../../support/test-gateway.ts'
import { Offline, OfflineNodes, SendOffline } from '../support/documents.ts'
import {
  countRequests,
  type LiveChatGateway,
  openLiveChatGateway,
  withOAuth,
} from '../support/livechat-gateway.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const openGateway = () =>
  openLiveChatGateway({ configure: (right) => ({ ...right, offlineSource: 'helpdesk' }) })

function addOfflineMessage(
  { liveChat }: { readonly liveChat: LiveChatSandbox },
  text: string,
  msAgo: number,
) {
  const requester = { email: 'ada@example.test', name: 'Ada' }
  return liveChat.addTicket({ requester, text, subject: 'Parcel', at: Date.now() - msAgo })
}

async function list({ url }: LiveChatGateway, variables: object = {}) {
  return (await fetchData(url, Offline, variables, asOperator)).offlineMessages
}

describe('HelpDesk’s tickets as offline messages', () => {
  it('have their time, sender and text', async () => {
    const gateway = await openGateway()
    const ticket = addOfflineMessage(gateway, 'where is it?\nAda', HOUR_MS)
    expect(await list(gateway)).toMatchObject({
      totalCount: null,
      nodes: [
        {
          nativeId: ticket.ID,
          name: 'Ada',
          email: 'ada@example.test',
          text: 'where is it?\nAda',
          receivedAt: ticket.createdAt,
          receivedOn: ticket.createdAt.slice(0, 10),
          department: null,
        },
      ],
    })
  })

  it('are listed newest first, a hundred per request, and continue at a cursor', async () => {
    const gateway = await openGateway()
    // Three tickets of each minute have the same time, so that only their ids order them.
    const minutes = Array.from({ length: 250 }, (_, index) => Math.floor(index / 3))
    const left = minutes.map((minute, index) =>
      addOfflineMessage(gateway, `message ${index}`, minute * 60_000),
    )
    const expected = [...left]
      .sort((a, b) =>
        a.createdAt === b.createdAt ? (a.ID < b.ID ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
      )
      .map(({ ID }) => ID)
    for (const first of [33, 100]) {
      const read: string[] = []
      gateway.liveChat.clearCalls()
      for (let after: string | null = null; ; ) {
        const page = await list(gateway, { first, after })
        read.push(...page.nodes.map(({ nativeId }) => nativeId ?? ''))
        if (!page.pageInfo.hasNextPage) break
        after = page.pageInfo.endCursor ?? null
      }
      expect(read).toEqual(expected)
    }
    expect(countRequests(gateway)['v1/tickets']).toBeLessThanOrEqual(6)
  })

  it('are those of the last seven days, or of the requested days', async () => {
    const gateway = await openGateway()
    const day = (msAgo: number) => new Date(Date.now() - msAgo).toISOString().slice(0, 10)
    for (const days of [0, 3, 6, 8]) addOfflineMessage(gateway, `${days} days ago`, days * DAY_MS)
    const texts = async (filter: object) => (await list(gateway, { filter })).nodes.map(({ text }) => text)
    expect(await texts({})).toEqual(['0 days ago', '3 days ago', '6 days ago'])
    expect(await texts({ from: day(9 * DAY_MS), to: day(3 * DAY_MS) })).toEqual([
      '3 days ago',
      '6 days ago',
      '8 days ago',
    ])
  })

  it('are filtered by text in the gateway, and belong to no group', async () => {
    const gateway = await openGateway()
    addOfflineMessage(gateway, 'the Parcel is late', HOUR_MS)
    addOfflineMessage(gateway, 'thank you', 2 * HOUR_MS)
    gateway.liveChat.addTicket({
      requester: { email: 'bo@example.test' },
      text: 'an invoice',
      at: Date.now(),
    })
    const texts = async (filter: object) => (await list(gateway, { filter })).nodes.map(({ text }) => text)
    expect(await texts({ text: 'INVOICE' })).toEqual(['an invoice'])
    expect(await texts({ text: 'ada@' })).toEqual(['the Parcel is late', 'thank you'])
    const departmentId = Buffer.from(JSON.stringify([1, 'd', 'livechat', '0'])).toString('base64url')
    expect(await texts({ departmentId })).toEqual([])
  })

  it('do not include tickets of agents', async () => {
    const gateway = await openGateway()
    const requester = { email: 'ada@example.test' }
    gateway.liveChat.addTicket({ requester, text: 'an agent’s own', authorType: 'agent', at: Date.now() })
    expect((await list(gateway)).nodes).toEqual([])
  })

  it('are found by their ids', async () => {
    const gateway = await openGateway()
    addOfflineMessage(gateway, 'one', HOUR_MS)
    addOfflineMessage(gateway, 'two', 0)
    const ids = (await list(gateway)).nodes.map(({ id }) => id)
    const absent = Buffer.from(JSON.stringify([1, 'o', 'livechat', '../agents'])).toString('base64url')
    const { nodes } = await fetchData(gateway.url, OfflineNodes, { ids: [...ids, absent] }, asOperator)
    expect(nodes.map((node) => node && 'text' in node && node.text)).toEqual(['two', 'one', null])
  })

  it('are read with an app’s renewed token', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right, sandbox) => ({ ...withOAuth(right, sandbox), offlineSource: 'helpdesk' }),
    })
    addOfflineMessage(gateway, 'hello', 0)
    gateway.liveChat.tokens.expireAll()
    expect((await list(gateway)).nodes).toHaveLength(1)
    expect(countRequests(gateway)).toMatchObject({ 'v2/token': 1 })
  })

  it.each(['nested', 'message', 'error', 'text'] as const)(
    'fail as documented, in the form %s',
    async (form) => {
      const gateway = await openLiveChatGateway({
        sandbox: { switches: { helpdeskErrorForm: form } },
        configure: (right) => ({
          ...right,
          offlineSource: 'helpdesk',
          credential: { type: 'pat', accountId: 'nobody', token: 'wrong' },
        }),
      })
      const { errors } = await sendOperation(gateway.url, Offline, {}, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_ERROR', provider: 'livechat' } }])
      expect(gateway.log).toMatchObject([{ setting: expect.stringContaining('LIVECHAT_TOKEN') }])
    },
  )
})

describe('sending an offline message', () => {
  const input = { provider: 'livechat', name: 'Ada', email: 'ada@example.test', text: 'where is it?' }

  it('creates a ticket of the sender', async () => {
    const gateway = await openGateway()
    const { sendOfflineMessage } = await fetchData(gateway.url, SendOffline, { input }, asAnonymous)
    expect(sendOfflineMessage).toMatchObject({ offlineMessage: { delivery: { state: 'SENT' } } })
    expect(gateway.liveChat.tickets).toMatchObject([
      {
        requester: { email: 'ada@example.test', name: 'Ada' },
        events: [{ author: { type: 'client' }, message: { text: 'where is it?' } }],
      },
    ])
    expect(gateway.liveChat.calls[0]?.headers['user-agent']).toBe('switchboard-gateway')
  })

  it('assigns it to a team by its id', async () => {
    const gateway = await openGateway()
    const team = gateway.liveChat.teams[1]?.ID ?? ''
    await fetchData(gateway.url, SendOffline, { input: { ...input, department: team } }, asAnonymous)
    expect(gateway.liveChat.tickets).toMatchObject([{ teamIDs: [team], assignment: { team: { ID: team } } }])
    const wrong = await fetchData(
      gateway.url,
      SendOffline,
      { input: { ...input, department: 'Sales' } },
      asAnonymous,
    )
    expect(wrong.sendOfflineMessage).toMatchObject({ offlineMessage: { delivery: { state: 'FAILED' } } })
  })

  it('is UNCONFIRMED if the response is lost', async () => {
    const gateway = await openGateway()
    gateway.liveChat.injectFault({ kind: 'reset-after-commit', route: '/v1/tickets', method: 'POST' })
    const { sendOfflineMessage } = await fetchData(gateway.url, SendOffline, { input }, asAnonymous)
    expect(sendOfflineMessage).toMatchObject({ offlineMessage: { delivery: { state: 'UNCONFIRMED' } } })
    expect(gateway.liveChat.tickets).toHaveLength(1)
  })
})
