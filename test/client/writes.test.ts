import { describe, expect, it } from 'vitest'
import {
  createClient,
  createIdempotencyKey,
  isUserError,
  NetworkError,
} from '../../packages/client/src/index.ts'
import { globalId, openBothProviders, providerFixtures, rocketChatFixture } from '../live/both-providers.ts'
import { Send } from '../server/documents.ts'
import { openFilesGateway, providers, roomAt } from '../server/files/files-gateway.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'
import { startProxy } from './support/proxy.ts'

const SEND = '/api/v1/livechat/message'
const operator = { operatorKey: OPERATOR_KEY }

describe.each(providerFixtures)('send at $name', (fixture) => {
  it('delivers a message once although the first response is lost', async () => {
    const setup = await openBothProviders()
    const native = fixture.openRoom(setup)
    const roomId = globalId(fixture, native)
    const proxy = await startProxy(setup.url)
    const credential = { visitorToken: fixture.visitorTokenOf(setup, native) }
    const client = createClient({ url: proxy.url, credential })
    proxy.loseNextResponse()
    const sent = await client.send(roomId, 'Only once')
    expect(sent).toMatchObject({ status: 'done', payload: { message: { text: 'Only once', isMine: true } } })
    const keys = proxy.requests.map(({ body }) => JSON.parse(body).variables.input.idempotencyKey)
    expect(keys).toEqual([sent.idempotencyKey, sent.idempotencyKey])
    const page = await createClient({ url: setup.url, credential }).follow(roomId).next()
    expect(page.value).toMatchObject({ messages: [{ text: 'Only once' }] })
  })

  it('reports a key that belongs to another text', async () => {
    const setup = await openBothProviders()
    const native = fixture.openRoom(setup)
    const roomId = globalId(fixture, native)
    const client = createClient({
      url: setup.url,
      credential: { visitorToken: fixture.visitorTokenOf(setup, native) },
    })
    const { idempotencyKey } = await client.send(roomId, 'One')
    const again = await client.send(roomId, 'Another', { idempotencyKey: idempotencyKey ?? '' })
    expect(again).toMatchObject({ status: 'conflict', error: { code: 'CONFLICT' }, idempotencyKey })
  })
})

describe('a write', () => {
  it('says that nothing was sent to a closed room', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    rocketChatFixture.closeRoom(setup, rid)
    const client = createClient({ url: setup.url, credential: operator })
    expect(await client.send(globalId(rocketChatFixture, rid), 'Hello?')).toMatchObject({
      status: 'refused',
      error: { name: 'GatewayError', code: 'ROOM_CLOSED', isTransient: false },
    })
  })

  it('is unknown if the provider sends no response, and delivered once when it is repeated with its key', async () => {
    const setup = await openBothProviders()
    const { workspace } = setup.rocketChat
    const rid = rocketChatFixture.openRoom(setup)
    const credential = { visitorToken: rocketChatFixture.visitorTokenOf(setup, rid) }
    const client = createClient({ url: setup.url, credential })
    const repair = setup.rocketChat.injectFault({ kind: 'reset' })
    const sent = await client.send(globalId(rocketChatFixture, rid), 'Only once')
    expect(sent).toMatchObject({ status: 'unknown', error: { code: 'OUTCOME_UNKNOWN' } })
    repair()
    const idempotencyKey = sent.idempotencyKey ?? ''
    const again = await client.send(globalId(rocketChatFixture, rid), 'Only once', { idempotencyKey })
    expect(again).toMatchObject({ status: 'done', idempotencyKey })
    expect(workspace.messages(rid).filter(({ msg }) => msg === 'Only once')).toHaveLength(1)
  })

  it('without a key is sent once, and unknown if the response is lost', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const proxy = await startProxy(setup.url)
    const client = createClient({ url: proxy.url, credential: operator })
    proxy.loseNextResponse()
    const input = { roomId: globalId(rocketChatFixture, rid), text: 'Hello' }
    const sent = await client.mutate(Send, { input })
    expect(sent).toMatchObject({ status: 'unknown', idempotencyKey: null })
    expect(sent.status === 'unknown' && sent.error).toBeInstanceOf(NetworkError)
    expect(proxy.requests).toHaveLength(1)
  })

  it('is sent as often as the caller wants', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'rocketchat')
    const proxy = await startProxy(gateway.url)
    const client = createClient({ url: proxy.url, credential: operator })
    const options = { idempotencyKey: createIdempotencyKey(), maxAttempts: 1 }
    const { idempotencyKey } = options
    const input = { roomId: room.id, text: 'Hello', idempotencyKey: createIdempotencyKey() }
    const writes = [
      () => client.send(room.id, 'Hello', options),
      () => client.upload(room.id, new Blob(['hello']), options),
      () => client.mutate(Send, { input }, options),
    ]
    for (const write of writes) {
      proxy.loseNextResponse()
      expect(await write()).toMatchObject({ status: 'unknown', error: { name: 'NetworkError' } })
    }
    expect(proxy.requests).toHaveLength(3)
    expect(await client.send(room.id, 'Hello', options)).toMatchObject({ status: 'done', idempotencyKey })
  })

  it('returns the payload of a document of its own', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const client = createClient({ url: setup.url, credential: operator })
    const input = {
      roomId: globalId(rocketChatFixture, rid),
      text: 'Hello',
      idempotencyKey: createIdempotencyKey(),
    }
    const sent = await client.mutate(Send, { input })
    if (sent.status !== 'done') throw new Error(sent.status)
    // The type of the payload has no errors in it.
    expect(sent.payload.message.text).toBe('Hello')
    const { sendMessage } = await client.request(Send, { input: { ...input, roomId: 'no-room' } })
    expect(isUserError(sendMessage) && sendMessage.code).toBe('INVALID_INPUT')
  })

  it('ends when the caller aborts', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const controller = new AbortController()
    const client = createClient({
      url: setup.url,
      credential: { visitorToken: rocketChatFixture.visitorTokenOf(setup, rid) },
    })
    setup.rocketChat.injectFault({ kind: 'stall', route: SEND })
    const sending = client.send(globalId(rocketChatFixture, rid), 'Hello', { signal: controller.signal })
    controller.abort()
    expect(await sending).toMatchObject({ status: 'aborted' })
  })
})

describe.each(providers)('upload at %s', (provider) => {
  it('sends a file once although the first response is lost, and reads it', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const proxy = await startProxy(gateway.url)
    const client = createClient({
      url: proxy.url,
      credential: { visitorToken: room.visitor['x-visitor-token'] ?? '' },
    })
    proxy.loseNextResponse()
    const shares: number[] = []
    const file = new Blob(['%PDF-1.7 0123456789'], { type: 'application/pdf' })
    const sent = await client.upload(room.id, file, {
      name: 'Rechnung & mehr.pdf',
      onProgress: (share) => shares.push(share),
    })
    if (sent.status !== 'done') throw new Error(sent.status)
    const [attachment] = sent.payload.message.attachments
    expect(attachment).toMatchObject({ name: 'Rechnung & mehr.pdf', contentType: 'application/pdf' })
    expect(shares.at(-1)).toBe(1)
    const keys = proxy.requests.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toEqual([sent.idempotencyKey, sent.idempotencyKey])
    expect(await (await client.download(attachment?.url ?? '')).text()).toBe(await file.text())
    const page = await client.follow(room.id).next()
    const files =
      page.value && 'messages' in page.value
        ? page.value.messages.flatMap(({ attachments }) => attachments)
        : []
    expect(files).toHaveLength(1)
  })

  it('says why a file was not sent or cannot be read, and ends when the caller aborts', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const client = createClient({
      url: gateway.url,
      credential: { visitorToken: room.stranger['x-visitor-token'] ?? '' },
    })
    const file = new Blob(['hello'], { type: 'text/plain' })
    expect(await client.upload(room.id, file, { name: 'a.txt' })).toMatchObject({
      status: 'refused',
      error: { code: 'NOT_FOUND' },
    })
    await expect(client.download(`/files/${room.receiveFile()}`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const elsewhere = await startProxy(gateway.url)
    for (const url of [elsewhere.url, elsewhere.url.replace('http:', '')])
      await expect(client.download(url)).rejects.toThrow()
    expect(elsewhere.requests).toEqual([])
    const signal = AbortSignal.abort()
    expect(await client.upload(room.id, file, { name: 'a.txt', signal })).toMatchObject({ status: 'aborted' })
  })
})
