import { describe, expect, test } from 'vitest'
import type { RocketChatSandboxOptions } from '../../rocketchat/index.ts'
import { messagesOf } from './api-client.ts'
import { startSandboxWithRoom } from './start-sandbox.ts'

const START = Date.parse('2026-01-05T10:00:00.000Z')

/** A room with `count` messages, one per second, after the system messages that open it. */
async function openHistory(count: number, options: RocketChatSandboxOptions = {}) {
  const opened = await startSandboxWithRoom({ now: () => START, ...options })
  for (let index = 1; index <= count; index += 1) {
    const ts = new Date(START + index * 1000)
    opened.sandbox.workspace.visitorSends(opened.access.rid, `line ${index}`, { _id: `m${index}`, ts })
  }
  const { token, rid } = opened.access
  const read = async (query: Record<string, string> = {}) =>
    opened.api.get(`livechat/messages.history/${rid}`, { token, ...query })
  const texts = async (query?: Record<string, string>) => messagesOf(await read(query)).map(({ msg }) => msg)
  return { ...opened, read, texts }
}

describe('a page of history', () => {
  test('is the newest twenty, newest first', async () => {
    const { texts } = await openHistory(25)
    const lines = await texts()
    expect(lines).toHaveLength(20)
    expect(lines.slice(0, 2)).toEqual(['line 25', 'line 24'])
  })

  test.each([
    ['200', 27],
    ['0', 20],
    ['', 20],
    ['-3', 3],
  ])('with limit=%j has %i messages: there is no maximum', async (limit, length) => {
    const { texts } = await openHistory(25)
    expect(await texts({ limit })).toHaveLength(length)
  })

  test('ends before `end`, exclusively, and skips `offset`', async () => {
    const { texts } = await openHistory(10)
    const end = new Date(START + 5000).toISOString()
    expect(await texts({ end, limit: '2' })).toEqual(['line 4', 'line 3'])
    expect(await texts({ end, limit: '2', offset: '1' })).toEqual(['line 3', 'line 2'])
    expect(await texts({ end: 'someday' })).toEqual([])
  })

  test('has no lower bound and no other order', async () => {
    const { texts } = await openHistory(5)
    const ls = new Date(START + 4000).toISOString()
    const plain = await texts()
    expect(await texts({ ls, sort: '{"ts":1}', count: '1', searchText: 'line 2' })).toEqual(plain)
  })

  test('has system messages but no hidden documents, and obeys Hide_System_Messages', async () => {
    const { sandbox, read, access } = await openHistory(1, { settings: { Message_KeepHistory: true } })
    sandbox.workspace.remove('m1')
    const types = async () => messagesOf(await read()).map(({ t }) => t)
    expect((await types()).sort()).toEqual(['command', 'livechat-started'])
    sandbox.settings.Hide_System_Messages = ['command']
    expect(await types()).toEqual(['livechat-started'])
    expect(sandbox.workspace.messages(access.rid)).toHaveLength(3)
  })

  test('works in a closed room and ends with the closing message', async () => {
    const { sandbox, access, read } = await openHistory(1, { now: () => START + 60_000 })
    sandbox.workspace.closeRoom(access.rid, 'All done')
    expect(messagesOf(await read())[0]).toMatchObject({ t: 'livechat-close', msg: 'All done' })
  })

  test('carries the token of visitor messages only', async () => {
    const { sandbox, access, read } = await openHistory(1)
    sandbox.workspace.agentSends(access.rid, 'Hello')
    const tokens = messagesOf(await read())
      .filter(({ t }) => t === undefined)
      .map((message) => message['token'])
    expect(new Set(tokens)).toEqual(new Set([access.token, undefined]))
  })
})

describe('messages of one millisecond', () => {
  test('are not in the order of their ids, and an edit moves them', async () => {
    const { sandbox, access, texts } = await openHistory(0)
    const ts = new Date(START + 1000)
    for (const _id of ['c', 'a', 'b']) sandbox.workspace.visitorSends(access.rid, _id, { _id, ts })
    expect((await texts()).slice(0, 3)).toEqual(['b', 'a', 'c'])
    sandbox.workspace.insertMessage({
      rid: access.rid,
      from: 'visitor',
      msg: 'late',
      ts,
      _updatedAt: new Date(START),
    })
    expect((await texts()).slice(0, 4)).toEqual(['b', 'a', 'c', 'late'])
  })

  test('are lost to a reader who pages by `end` alone', async () => {
    const { sandbox, access, read, texts } = await openHistory(0)
    const ts = new Date(START + 1000)
    for (const _id of ['x', 'y']) sandbox.workspace.visitorSends(access.rid, _id, { ts })
    const [newest] = messagesOf(await read({ limit: '1' }))
    expect(await texts({ end: newest?.ts ?? '' })).not.toContain('x')
  })
})

test('a message may commit after a newer one', async () => {
  let time = START
  const { sandbox, api, access } = await startSandboxWithRoom({ now: () => time })
  const held = sandbox.workspace.holdInserts()
  const late = api.post('livechat/message', { ...access, msg: 'early ts, late commit' })
  await held.waiting(1)
  time += 10_000
  sandbox.workspace.agentSends(access.rid, 'newer')
  held.release()
  await late
  const history = await api.get(`livechat/messages.history/${access.rid}`, { token: access.token })
  expect(
    messagesOf(history)
      .map(({ msg }) => msg)
      .slice(0, 2),
  ).toEqual(['newer', 'early ts, late commit'])
})

test('a link preview moves _updatedAt and nothing else that an edit would', async () => {
  let time = START
  const { sandbox, access } = await startSandboxWithRoom({ now: () => time })
  const sent = sandbox.workspace.visitorSends(access.rid, 'see https://shop.example/a')
  time += 1000
  const after = sandbox.workspace.addLinkPreview(sent._id)
  expect(after).toMatchObject({ msg: sent.msg, ts: sent.ts, _updatedAt: new Date(time) })
  expect(after.editedAt).toBeUndefined()
})

describe('what older releases do differently', () => {
  test('4.x counts what was not loaded, passes unknown parameters and has no offset', async () => {
    const { read, texts } = await openHistory(10, { profile: '4.x' })
    const ls = new Date(START + 2000).toISOString()
    const answer = await read({ limit: '3', ls, ts: 'whatever', offset: '5' })
    expect(answer.body).toMatchObject({ unreadNotLoaded: 5, firstUnread: { msg: 'line 3' } })
    expect((await texts({ limit: '1', offset: '5' }))[0]).toBe('line 10')
  })

  test('newer ones refuse `ts` and give messages only', async () => {
    const { read } = await openHistory(1)
    expect((await read({ ts: 'whatever' })).body).toEqual({
      success: false,
      error: 'must NOT have additional properties [invalid-params]',
      errorType: 'invalid-params',
    })
    expect(Object.keys((await read()).body ?? {}).sort()).toEqual(['messages', 'success'])
  })
})
