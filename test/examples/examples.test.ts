import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { openSocketClient, sendOperation, subscribe, waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { OPERATOR_KEY, rocketChatConfig, testConfig } from '../support/test-gateway.ts'
import { Events, RoomId } from './documents.ts'
import { runExample } from './example-process.ts'

/** What fills a connection soon. */
const LONG = 'x'.repeat(16 * 1024)

/** A gateway before a Rocket.Chat where Grace talks with Ada. */
async function openOffice() {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const { workspace } = rocketChat
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  const { token } = workspace.createVisitor({ name: 'Grace' })
  const room = workspace.openRoom({ token, agentId: ada._id })
  workspace.visitorSends(room._id, 'Is anybody there?')
  const provider = { ...rocketChatConfig(rocketChat.url), serviceAccount: workspace.serviceAccount() }
  const config = testConfig([provider], { dataDir: createTestDirectory() })
  const start = (port: number): Promise<Gateway> =>
    startGateway({ ...config, port }, { log: pino({ level: 'silent' }), drainMs: 200 })
  let gateway = await start(0)
  onTestFinished(async () => {
    await gateway.close()
    await rocketChat.close()
  })
  const { url } = gateway
  const { data } = await sendOperation(url, RoomId, { nativeId: room._id }, { 'x-visitor-token': token })
  return {
    workspace,
    rid: room._id,
    asVisitor: { GATEWAY: url, VISITOR_TOKEN: token, ROOM_ID: data?.roomByNativeId?.id ?? '' },
    asOperator: { GATEWAY: url, OPERATOR_KEY },
    /** Resolves when somebody watches a room. */
    watched: () => waitUntil(() => gateway.liveCounts().rooms > 0),
    /** How many subscribers there are. */
    watchers: () => gateway.liveCounts().subscribers,
    /** Ends the gateway, lets something happen, and starts another at the same address. */
    async restart(meanwhile: () => void) {
      await gateway.close()
      meanwhile()
      gateway = await start(Number(new URL(url).port))
    },
  }
}

it('curl asks one query', async () => {
  const { asOperator } = await openOffice()
  const answer = JSON.parse(await runExample('curl.sh', asOperator).ended())
  expect(answer.data.rooms.nodes[0]).toMatchObject({ visitor: { name: 'Grace' } })
})

it.each([
  ['node-graphql-ws.ts', 'read Grace: Is anybody there?'],
  ['follow.py', 'read Grace: Is anybody there?'],
])('%s pages, follows, and goes on after the gateway was away', async (file, first) => {
  const { workspace, rid, asVisitor, watched, restart } = await openOffice()
  const recipe = runExample(file, asVisitor)
  await recipe.line(first)
  await watched()
  workspace.agentSends(rid, 'Here I am.')
  await recipe.line('Ada Agent: Here I am.')
  await restart(() => workspace.agentSends(rid, 'Said meanwhile.'))
  await recipe.line('Ada Agent: Said meanwhile.')
  workspace.agentSends(rid, 'And after.')
  expect(await recipe.line('Ada Agent: ')).toContain('And after.')
})

it.each([
  ['node-graphql-ws.ts', 'MessageAddedEvent'],
  ['follow.py', 'said'],
])('%s reads the page again where something it had read is gone, and misses nothing', async (file, added) => {
  const { workspace, rid, asVisitor, watched, restart } = await openOffice()
  const wrong = workspace.agentSends(rid, 'Wrong room, sorry.')
  const recipe = runExample(file, asVisitor)
  await recipe.line('read Ada Agent: Wrong room, sorry.')
  await watched()
  workspace.agentSends(rid, 'Here I am.')
  await recipe.line('Here I am.')
  // More than a page.
  const said = Array.from({ length: 60 }, (_, index) => `Ada Agent: Said meanwhile, ${index + 1}.`)
  await restart(() => {
    workspace.remove(wrong._id)
    const now = Date.now()
    said.forEach((_, index) => {
      workspace.agentSends(rid, `Said meanwhile, ${index + 1}.`, { ts: new Date(now + index) })
    })
  })
  const read = await recipe.linesThrough(`read ${said.at(-1)}`)
  expect(read.filter((line) => line.includes('Said meanwhile'))).toEqual(said.map((text) => `read ${text}`))
  workspace.agentSends(rid, 'And after.', { ts: new Date(Date.now() + said.length) })
  expect(await recipe.linesThrough(`${added} Ada Agent: And after.`)).toHaveLength(1)
})

it.each(['node-graphql-ws.ts', 'follow.py', 'sse.ts'])(
  '%s is given everything, and nothing twice, where it was too slow',
  { timeout: 60_000 },
  async (file) => {
    const { workspace, rid, asVisitor, watched, watchers } = await openOffice()
    const { GATEWAY, ROOM_ID, VISITOR_TOKEN } = asVisitor
    const recipe = runExample(file, asVisitor)
    await watched()
    recipe.pause()
    const healthy = subscribe(openSocketClient(GATEWAY, { visitorToken: VISITOR_TOKEN }), Events, {
      roomId: ROOM_ID,
    })
    await waitUntil(() => watchers() === 2)
    const start = Date.now()
    let said = 0
    // Until its connection is full, and behind that as much has passed it by as the gateway holds for it.
    while (watchers() === 2) {
      for (const end = said + 250; said < end; said += 1) {
        workspace.agentSends(rid, `${said} ${LONG}`, { ts: new Date(start + said) })
      }
      await healthy.take(250)
    }
    recipe.resume()
    const given: string[] = []
    while (given.length < said)
      given.push((await recipe.line(LONG)).replace(/ x.*/, '').replace(/.*[ "]/, ''))
    expect(given).toEqual(Array.from({ length: said }, (_, index) => String(index)))
  },
)

it('sse.ts follows, and goes on behind the last event id', async () => {
  const { workspace, rid, asVisitor, watched, restart } = await openOffice()
  const recipe = runExample('sse.ts', asVisitor)
  await watched()
  workspace.agentSends(rid, 'Here I am.')
  await recipe.line('Here I am.')
  await restart(() => workspace.agentSends(rid, 'Said meanwhile.'))
  expect(await recipe.line('MessageAddedEvent')).toContain('Said meanwhile.')
})

it('apollo-client.ts puts the pages of the inbox together and sees what moves', async () => {
  const { workspace, rid, asOperator } = await openOffice()
  for (const name of ['Alan', 'Edsger', 'Barbara']) {
    const { token } = workspace.createVisitor({ name })
    workspace.openRoom({ token })
  }
  const recipe = runExample('apollo-client.ts', asOperator)
  const rooms = await recipe.line('rooms: ')
  expect(rooms.slice('rooms: '.length).split(', ').sort()).toEqual(['Alan', 'Barbara', 'Edsger', 'Grace'])
  const talking = setInterval(() => workspace.visitorSends(rid, 'Hello?'), 50)
  onTestFinished(() => clearInterval(talking))
  await recipe.line('active: Grace')
})

it('urql.ts answers who writes, each message once', async () => {
  const { workspace, rid, asOperator } = await openOffice()
  const recipe = runExample('urql.ts', asOperator)
  const talking = setInterval(() => workspace.visitorSends(rid, 'Hello?'), 200)
  onTestFinished(() => clearInterval(talking))
  await recipe.line('SendMessagePayload: You said: Hello?')
})
