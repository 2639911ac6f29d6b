import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { openEventStream } from '../support/event-stream.ts'
import { fetchData, sendOperation, waitUntil } from '../support/graphql-client.ts'
import { endpointUrl, post, request } from '../support/http.ts'
import { connectAs, openRawSocket } from '../support/raw-socket.ts'
import { asVisitor } from '../support/test-gateway.ts'
import { postWebhook, rocketChatTokenHeader } from '../support/webhook-requests.ts'
import { Events, Inbox, Leave, Room, Say } from './documents.ts'
import { deployedCommand } from './gateway-command.ts'
import { startProcess } from './gateway-process.ts'

const VISITOR_TOKEN = 'visitor-token-of-vera'
const OPERATOR_KEY = 'operator-key-of-ann-4711'
const asOperator = { authorization: `Bearer ${OPERATOR_KEY}` }

it('reads a .env file, serves, reveals no secret, and exits with code 0 on SIGINT', async () => {
  const { rocketChat, liveChat, nativeId } = await openProviders()
  const { login, apiKey } = liveChat.credentials
  const gateway = startProcess(
    { LOG_LEVEL: 'trace', PORT: '0' },
    {
      PORT: '1',
      OPERATOR_KEYS: `ann:${OPERATOR_KEY}`,
      ROCKETCHAT_URL: rocketChat.url,
      ROCKETCHAT_WEBHOOK_TOKEN: 'webhook-token-of-rocketchat',
      LIVECHAT_REST_URL: liveChat.url,
      LIVECHAT_LOGIN: login,
      LIVECHAT_API_KEY: apiKey,
      POLL_INTERVAL_MS: '20',
    },
    deployedCommand,
  )
  onTestFinished(gateway.dispose)
  const url = await gateway.url

  const { roomByNativeId } = await fetchData(url, Room, { id: nativeId }, asVisitor(VISITOR_TOKEN))
  const id = roomByNativeId?.id ?? ''
  const { offlineMessages } = await fetchData(url, Inbox, {}, asOperator)
  expect(offlineMessages.nodes).toHaveLength(2)
  const socket = await connectAs(url, { visitorToken: VISITOR_TOKEN })
  socket.subscribe('1', { query: Events.toString(), variables: { id } })
  const events = await openEventStream(
    url,
    { query: Events.toString(), variables: { id } },
    asVisitor(VISITOR_TOKEN),
  )
  rocketChat.clearCalls()
  await waitUntil(() => rocketChat.calls.length > 0)
  await failInAllWays()
  await say('still there')
  while (!JSON.stringify(await socket.next()).includes('still there'));

  gateway.signal('SIGINT')
  expect(await socket.closed).toMatchObject({ code: 1001 })
  expect(await events.end()).toMatchObject({ retryMs: expect.any(Number) })
  const { code, stdout, stderr } = await gateway.ended
  expect(code).toBe(0)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(stdout).toBe(
    [
      `switchboard ${version}`,
      `  rocketchat  Rocket.Chat: no service account, visitors, push                                           ${rocketChat.url}`,
      `  livechat    LiveChat: no service account, no customers, classic offline messages, push for customers  ${liveChat.url}`,
      '  database    SQLite in ./data',
      '  console     off',
      '  widget      off',
      '  mcp         off',
      '',
      `listening on ${url}\n`,
    ].join('\n'),
  )
  for (const secret of [VISITOR_TOKEN, OPERATOR_KEY, apiKey, 'webhook-token-of-rocketchat', 'wrong-key-4711'])
    expect(stderr).not.toContain(secret)
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 40, msg: expect.stringContaining('wrong or missing secret') }),
  )

  function say(text: string) {
    return sendOperation(url, Say, { input: { roomId: id, text } }, asVisitor(VISITOR_TOKEN))
  }

  /** Traffic that could put secrets into the log: wrong credentials, and upstream responses that repeat them. */
  async function failInAllWays(): Promise<void> {
    const { href } = new URL(url)
    expect(
      (await post(href, { query: '{ viewer { role } }' }, { authorization: 'Bearer wrong-key-4711' })).status,
    ).toBe(401)
    const body = `<html>no route for ?token=${VISITOR_TOKEN} and ${login}:${apiKey}</html>`
    for (const sandbox of [rocketChat, liveChat]) {
      const restore = sandbox.injectFault({ kind: 'answer', status: 500, body })
      await sendOperation(url, Room, { id: nativeId }, asVisitor(VISITOR_TOKEN))
      await sendOperation(url, Inbox, {}, asOperator)
      await say('lost')
      restore()
      sandbox.injectFault({ kind: 'reset', times: 4 })
      await sendOperation(url, Room, { id: nativeId }, asVisitor(VISITOR_TOKEN))
      await sendOperation(url, Inbox, {}, asOperator)
    }
    for (const token of ['wrong-key-4711', 'webhook-token-of-rocketchat'])
      await postWebhook(url, 'rocketchat', { type: 'Message', _id: nativeId }, rocketChatTokenHeader(token))
    const draft = {
      provider: 'rocketchat',
      name: 'Vera',
      email: 'vera@example.org',
      text: `token=${VISITOR_TOKEN}`,
    }
    await sendOperation(url, Leave, { input: draft })
    const garbage = await openRawSocket(url)
    garbage.send(`{"authorization":"Bearer ${OPERATOR_KEY}"`)
    await garbage.closed
    const tooBig = await connectAs(url)
    tooBig.send(VISITOR_TOKEN.padEnd(1024 * 1024 + 1))
    await tooBig.closed
    await request(`${url}?token=${VISITOR_TOKEN}&query={`)
    expect((await request(endpointUrl(url, '/metrics'))).text).not.toContain(VISITOR_TOKEN)
  }
})

async function openProviders() {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const liveChat = await startLiveChatSandbox({ seed: true })
  onTestFinished(async () => {
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  rocketChat.workspace.createVisitor({ token: VISITOR_TOKEN })
  const { _id: nativeId } = rocketChat.workspace.openRoom({ token: VISITOR_TOKEN })
  return { rocketChat, liveChat, nativeId }
}
