import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { Config } from '../../src/config/index.ts'
import { startGateway } from '../../src/gateway.ts'
import { fetchData } from '../support/graphql-client.ts'
import { silentLog } from '../support/log.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asOperator, rocketChatConfig, testConfig } from '../support/test-gateway.ts'
import { KeyedRoom, KeyedSend } from './documents.ts'
import { asApp, KEY, openLiveChatRoom, startRoom } from './replicas.ts'

const SEND = '/v3.6/customer/action/send_event'
const START = '/v3.6/customer/action/start_chat'

/** Where a response does not come, or too late. */
const IMPATIENT = { upstreamTimeoutMs: 1_000 }

/** A gateway with both providers, and its database. */
async function openGateway(overrides: Partial<Config> = {}) {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const liveChat = await startLiveChatSandbox({ seed: false })
  onTestFinished(async () => void (await Promise.all([rocketChat.close(), liveChat.close()])))
  const dataDir = createTestDirectory()
  const providers = [rocketChatConfig(rocketChat.url), asApp(liveChat)]
  const config = testConfig(providers, { dataDir, ...overrides })
  const { url, close } = await startGateway(config, { log: silentLog })
  onTestFinished(() => close())
  const database = new Database(join(dataDir, 'switchboard.db'))
  onTestFinished(() => void database.close())
  return { url, rocketChat, liveChat, database }
}

describe('a request that LiveChat may still execute', () => {
  it('is not repeated for its key; its result is found after it was executed', async () => {
    const { url, liveChat } = await openGateway(IMPATIENT)
    const { send, said } = openLiveChatRoom({ liveChat })
    liveChat.injectFault({ kind: 'slow', ms: 2_500, route: SEND, times: 1 })
    expect(await send(url, 'visitor')).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await send(url, 'visitor')).toMatchObject({ message: { text: 'only once' } })
    expect(said()).toBe(1)
    expect(liveChat.counts()[`POST ${SEND}`]).toBe(1)
  })

  it('is repeated when it can no longer be executed', async () => {
    const { url, liveChat, database } = await openGateway(IMPATIENT)
    const { send, said } = openLiveChatRoom({ liveChat })
    liveChat.injectFault({ kind: 'stall', route: SEND, times: 1 })
    expect(await send(url, 'visitor')).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await send(url, 'visitor')).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(said()).toBe(0)
    database.exec('update idempotency_key set lands_by = 1')
    expect(await send(url, 'visitor')).toMatchObject({ message: { text: 'only once' } })
    expect(said()).toBe(1)
  })

  it('opens no second room, and its visitor is the same', async () => {
    const { url, liveChat, database } = await openGateway(IMPATIENT)
    liveChat.injectFault({ kind: 'stall', route: START, times: 1 })
    expect(await startRoom(url, 'livechat')).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    database.exec('update idempotency_key set lands_by = 1')
    expect(await startRoom(url, 'livechat')).toMatchObject({ __typename: 'StartRoomPayload' })
    expect(liveChat.chats.all).toHaveLength(1)
    expect(liveChat.counts()['POST /v2/customer/token']).toBe(1)
  })
})

it('a room that Rocket.Chat has opened is found after a lost response, a closing and a repetition that failed', async () => {
  const { url, rocketChat } = await openGateway()
  const { workspace } = rocketChat
  const recover = rocketChat.injectFault({ kind: 'reset-after-commit', route: '/api/v1/livechat/room' })
  const start = () => startRoom(url, 'rocketchat', { text: null })
  expect(await start()).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
  recover()
  const [opened] = workspace.rooms()
  workspace.closeRoom(opened?._id ?? '')
  const route = '/api/v1/livechat/visitor'
  rocketChat.injectFault({ kind: 'answer', status: 500, body: {}, route, times: 1 })
  expect(await start()).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
  expect(await start()).toMatchObject({ room: { nativeId: opened?._id }, visitorToken: opened?.v.token })
  expect(workspace.rooms()).toHaveLength(1)
})

describe('while the database is unavailable', () => {
  async function openWithout() {
    const gateway = await openGateway()
    gateway.database.exec(`create trigger unavailable before insert on idempotency_key
      begin select raise(abort, 'database or disk is full'); end`)
    return gateway
  }

  it('LiveChat receives no write with a key, which could not be stored, but writes without a key', async () => {
    const { url, liveChat } = await openWithout()
    const { send, said, roomId } = openLiveChatRoom({ liveChat })
    expect(await send(url, 'operator')).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    expect(await startRoom(url, 'livechat')).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    expect(said()).toBe(0)
    const { sendMessage } = await fetchData(
      url,
      KeyedSend,
      { input: { roomId, text: 'only once' } },
      asOperator,
    )
    expect(sendMessage).toMatchObject({ message: { text: 'only once' } })
  })

  it('Rocket.Chat receives writes, because it recognizes the key itself, and queries work', async () => {
    const { url, rocketChat } = await openWithout()
    const [first, second] = [await startRoom(url, 'rocketchat'), await startRoom(url, 'rocketchat')]
    if (!('room' in first)) throw new Error('not started')
    expect(second).toMatchObject({ room: { id: first.room.id }, visitorToken: first.visitorToken })
    const headers = { 'x-visitor-token': first.visitorToken }
    const input = { roomId: first.room.id, text: 'only once', idempotencyKey: `${KEY}, then` }
    const send = async () => (await fetchData(url, KeyedSend, { input }, headers)).sendMessage
    expect(await send()).toMatchObject({ message: { text: 'only once' } })
    expect(await send()).toMatchObject({ message: { text: 'only once' } })
    const variables = { provider: 'rocketchat', id: first.room.nativeId }
    const { roomByNativeId } = await fetchData(url, KeyedRoom, variables, headers)
    const said = roomByNativeId?.messages.nodes.map(({ text }) => text)
    expect(said?.filter((text) => text === 'hello' || text === 'only once')).toEqual(['hello', 'only once'])
    expect(rocketChat.workspace.rooms()).toHaveLength(1)
  })
})

it('stores no visitor token and no key in a form that the database reveals', async () => {
  const { url, database } = await openGateway()
  const tokens: string[] = []
  for (const provider of ['livechat', 'rocketchat']) {
    const started = await startRoom(url, provider)
    if (!('visitorToken' in started)) throw new Error('not started')
    tokens.push(started.visitorToken)
  }
  const stored = JSON.stringify(database.prepare('select * from idempotency_key').all())
  for (const secret of [...tokens, KEY]) expect(stored).not.toContain(secret)
})
