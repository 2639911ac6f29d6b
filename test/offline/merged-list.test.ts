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

/** Leaves a message at LiveChat's classic API. */
const leave = ({ liveChat }: OfflineGateway, text: string, msAgo: number) =>
  liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text, at: Date.now() - msAgo })

describe('the providers’ lists and what is kept here', () => {
  it('are one list, newest first, the providers’ marked as such', async () => {
    const scene = await openOfflineGateway()
    const store = await openSharedStore(scene)
    leave(scene, 'two days old', 2 * DAY_MS)
    await acceptAt(store, ago(DAY_MS), { text: 'one day old' })
    leave(scene, 'three days old', 3 * DAY_MS)
    await send(scene, { text: 'just now' })
    const listed = await listAll(scene)
    expect(
      listed.map(({ text, provider, delivery }) => [text, provider.name, delivery.state === 'RECEIVED']),
    ).toEqual([
      ['just now', 'rocketchat', false],
      ['one day old', 'rocketchat', false],
      ['two days old', 'livechat', true],
      ['three days old', 'livechat', true],
    ])
  })

  it('put those of a day without a time behind those with one', async () => {
    const scene = await openOfflineGateway()
    leave(scene, 'some time today', 0)
    await send(scene, { text: 'now' })
    expect(textsOf(await listAll(scene))).toEqual(['now', 'some time today'])
  })

  it('keep the seven days of the default, and any days that are asked for', async () => {
    const scene = await openOfflineGateway()
    const store = await openSharedStore(scene)
    for (const days of [0, 6, 8]) await acceptAt(store, ago(days * DAY_MS), { text: `${days} days` })
    const day = (days: number) =>
      ago(days * DAY_MS)
        .toISOString()
        .slice(0, 10)
    expect(textsOf(await listAll(scene))).toEqual(['0 days', '6 days'])
    expect(textsOf(await listAll(scene, { from: day(8), to: day(6) }))).toEqual(['6 days', '8 days'])
    expect(textsOf(await listAll(scene, { from: '0000-01-01', to: '9999-12-31' }))).toHaveLength(3)
  })

  it('are filtered by state, provider and words', async () => {
    const scene = await openOfflineGateway()
    leave(scene, 'left at the provider', 0)
    scene.rocketChat.settings.Livechat_display_offline_form = false
    await send(scene, { text: 'refused' })
    scene.rocketChat.settings.Livechat_display_offline_form = true
    await send(scene, { text: 'sent', name: 'Grace Hopper' })
    expect(textsOf(await listAll(scene, { states: ['FAILED'] }))).toEqual(['refused'])
    expect(textsOf(await listAll(scene, { states: ['SENT', 'RECEIVED'] }))).toEqual([
      'sent',
      'left at the provider',
    ])
    expect(textsOf(await listAll(scene, { states: ['RECEIVED'] }))).toEqual(['left at the provider'])
    expect(await listAll(scene, { states: ['QUEUED', 'UNCONFIRMED', 'DISCARDED'] })).toEqual([])
    expect(textsOf(await listAll(scene, { providers: ['livechat'] }))).toEqual(['left at the provider'])
    expect(textsOf(await listAll(scene, { text: 'hopper' }))).toEqual(['sent'])
  })

  it('are filtered by a department, whether the message named its id or its name', async () => {
    const scene = await openOfflineGateway()
    const { workspace } = scene.rocketChat
    const agent = workspace.createAgent({ username: 'ada', name: 'Ada' })
    const sales = workspace.createDepartment({ name: 'Sales', agentIds: [agent._id] })
    await send(scene, { text: 'by id', department: sales._id })
    await send(scene, { text: 'by name', department: 'Sales' })
    await send(scene, { text: 'to nobody in particular' })
    const departmentId = encodeId({ type: 'Department', provider: 'rocketchat', departmentId: sales._id })
    const filter = { departmentId }
    const { offlineMessages } = await fetchData(scene.url, OfflineListDepartments, { filter }, asOperator)
    expect(offlineMessages.nodes).toEqual([
      { text: 'by name', department: { name: 'Sales' } },
      { text: 'by id', department: { name: 'Sales' } },
    ])
    const counted = await fetchData(scene.url, OfflineListCount, { filter }, asOperator)
    expect(counted.offlineMessages.totalCount).toBe(2)
  })

  it('are counted together where every list can be counted', async () => {
    const scene = await openOfflineGateway()
    for (const text of ['one', 'two']) leave(scene, text, DAY_MS)
    await send(scene, { text: 'three' })
    const count = async (filter: object) =>
      (await fetchData(scene.url, OfflineListCount, { filter }, asOperator)).offlineMessages.totalCount
    expect(await count({})).toBe(3)
    expect(await count({ states: ['SENT'] })).toBe(1)
    expect(await count({ states: ['RECEIVED'] })).toBe(2)
  })

  it('are not counted where one cannot be', async () => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    await send(scene)
    const { offlineMessages } = await fetchData(scene.url, OfflineListCount, { filter: {} }, asOperator)
    expect(offlineMessages).toEqual({ totalCount: null, nodes: [{ text: 'Hello' }] })
  })

  it('belong to operators', async () => {
    const scene = await openOfflineGateway()
    const id = await sendAndTakeId(scene)
    const { errors } = await sendOperation(scene.url, OfflineListPage, {}, asAnonymous)
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await fetchData(scene.url, OfflineListNode, { id }, asOperator)).toEqual({
      node: { id, text: 'Hello', delivery: { state: 'SENT' } },
    })
    expect(
      (await sendOperation(scene.url, OfflineListNode, { id }, asAnonymous)).data?.node ?? null,
    ).toBeNull()
  })

  it('can be listed for Rocket.Chat, which keeps none itself', async () => {
    const scene = await openOfflineGateway()
    const { providers } = await fetchData(scene.url, OfflineListProviders, {}, asAnonymous)
    const capabilities = providers.find(({ name }) => name === 'rocketchat')?.capabilities
    expect(capabilities).toContain('LIST_OFFLINE_MESSAGES')
    await send(scene)
    expect(textsOf(await listAll(scene, { providers: ['rocketchat'] }))).toEqual(['Hello'])
    const absent = encodeId({ type: 'OfflineMessage', provider: 'rocketchat', key: 'none' })
    expect(await fetchData(scene.url, OfflineListNode, { id: absent }, asOperator)).toEqual({ node: null })
  })
})

describe('what fails', () => {
  it('at a provider costs its part only', async () => {
    const scene = await openOfflineGateway()
    leave(scene, 'at LiveChat', 0)
    await send(scene, { text: 'kept here' })
    scene.liveChat.injectFault({ kind: 'answer', status: 500, body: 'broken', route: '/offline_messages' })
    const { data, errors } = await sendOperation(scene.url, OfflineListPage, {}, asOperator)
    expect(textsOf(data?.offlineMessages.nodes ?? [])).toEqual(['kept here'])
    expect(errors).toMatchObject([{ path: ['offlineMessages'], extensions: { provider: 'livechat' } }])
  })

  it('in the store is told beside the providers’ lists', async () => {
    const scene = await openOfflineGateway()
    leave(scene, 'at LiveChat', 0)
    const id = await sendAndTakeId(scene)
    const database = new Database(`${scene.config.dataDir}/switchboard.db`)
    database.exec('ALTER TABLE offline_message RENAME TO gone')
    database.close()
    const { data, errors } = await sendOperation(scene.url, OfflineListPage, {}, asOperator)
    expect(textsOf(data?.offlineMessages.nodes ?? [])).toEqual(['at LiveChat'])
    expect(errors).toMatchObject([
      { path: ['offlineMessages'], extensions: { code: 'PROVIDER_UNAVAILABLE' } },
    ])
    const looked = await sendOperation(scene.url, OfflineListNode, { id }, asOperator)
    expect(looked.errors).toMatchObject([{ path: ['node'], extensions: { code: 'PROVIDER_UNAVAILABLE' } }])
  })

  it('to send is told by the message itself', async () => {
    const scene = await openOfflineGateway()
    scene.rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
    await send(scene, { text: 'did it arrive?' })
    expect(await listAll(scene)).toMatchObject([
      { text: 'did it arrive?', delivery: { state: 'UNCONFIRMED', attempts: 1 } },
    ])
  })
})
