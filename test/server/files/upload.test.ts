import { once } from 'node:events'
import { type IncomingMessage, request as open } from 'node:http'
import { json } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { post, request } from '../../support/http.ts'
import {
  asOperator,
  content,
  type FileRoom,
  type FilesGateway,
  openFilesGateway,
  providers,
  roomAt,
} from './files-gateway.ts'

interface Upload {
  readonly name?: string
  readonly text?: string
  readonly type?: string
  readonly body?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a file to a room and parses the JSON of the response. */
async function send(
  gateway: FilesGateway,
  roomId: string,
  caller: Readonly<Record<string, string>>,
  upload: Upload = {},
) {
  const { name = 'leak.png', text, type = 'image/png', body = content, headers = {} } = upload
  const query = new URLSearchParams({ name, ...(text !== undefined && { text }) })
  const reply = await request(gateway.address(`/rooms/${roomId}/files?${query}`), {
    method: 'POST',
    headers: { 'content-type': type, ...caller, ...headers },
    body: new Uint8Array(body),
  })
  return { status: reply.status, headers: reply.headers, json: JSON.parse(reply.text) }
}

function sandboxOf(gateway: FilesGateway, provider: FileRoom['provider']) {
  return provider === 'rocketchat' ? gateway.rocketChat : gateway.liveChat
}

const callers = ['visitor', 'operator'] as const

describe.each(providers)('a file to %s', (provider) => {
  it.each(callers)('from a %s arrives, and can be read back', async (who) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const caller = who === 'visitor' ? room.visitor : asOperator
    const { status, json } = await send(gateway, room.id, caller, { name: 'Rösti "1".png' })
    expect(status).toBe(201)
    expect(json).toEqual({
      message: {
        id: expect.any(String),
        attachments: [
          {
            id: expect.any(String),
            url: expect.stringMatching(/^\/files\/[\w-]+$/),
            externalUrl: null,
            name: 'Rösti "1".png',
            contentType: 'image/png',
            size: content.length,
          },
        ],
      },
    })
    const { url } = json.message.attachments[0]
    for (const reader of [room.visitor, asOperator]) {
      const file = await fetch(gateway.address(url), { headers: reader })
      expect(Buffer.from(await file.arrayBuffer())).toEqual(content)
    }
  })

  it.each(callers)('with an idempotency key from a %s is sent once', async (who) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const caller = who === 'visitor' ? room.visitor : asOperator
    const upload = { headers: { 'idempotency-key': 'k-1' } }
    const first = await send(gateway, room.id, caller, upload)
    const again = await send(gateway, room.id, caller, upload)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json).toEqual(first.json)
    const other = await send(gateway, room.id, caller, { ...upload, name: 'other.png' })
    expect(other.status).toBe(409)
    expect(other.json).toMatchObject({ code: 'CONFLICT', field: 'idempotencyKey' })
  })

  it('from a visitor to another room is 404, and no byte is sent', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const { status, json } = await send(gateway, room.id, room.stranger)
    expect(status).toBe(404)
    expect(json).toEqual({ code: 'NOT_FOUND', detail: expect.any(String), field: null })
    expect(sandboxOf(gateway, provider).calls.filter(({ route }) => /upload|media/.test(route))).toEqual([])
  })

  it('without a credential is 401', async () => {
    const gateway = await openFilesGateway()
    const { status, json } = await send(gateway, roomAt(gateway, provider).id, {})
    expect(status).toBe(401)
    expect(json).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it.each([
    ['a path', { name: '../../etc/passwd' }, 400, 'name'],
    ['a path of another system', { name: 'C:\\boot.ini' }, 400, 'name'],
    ['a line break', { name: 'a\r\nX-Evil: 1' }, 400, 'name'],
    ['no name', { name: '' }, 400, 'name'],
    ['only dots', { name: '..' }, 400, 'name'],
    ['an invisible text', { text: ' ' }, 400, 'text'],
    ['no content', { body: Buffer.alloc(0) }, 400, 'file'],
    ['a form', { type: 'multipart/form-data; boundary=x' }, 415, 'file'],
    ['a type that contains a quote', { type: 'image/png"; x="' }, 415, 'file'],
    ['a type without a slash', { type: 'png' }, 415, 'file'],
    ['compression', { headers: { 'content-encoding': 'gzip' } }, 415, 'file'],
    ['an empty key', { headers: { 'idempotency-key': ' ' } }, 400, 'idempotencyKey'],
  ] as const)('with %s is checked', async (_what, upload, expected, field) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const { status, json } = await send(gateway, room.id, room.visitor, upload)
    expect(status).toBe(expected)
    expect(json).toMatchObject({ code: 'INVALID_INPUT', field })
  })

  it('without content and without an announced size is checked, and not sent', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const upload = open(gateway.address(`/rooms/${room.id}/files?name=a.txt`), {
      method: 'POST',
      headers: { ...room.visitor, 'content-type': 'text/plain', 'transfer-encoding': 'chunked' },
      agent: false,
    })
    const [response] = (await once(upload.end(), 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(400)
    expect(await json(response)).toMatchObject({ code: 'INVALID_INPUT', field: 'file' })
    const later = await send(gateway, room.id, room.visitor)
    expect(later.status).toBe(201)
    const query = `{ node(id: ${JSON.stringify(room.id)}) { ... on Room { messages(last: 9) { nodes { attachments { name } } } } } }`
    const reply = await post(gateway.url, { query }, room.visitor)
    expect(reply.text).toContain('leak.png')
    expect(reply.text).not.toContain('a.txt')
  })

  it('to the id of something else is 400, and to a provider that is not configured 404', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    expect((await send(gateway, room.receiveFile(), room.visitor)).json).toMatchObject({ field: 'roomId' })
    const parts = JSON.parse(Buffer.from(room.id, 'base64url').toString())
    const elsewhere = Buffer.from(JSON.stringify([parts[0], parts[1], 'nowhere', parts[3]])).toString(
      'base64url',
    )
    expect((await send(gateway, elsewhere, room.visitor)).status).toBe(404)
  })

  it.each([
    ['was not processed is 504', 'reset', 504, { code: 'OUTCOME_UNKNOWN' }],
    [
      'was processed is found',
      'reset-after-commit',
      201,
      { message: { attachments: [{ name: 'leak.png' }] } },
    ],
  ] as const)('whose response is lost and that %s', async (_what, kind, expected, body) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, provider)
    const route =
      provider === 'rocketchat' ? '/api/v1/livechat/upload/:rid' : '/v3.6/customer/action/send_event'
    sandboxOf(gateway, provider).injectFault({ kind, route, times: 1 })
    const { status, json } = await send(gateway, room.id, room.visitor)
    expect(status).toBe(expected)
    expect(json).toMatchObject(body)
    expect(sandboxOf(gateway, provider).counts()[`POST ${route}`]).toBe(1)
  })

  it('over the rate limit of its caller is 429 with the time to wait', async () => {
    const gateway = await openFilesGateway({
      config: { rateLimits: { anonymous: 0, visitor: 1, operator: 0 } },
    })
    const room = roomAt(gateway, provider)
    const replies = [
      await send(gateway, room.id, room.visitor),
      await send(gateway, room.id, room.visitor),
      await send(gateway, room.id, room.visitor),
    ]
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 429])
    expect(replies[2]?.json).toMatchObject({ code: 'RATE_LIMITED' })
    expect(Number(replies[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('of an operator without WRITE is 403', async () => {
    const operators = [{ name: 'reader', key: 'reader-key-for-tests', permissions: ['READ' as const] }]
    const gateway = await openFilesGateway({ config: { operators } })
    const room = roomAt(gateway, provider)
    const { status, json } = await send(gateway, room.id, { authorization: 'Bearer reader-key-for-tests' })
    expect(status).toBe(403)
    expect(json).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('a file to Rocket.Chat', () => {
  it.each([
    ['visitor', '8.8', ['GET history', 'POST upload']],
    ['operator', '8.8', ['GET room', 'GET info', 'POST media', 'POST confirm']],
    ['operator', '6.3', ['GET room', 'GET info', 'GET history', 'POST rooms.upload']],
  ] as const)('from a %s to release %s costs %j', async (who, profile, expected) => {
    const gateway = await openFilesGateway({ rocketChat: { profile } })
    const room = roomAt(gateway, 'rocketchat')
    gateway.rocketChat.clearCalls()
    const { status } = await send(gateway, room.id, who === 'visitor' ? room.visitor : asOperator, {
      text: 'look',
    })
    expect(status).toBe(201)
    const names = new Map([
      ['/api/v1/livechat/messages.history/:rid', 'history'],
      ['/api/v1/livechat/upload/:rid', 'upload'],
      ['/api/v1/livechat/config', 'config'],
      ['/api/info', 'info'],
      ['/api/v1/rooms.media/:rid', 'media'],
      ['/api/v1/rooms.mediaConfirm/:rid/:fileId', 'confirm'],
      ['/api/v1/rooms.upload/:rid', 'rooms.upload'],
    ])
    const calls = gateway.rocketChat.calls.map(
      ({ method, route }) => `${method} ${names.get(route) ?? 'room'}`,
    )
    expect(calls.filter((call) => call !== 'GET config')).toEqual(expected)
    expect(gateway.rocketChat.workspace.messages(room.nativeId).at(-1)).toMatchObject({ msg: 'look' })
  })

  it.each([
    [{ FileUpload_MaxFileSize: 3 }, '8.8', 413, 'INVALID_INPUT'],
    [{ FileUpload_MaxFileSize: 3 }, '9.0', 413, 'INVALID_INPUT'],
    [{ FileUpload_MediaTypeBlackList: 'image/*' }, '8.8', 415, 'INVALID_INPUT'],
    [{ FileUpload_Enabled: false }, '8.8', 403, 'FORBIDDEN'],
  ] as const)('that is refused by %j is %i', async (settings, profile, expected, code) => {
    const gateway = await openFilesGateway({ rocketChat: { profile, settings } })
    const room = roomAt(gateway, 'rocketchat')
    for (const caller of [room.visitor, asOperator]) {
      const { status, json } = await send(gateway, room.id, caller)
      expect(status).toBe(expected)
      expect(json).toMatchObject({ code, ...(code === 'INVALID_INPUT' && { field: 'file' }) })
    }
  })

  it('of a visitor is refused before its first byte if the server accepts none', async () => {
    const settings = { Livechat_fileupload_enabled: false }
    const gateway = await openFilesGateway({ rocketChat: { settings } })
    const room = roomAt(gateway, 'rocketchat')
    expect((await send(gateway, room.id, room.visitor)).status).toBe(403)
    expect(gateway.rocketChat.counts()['POST /api/v1/livechat/upload/:rid']).toBeUndefined()
  })

  it('in a closed room is 409, and nothing is sent', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'rocketchat')
    gateway.rocketChat.workspace.closeRoom(room.nativeId)
    for (const caller of [room.visitor, asOperator]) {
      const { status, json } = await send(gateway, room.id, caller)
      expect(status).toBe(409)
      expect(json).toMatchObject({ code: 'ROOM_CLOSED' })
    }
    expect(gateway.rocketChat.calls.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('of an operator, whose confirmation got no response, is found by its file', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'rocketchat')
    gateway.rocketChat.injectFault({
      kind: 'reset-after-commit',
      route: '/api/v1/rooms.mediaConfirm/:rid/:fileId',
      times: 1,
    })
    expect((await send(gateway, room.id, asOperator)).status).toBe(201)
    expect(gateway.rocketChat.counts()['POST /api/v1/rooms.mediaConfirm/:rid/:fileId']).toBe(1)
  })

  it('whose response was lost is sent once with a key', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'rocketchat')
    const route = '/api/v1/livechat/upload/:rid'
    gateway.rocketChat.injectFault({ kind: 'reset-after-commit', route, times: 1 })
    const upload = { headers: { 'idempotency-key': 'k-2' } }
    const first = await send(gateway, room.id, room.visitor, upload)
    expect(first.status).toBe(201)
    const again = await send(gateway, room.id, room.visitor, upload)
    expect(again.json.message.id).toBe(first.json.message.id)
    expect(gateway.rocketChat.counts()[`POST ${route}`]).toBe(1)
  })
})

describe('a file to LiveChat', () => {
  it.each([
    [
      'visitor',
      ['customer/list_threads', 'customer/upload_file', 'customer/send_event', 'customer/get_chat'],
    ],
    ['operator', ['agent/list_threads', 'agent/upload_file', 'agent/send_event', 'agent/get_chat']],
  ] as const)('from a %s costs %j', async (who, expected) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'livechat')
    gateway.liveChat.clearCalls()
    await send(gateway, room.id, who === 'visitor' ? room.visitor : asOperator)
    expect(
      gateway.liveChat.calls.map(({ route }) => route.replace('/v3.6/', '').replace('/action', '')),
    ).toEqual(expected)
  })

  it.each(callers)('of more than 10 MB from a %s is 413 before its first byte', async (who) => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'livechat')
    gateway.liveChat.clearCalls()
    const body = Buffer.alloc(10 * 1024 * 1024 + 1)
    const { status, json } = await send(gateway, room.id, who === 'visitor' ? room.visitor : asOperator, {
      body,
    })
    expect(status).toBe(413)
    expect(json).toMatchObject({ code: 'INVALID_INPUT', field: 'file' })
    expect(gateway.liveChat.calls).toEqual([])
  })

  it('that is an executable is 415', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'livechat')
    const { status, json } = await send(gateway, room.id, room.visitor, { name: 'setup.exe' })
    expect(status).toBe(415)
    expect(json).toMatchObject({ code: 'INVALID_INPUT', field: 'file' })
  })

  it('in a closed chat of an operator reopens it, and a visitor’s is added to it', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'livechat')
    gateway.liveChat.chats.close(room.nativeId)
    expect((await send(gateway, room.id, room.visitor)).status).toBe(201)
    expect((await send(gateway, room.id, asOperator)).status).toBe(201)
    expect(gateway.liveChat.chats.get(room.nativeId).threads).toHaveLength(2)
  })

  it('with a text is followed by it, and a text that fails is reported next to the file', async () => {
    const gateway = await openFilesGateway()
    const room = roomAt(gateway, 'livechat')
    const sent = await send(gateway, room.id, room.visitor, { text: 'look' })
    expect(sent.json.textError).toBeUndefined()
    const events = gateway.liveChat.chats.get(room.nativeId).threads.at(-1)?.events ?? []
    expect(events.slice(-2).map(({ type, fields }) => [type, fields['text']])).toEqual([
      ['file', undefined],
      ['message', 'look'],
    ])
    // The first request sends the file, the second one the text.
    const route = '/v3.6/customer/action/send_event'
    const body = { error: { type: 'customer_banned', message: 'banned' } }
    const release = holdSecond(gateway, route, body)
    const failed = await send(gateway, room.id, room.visitor, { text: 'again' })
    release()
    expect(failed.status).toBe(201)
    expect(failed.json).toMatchObject({
      message: { attachments: [{ name: 'leak.png' }] },
      textError: { code: 'FORBIDDEN', field: null },
    })
  })
})

/** Refuses the requests to a route from the second one on. */
function holdSecond({ liveChat }: FilesGateway, route: string, body: object): () => void {
  const never = Promise.resolve()
  liveChat.injectFault({ kind: 'hold', until: never, route, times: 1 })
  return liveChat.injectFault({ kind: 'answer', status: 403, body, route })
}

it('an upload wakes the subscribers of the room, and later queries see it', async () => {
  const gateway = await openFilesGateway()
  const room = roomAt(gateway, 'rocketchat')
  const { json } = await send(gateway, room.id, room.visitor)
  const query = `{ node(id: ${JSON.stringify(json.message.id)}) { ... on Message { kind attachments { id url name } } } }`
  const reply = await request(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...room.visitor },
    body: JSON.stringify({ query }),
  })
  const [{ id, url, name }] = json.message.attachments
  expect(JSON.parse(reply.text)).toEqual({
    data: { node: { kind: 'FILE', attachments: [{ id, url, name }] } },
  })
})
