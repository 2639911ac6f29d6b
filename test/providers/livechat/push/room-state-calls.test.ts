import { expect, it } from 'vitest'
import type { Caller } from '../../../../src/domain/caller.ts'
import type { Priority } from '../../../../src/domain/priority.ts'
import { countRequests } from '../support/livechat-gateway.ts'
import { callAs, openPushAccount, operator, subscribeToRoom, visitorOf } from '../support/push-account.ts'

/** A chat that its customer watches by push, and the calls that reads of it cost. */
async function openWatchedChat() {
  const account = await openPushAccount({ push: 'customers' })
  const { sandbox, adapter } = account
  const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const visitor = visitorOf(sandbox, chat)
  const { receiver } = await subscribeToRoom(account, chat, visitor)
  let syncToken: string | null = null
  const watched = {
    sandbox,
    chat,
    receiver,
    /** Reads the room's own state, and returns its status and the calls that it took. */
    async readState(caller: Caller = visitor, priority: Priority = 'background') {
      sandbox.clearCalls()
      const [room] = await adapter.getRooms([chat.id], { ...callAs(caller), priority })
      const calls = countRequests({ liveChat: sandbox })['customer/get_chat'] ?? 0
      return { status: room && 'status' in room ? room.status : null, calls }
    },
    audit: async () => {
      await adapter.readRecentMessages(chat.id, null, { ...callAs(visitor), priority: 'background' })
    },
    listAccount: async () => {
      const activity = await adapter.readRoomActivity?.(syncToken, callAs(operator))
      syncToken = activity?.syncToken ?? null
    },
    changed: () => receiver.next('change', ({ change }) => change.type === 'RoomChanged'),
  }
  await watched.audit()
  await watched.listAccount()
  return watched
}

it('a change of the room that was pushed is read once, although an audit and the account’s list show it, too', async () => {
  const { sandbox, chat, readState, audit, listAccount, changed } = await openWatchedChat()
  sandbox.chats.close(chat.id)
  await changed()
  expect(await readState()).toEqual({ status: 'CLOSED', calls: 1 })
  await audit()
  await listAccount()
  expect(await readState()).toEqual({ status: 'CLOSED', calls: 0 })
  sandbox.chats.resume(chat.id)
  await changed()
  expect(await readState()).toEqual({ status: 'OPEN', calls: 1 })
})

it('a message changes nothing of the room’s state', async () => {
  const { sandbox, chat, receiver, readState, audit, listAccount } = await openWatchedChat()
  expect(await readState()).toMatchObject({ calls: 1 })
  sandbox.chats.agentSends(chat.id, 'Hello')
  await receiver.nextMessage()
  await audit()
  await listAccount()
  expect(await readState()).toMatchObject({ calls: 0 })
})

it.each(['audit', 'listAccount'] as const)('%s shows a change that was not pushed', async (compare) => {
  const watched = await openWatchedChat()
  const { sandbox, chat, readState } = watched
  expect(await readState()).toMatchObject({ calls: 1 })
  sandbox.push.injectFault({ kind: 'silent' })
  sandbox.chats.close(chat.id)
  await watched[compare]()
  expect(await readState()).toEqual({ status: 'CLOSED', calls: 1 })
})

it('a person’s read, one of another credential, and one after push has ended, ask LiveChat', async () => {
  const { sandbox, chat, receiver, readState } = await openWatchedChat()
  expect(await readState()).toMatchObject({ calls: 1 })
  expect(await readState()).toMatchObject({ calls: 0 })
  expect(await readState(visitorOf(sandbox, chat))).toMatchObject({ calls: 1 })
  expect(await readState(undefined, 'interactive')).toMatchObject({ calls: 1 })
  sandbox.push.drop()
  await receiver.next('down')
  expect(await readState()).toMatchObject({ calls: 1 })
})
