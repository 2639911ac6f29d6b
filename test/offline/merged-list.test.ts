import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { encodeId } from '../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../support/test-gateway.ts'
import {
  OfflineListCount,
  OfflineListDepartments,
  OfflineListNode,
  OfflineListPage,
  OfflineListProviders,
} from './list-documents.ts'
import {
  acceptAt,
  listAll,
  OFFLINE_FORM,
  type OfflineGateway,
  openOfflineGateway,
  openSharedStore,
  send,
  sendAndTakeId,
  textsOf,
} from './offline-gateway.ts'

const DAY_MS = 86_400_000
const ago = (ms: number) => new Date(Date.now() - ms)

/** Adds a message at LiveChat's classic API. */
const addAtProvider = ({ liveChat }: OfflineGateway, text: string, msAgo: number) =>
  liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text, at: Date.now() - msAgo })

describe('the providers’ lists and the stored messages', () => {
  it('are one list, newest first, with the providers’ messages marked as RECEIVED', async () => {
    const offlineGateway = await openOfflineGateway()
    const store = await openSharedStore(offlineGateway)
    addAtProvider(offlineGateway, 'two days old', 2 * DAY_MS)
    await acceptAt(store, ago(DAY_MS), { text: 'one day old' })
    addAtProvider(offlineGateway, 'three days old', 3 * DAY_MS)
    await send(offlineGateway, { text: 'just now' })
    const listed = await listAll(offlineGateway)
    expect(
      listed.map(({ text, provider, delivery }) => [text, provider.name, delivery.state === 'RECEIVED']),
    ).toEqual([
      ['just now', 'rocketchat', false],
      ['one day old', 'rocketchat', false],
      ['two days old', 'livechat', true],
      ['three days old', 'livechat', true],
    ])
  })

  it('order messages of a day without a time after those with one', async () => {
    const offlineGateway = await openOfflineGateway()
    addAtProvider(offlineGateway, 'some time today', 0)
    await send(offlineGateway, { text: 'now' })
    expect(textsOf(await listAll(offlineGateway))).toEqual(['now', 'some time today'])
  })

  it('contain nothing that arrived after the first page was read', async () => {
    const offlineGateway = await openOfflineGateway()
    const store = await openSharedStore(offlineGateway)
    for (const days of [1, 2]) addAtProvider(offlineGateway, `at LiveChat, ${days} days old`, days * DAY_MS)
    for (const days of [3, 4]) await acceptAt(store, ago(days * DAY_MS), { text: `stored, ${days} days old` })
    // The first page has no stored message, so the cursor has no resume token of their list.
    const listed = await listAll(offlineGateway, {}, 1, async () => void (await send(offlineGateway)))
    expect(textsOf(listed)).toEqual([
      'at LiveChat, 1 days old',
      'at LiveChat, 2 days old',
      'stored, 3 days old',
      'stored, 4 days old',
    ])
  })

  it('cover seven days by default, and any requested days', async () => {
    const offlineGateway = await openOfflineGateway()
    const store = await openSharedStore(offlineGateway)
    for (const days of [0, 6, 8]) await acceptAt(store, ago(days * DAY_MS), { text: `${days} days` })
    const day = (days: number) =>
      ago(days * DAY_MS)
        .toISOString()
        .slice(0, 10)
    expect(textsOf(await listAll(offlineGateway))).toEqual(['0 days', '6 days'])
    expect(textsOf(await listAll(offlineGateway, { from: day(8), to: day(6) }))).toEqual(['6 days', '8 days'])
    expect(textsOf(await listAll(offlineGateway, { from: '0000-01-01', to: '9999-12-31' }))).toHaveLength(3)
  })

  it('are filtered by state, provider and text', async () => {
    const offlineGateway = await openOfflineGateway()
    addAtProvider(offlineGateway, 'added at the provider', 0)
    offlineGateway.rocketChat.settings.Livechat_display_offline_form = false
    await send(offlineGateway, { text: 'failing' })
    offlineGateway.rocketChat.settings.Livechat_display_offline_form = true
    await send(offlineGateway, { text: 'sent', name: 'Grace Hopper' })
    expect(textsOf(await listAll(offlineGateway, { states: ['FAILED'] }))).toEqual(['failing'])
    expect(textsOf(await listAll(offlineGateway, { states: ['SENT', 'RECEIVED'] }))).toEqual([
      'sent',
      'added at the provider',
    ])
    expect(textsOf(await listAll(offlineGateway, { states: ['RECEIVED'] }))).toEqual([
      'added at the provider',
    ])
    expect(await listAll(offlineGateway, { states: ['QUEUED', 'UNCONFIRMED', 'DISCARDED'] })).toEqual([])
    expect(textsOf(await listAll(offlineGateway, { providers: ['livechat'] }))).toEqual([
      'added at the provider',
    ])
    expect(textsOf(await listAll(offlineGateway, { text: 'hopper' }))).toEqual(['sent'])
  })

  it('are filtered by a department, whether the message named its id or its name', async () => {
    const offlineGateway = await openOfflineGateway()
    const { workspace } = offlineGateway.rocketChat
    const agent = workspace.createAgent({ username: 'ada', name: 'Ada' })
    const sales = workspace.createDepartment({ name: 'Sales', agentIds: [agent._id] })
    await send(offlineGateway, { text: 'by id', department: sales._id })
    await send(offlineGateway, { text: 'by name', department: 'Sales' })
    await send(offlineGateway, { text: 'to no department' })
    const departmentId = encodeId({ type: 'Department', provider: 'rocketchat', departmentId: sales._id })
    const filter = { departmentId }
    const { offlineMessages } = await fetchData(
      offlineGateway.url,
      OfflineListDepartments,
      { filter },
      asOperator,
    )
    expect(offlineMessages.nodes).toEqual([
      { text: 'by name', department: { name: 'Sales' } },
      { text: 'by id', department: { name: 'Sales' } },
    ])
    const counted = await fetchData(offlineGateway.url, OfflineListCount, { filter }, asOperator)
    expect(counted.offlineMessages.totalCount).toBe(2)
  })

  it('are counted together if every list can be counted', async () => {
    const offlineGateway = await openOfflineGateway()
    for (const text of ['one', 'two']) addAtProvider(offlineGateway, text, DAY_MS)
    await send(offlineGateway, { text: 'three' })
    const count = async (filter: object) =>
      (await fetchData(offlineGateway.url, OfflineListCount, { filter }, asOperator)).offlineMessages
        .totalCount
    expect(await count({})).toBe(3)
    expect(await count({ states: ['SENT'] })).toBe(1)
    expect(await count({ states: ['RECEIVED'] })).toBe(2)
  })

  it('are not counted if one list cannot be', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
    await send(offlineGateway)
    const { offlineMessages } = await fetchData(
      offlineGateway.url,
      OfflineListCount,
      { filter: {} },
      asOperator,
    )
    expect(offlineMessages).toEqual({ totalCount: null, nodes: [{ text: 'Hello' }] })
  })

  it('are visible to operators only', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendAndTakeId(offlineGateway)
    const { errors } = await sendOperation(offlineGateway.url, OfflineListPage, {}, asAnonymous)
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await fetchData(offlineGateway.url, OfflineListNode, { id }, asOperator)).toEqual({
      node: { id, text: 'Hello', delivery: { state: 'SENT' } },
    })
    expect(
      (await sendOperation(offlineGateway.url, OfflineListNode, { id }, asAnonymous)).data?.node ?? null,
    ).toBeNull()
  })

  it('can be listed for Rocket.Chat, which has no list of its own', async () => {
    const offlineGateway = await openOfflineGateway()
    const { providers } = await fetchData(offlineGateway.url, OfflineListProviders, {}, asAnonymous)
    const capabilities = providers.find(({ name }) => name === 'rocketchat')?.capabilities
    expect(capabilities).toContain('LIST_OFFLINE_MESSAGES')
    await send(offlineGateway)
    expect(textsOf(await listAll(offlineGateway, { providers: ['rocketchat'] }))).toEqual(['Hello'])
    const absent = encodeId({ type: 'OfflineMessage', provider: 'rocketchat', key: 'none' })
    expect(await fetchData(offlineGateway.url, OfflineListNode, { id: absent }, asOperator)).toEqual({
      node: null,
    })
  })
})

describe('a failure', () => {
  it('of one provider removes only its messages', async () => {
    const offlineGateway = await openOfflineGateway()
    addAtProvider(offlineGateway, 'at LiveChat', 0)
    await send(offlineGateway, { text: 'kept here' })
    offlineGateway.liveChat.injectFault({
      kind: 'answer',
      status: 500,
      body: 'broken',
      route: '/offline_messages',
    })
    const { data, errors } = await sendOperation(offlineGateway.url, OfflineListPage, {}, asOperator)
    expect(textsOf(data?.offlineMessages.nodes ?? [])).toEqual(['kept here'])
    expect(errors).toMatchObject([{ path: ['offlineMessages'], extensions: { provider: 'livechat' } }])
  })

  it('of the store is reported next to the providers’ messages', async () => {
    const offlineGateway = await openOfflineGateway()
    addAtProvider(offlineGateway, 'at LiveChat', 0)
    const id = await sendAndTakeId(offlineGateway)
    const database = new Database(`${offlineGateway.config.dataDir}/switchboard.db`)
    database.exec('ALTER TABLE offline_message RENAME TO gone')
    database.close()
    const { data, errors } = await sendOperation(offlineGateway.url, OfflineListPage, {}, asOperator)
    expect(textsOf(data?.offlineMessages.nodes ?? [])).toEqual(['at LiveChat'])
    expect(errors).toMatchObject([
      { path: ['offlineMessages'], extensions: { code: 'PROVIDER_UNAVAILABLE' } },
    ])
    const node = await sendOperation(offlineGateway.url, OfflineListNode, { id }, asOperator)
    expect(node.errors).toMatchObject([{ path: ['node'], extensions: { code: 'PROVIDER_UNAVAILABLE' } }])
  })

  it('to send is reported by the message itself', async () => {
    const offlineGateway = await openOfflineGateway()
    offlineGateway.rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
    await send(offlineGateway, { text: 'did it arrive?' })
    expect(await listAll(offlineGateway)).toMatchObject([
      { text: 'did it arrive?', delivery: { state: 'UNCONFIRMED', attempts: 1 } },
    ])
  })
})
