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

const opened = () => openLiveChatGateway({ configure: (right) => ({ ...right, offlineSource: 'helpdesk' }) })

function leave({ liveChat }: { readonly liveChat: LiveChatSandbox }, text: string, msAgo: number) {
  const requester = { email: 'ada@example.test', name: 'Ada' }
  return liveChat.addTicket({ requester, text, subject: 'Parcel', at: Date.now() - msAgo })
}

async function list({ url }: LiveChatGateway, variables: object = {}) {
  return (await fetchData(url, Offline, variables, asOperator)).offlineMessages
}

describe('HelpDesk’s tickets as offline messages', () => {
  it('have their time, their sender and their words', async () => {
    const licence = await opened()
    const ticket = leave(licence, 'where is it?\nAda', HOUR_MS)
    expect(await list(licence)).toMatchObject({
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

  it('come newest first, a hundred a call, and go on where they were left', async () => {
    const licence = await opened()
    // Three tickets of every minute carry the same time: only their ids tell them apart.
    const minutes = Array.from({ length: 250 }, (_, index) => Math.floor(index / 3))
    const left = minutes.map((minute, index) => leave(licence, `message ${index}`, minute * 60_000))
    const expected = [...left]
      .sort((a, b) =>
        a.createdAt === b.createdAt ? (a.ID < b.ID ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
      )
      .map(({ ID }) => ID)
    for (const first of [33, 100]) {
      const read: string[] = []
      licence.liveChat.clearCalls()
      for (let after: string | null = null; ; ) {
        const page = await list(licence, { first, after })
        read.push(...page.nodes.map(({ nativeId }) => nativeId ?? ''))
        if (!page.pageInfo.hasNextPage) break
        after = page.pageInfo.endCursor ?? null
      }
      expect(read).toEqual(expected)
    }
    expect(countRequests(licence)['v1/tickets']).toBeLessThanOrEqual(6)
  })

  it('are those of the last seven days, or of the days asked for', async () => {
    const licence = await opened()
    const day = (msAgo: number) => new Date(Date.now() - msAgo).toISOString().slice(0, 10)
    for (const days of [0, 3, 6, 8]) leave(licence, `${days} days ago`, days * DAY_MS)
    const texts = async (filter: object) => (await list(licence, { filter })).nodes.map(({ text }) => text)
    expect(await texts({})).toEqual(['0 days ago', '3 days ago', '6 days ago'])
    expect(await texts({ from: day(9 * DAY_MS), to: day(3 * DAY_MS) })).toEqual([
      '3 days ago',
      '6 days ago',
      '8 days ago',
    ])
  })

  it('are filtered by words here, and belong to no group', async () => {
    const licence = await opened()
    leave(licence, 'the Parcel is late', HOUR_MS)
    leave(licence, 'thank you', 2 * HOUR_MS)
    licence.liveChat.addTicket({
      requester: { email: 'bo@example.test' },
      text: 'an invoice',
      at: Date.now(),
    })
    const texts = async (filter: object) => (await list(licence, { filter })).nodes.map(({ text }) => text)
    expect(await texts({ text: 'INVOICE' })).toEqual(['an invoice'])
    expect(await texts({ text: 'ada@' })).toEqual(['the Parcel is late', 'thank you'])
    const departmentId = Buffer.from(JSON.stringify([1, 'd', 'livechat', '0'])).toString('base64url')
    expect(await texts({ departmentId })).toEqual([])
  })

  it('leave out what an agent opened', async () => {
    const licence = await opened()
    const requester = { email: 'ada@example.test' }
    licence.liveChat.addTicket({ requester, text: 'an agent’s own', authorType: 'agent', at: Date.now() })
    expect((await list(licence)).nodes).toEqual([])
  })

  it('are found by their ids', async () => {
    const licence = await opened()
    leave(licence, 'one', HOUR_MS)
    leave(licence, 'two', 0)
    const ids = (await list(licence)).nodes.map(({ id }) => id)
    const absent = Buffer.from(JSON.stringify([1, 'o', 'livechat', '../agents'])).toString('base64url')
    const { nodes } = await fetchData(licence.url, OfflineNodes, { ids: [...ids, absent] }, asOperator)
    expect(nodes.map((node) => node && 'text' in node && node.text)).toEqual(['two', 'one', null])
  })

  it('are read with an app’s token that is renewed', async () => {
    const licence = await openLiveChatGateway({
      configure: (right, sandbox) => ({ ...withOAuth(right, sandbox), offlineSource: 'helpdesk' }),
    })
    leave(licence, 'hello', 0)
    licence.liveChat.tokens.expireAll()
    expect((await list(licence)).nodes).toHaveLength(1)
    expect(countRequests(licence)).toMatchObject({ 'v2/token': 1 })
  })

  it.each(['nested', 'message', 'error', 'text'] as const)(
    'fail as documented, in the form %s',
    async (form) => {
      const licence = await openLiveChatGateway({
        sandbox: { switches: { helpdeskErrorForm: form } },
        configure: (right) => ({
          ...right,
          offlineSource: 'helpdesk',
          credential: { type: 'pat', accountId: 'nobody', token: 'wrong' },
        }),
      })
      const { errors } = await sendOperation(licence.url, Offline, {}, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_ERROR', provider: 'livechat' } }])
      expect(licence.log).toMatchObject([{ setting: expect.stringContaining('LIVECHAT_TOKEN') }])
    },
  )
})

describe('an offline message that is left', () => {
  const input = { provider: 'livechat', name: 'Ada', email: 'ada@example.test', text: 'where is it?' }

  it('becomes a ticket of its writer', async () => {
    const licence = await opened()
    const { sendOfflineMessage } = await fetchData(licence.url, SendOffline, { input }, asAnonymous)
    expect(sendOfflineMessage).toMatchObject({ offlineMessage: { delivery: { state: 'SENT' } } })
    expect(licence.liveChat.tickets).toMatchObject([
      {
        requester: { email: 'ada@example.test', name: 'Ada' },
        events: [{ author: { type: 'client' }, message: { text: 'where is it?' } }],
      },
    ])
    expect(licence.liveChat.calls[0]?.headers['user-agent']).toBe('switchboard-gateway')
  })

  it('goes to a team by its id, and to no other', async () => {
    const licence = await opened()
    const team = licence.liveChat.teams[1]?.ID ?? ''
    await fetchData(licence.url, SendOffline, { input: { ...input, department: team } }, asAnonymous)
    expect(licence.liveChat.tickets).toMatchObject([{ teamIDs: [team], assignment: { team: { ID: team } } }])
    const wrong = await fetchData(
      licence.url,
      SendOffline,
      { input: { ...input, department: 'Sales' } },
      asAnonymous,
    )
    expect(wrong.sendOfflineMessage).toMatchObject({ offlineMessage: { delivery: { state: 'FAILED' } } })
  })

  it('is UNCONFIRMED where the answer is lost', async () => {
    const licence = await opened()
    licence.liveChat.injectFault({ kind: 'reset-after-commit', route: '/v1/tickets', method: 'POST' })
    const { sendOfflineMessage } = await fetchData(licence.url, SendOffline, { input }, asAnonymous)
    expect(sendOfflineMessage).toMatchObject({ offlineMessage: { delivery: { state: 'UNCONFIRMED' } } })
    expect(licence.liveChat.tickets).toHaveLength(1)
  })
})
