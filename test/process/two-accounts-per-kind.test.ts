import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { Accounts, AnyNode, MergedRooms } from './documents.ts'
import { startProcess } from './gateway-process.ts'

const OPERATOR_KEY = 'operator-key-of-ann-4711'
const asOperator = { authorization: `Bearer ${OPERATOR_KEY}` }

it('two accounts of each kind from a file: one merged inbox, in which an unavailable account lacks only its own rooms', async () => {
  const [support, sales] = [
    await startRocketChatSandbox({ seed: false }),
    await startRocketChatSandbox({ seed: false }),
  ]
  const [shop, club] = [
    await startLiveChatSandbox({ seed: false }),
    await startLiveChatSandbox({ seed: false }),
  ]
  const servers = [support, sales, shop, club]
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => server.close()))
  })
  const supportRoom = talkAt(support)
  const salesRoom = talkAt(sales)
  const shopChat = shop.chats.start({ customer: { name: 'Cy' }, say: 'hello' }).id
  const clubChat = club.chats.start({ customer: { name: 'Di' }, say: 'hello' }).id
  const file = writeProviders({
    support: rocketChat(support, 'SUPPORT_TOKEN'),
    sales: rocketChat(sales, 'SALES_TOKEN'),
    shop: liveChat(shop, 'SHOP_TOKEN'),
    club: liveChat(club, 'CLUB_TOKEN'),
  })
  const gateway = startProcess({
    PORT: '0',
    PROVIDERS_FILE: file,
    OPERATOR_KEYS: `ann:${OPERATOR_KEY}`,
    SUPPORT_TOKEN: support.workspace.serviceAccount().authToken,
    SALES_TOKEN: sales.workspace.serviceAccount().authToken,
    SHOP_TOKEN: shop.credentials.personalAccessToken,
    CLUB_TOKEN: club.credentials.personalAccessToken,
  })
  onTestFinished(gateway.dispose)
  const url = await gateway.url
  const inbox = async () => {
    const { data, errors } = await sendOperation(url, MergedRooms, {}, asOperator)
    const rooms = data?.rooms.nodes.map(({ provider, nativeId }) => [provider.name, nativeId]) ?? []
    return {
      rooms: rooms.toSorted(),
      blamed: errors?.map(({ extensions }) => extensions?.['provider']) ?? [],
    }
  }
  const whole = [
    ['club', clubChat],
    ['sales', salesRoom],
    ['shop', shopChat],
    ['support', supportRoom],
  ]
  expect(await inbox()).toEqual({ rooms: whole, blamed: [] })

  for (const server of servers) server.clearCalls()
  const strays = [
    encodeId({ type: 'Room', provider: 'nobody', roomId: supportRoom }),
    encodeId({ type: 'Message', provider: 'nobody', ref: { roomId: 'a', threadId: null, messageId: 'b' } }),
  ]
  for (const id of strays) expect((await fetchData(url, AnyNode, { id }, asOperator)).node).toBeNull()
  expect(servers.flatMap(({ calls }) => calls)).toEqual([])
  // A room of one account does not exist in the other.
  const foreign = encodeId({ type: 'Room', provider: 'sales', roomId: supportRoom })
  expect((await fetchData(url, AnyNode, { id: foreign }, asOperator)).node).toBeNull()
  expect([support.calls, shop.calls, club.calls]).toEqual([[], [], []])

  await sales.close()
  const without = { rooms: whole.filter(([name]) => name !== 'sales'), blamed: ['sales'] }
  for (let asked = 0; asked < 3; asked += 1) expect(await inbox()).toEqual(without)
  const { providers } = await fetchData(url, Accounts, {})
  expect(providers.map(({ name, kind, health }) => [name, kind, health.status])).toEqual([
    ['support', 'ROCKET_CHAT', 'UP'],
    ['sales', 'ROCKET_CHAT', 'DOWN'],
    ['shop', 'LIVECHAT', 'UP'],
    ['club', 'LIVECHAT', 'UP'],
  ])
})

/** Opens a room of a new visitor with one message; returns its id. */
function talkAt({ workspace }: RocketChatSandbox): string {
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const { _id } = workspace.openRoom({ token })
  workspace.visitorSends(_id, 'Hello')
  return _id
}

function rocketChat({ url, workspace }: RocketChatSandbox, tokenVariable: string) {
  return {
    kind: 'ROCKET_CHAT',
    url,
    userId: workspace.serviceAccount().userId,
    authToken: `\${${tokenVariable}}`,
  }
}

function liveChat({ url, credentials }: LiveChatSandbox, tokenVariable: string) {
  return {
    kind: 'LIVECHAT',
    apiUrl: url,
    accountsUrl: url,
    helpdeskUrl: `${url}/v1`,
    accountId: credentials.accountId,
    token: `\${${tokenVariable}}`,
  }
}

function writeProviders(providers: object): string {
  const directory = mkdtempSync(join(tmpdir(), 'providers-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = join(directory, 'providers.json')
  writeFileSync(file, JSON.stringify(providers))
  return file
}
