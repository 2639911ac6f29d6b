import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startSandboxWithAgent } from './agent-client.ts'
import type { Answer } from './api-client.ts'

const START = Date.parse('2026-03-01T12:00:00.000Z')
const ids = z.array(z.looseObject({ _id: z.string() })).default([])
const result = z.looseObject({
  result: z.looseObject({
    updated: ids,
    deleted: ids,
    cursor: z.object({ next: z.string().nullable(), previous: z.string().nullable() }).optional(),
  }),
})

function resultOf(answer: Answer) {
  const { updated, deleted, cursor } = result.parse(answer.body).result
  return { updated: updated.map(({ _id }) => _id), deleted: deleted.map(({ _id }) => _id), cursor }
}

/** A room on a clock that the test moves. */
async function openClock(options: Parameters<typeof startSandboxWithAgent>[0] = {}) {
  let now = START
  const opened = await startSandboxWithAgent({ ...options, now: () => now })
  const { workspace } = opened.sandbox
  const tick = (ms = 1_000) => {
    now += ms
    return new Date(now)
  }
  const sync = (query: Record<string, string>) =>
    opened.service.get('chat.syncMessages', { roomId: opened.rid, ...query })
  return { ...opened, workspace, tick, sync }
}

describe('what happened since a moment', () => {
  test('holds new, edited and removed messages and system messages, newest first, and what was deleted', async () => {
    const { workspace, sandbox, rid, tick, sync } = await openClock()
    const [edited, removed, deleted] = ['a', 'b', 'c'].map((msg) => workspace.agentSends(rid, msg)._id)
    const lastUpdate = tick().toISOString()
    tick()
    workspace.edit(edited ?? '', 'A')
    workspace.remove(deleted ?? '')
    sandbox.settings.Message_ShowDeletedStatus = true
    workspace.remove(removed ?? '')
    tick()
    workspace.closeRoom(rid)
    const close = workspace.messages(rid).at(-1)?._id
    const found = resultOf(await sync({ lastUpdate }))
    expect(found.updated[0]).toBe(close)
    expect([...found.updated].sort()).toEqual([close, edited, removed].sort())
    expect(found.deleted).toEqual([deleted])
  })

  test('is strictly after it, and leaves hidden documents out', async () => {
    const { workspace, sandbox, rid, tick, sync } = await openClock()
    const at = tick()
    const { _id } = workspace.agentSends(rid, 'a')
    expect(resultOf(await sync({ lastUpdate: at.toISOString() })).updated).toEqual([])
    const before = new Date(at.getTime() - 1).toISOString()
    expect(resultOf(await sync({ lastUpdate: before })).updated).toEqual([_id])
    sandbox.settings.Message_KeepHistory = true
    tick()
    workspace.remove(_id)
    expect(resultOf(await sync({ lastUpdate: before }))).toMatchObject({ updated: [], deleted: [] })
  })

  test('is unbounded', async () => {
    const { workspace, rid, sync } = await openClock()
    for (let sent = 0; sent < 150; sent += 1) workspace.agentSends(rid, String(sent))
    expect(resultOf(await sync({ lastUpdate: '2020-01-01T00:00:00Z' })).updated.length).toBeGreaterThan(150)
  })

  test.each([
    [{}, 'error-param-required'],
    [{ lastUpdate: 'soon' }, 'error-lastUpdate-param-invalid'],
    [{ next: '1', previous: '2', type: 'UPDATED' }, 'error-cursor-conflict'],
    [{ next: '1', lastUpdate: '2026-01-01' }, 'error-cursor-and-lastUpdate-conflict'],
    [{ next: '1' }, 'error-type-param-required'],
    [{ next: '1', type: 'ADDED' }, 'error-type-param-not-supported'],
  ])('asked with %j is refused with %s', async (query, errorType) => {
    const { sync } = await openClock()
    expect(await sync(query)).toMatchObject({ status: 400, body: { errorType } })
  })

  test.each([
    ['8.8', 400, 'error-not-allowed'],
    ['9.0', 403, 'error-forbidden'],
  ] as const)('of another agent’s room is answered by %s with %i', async (profile, status, errorType) => {
    const { workspace, agent } = await openClock({ profile })
    const other = workspace.createAgent({ name: 'Otto Other' })
    const { token } = workspace.createVisitor()
    const room = workspace.openRoom({ token, agentId: other._id })
    const answer = await agent.get('chat.syncMessages', { roomId: room._id, lastUpdate: '2026-01-01' })
    expect(answer).toMatchObject({ status, body: { errorType } })
  })
})

describe('the cursor', () => {
  test('goes through the changes page by page, and loses siblings of a page’s last millisecond', async () => {
    const { workspace, rid, tick, sync } = await openClock()
    const next = String(tick().getTime())
    const say = (msg: string) => workspace.agentSends(rid, msg)
    tick()
    const one = say('one')
    tick()
    const two = say('two')
    say('sibling')
    tick()
    const three = say('three')
    const first = resultOf(await sync({ type: 'UPDATED', next, count: '2' }))
    expect(first.updated).toEqual([one._id, two._id])
    const second = resultOf(await sync({ type: 'UPDATED', next: first.cursor?.next ?? '', count: '2' }))
    expect(second).toMatchObject({ updated: [three._id], cursor: { next: null } })
  })

  test('asks for deletions on their own', async () => {
    const { workspace, rid, tick, sync } = await openClock()
    const { _id } = workspace.agentSends(rid, 'one')
    const next = String(tick().getTime())
    tick()
    workspace.remove(_id)
    expect(resultOf(await sync({ type: 'DELETED', next }))).toMatchObject({ updated: [], deleted: [_id] })
  })

  test('came with 7.1: before, `lastUpdate` is required', async () => {
    const { sync } = await openClock({ profile: '6.13' })
    expect((await sync({ type: 'UPDATED', next: '1' })).body).toMatchObject({ errorType: 'invalid-params' })
  })
})
