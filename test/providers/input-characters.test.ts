import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeId } from '../../src/domain/ids.ts'
import {
  acceptAt,
  type OfflineGateway,
  openOfflineGateway,
  openSharedStore,
} from '../offline/offline-gateway.ts'
import { sendOperation, waitUntil } from '../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../support/test-gateway.ts'
import {
  ByNativeId,
  CloseRoom,
  EraseOfflineMessages,
  Hostile,
  SearchOfflineMessages,
  SendMessage,
  SendOfflineMessage,
  StartRoom,
  UpdateMessage,
} from './support/documents.ts'

const offline = { name: 'Eve', email: 'eve@mail.test', text: 'Hello' }
const FAMILY = '👩‍👩‍👧'
const ARABIC = 'مريم الحسن'
const KEY = '3f0c8f0e-8f5e-4c0b-9a55-0d5d8f4e7f10'

/** Names with characters that no line may hold. */
const unsafe = [
  'Eve\r\nBcc: all@mail.test',
  'Eve\nEve',
  'Eve\u0000',
  'Eve\u001b[2J',
  'Eve\u0085',
  'Eve\u202Ecod.exe',
  '\u2066Eve\u2069',
  'Eve\u200F',
  'Eve\u2028',
  'Eve\ud800',
]
/** Invisible texts. */
const invisible = ['\u200b', '\u200d\u200d', '\u2060\ufeff', '\u3164', '\u2800', '\u00ad']

/** A visitor of each provider, in a room with a message of the visitor. */
async function openRooms() {
  const scene = await openOfflineGateway({ source: 'helpdesk' })
  const { workspace } = scene.rocketChat
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const { _id: rid } = workspace.openRoom({ token, agentId: workspace.createAgent({ name: 'Ada' })._id })
  const chat = scene.liveChat.chats.start()
  const customer = scene.liveChat.tokens.customerToken(scene.liveChat.chats.customerOf(chat.id).id)
  const rooms = [
    { provider: 'rocketchat', headers: asVisitor(token), roomId: roomIdOf('rocketchat', rid) },
    { provider: 'livechat', headers: asVisitor(customer), roomId: roomIdOf('livechat', chat.id) },
  ]
  return { ...scene, rooms }
}

function roomIdOf(provider: string, roomId: string): string {
  return encodeId({ type: 'Room', provider, roomId })
}

const callsTo = ({ rocketChat, liveChat }: OfflineGateway) => [...rocketChat.calls, ...liveChat.calls]

/** Every text that the providers received, in bodies and in query strings. */
function textsSent(scene: OfflineGateway): readonly string[] {
  return callsTo(scene).flatMap(({ body, rawQuery }) => [
    ...[...new URLSearchParams(rawQuery)].flat(),
    ...leavesOf(body.startsWith('{') ? JSON.parse(body) : body),
  ])
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
}

/** Whether a text holds a control character that a multi-line text does not need, or half a character. */
function isDirty(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0)
    return (isControl && code !== 9 && code !== 10) || (code >= 0xd800 && code < 0xe000)
  })
}

describe('one line', () => {
  it.each(['rocketchat', 'livechat'])('of what is sent to %s holds no unsafe character', async (provider) => {
    const scene = await openRooms()
    const before = callsTo(scene).length
    for (const value of [...unsafe, ...invisible]) {
      for (const field of ['name', 'email', 'idempotencyKey']) {
        const input = { provider, ...offline, [field]: value }
        const started = await sendOperation(scene.url, StartRoom, { input }, asAnonymous)
        expect(started.data?.startRoom).toMatchObject({ code: 'INVALID_INPUT', field })
      }
      for (const field of ['name', 'email', 'department', 'host', 'idempotencyKey']) {
        const input = { provider, ...offline, [field]: value }
        const { data } = await sendOperation(scene.url, SendOfflineMessage, { input }, asAnonymous)
        expect(data?.sendOfflineMessage).toMatchObject({ code: 'INVALID_INPUT', field })
      }
    }
    expect(callsTo(scene)).toHaveLength(before)
  })

  it('of a message in a room holds none either', async () => {
    const scene = await openRooms()
    const before = callsTo(scene).length
    for (const { headers, roomId } of scene.rooms) {
      for (const value of [...unsafe, ...invisible]) {
        const closed = await sendOperation(
          scene.url,
          CloseRoom,
          { input: { roomId, comment: value } },
          headers,
        )
        expect(closed.data?.closeRoom).toMatchObject({ code: 'INVALID_INPUT', field: 'comment' })
        const input = { roomId, text: 'Hello', idempotencyKey: value }
        const { data } = await sendOperation(scene.url, SendMessage, { input }, headers)
        expect(data?.sendMessage).toMatchObject({ code: 'INVALID_INPUT', field: 'idempotencyKey' })
      }
    }
    expect(callsTo(scene)).toHaveLength(before)
  })

  it('of an operator’s search or erasure holds none either', async () => {
    const scene = await openOfflineGateway()
    for (const value of [...unsafe, ...invisible]) {
      const { errors } = await sendOperation(scene.url, SearchOfflineMessages, { text: value }, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'filter.text' } }])
      const { data } = await sendOperation(
        scene.url,
        EraseOfflineMessages,
        { input: { email: value } },
        asOperator,
      )
      expect(data?.eraseOfflineMessages).toMatchObject({ code: 'INVALID_INPUT', field: 'email' })
    }
    expect(callsTo(scene)).toEqual([])
  })

  it.each([FAMILY, ARABIC, 'Zoë O’Neill', '李小龍', 'نمی‌خواهم'])('may be %s', async (name) => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    for (const provider of ['rocketchat', 'livechat']) {
      const input = { provider, ...offline, name, text: `${name}!\n${name}`, department: '' }
      const { data } = await sendOperation(scene.url, SendOfflineMessage, { input }, asAnonymous)
      expect(data?.sendOfflineMessage).toMatchObject({
        offlineMessage: { name, text: `${name}!\n${name}`, delivery: { state: 'SENT' } },
      })
      expect(textsSent(scene)).toContain(name)
      expect(textsSent(scene)).toContain(`${name}!\n${name}`)
    }
  })
})

describe('the page of an offline message', () => {
  it.each([
    'shop.example',
    'javascript:alert(1)',
    'data:text/html,hi',
    'ftp://shop.example/',
    'https:shop.example',
    'https://',
    'https://shop.example/a b',
    'https://bank.example@evil.example/',
    '//shop.example',
  ])('is not %s', async (host) => {
    const scene = await openOfflineGateway()
    const input = { provider: 'rocketchat', ...offline, host }
    const { data } = await sendOperation(scene.url, SendOfflineMessage, { input }, asAnonymous)
    expect(data?.sendOfflineMessage).toMatchObject({ code: 'INVALID_INPUT', field: 'host' })
    expect(callsTo(scene)).toEqual([])
  })

  it.each(['https://shop.example', 'HTTP://127.0.0.1:8080/cart?a=1#b', 'https://bücher.example/é', 'null'])(
    'may be %s',
    async (host) => {
      const scene = await openOfflineGateway()
      await sendOperation(
        scene.url,
        SendOfflineMessage,
        { input: { provider: 'rocketchat', ...offline, host } },
        asAnonymous,
      )
      expect(scene.rocketChat.workspace.mails).toMatchObject([{ host }])
    },
  )
})

describe('an id', () => {
  it.each(['a\u0000', 'a\r\nb', '\ud800', '\u202ea', '\u0085'])(
    'with %j in it names nothing, and nobody is asked',
    async (native) => {
      const scene = await openRooms()
      for (const { provider, headers, roomId } of scene.rooms) {
        const before = callsTo(scene).length
        const ref = { roomId: native, threadId: null, messageId: native }
        const departmentId = encodeId({ type: 'Department', provider, departmentId: native })
        const ids = [roomIdOf(provider, native), encodeId({ type: 'Message', provider, ref }), departmentId]
        for (const id of ids)
          expect(await sendOperation(scene.url, Hostile, { id }, headers)).toEqual({ data: { node: null } })
        const byNativeId = await sendOperation(scene.url, ByNativeId, { provider, nativeId: native }, headers)
        expect(byNativeId).toEqual({ data: { roomByNativeId: null } })
        const started = await sendOperation(
          scene.url,
          StartRoom,
          { input: { provider, departmentId } },
          asAnonymous,
        )
        expect(started.data?.startRoom).toMatchObject({ code: 'INVALID_INPUT', field: 'departmentId' })
        const input = { roomId: roomIdOf(provider, native), text: 'Hello' }
        const { data } = await sendOperation(scene.url, SendMessage, { input }, headers)
        expect(data?.sendMessage).toMatchObject({ code: 'INVALID_INPUT', field: 'roomId' })
        expect(callsTo(scene)).toHaveLength(before)
        expect((await sendOperation(scene.url, Hostile, { id: roomId }, headers)).data?.node).toMatchObject({
          id: roomId,
        })
      }
    },
  )
})

describe('a text', () => {
  it('of invisible characters counts as empty', async () => {
    const scene = await openRooms()
    for (const { provider, headers, roomId } of scene.rooms) {
      const said = await sendOperation(scene.url, SendMessage, { input: { roomId, text: 'Hello' } }, headers)
      if (said.data?.sendMessage.__typename !== 'SendMessagePayload') throw new Error('not sent')
      const messageId = said.data.sendMessage.message.id
      const before = callsTo(scene).length
      for (const text of [...invisible, '\u0000\r\n', '\u202e']) {
        const refused = { code: 'INVALID_INPUT', field: 'text' }
        const sent = await sendOperation(scene.url, SendMessage, { input: { roomId, text } }, headers)
        expect(sent.data?.sendMessage).toMatchObject(refused)
        const updated = await sendOperation(scene.url, UpdateMessage, { input: { messageId, text } }, headers)
        expect(updated.data?.updateMessage).toMatchObject(refused)
        const started = await sendOperation(scene.url, StartRoom, { input: { provider, text } }, asAnonymous)
        expect(started.data?.startRoom).toMatchObject(refused)
        const input = { provider, ...offline, text }
        const left = await sendOperation(scene.url, SendOfflineMessage, { input }, asAnonymous)
        expect(left.data?.sendOfflineMessage).toMatchObject(refused)
      }
      expect(callsTo(scene)).toHaveLength(before)
    }
  })

  it('keeps its lines and tabs and loses other control characters', async () => {
    const scene = await openRooms()
    const text = 'one\r\ntwo\rthree\n\tfour\u0000\u0007\u001b[2J\ud800!'
    const kept = 'one\ntwo\nthree\n\tfour[2J!'
    for (const { provider, headers, roomId } of scene.rooms) {
      const { data } = await sendOperation(scene.url, SendMessage, { input: { roomId, text } }, headers)
      expect(data?.sendMessage).toMatchObject({ message: { text: kept } })
      const left = await sendOperation(
        scene.url,
        SendOfflineMessage,
        { input: { provider, ...offline, text } },
        asAnonymous,
      )
      expect(left.data?.sendOfflineMessage).toMatchObject({ offlineMessage: { text: kept } })
    }
    expect(scene.rocketChat.workspace.mails).toMatchObject([{ message: kept }])
  })
})

describe('whatever clients write', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(fc.constantFrom(...unsafe, ...invisible, FAMILY, ARABIC, '\r\n', '\t', 'a'), { maxLength: 5 })
      .map((parts) => parts.join('')),
  )
  const written = fc.record({ name: value, text: value, department: fc.option(value) })

  it('no provider receives a control character', async () => {
    const scene = await openRooms()
    await fc.assert(
      fc.asyncProperty(written, fc.constantFrom(...scene.rooms), async (each, room) => {
        const { name, text, department } = each
        const { provider, headers, roomId } = room
        const input = { provider, name, email: offline.email, text }
        await sendOperation(scene.url, StartRoom, { input }, asAnonymous)
        await sendOperation(scene.url, SendOfflineMessage, { input: { ...input, department } }, asAnonymous)
        await sendOperation(
          scene.url,
          SendMessage,
          { input: { roomId, text, idempotencyKey: name } },
          headers,
        )
        await sendOperation(scene.url, SearchOfflineMessages, { text: name }, asOperator)
        expect(textsSent(scene).filter(isDirty)).toEqual([])
        scene.rocketChat.clearCalls()
        scene.liveChat.clearCalls()
      }),
      { numRuns: 60 },
    )
  })
})

it('an offline message that an earlier release stored is delivered without control characters', async () => {
  const scene = await openOfflineGateway()
  const store = await openSharedStore(scene)
  const draft = { name: 'Eve\r\nBcc: all@mail.test', text: 'one\r\ntwo\u0000', department: 'Sales\u0000' }
  await acceptAt(store, new Date(), draft)
  // Any later message wakes the delivery worker.
  const input = { provider: 'rocketchat', ...offline, idempotencyKey: KEY }
  await sendOperation(scene.url, SendOfflineMessage, { input }, asAnonymous)
  const { mails } = scene.rocketChat.workspace
  await waitUntil(() => mails.length === 2)
  expect(mails.find(({ name }) => name !== 'Eve')).toMatchObject({
    name: 'Eve  Bcc: all@mail.test',
    message: 'one\ntwo',
    department: 'Sales',
  })
})
