import { expect, it } from 'vitest'
import { enableLiveChatWebhooks, enableRocketChatWebhooks } from '../../sandbox/enable-webhooks.ts'
import { decodeId } from '../../src/domain/ids.ts'
import { withOAuth } from '../providers/livechat/support/livechat-gateway.ts'
import { callTool, connectMcp } from '../server/mcp/mcp-client.ts'
import { openEventStream } from '../support/event-stream.ts'
import { openSocketClient, waitUntil } from '../support/graphql-client.ts'
import { endpointUrl, post, request } from '../support/http.ts'
import {
  asAnonymous,
  asOperator,
  asVisitor,
  createTestGateway,
  OPERATOR_KEY,
  type TestGateway,
} from '../support/test-gateway.ts'
import { startTraceCollector, startTracing } from '../support/trace-collector.ts'
import { webhookUrl } from '../support/webhook-requests.ts'

type Headers = Readonly<Record<string, string>>

const WEBHOOK_SECRET = 'webhookSecret4711'
const providers = ['rocketchat', 'livechat'] as const

/** What people write. Each word occurs nowhere else. */
const written = {
  name: 'Vilhelmina4711',
  email: 'vilhelmina4711@mail.test',
  phone: '+48123450711',
  first: 'firsttext4711',
  text: 'plaintext4711',
  edited: 'editedtext4711',
  search: 'searchphrase4711',
  comment: 'closingcomment4711',
  offline: 'offlinetext4711',
  file: 'filename4711.png',
  caption: 'caption4711',
  alias: 'alias4711',
  variable: 'variable4711',
  operationName: 'Operation4711',
  state: 'tracestate4711',
  unknownKey: 'unknown-operator-key-4711',
  unknownToken: 'unknowntoken4711',
}

async function openGateway() {
  const collector = await startTraceCollector()
  const credentials: string[] = []
  const gateway = await createTestGateway({
    as: 'agents',
    config: { mcp: true },
    gateway: { tracing: startTracing(collector) },
    configureRocketChat(config) {
      credentials.push(...Object.values(config.serviceAccount ?? {}))
      return { ...config, webhookToken: WEBHOOK_SECRET }
    },
    configureLiveChat(config, sandbox) {
      credentials.push(...Object.values(sandbox.credentials))
      return { ...withOAuth(config, sandbox), webhookSecret: WEBHOOK_SECRET, offlineSource: 'helpdesk' }
    },
  })
  gateway.rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  enableRocketChatWebhooks(gateway.rocketChat, webhookUrl(gateway.url, 'rocketchat'), WEBHOOK_SECRET)
  await enableLiveChatWebhooks(gateway.liveChat, webhookUrl(gateway.url, 'livechat'), WEBHOOK_SECRET)
  return { collector, credentials, ...gateway }
}

/** Sends an operation and returns its result. */
async function send(
  { url }: Pick<TestGateway, 'url'>,
  query: string,
  variables: object,
  headers: Headers,
): Promise<unknown> {
  const { text } = await post(url, { query, variables: { ...variables } }, headers)
  return JSON.parse(text)
}

/** The text at a place of a result. */
function textAt(result: unknown, ...path: readonly string[]): string {
  let value = result
  for (const name of path) value = Object(value)[name]
  if (typeof value === 'string') return value
  throw new Error(`no ${path.join('.')} in ${JSON.stringify(result)}`)
}

const ERROR = '... on UserError { code detail }'
const START = `mutation ${written.operationName}($input: StartRoomInput!) { startRoom(input: $input) {
  ... on StartRoomPayload { visitorToken room { id } } ${ERROR} } }`
const SEND = `mutation ${written.operationName}($input: SendMessageInput!) { ${written.alias}: sendMessage(input: $input) {
  ... on SendMessagePayload { message { id } } ${ERROR} } }`
const UPDATE = `mutation ($input: UpdateMessageInput!) { updateMessage(input: $input) { __typename ${ERROR} } }`
const DELETE = `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { __typename ${ERROR} } }`
const CLOSE = `mutation ($input: CloseRoomInput!) { closeRoom(input: $input) { __typename ${ERROR} } }`
const RATE = `mutation ($input: RateRoomInput!) { rateRoom(input: $input) { __typename ${ERROR} } }`
const TRANSCRIPT = `mutation ($input: RequestTranscriptInput!) { requestTranscript(input: $input) { __typename ${ERROR} } }`
const OFFLINE = `mutation ($input: SendOfflineMessageInput!) { sendOfflineMessage(input: $input) { __typename ${ERROR} } }`
const ERASE = `mutation ($input: EraseOfflineMessagesInput!) { eraseOfflineMessages(input: $input) { __typename ${ERROR} } }`
const ROOM = `($id: ID!) { ${written.alias}: room(id: $id) {
  id visitor { name email } messages(last: 20) { nodes { id text } } } }`
const LITERAL = `{ room(id: "${written.variable}") { id } }`
const SEARCH = 'query ($text: String!) { rooms(filter: { text: $text, status: [CLOSED] }) { nodes { id } } }'
const ADDED = 'subscription ($id: ID!) { messageAdded(roomId: $id) { text } }'

/** A conversation at one provider, over all transports. Returns what must stay secret. */
async function converse(gateway: TestGateway, provider: (typeof providers)[number]): Promise<string[]> {
  const { name, email, phone, first, text, edited, search, comment, offline } = written
  const { state, caption, file } = written
  const input = { provider, name, email, phone, text: first }
  const traced = { tracestate: state, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
  const started = await send(gateway, START, { input }, { ...asAnonymous, ...traced })
  const token = textAt(started, 'data', 'startRoom', 'visitorToken')
  const roomId = textAt(started, 'data', 'startRoom', 'room', 'id')
  const visitor = asVisitor(token)

  const socket = openSocketClient(gateway.url, { visitorToken: token })
  const events = socket.iterate({ query: ADDED, variables: { id: roomId } })
  const next = events.next()
  const stream = await openEventStream(gateway.url, { query: ADDED, variables: { id: roomId } }, asOperator)
  await waitUntil(() => gateway.gateway.startedSubscribers() >= 2)
  const sent = await send(gateway, SEND, { input: { roomId, text } }, visitor)
  await Promise.all([next, stream.next()])
  await events.return?.()
  stream.leave()

  const messageId = textAt(sent, 'data', written.alias, 'message', 'id')
  const byVisitor = `query ${written.operationName} ${ROOM}`
  for (const [headers, document] of [
    [visitor, byVisitor],
    // The names that operators choose are shown.
    [asOperator, `query Room ${ROOM}`],
  ] as const) {
    // A repeated document takes the direct path.
    for (let times = 0; times < 3; times += 1) await send(gateway, document, { id: roomId }, headers)
    await send(gateway, UPDATE, { input: { messageId, text: edited } }, headers)
    await send(gateway, DELETE, { input: { messageId } }, headers)
  }
  await send(gateway, byVisitor, { id: roomId }, asVisitor(written.unknownToken))
  await send(gateway, byVisitor, { id: roomId }, { authorization: `Bearer ${written.unknownKey}` })
  await send(gateway, LITERAL, {}, asOperator)
  await send(gateway, SEARCH, { text: search }, asOperator)
  await transferFile(gateway, roomId, visitor, { name: file, text: caption })

  const mcp = await connectMcp(gateway.url, { ...asOperator, ...traced })
  await callTool(mcp, 'read_room', { roomId })
  await callTool(mcp, 'send_message', { roomId, text })

  await send(gateway, TRANSCRIPT, { input: { roomId, email } }, visitor)
  await send(gateway, CLOSE, { input: { roomId, comment } }, asOperator)
  await send(gateway, RATE, { input: { roomId, score: 5, comment } }, visitor)
  const message = { provider, name, email, text: offline, host: `https://${search}.example` }
  await send(gateway, OFFLINE, { input: message }, asAnonymous)
  await send(gateway, ERASE, { input: { email } }, asOperator)
  const decoded = decodeId(roomId)
  return [token, roomId, messageId, decoded?.type === 'Room' ? decoded.roomId : '']
}

/** Uploads a file and downloads it again. */
async function transferFile(
  { url }: TestGateway,
  roomId: string,
  headers: Headers,
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const address = endpointUrl(url, `/rooms/${roomId}/files?${new URLSearchParams(query)}`)
  const body = new Uint8Array(Buffer.from('\u0089PNG\r\n\u001a\n 4711', 'latin1'))
  const type = { 'content-type': 'image/png' }
  const uploaded = await request(address, { method: 'POST', headers: { ...headers, ...type }, body })
  expect(uploaded.status).toBe(201)
  const [attachment] = Object(JSON.parse(uploaded.text)).message.attachments
  const { status } = await request(endpointUrl(url, textAt(attachment, 'url')), { headers })
  expect(status).toBe(200)
}

it.each(providers)(
  'nothing that is exported contains a credential, a text or an id: %s',
  async (provider) => {
    const gateway = await openGateway()
    const { collector, credentials } = gateway
    const ids = await converse(gateway, provider)
    for (const name of ['POST /rooms/:id/files', 'GET /files/:id', 'POST /mcp', `POST /webhooks/:provider`])
      await collector.waitFor((span) => span.name === name)
    for (const name of ['deliver offline message', 'poll room', 'poll account'])
      await collector.waitFor((span) => span.name === name)
    await gateway.gateway.close()
    const secrets = [
      ...Object.values(written),
      ...ids,
      ...credentials,
      OPERATOR_KEY,
      WEBHOOK_SECRET,
      '127.0.0.1',
    ]
    const exported = collector.bytes()
    expect(exported).toContain('http.route')
    expect(secrets.filter((secret) => exported.includes(secret))).toEqual([])
  },
)
