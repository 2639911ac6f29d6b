import { expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { agentOnline } from './rtm/rtm-client.ts'

/** A lively sandbox whose chats move only when `step` is called. */
async function startByHand(): Promise<{
  sandbox: LiveChatSandbox
  step(times: number): void
  running(): number
}> {
  const ticks = new Map<() => void, number>()
  const sandbox = await startLiveChatSandbox({
    lively: true,
    livelyChatIntervalMs: 77,
    startInterval: (intervalMs, tick) => {
      ticks.set(tick, intervalMs)
      return () => void ticks.delete(tick)
    },
  })
  const step = (times: number) => {
    for (let n = 0; n < times; n += 1) {
      for (const [tick, intervalMs] of ticks) if (intervalMs === 77) tick()
    }
  }
  return { sandbox, step, running: () => ticks.size }
}

const eventCount = (sandbox: LiveChatSandbox) =>
  sandbox.chats.all.flatMap((chat) => chat.threads.flatMap((thread) => thread.events)).length

it('open chats talk, end, come back, and new ones begin', async () => {
  const { sandbox, step, running } = await startByHand()
  const [chats, threads, events] = [
    sandbox.chats.all.length,
    sandbox.chats.all.flatMap((chat) => chat.threads).length,
    eventCount(sandbox),
  ]
  step(1500)
  expect(eventCount(sandbox)).toBeGreaterThan(events + 1000)
  expect(sandbox.chats.all.length).toBeGreaterThan(chats)
  expect(sandbox.chats.all.flatMap((chat) => chat.threads).length).toBeGreaterThan(threads + 20)
  expect(sandbox.chats.all.length).toBeLessThanOrEqual(40)
  await sandbox.close()
  expect(running()).toBe(0)
})

it('goes on with nobody there to answer', async () => {
  const { sandbox, step } = await startByHand()
  for (const { id } of sandbox.chats.agents) sandbox.chats.setRoutingStatus(id, 'offline')
  for (const chat of sandbox.chats.all) if (chat.threads.at(-1)?.active) sandbox.chats.close(chat.id)
  step(200)
  expect(sandbox.chats.all.filter((chat) => chat.threads.at(-1)?.active)).not.toEqual([])
  expect(sandbox.chats.all.length).toBeLessThanOrEqual(40)
  await sandbox.close()
})

it('somebody types before each message of an open chat', async () => {
  const { sandbox, step } = await startByHand()
  const agent = await agentOnline(sandbox)
  for (const { id } of sandbox.chats.all) await agent.call('follow_chat', { id })
  step(40)
  const typedIn = new Set<string>()
  const followed = new Set(sandbox.chats.all.map(({ id }) => id))
  let sent = 0
  for (const { action, payload } of await agent.settled()) {
    const { chat_id: chatId = '', event, typing_indicator: indicator } = payload
    // A chat that is reactivated is no longer followed.
    if (action === 'incoming_chat') followed.delete(payload.chat?.id ?? '')
    if (indicator?.is_typing || action === 'incoming_sneak_peek') typedIn.add(chatId)
    if (!followed.has(chatId) || event?.type !== 'message' || event.visibility !== 'all') continue
    expect(typedIn.delete(chatId)).toBe(true)
    sent += 1
  }
  expect(sent).toBeGreaterThan(10)
  await sandbox.close()
})

it('agents answer a customer who came by the API, for whom nobody else speaks and whose chat nobody closes', async () => {
  const { sandbox, step } = await startByHand()
  const { id } = sandbox.chats.start({ say: 'Is anybody there?' })
  step(300)
  const [thread, ...others] = sandbox.chats.get(id).threads
  expect(others).toEqual([])
  expect(thread?.active).toBe(true)
  const { id: customer } = sandbox.chats.customerOf(id)
  const messages = thread?.events.filter(({ authorId, visibility }) => authorId && visibility === 'all')
  expect(messages?.map(({ authorId }) => authorId === customer)).toEqual([true, false])
  await sandbox.close()
})
