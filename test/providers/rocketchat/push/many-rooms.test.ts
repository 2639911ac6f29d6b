import { expect, onTestFinished, test } from 'vitest'
import { holdResponses } from '../../../support/hold-responses.ts'
import { callAs, openPush, openPushAlone, openRoom, operator, subscribeToRoom } from './open-push.ts'

/** Subscriptions that the server refused because they came too fast. */
function refusedForRate(frames: readonly { readonly text: string }[]): number {
  return frames.filter(({ text }) => text.includes('too-many-requests')).length
}

test('500 rooms of visitors are live at once within the server’s limits, on few connections', async () => {
  const { sandbox, push } = await openPush({ sandbox: { limiter: true }, hasAccount: false })
  const rooms = Array.from({ length: 500 }, () => openRoom(sandbox))
  const subscribed = rooms.map(({ rid, visitor }) => subscribeToRoom(push, rid, visitor))
  for (const { expectNext } of subscribed) await expectNext('Live')
  expect(refusedForRate(sandbox.push.frames)).toBe(0)
  expect(sandbox.push.peak).toBeLessThanOrEqual(15)
  for (const { rid } of rooms) sandbox.workspace.agentSends(rid, 'Hello')
  for (const { expectNext } of subscribed) await expectNext('Message')
})

test('all of them are live again when the server has ended all connections', async () => {
  const { sandbox, push } = await openPushAlone({}, { limiter: true })
  const rooms = Array.from({ length: 200 }, () => openRoom(sandbox))
  const subscribed = rooms.map(({ rid, visitor }) => subscribeToRoom(push.provider, rid, visitor))
  for (const { expectNext } of subscribed) await expectNext('Live')
  expect(sandbox.push.drop()).toBe(5)
  for (const { expectNext, until } of subscribed) {
    await expectNext('Down')
    await until('Live')
  }
  expect(refusedForRate(sandbox.push.frames)).toBe(0)
  for (const { subscription } of subscribed) subscription.close()
  await sandbox.push.until(() => sandbox.push.connections.length === 0)
})

test('a visitor whose token the server has accepted does not wait behind invented tokens', async () => {
  const { sandbox, adapter, push } = await openPush({ sandbox: { limiter: true }, hasAccount: false })
  const { rid, visitor } = openRoom(sandbox)
  await adapter.readRecentMessages(rid, null, callAs(visitor))
  // More than all connections accept at once.
  for (let index = 0; index < 2_500; index += 1)
    subscribeToRoom(push, rid, { role: 'VISITOR', token: `invented-${index}` })
  await sandbox.push.until(() => sandbox.push.connections.length >= 45)
  await subscribeToRoom(push, rid, visitor).expectNext('Live')
  expect(refusedForRate(sandbox.push.frames)).toBe(0)
})

test('150 rooms of operators are live with two calls, on one connection; their deletions follow', async () => {
  const { sandbox, push } = await openPush({ sandbox: { limiter: true } })
  const rooms = Array.from({ length: 150 }, () => openRoom(sandbox))
  const subscribed = rooms.map(({ rid }) => subscribeToRoom(push, rid, operator))
  for (const { expectNext } of subscribed) await expectNext('Live')
  expect(sandbox.calls.length).toBeLessThanOrEqual(3)
  expect(sandbox.push.accepted).toBe(1)
  for (const { rid } of rooms) sandbox.workspace.visitorSends(rid, 'Hello')
  for (const { expectNext } of subscribed) await expectNext('Message')
  expect(refusedForRate(sandbox.push.frames)).toBe(0)
})

test('500 rooms of operators are live without waiting for the next window of the server’s limit', async () => {
  const { sandbox, push } = await openPush({ sandbox: { limiter: true } })
  const rooms = Array.from({ length: 500 }, () => openRoom(sandbox))
  const subscribed = rooms.map(({ rid }) => subscribeToRoom(push, rid, operator))
  for (const { expectNext } of subscribed) await expectNext('Live')
  expect(sandbox.counts()).toEqual({ 'GET /api/v1/livechat/rooms': 5 })
})

test('a message that is pushed to the account proves the access to its room', async () => {
  const { sandbox, push } = await openPushAlone()
  const [first, second] = [openRoom(sandbox), openRoom(sandbox)]
  const live = subscribeToRoom(push.provider, first.rid, operator)
  await live.expectNext('Live')
  const release = holdResponses(sandbox)
  onTestFinished(release)
  const waiting = subscribeToRoom(push.provider, second.rid, operator)
  sandbox.workspace.visitorSends(second.rid, 'Hello')
  await waiting.expectNext('Live')
})

test('a connection that carries nothing any more serves the visitor who comes back', async () => {
  const { sandbox, push } = await openPush({ hasAccount: false })
  const { rid, visitor } = openRoom(sandbox)
  for (const _ of ['page', 'the page again']) {
    const { subscription, expectNext } = subscribeToRoom(push, rid, visitor)
    await expectNext('Live')
    subscription.close()
    // What ends it is sent later.
    await new Promise(setImmediate)
  }
  expect(sandbox.push.accepted).toBe(1)
})
