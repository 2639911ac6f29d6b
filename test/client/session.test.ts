import { expect, it, onTestFinished, vi } from 'vitest'
import {
  createClient,
  createIdempotencyKey,
  createSession,
  downloadFile,
  followRoom,
  GatewayError,
  NetworkError,
  RoomTimeline,
  retry,
  retryNow,
  sendMutation,
  sendOperation,
  subscribeResuming,
  uploadFile,
} from '../../packages/client/src/index.ts'
import { globalId, openBothProviders, rocketChatFixture } from '../live/both-providers.ts'
import { Send, Viewer } from '../server/documents.ts'
import { openFilesGateway, roomAt } from '../server/files/files-gateway.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'
import { Activity, Events, Page } from './documents.ts'
import { respond, startStub } from './support/stub-gateway.ts'

const operator = { operatorKey: OPERATOR_KEY }
const documents = { page: Page, events: Events }
const REFUSED = { errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] }

it('the functions of a session do what the methods of a client do', async () => {
  const gateway = await openFilesGateway()
  const room = roomAt(gateway, 'rocketchat')
  const session = createSession({ url: gateway.url, credential: operator })
  const { data } = await sendOperation(session, Viewer, {})
  expect(data?.viewer).toMatchObject({ role: 'OPERATOR' })
  const input = { roomId: room.id, text: 'Hello', idempotencyKey: createIdempotencyKey() }
  expect(await sendMutation(session, Send, { input })).toMatchObject({ status: 'done' })
  const uploaded = await uploadFile(session, room.id, new Blob(['twelve']), { name: 'notes.txt' })
  const [file] = uploaded.status === 'done' ? uploaded.payload.message.attachments : []
  expect(await (await downloadFile(session, file?.url ?? '')).text()).toBe('twelve')
  const page = await followRoom(session, room.id, documents).next()
  expect(page.value).toMatchObject({ __typename: 'RoomPage', messages: [{ text: 'Hello' }, {}] })
})

it('a session without event streams uses none, and tries WebSockets again', async () => {
  let sockets = 0
  const requests: string[] = []
  const url = await startStub({
    onRequest: (res, operation) => {
      requests.push(operation?.query ?? '')
      res.end()
    },
    onSocket: (socket) => {
      sockets += 1
      socket.close(1011)
    },
  })
  const { WebSocket } = await import('ws')
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const session = createSession({ url, webSocket: WebSocket })
  void subscribeResuming(session, Activity, {}, leaving).next()
  await waitUntil(() => sockets === 2)
  expect(requests).toEqual([])
})

it('a source is asked for another credential with the one that was refused, also by a typed error', async () => {
  const answers = [REFUSED, { data: { sendMessage: { code: 'UNAUTHENTICATED', detail: 'No.' } } }]
  const sent: (string | undefined)[] = []
  const url = await startStub({
    onRequest: (res, _operation, { headers }) => {
      sent.push(headers['x-visitor-token']?.toString())
      respond(res, (sent.length % 2 === 1 && answers.shift()) || { data: { sendMessage: { message: {} } } })
    },
  })
  const refusals: unknown[] = []
  let token = 1
  const client = createClient({
    url,
    credential: (refused) => {
      if (refused) {
        refusals.push(refused)
        token += 1
      }
      return { visitorToken: `token-${token}` }
    },
  })
  const input = { roomId: 'room', text: 'Hello', idempotencyKey: createIdempotencyKey() }
  expect(await client.mutate(Send, { input })).toMatchObject({ status: 'done' })
  expect(await client.mutate(Send, { input })).toMatchObject({ status: 'done' })
  expect(sent).toEqual(['token-1', 'token-2', 'token-2', 'token-3'])
  expect(refusals).toEqual([{ visitorToken: 'token-1' }, { visitorToken: 'token-2' }])
})

it('a mutation that was done is not sent again where a part of its payload was refused', async () => {
  let sent = 0
  const url = await startStub({
    onRequest: (res) => {
      sent += 1
      respond(res, { data: { sendMessage: { message: null } }, ...REFUSED })
    },
  })
  const client = createClient({ url, credential: () => ({ visitorToken: `token-${sent}` }) })
  expect(await client.mutate(Send, { input: { roomId: 'room', text: 'Hello' } })).toMatchObject({
    status: 'done',
  })
  expect(sent).toBe(1)
})

it('a typed error about the credential does not end the session of the caller', async () => {
  const url = await startStub({
    onRequest: (res) => respond(res, { data: { sendMessage: { code: 'UNAUTHENTICATED', detail: 'No.' } } }),
  })
  const onUnauthenticated = vi.fn()
  const client = createClient({ url, credential: operator, onUnauthenticated })
  expect(await client.send('room', 'Hello')).toMatchObject({
    status: 'refused',
    error: { code: 'UNAUTHENTICATED' },
  })
  expect(onUnauthenticated).not.toHaveBeenCalled()
})

it('a source that cannot renew a credential for the moment is asked again', async () => {
  const setup = await openBothProviders()
  const roomId = globalId(rocketChatFixture, rocketChatFixture.openRoom(setup))
  const failures: Error[] = [
    new NetworkError('Away.'),
    new GatewayError({ code: 'RATE_LIMITED', message: 'Wait.' }),
  ]
  const told: Error[] = []
  const client = createClient({
    url: setup.url,
    webSocket: null,
    credential: () => {
      const failure = failures.shift()
      if (failure) throw failure
      return operator
    },
  })
  const expected = [...failures]
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const { signal } = leaving
  const connected = new Promise<boolean>((onConnection) => {
    const options = { after: null, signal, onConnection, onFailure: (error: Error) => void told.push(error) }
    void client.follow(roomId, options).next()
  })
  expect(await connected).toBe(true)
  expect(told).toEqual(expected)
})

it('a pause ends when the application wants it, unless the gateway has asked for it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const session = createSession({ url: 'http://127.0.0.1:9/graphql' })
  const failures = [new NetworkError('Away.'), new NetworkError('Away.')]
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    const failure = failures.shift()
    if (failure) throw failure
    return 'done'
  }
  const onFailure = () => queueMicrotask(() => retryNow(session))
  expect(await retry(session, attempt, { onFailure })).toBe('done')
  expect(attempts).toBe(3)

  const limited = new GatewayError({ code: 'RATE_LIMITED', message: 'Wait.', retryAfterMs: 60_000 })
  const client = createClient({ url: await startStub({ onRequest: (res) => respond(res, limit) }) })
  const limit = {
    data: { sendMessage: { code: 'RATE_LIMITED', detail: limited.message, retryAfterMs: 60_000 } },
  }
  const seen = vi.fn()
  const leaving = new AbortController()
  const sending = client.send('room', 'Hello', {
    signal: leaving.signal,
    mayRetry: () => true,
    onFailure: (error) => {
      seen(error)
      queueMicrotask(() => {
        client.retryNow()
        queueMicrotask(() => leaving.abort())
      })
    },
  })
  expect(await sending).toMatchObject({ status: 'aborted' })
  expect(seen).toHaveBeenCalledTimes(1)
})

it('a write is sent again under its key after the errors that the application names', async () => {
  const codes = ['RATE_LIMITED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_ERROR']
  const keys: unknown[] = []
  const url = await startStub({
    onRequest: (res, operation) => {
      keys.push(operation?.variables.input?.idempotencyKey)
      respond(res, { data: { sendMessage: { code: codes.shift(), detail: 'Not now.' } } })
    },
  })
  const client = createClient({ url })
  const failures: unknown[] = []
  const outcome = await client.send('room', 'Hello', {
    mayRetry: (error) => error instanceof GatewayError && error.code !== 'PROVIDER_ERROR',
    onFailure: (error) => void failures.push(error),
  })
  expect(outcome).toMatchObject({ status: 'refused', error: { code: 'PROVIDER_ERROR' } })
  expect(failures).toMatchObject([{ code: 'RATE_LIMITED' }, { code: 'PROVIDER_UNAVAILABLE' }])
  expect(keys).toEqual(Array.from({ length: 3 }, () => outcome.idempotencyKey))
})

it('a timeline reads the room again some time after a refusal, and not after a final one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const codes = ['FORBIDDEN', 'NOT_FOUND']
  let reads = 0
  const url = await startStub({
    onRequest: (res) => {
      const code = codes[reads]
      reads += 1
      respond(res, { data: { room: null }, errors: [{ message: 'No.', extensions: { code } }] })
    },
  })
  const timeline = new RoomTimeline(createSession({ url }), documents, 'room')
  onTestFinished(timeline.subscribe(() => {}))
  await waitUntil(() => timeline.current().error !== null)
  expect(timeline.current().error).toMatchObject({ code: 'FORBIDDEN' })
  await vi.advanceTimersByTimeAsync(30_000)
  await waitUntil(() => reads === 2)
  await waitUntil(() => Object(timeline.current().error).code === 'NOT_FOUND')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toBe(2)
})

it('a timeline reads a page of earlier messages once, however often it is asked for', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  for (const text of ['One', 'Two', 'Three']) rocketChatFixture.sendAsVisitor(setup, rid, text)
  const session = createSession({ url: setup.url, credential: operator })
  const timeline = new RoomTimeline(session, documents, globalId(rocketChatFixture, rid))
  onTestFinished(timeline.subscribe(() => {}))
  await waitUntil(() => timeline.current().room !== null)
  const [one, other] = [timeline.loadEarlier(), timeline.loadEarlier()]
  expect(other).toBe(one)
  await one
  expect(timeline.current().messages.map(({ text }) => text)).toEqual(['One', 'Two', 'Three'])
})
