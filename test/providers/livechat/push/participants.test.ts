import { expect, it, onTestFinished, vi } from 'vitest'
import { countRequests } from '../support/livechat-gateway.ts'
import {
  callAs,
  openPushAccount,
  operator,
  readMessage,
  subscribeToRoom,
  visitorOf,
} from '../support/push-account.ts'

it.each(['operator', 'visitor'])(
  'the users of a room that the %s watches are read every ten minutes, not every minute',
  async (role) => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const caller = role === 'operator' ? operator : visitorOf(sandbox, chat)
    const { receiver, subscription } = await subscribeToRoom(account, chat, caller)
    const now = performance.now()
    const clock = vi.spyOn(performance, 'now')
    onTestFinished(() => clock.mockRestore())
    const readAfter = async (ms: number) => {
      clock.mockImplementation(() => now + ms)
      sandbox.clearCalls()
      await account.adapter.readRecentMessages(chat.id, null, callAs(caller))
      const side = role === 'operator' ? 'agent' : 'customer'
      return countRequests({ liveChat: sandbox })[`${side}/get_chat`] ?? 0
    }
    expect(await readAfter(9 * 60_000)).toBe(0)
    expect(await readAfter(11 * 60_000)).toBe(1)
    sandbox.chats.customerSends(chat.id, 'more')
    const { ref } = await receiver.nextMessage()
    expect((await readMessage(account, chat, caller, ref.messageId))?.author).toMatchObject({ name: 'Cy' })
    subscription.close()
    expect(await readAfter(13 * 60_000)).toBe(1)
  },
)
