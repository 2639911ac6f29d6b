import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { withOAuth } from '../providers/livechat/support/livechat-gateway.ts'
import { openSocketClient, sendOperation, subscribe, waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { createTestGateway, OPERATOR_KEY } from '../support/test-gateway.ts'
import { Events, RoomId } from './documents.ts'
import { runExample } from './example-process.ts'

const LONG = 'x'.repeat(16 * 1024)
/** More of these than fit into a connection: Linux keeps 4 MB for a client that does not read. Short ones then fill the queue. */
const LONG_ONES = 400

/** Starts a gateway with a Rocket.Chat where the visitor Grace is in a room with the agent Ada. */
async function startGatewayWithGrace() {
  const first = await createTestGateway({ liveChat: null, as: 'agents', gateway: { finishMs: 200 } })
  const { url } = first
  const { workspace } = first.rocketChat
  const ada = workspace.createAgent({ name: 'Ada Agent' })
  const { token } = workspace.createVisitor({ name: 'Grace' })
  const room = workspace.openRoom({ token, agentId: ada._id })
  workspace.visitorSends(room._id, 'Is anybody there?')
  let { gateway } = first
  const { data } = await sendOperation(url, RoomId, { nativeId: room._id }, { 'x-visitor-token': token })
  return {
    workspace,
    rid: room._id,
    asVisitor: { GATEWAY: url, VISITOR_TOKEN: token, ROOM_ID: data?.roomByNativeId?.id ?? '' },
    asOperator: { GATEWAY: url, OPERATOR_KEY },
    waitForSubscription: () => waitUntil(() => gateway.liveCounts().rooms > 0),
    subscribers: () => gateway.liveCounts().subscribers,
    /** Closes the gateway, calls `meanwhile`, and starts a new gateway at the same address. */
    async restart(meanwhile: () => void) {
      await gateway.close()
      meanwhile()
      gateway = (await first.startReplica({ port: Number(new URL(url).port) })).gateway
    },
  }
}

it('curl.sh sends one query', async () => {
  const { asOperator } = await startGatewayWithGrace()
  const answer = JSON.parse(await runExample('curl.sh', asOperator).ended())
  expect(answer.data.rooms.nodes[0]).toMatchObject({ visitor: { name: 'Grace' } })
})

it.each([
  ['node-graphql-ws.ts', 'read Grace: Is anybody there?'],
  ['follow.py', 'read Grace: Is anybody there?'],
])('%s reads a page, subscribes, and resumes after a restart of the gateway', async (file, first) => {
  const { workspace, rid, asVisitor, waitForSubscription, restart } = await startGatewayWithGrace()
  const example = runExample(file, asVisitor)
  await example.line(first)
  await waitForSubscription()
  workspace.agentSends(rid, 'Here I am.')
  await example.line('Ada Agent: Here I am.')
  await restart(() => workspace.agentSends(rid, 'Said meanwhile.'))
  await example.line('Ada Agent: Said meanwhile.')
  workspace.agentSends(rid, 'And after.')
  expect(await example.line('Ada Agent: ')).toContain('And after.')
})

it.each([
  ['node-graphql-ws.ts', 'MessageAddedEvent'],
  ['follow.py', 'said'],
])('%s reads the page again after a gap, and misses nothing', async (file, added) => {
  const { workspace, rid, asVisitor, waitForSubscription, restart } = await startGatewayWithGrace()
  const wrong = workspace.agentSends(rid, 'Wrong room, sorry.')
  const example = runExample(file, asVisitor)
  await example.line('read Ada Agent: Wrong room, sorry.')
  await waitForSubscription()
  workspace.agentSends(rid, 'Here I am.')
  await example.line('Here I am.')
  // More than a page.
  const said = Array.from({ length: 60 }, (_, index) => `Ada Agent: Said meanwhile, ${index + 1}.`)
  await restart(() => {
    workspace.remove(wrong._id)
    const now = Date.now()
    said.forEach((_, index) => {
      workspace.agentSends(rid, `Said meanwhile, ${index + 1}.`, { ts: new Date(now + index) })
    })
  })
  const read = await example.linesThrough(`read ${said.at(-1)}`)
  expect(read.filter((line) => line.includes('Said meanwhile'))).toEqual(said.map((text) => `read ${text}`))
  workspace.agentSends(rid, 'And after.', { ts: new Date(Date.now() + said.length) })
  expect(await example.linesThrough(`${added} Ada Agent: And after.`)).toHaveLength(1)
})

it.each(['node-graphql-ws.ts', 'follow.py', 'sse.ts'])(
  '%s receives every event once although it reads too slowly',
  async (file) => {
    const { workspace, rid, asVisitor, waitForSubscription, subscribers } = await startGatewayWithGrace()
    const { GATEWAY, ROOM_ID, VISITOR_TOKEN } = asVisitor
    const example = runExample(file, asVisitor)
    await waitForSubscription()
    example.pause()
    const healthy = subscribe(openSocketClient(GATEWAY, { visitorToken: VISITOR_TOKEN }), Events, {
      roomId: ROOM_ID,
    })
    await waitUntil(() => subscribers() === 2)
    const start = Date.now()
    let said = 0
    // Until its connection is full, and the gateway's queue for it overflows.
    while (subscribers() === 2) {
      for (const end = said + 250; said < end; said += 1) {
        const text = `No. ${said} ${said < LONG_ONES ? LONG : 'short'}`
        workspace.agentSends(rid, text, { ts: new Date(start + said) })
      }
      await healthy.take(250)
    }
    example.resume()
    const received: string[] = []
    while (received.length < said) received.push(/No\. (\d+)/.exec(await example.line('No. '))?.[1] ?? '')
    expect(received).toEqual(Array.from({ length: said }, (_, index) => String(index)))
  },
)

it('sse.ts subscribes, and resumes from the last event id', async () => {
  const { workspace, rid, asVisitor, waitForSubscription, restart } = await startGatewayWithGrace()
  const example = runExample('sse.ts', asVisitor)
  await waitForSubscription()
  workspace.agentSends(rid, 'Here I am.')
  await example.line('Here I am.')
  await restart(() => workspace.agentSends(rid, 'Said meanwhile.'))
  expect(await example.line('MessageAddedEvent')).toContain('Said meanwhile.')
})

it('apollo-client.ts merges the pages of the inbox and receives activity', async () => {
  const { workspace, rid, asOperator } = await startGatewayWithGrace()
  for (const name of ['Alan', 'Edsger', 'Barbara']) {
    const { token } = workspace.createVisitor({ name })
    workspace.openRoom({ token })
  }
  const example = runExample('apollo-client.ts', asOperator)
  const rooms = await example.line('rooms: ')
  expect(rooms.slice('rooms: '.length).split(', ').sort()).toEqual(['Alan', 'Barbara', 'Edsger', 'Grace'])
  const timer = setInterval(() => workspace.visitorSends(rid, 'Hello?'), 50)
  onTestFinished(() => clearInterval(timer))
  await example.line('active: Grace')
})

it('apollo-client.ts sends a message, and says why it cannot', async () => {
  const { workspace, rid, asOperator, asVisitor } = await startGatewayWithGrace()
  const settings = { ...asOperator, ROOM_ID: asVisitor.ROOM_ID, TEXT: 'Good morning!' }
  expect(await runExample('apollo-client.ts', settings).line('sent: ')).toBe('sent: Good morning!')
  workspace.closeRoom(rid)
  expect(await runExample('apollo-client.ts', settings).line('not sent: ')).toBe(
    'not sent: ROOM_CLOSED, The room is closed.',
  )
})

it('urql.ts answers each visitor message once', async () => {
  const { workspace, rid, asOperator } = await startGatewayWithGrace()
  const example = runExample('urql.ts', asOperator)
  const timer = setInterval(() => workspace.visitorSends(rid, 'Hello?'), 200)
  onTestFinished(() => clearInterval(timer))
  await example.line('SendMessagePayload: You said: Hello?')
})

describe('returning-visitor.ts', () => {
  const openGateway = async () => {
    const gateway = await createTestGateway({ as: 'agents', configureLiveChat: withOAuth })
    gateway.rocketChat.workspace.createAgent({ name: 'Ada' })
    const file = join(createTestDirectory(), 'visitor.json')
    const run = async (PROVIDER: string, TEXT: string) =>
      (
        await runExample('returning-visitor.ts', {
          GATEWAY: gateway.url,
          VISITOR_FILE: file,
          PROVIDER,
          TEXT,
        }).ended()
      )
        .split('\n')
        .map((line) => line.replace(/(room|in) \S+,/, '$1 R,'))
    return { ...gateway, run }
  }

  it('returns to its room at Rocket.Chat, also after that was closed', async () => {
    const { rocketChat, run } = await openGateway()
    expect(await run('rocketchat', 'one')).toEqual(['new in R, OPEN'])
    expect(await run('rocketchat', 'two')).toEqual(['room R, OPEN', 'again in R, OPEN'])
    const [room] = rocketChat.workspace.rooms()
    rocketChat.workspace.closeRoom(room?._id ?? '')
    expect(await run('rocketchat', 'three')).toEqual(['room R, CLOSED', 'again in R, OPEN'])
    expect(rocketChat.workspace.rooms()).toHaveLength(2)
  })

  it('renews its token at LiveChat, and is the same customer', async () => {
    const { liveChat, run } = await openGateway()
    expect(await run('livechat', 'one')).toEqual(['new in R, OPEN'])
    liveChat.tokens.expireAll()
    const [chat] = liveChat.chats.all
    liveChat.chats.close(chat?.id ?? '')
    expect(await run('livechat', 'two')).toEqual(['renewed', 'room R, CLOSED', 'again in R, OPEN'])
    expect(liveChat.chats.customers).toHaveLength(1)
  })
})
