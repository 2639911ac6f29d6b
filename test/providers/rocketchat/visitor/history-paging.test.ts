import { describe, expect, it } from 'vitest'
import type { RocketChatSandboxOptions } from '../../../../sandbox/rocketchat/index.ts'
import { HISTORY } from '../support/faults.ts'
import { History } from '../support/visitor-documents.ts'
import { openVisitorGateway, type TestVisitor } from '../support/visitor-gateway.ts'

const START = Date.parse('2026-01-05T10:00:00.000Z')
const at = (ms: number) => new Date(START + ms)

/** Vera's room with `count` messages, one a second, on a server that adds no system messages after them. */
async function openHistory(count: number, options: RocketChatSandboxOptions = {}) {
  const gateway = await openVisitorGateway({ rocketChat: { now: () => START, ...options } })
  for (let line = 1; line <= count; line += 1) {
    gateway.workspace.visitorSends(gateway.vera.rid, `line ${line}`, { ts: at(line * 1000) })
  }
  return gateway
}

async function read(vera: TestVisitor, args: Record<string, unknown>) {
  const { data, errors } = await vera.ask(History, { id: vera.roomId, ...args })
  const page = data?.room?.messages
  if (!page) throw new Error(`no page: ${JSON.stringify(errors)}`)
  return {
    ...page.pageInfo,
    texts: page.nodes.map(({ text }) => text),
    kinds: page.nodes.map(({ kind }) => kind),
  }
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`)

describe('a page of messages', () => {
  it('is the newest fifty, oldest first, at the cost of one request', async () => {
    const { rocketChat, vera } = await openHistory(60)
    const page = await read(vera, {})
    expect(page.texts).toEqual(lines(11, 60))
    expect(page).toMatchObject({ hasPreviousPage: true, hasNextPage: false })
    expect(rocketChat.counts()).toEqual({ [`GET ${HISTORY}`]: 1 })
  })

  it('pages backwards with `last` and `before`, to the beginning', async () => {
    const { vera } = await openHistory(250)
    const newest = await read(vera, { last: 100 })
    const middle = await read(vera, { last: 100, before: newest.startCursor })
    const oldest = await read(vera, { last: 100, before: middle.startCursor })
    expect(newest.texts).toEqual(lines(151, 250))
    expect(middle.texts).toEqual(lines(51, 150))
    expect(middle).toMatchObject({ hasPreviousPage: true, hasNextPage: true })
    expect(oldest.texts.slice(-50)).toEqual(lines(1, 50))
    expect(oldest).toMatchObject({ hasPreviousPage: false, hasNextPage: true })
  })

  it('pages forwards with `first` and `after`, although the server only reads backwards', async () => {
    const { vera } = await openHistory(450)
    const since = at(1000).toISOString()
    const oldest = await read(vera, { first: 100, since })
    const second = await read(vera, { first: 100, after: oldest.endCursor, since })
    expect(oldest.texts).toEqual(lines(1, 100))
    expect(oldest).toMatchObject({ hasPreviousPage: false, hasNextPage: true })
    expect(second.texts).toEqual(lines(101, 200))
    expect(second).toMatchObject({ hasPreviousPage: true, hasNextPage: true })
  })

  it('treats `since` as inclusive and `until` as exclusive', async () => {
    const { vera } = await openHistory(9)
    const bounds = { since: at(3000).toISOString(), until: at(6000).toISOString() }
    for (const size of [{}, { first: 50 }, { last: 50 }]) {
      const page = await read(vera, { ...bounds, ...size })
      expect(page.texts).toEqual(lines(3, 5))
      expect(page).toMatchObject({ hasPreviousPage: false, hasNextPage: false })
    }
  })

  it('can be empty, and then ends at its start', async () => {
    const { vera } = await openHistory(3)
    const whole = await read(vera, {})
    const after = await read(vera, { after: whole.endCursor })
    expect(after).toMatchObject({ texts: [], hasNextPage: false, endCursor: whole.endCursor })
    expect(after.startCursor).toBeNull()
  })

  it('needs one more request if more messages share a millisecond than a page holds', async () => {
    const { workspace, vera } = await openHistory(0)
    const texts = Array.from({ length: 30 }, (_, index) => `same ${String(index).padStart(2, '0')}`)
    for (const text of texts) workspace.visitorSends(vera.rid, text, { _id: text, ts: at(1000) })
    const back: string[] = []
    let page = await read(vera, { last: 7, since: at(1000).toISOString() })
    back.unshift(...page.texts)
    while (page.hasPreviousPage) {
      page = await read(vera, { last: 7, since: at(1000).toISOString(), before: page.startCursor })
      back.unshift(...page.texts)
    }
    expect(back).toEqual(texts)
  })

  it('includes system messages and excludes hidden ones', async () => {
    const settings = { Message_KeepHistory: true }
    const { rocketChat, workspace, vera } = await openHistory(2, { settings, now: () => START + 10_000 })
    const hidden = workspace.agentSends(vera.rid, 'withdrawn', { ts: at(5000) })
    workspace.remove(hidden._id)
    workspace.closeRoom(vera.rid, 'Solved')
    const page = await read(vera, {})
    expect(page.texts).not.toContain('withdrawn')
    expect(page.kinds.filter((kind) => kind === 'TEXT')).toHaveLength(2)
    expect(page.kinds.filter((kind) => kind === 'SYSTEM')).toHaveLength(3)
    expect(page.texts).toContain('Solved')
    rocketChat.settings.Hide_System_Messages = ['command', 'livechat-started', 'livechat-close']
    expect((await read(vera, {})).texts).toEqual(lines(1, 2))
  })

  it('continues after an unreadable message', async () => {
    const { workspace, vera } = await openHistory(20)
    workspace.visitorSends(vera.rid, 'nameless', { _id: '', ts: at(15_500) })
    const back: string[] = []
    let page = await read(vera, { last: 4, since: at(1000).toISOString() })
    back.unshift(...page.texts)
    while (page.hasPreviousPage) {
      page = await read(vera, { last: 4, since: at(1000).toISOString(), before: page.startCursor })
      back.unshift(...page.texts)
    }
    expect(back).toEqual(lines(1, 20))
  })
})

describe('invalid paging arguments', () => {
  it.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['last', { last: -1 }],
    ['last', { first: 1, last: 1 }],
    ['after', { after: 'no cursor' }],
    ['before', { before: 'WzJd' }],
  ])('are INVALID_INPUT at `%s`: %o', async (field, args) => {
    const { rocketChat, vera } = await openHistory(1)
    const { data, errors } = await vera.ask(History, { id: vera.roomId, ...args })
    expect(data).toEqual({ room: null })
    expect(errors).toMatchObject([
      { path: ['room', 'messages'], extensions: { code: 'INVALID_INPUT', field } },
    ])
    expect(rocketChat.counts()[`GET ${HISTORY}`]).toBeUndefined()
  })
})
