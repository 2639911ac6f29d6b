import { expect, onTestFinished, test } from 'vitest'
import { recordPush } from '../../../support/recorded-push.ts'
import { type OpenPush, openPush, openRoom, operator, subscribeToLiveRoom } from './open-push.ts'

/** Subscribes to the activity of the account and waits until it is live. */
async function subscribeToAccount({ push }: OpenPush) {
  const recorded = recordPush()
  const subscription = push.subscribeToAccount?.(recorded.receiver)
  if (!subscription) return expect.fail('the account has no push')
  onTestFinished(() => subscription.close())
  await recorded.expectNext('Live')
  return { ...recorded, subscription }
}

test('messages of all rooms of the account are activity, on one connection', async () => {
  const opened = await openPush()
  const { sandbox, push } = opened
  const [watched, other] = [openRoom(sandbox), openRoom(sandbox)]
  const { expectNext } = await subscribeToAccount(opened)
  const room = await subscribeToLiveRoom(push, watched.rid, operator)
  sandbox.workspace.visitorSends(other.rid, 'Hi')
  expect(await expectNext('Activity')).toEqual({ type: 'Activity', roomId: other.rid })
  sandbox.workspace.visitorSends(watched.rid, 'Hi')
  expect(await expectNext('Activity')).toEqual({ type: 'Activity', roomId: watched.rid })
  await room.expectNext('Message')
  expect(sandbox.push.accepted).toBe(1)
})

test('a room that is queued or taken is activity', async () => {
  const opened = await openPush({ sandbox: { settings: { Livechat_Routing_Method: 'Manual_Selection' } } })
  const { workspace } = opened.sandbox
  const { _id: agentId } = workspace.createAgent({ name: 'Ada' })
  workspace.createVisitor({ token: 'secret-of-the-queue' })
  const { expectNext, events } = await subscribeToAccount(opened)
  const queue = 'stream-livechat-inquiry-queue-observer/public'
  await opened.sandbox.push.until(() => queue in opened.sandbox.subscriptions.counts())
  const { _id: rid } = workspace.openRoom({ token: 'secret-of-the-queue', agentId: null })
  expect(await expectNext('Activity')).toEqual({ type: 'Activity', roomId: rid })
  workspace.takeRoom(rid, agentId)
  expect(await expectNext('Activity')).toEqual({ type: 'Activity', roomId: rid })
  expect(events.every((event) => event.type === 'Activity' && event.roomId === rid)).toBe(true)
})

test('it is live again after a reconnection, and ends with the last subscription', async () => {
  const opened = await openPush()
  const { sandbox } = opened
  const first = await subscribeToAccount(opened)
  const second = await subscribeToAccount(opened)
  sandbox.push.drop()
  expect(await first.expectNext('Down')).toMatchObject({ isFinal: false })
  await first.expectNext('Live')
  await second.until('Live')
  first.subscription.close()
  const { rid } = openRoom(sandbox)
  await second.expectNext('Activity')
  expect(first.events).toEqual([])
  expect(rid).not.toBe('')
  second.subscription.close()
  await sandbox.push.until(() => sandbox.push.connections.length === 0)
})
