import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { request } from '../../support/http.ts'
import {
  asOperator,
  attachmentId,
  content,
  type FilesGateway,
  openFilesGateway,
  providers,
  roomAt,
} from './files-gateway.ts'

/** Reads a file as bytes. */
async function read(gateway: FilesGateway, id: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(gateway.address(`/files/${id}`), { headers })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

describe.each(providers)('a file at %s', (provider) => {
  it('is served to its visitor and to operators', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    for (const headers of [room.visitor, asOperator]) {
      const reply = await read(gateway, id, headers)
      expect(reply.status).toBe(200)
      expect(reply.bytes).toEqual(content)
    }
  })

  it('has headers with which no browser runs it', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const { headers } = await read(gateway, room.receiveFile({ name: 'Rösti "1".png' }), room.visitor)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="R?sti \\"1\\".png"; filename*=UTF-8''R%C3%B6sti%20%221%22.png`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
    })
  })

  it.each([
    ['text/html', 'application/octet-stream'],
    ['image/svg+xml', 'application/octet-stream'],
    ['text/xml', 'application/octet-stream'],
    ['application/pdf', 'application/pdf'],
    ['text/plain', 'text/plain'],
    ['audio/ogg', 'audio/ogg'],
  ])('of type %s is served as %s', async (type, served) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const { headers } = await read(gateway, room.receiveFile({ name: 'a', type }), room.visitor)
    expect(headers.get('content-type')).toBe(served)
  })

  it('is served in parts', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const part = await read(gateway, id, { ...room.visitor, range: 'bytes=1-3' })
    expect(part.status).toBe(206)
    expect(part.bytes.toString()).toBe('PNG')
    expect(part.headers.get('content-range')).toBe(`bytes 1-3/${content.length}`)
    const beyond = await read(gateway, id, { ...room.visitor, range: `bytes=${content.length}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${content.length}`)
    const malformed = await read(gateway, id, { ...room.visitor, range: 'bytes=0-1,3-4' })
    expect(malformed.status).toBe(200)
  })

  it('has no body where it lacks the requested part, whatever the provider writes about that', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const sandbox = provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
    const route = provider === 'rocketchat' ? '/file-upload/:id/:name' : '/api/file/*'
    const headers = { 'content-range': 'bytes */9' }
    sandbox.injectFault({ kind: 'answer', route, status: 416, body: 'No such part.', headers })
    const beyond = await read(gateway, id, { ...room.visitor, range: 'bytes=9-' })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-length')).toBe('0')
    expect(beyond.headers.get('content-range')).toBe('bytes */9')
  })

  it('has a head', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const reply = await request(gateway.address(`/files/${room.receiveFile()}`), {
      method: 'HEAD',
      headers: room.visitor,
    })
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-length')).toBe(String(content.length))
  })

  it('costs one read of its message and one of the file, without a credential in an address', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const sandbox = provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
    await read(gateway, id, room.visitor)
    sandbox.clearCalls()
    await read(gateway, id, room.visitor)
    expect(sandbox.calls).toHaveLength(2)
    const [, file] = sandbox.calls
    expect(file?.rawQuery).toBe('')
    expect(file?.headers.authorization).toBeUndefined()
  })

  it.each(['stranger', 'nobody'] as const)('does not exist for a %s', async (who) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const reply = await read(gateway, id, who === 'stranger' ? room.stranger : {})
    expect(reply.status).toBe(who === 'stranger' ? 404 : 401)
    expect(reply.bytes.toString()).not.toContain('leak')
  })

  it('does not exist under the id of another room, message or place', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const [, , name, , threadId, messageId] = JSON.parse(Buffer.from(id, 'base64url').toString())
    const ids = [
      attachmentId(name, { roomId: room.otherId, threadId, messageId }),
      attachmentId(name, { roomId: room.nativeId, threadId, messageId: 'nothing' }),
      attachmentId(name, { roomId: room.nativeId, threadId, messageId }, 1),
      attachmentId('nowhere', { roomId: room.nativeId, threadId, messageId }),
      room.id,
      'x',
    ]
    for (const wrong of ids) expect((await read(gateway, wrong, asOperator)).status).toBe(404)
  })

  it('is cut when the client disconnects', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile({ bytes: Buffer.alloc(32 * 1024 * 1024) })
    const abort = new AbortController()
    const response = await fetch(gateway.address(`/files/${id}`), {
      headers: asOperator,
      signal: abort.signal,
    })
    expect(response.status).toBe(200)
    const sandbox = provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
    const call = sandbox.calls.at(-1)
    abort.abort()
    await expect.poll(() => call?.aborted).toBe(true)
  })
})

describe('an agents’ note', () => {
  it('shows its file to operators only', async () => {
    const gateway = await openFilesGateway()
    const { nativeId, visitor } = roomAt(gateway, 'livechat')
    const { chats } = gateway.liveChat
    const url = gateway.liveChat.storeFile({ name: 'a.png', type: 'image/png', bytes: content })
    const fields = { name: 'a.png', url, content_type: 'image/png' }
    const event = chats.agentSends(nativeId, { type: 'file', visibility: 'agents', fields })
    const threadId = chats.get(nativeId).threads.at(-1)?.id ?? ''
    const id = attachmentId('livechat', { roomId: nativeId, threadId, messageId: event.id })
    expect((await read(gateway, id, asOperator)).status).toBe(200)
    expect((await read(gateway, id, visitor)).status).toBe(404)
  })
})

describe('an address that is not the provider’s', () => {
  /** A server that must not be reached, which counts the requests. */
  async function openForeignServer() {
    let requests = 0
    const server = createServer((_req, res) => {
      requests += 1
      res.end('secret')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    return { url: `http://127.0.0.1:${port}`, requestCount: () => requests }
  }

  it.each([
    (url: string) => `${url}/file-upload/id/name.png`,
    () => '/api/v1/me',
    () => '/file-upload/../api/v1/me',
    () => '/file-upload/id/..%2f..%2fapi%2fv1%2fme',
    () => '/file-upload/id',
    () => 'file:///etc/passwd',
  ])('is not fetched at Rocket.Chat, case %#', async (linkOf) => {
    const gateway = await openFilesGateway()
    const foreign = await openForeignServer()
    const { nativeId } = roomAt(gateway, 'rocketchat')
    const attachments = [{ title: 'x', title_link: linkOf(foreign.url), type: 'file' }]
    const { _id: messageId } = gateway.rocketChat.workspace.agentSends(nativeId, '', { attachments })
    const id = attachmentId('rocketchat', { roomId: nativeId, threadId: null, messageId })
    const reply = await read(gateway, id, asOperator)
    expect(reply.status).toBe(404)
    expect(JSON.parse(reply.bytes.toString())).toMatchObject({ code: 'NOT_FOUND' })
    expect(foreign.requestCount()).toBe(0)
    expect(gateway.rocketChat.calls.filter(({ path }) => /file-upload|\/me$/.test(path))).toEqual([])
  })

  it('is not fetched at LiveChat', async () => {
    const gateway = await openFilesGateway()
    const foreign = await openForeignServer()
    const { nativeId } = roomAt(gateway, 'livechat')
    const { chats } = gateway.liveChat
    const event = chats.agentSends(nativeId, { type: 'file', fields: { name: 'x', url: `${foreign.url}/x` } })
    const threadId = chats.get(nativeId).threads.at(-1)?.id ?? ''
    const id = attachmentId('livechat', { roomId: nativeId, threadId, messageId: event.id })
    expect((await read(gateway, id, asOperator)).status).toBe(404)
    expect(foreign.requestCount()).toBe(0)
  })

  it.each(providers)('is not followed from a redirect of %s', async (provider) => {
    const gateway = await openFilesGateway()
    const foreign = await openForeignServer()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const sandbox = provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
    const route = provider === 'rocketchat' ? '/file-upload/:id/:name' : '/api/file/*'
    const headers = { location: `${foreign.url}/file-upload/id/name` }
    sandbox.injectFault({ kind: 'answer', route, status: 302, body: '', headers })
    const reply = await read(gateway, id, asOperator)
    expect(reply.status).toBe(502)
    expect(JSON.parse(reply.bytes.toString())).toMatchObject({ code: 'PROVIDER_ERROR' })
    expect(foreign.requestCount()).toBe(0)
  })
})

it.each(providers)('a redirect of %s without an address is not repeated', async (provider) => {
  const gateway = await openFilesGateway()
  const id = roomAt(gateway, provider).receiveFile()
  const sandbox = provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
  const route = provider === 'rocketchat' ? '/file-upload/:id/:name' : '/api/file/*'
  sandbox.injectFault({ kind: 'answer', route, status: 302, body: '' })
  expect((await read(gateway, id, asOperator)).status).toBe(502)
  expect(sandbox.counts()[`GET ${route}`]).toBe(1)
})

describe.each(providers)('a failure of %s', (provider) => {
  it.each([
    [404, 404, 'NOT_FOUND'],
    [429, 429, 'RATE_LIMITED'],
    [500, 503, 'PROVIDER_UNAVAILABLE'],
    [204, 502, 'PROVIDER_ERROR'],
  ])('with status %i is %i', async (status, expected, code) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const id = room.receiveFile()
    const sandbox = provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
    const route = provider === 'rocketchat' ? '/file-upload/:id/:name' : '/api/file/*'
    sandbox.injectFault({ kind: 'answer', route, status, body: '' })
    const reply = await read(gateway, id, room.visitor)
    expect(reply.status).toBe(expected)
    expect(JSON.parse(reply.bytes.toString())).toMatchObject({ code })
    expect(reply.headers.get('retry-after')).toBe(code === 'RATE_LIMITED' ? '1' : null)
  })
})

describe('a request', () => {
  it('with another method is 405, and with a wrong key 401', async () => {
    const gateway = await openFilesGateway()
    const id = roomAt(gateway, 'rocketchat').receiveFile()
    const posted = await request(gateway.address(`/files/${id}`), { method: 'POST', headers: asOperator })
    expect(posted.status).toBe(405)
    expect(posted.headers.get('allow')).toBe('GET, HEAD')
    const refused = await read(gateway, id, { authorization: 'Bearer wrong' })
    expect(refused.status).toBe(401)
    expect(JSON.parse(refused.bytes.toString())).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('of an operator without READ is 403, and for a provider that it may not use 404', async () => {
    const gateway = await openFilesGateway({
      config: {
        operators: [
          { name: 'writer', key: 'writer-key-for-tests', permissions: ['WRITE'] },
          { name: 'other', key: 'other-key-for-tests-too', providers: ['livechat'] },
        ],
      },
    })
    const id = roomAt(gateway, 'rocketchat').receiveFile()
    expect((await read(gateway, id, { authorization: 'Bearer writer-key-for-tests' })).status).toBe(403)
    expect((await read(gateway, id, { authorization: 'Bearer other-key-for-tests-too' })).status).toBe(404)
  })
})
