import { describe, expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { CallContext, ChatAdapter } from '../../../src/domain/adapter.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import type { MessagePage } from '../../../src/domain/messages.ts'
import type { Room } from '../../../src/domain/model.ts'
import { EVERY_ROOM } from '../../../src/domain/room-query.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { silentLog } from '../../support/log.ts'
import { liveChatAgentConfig } from '../../support/test-gateway.ts'

interface RoomUnderTest {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly visitor: Caller
  say(text: string): void
  /** Number of requests that the provider has received. */
  calls(): number
}

async function rocketChat(): Promise<RoomUnderTest> {
  const { workspace, ...sandbox } = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const ada = workspace.createAgent({ name: 'Ada' })
  const { _id: roomId } = workspace.openRoom({ token, agentId: ada._id })
  const serviceAccount = workspace.serviceAccount()
  return {
    adapter: openAdapter({ kind: 'ROCKET_CHAT', name: 'rocketchat', url: sandbox.url, serviceAccount }),
    roomId,
    visitor: { role: 'VISITOR', token },
    say: (text) => void workspace.visitorSends(roomId, text),
    calls: () => sandbox.calls.length,
  }
}

async function liveChat(): Promise<RoomUnderTest> {
  const { url, chats, credentials, tokens, ...sandbox } = await startLiveChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  const { id: roomId } = chats.start({ customer: { name: 'Cy' } })
  return {
    adapter: openAdapter(liveChatAgentConfig({ url, credentials })),
    roomId,
    visitor: { role: 'VISITOR', token: tokens.customerToken(chats.customerOf(roomId).id) },
    say: (text) => void chats.customerSends(roomId, text),
    calls: () => sandbox.calls.length,
  }
}

function openAdapter(account: Parameters<typeof createAdapterWithoutStore>[0]): ChatAdapter {
  const adapter = createAdapterWithoutStore(account)
  onTestFinished(() => adapter.close())
  return adapter
}

const operator = createOperatorCaller('tester')
const newest = { take: 'newest', limit: 50, after: null, before: null, since: null, until: null } as const

/** What one caller reads of the room. */
interface Read {
  readonly page: MessagePage
  readonly room: Room | null
  readonly listed: Room | null
}

async function read({ adapter, roomId }: RoomUnderTest, caller: Caller): Promise<Read> {
  const call: CallContext = { caller, signal: new AbortController().signal, log: silentLog }
  const page = await adapter.listMessages(roomId, newest, call)
  const [room = null] = await adapter.getRooms([roomId], call)
  if (room instanceof Error) throw room
  let listed: Room | null = null
  if (caller.role === 'OPERATOR')
    for await (const item of adapter.listRooms(EVERY_ROOM, null, call)) listed = item.room
  return { page, room, listed }
}

describe.each([
  ['Rocket.Chat', rocketChat],
  ['LiveChat', liveChat],
])('reads of an unchanged room of %s', (_, open) => {
  it.each(['operator', 'visitor'])(
    'by the same %s give identical objects, and each asks the provider',
    async (role) => {
      const opened = await open()
      for (const text of ['one', 'two']) opened.say(text)
      const caller = role === 'operator' ? operator : opened.visitor
      const first = await read(opened, caller)
      const calls = opened.calls()
      const second = await read(opened, caller)
      expect(second.page).toBe(first.page)
      expect(second.room).toBe(first.room)
      expect(second.listed).toBe(first.listed)
      expect(opened.calls() - calls).toBeGreaterThanOrEqual(role === 'operator' ? 3 : 2)
    },
  )

  it('that overlap give identical objects', async () => {
    const opened = await open()
    opened.say('one')
    const [first, second] = await Promise.all([read(opened, operator), read(opened, operator)])
    expect(second.page).toBe(first.page)
    expect(second.room).toBe(first.room)
  })

  it('give other objects after a change, and leave the earlier ones as they were', async () => {
    const opened = await open()
    opened.say('one')
    const first = await read(opened, operator)
    opened.say('two')
    const second = await read(opened, operator)
    const textsOf = ({ page }: Read) => page.messages.map(({ text }) => text).filter((text) => text !== '')
    expect(textsOf(second)).toEqual([...textsOf(first), 'two'])
    expect(second.page).not.toBe(first.page)
    expect(second.listed).not.toBe(first.listed)
  })

  it('give objects of their own to callers with another credential', async () => {
    const opened = await open()
    opened.say('one')
    const [byOperator, byVisitor] = [await read(opened, operator), await read(opened, opened.visitor)]
    expect(byVisitor.room).not.toBe(byOperator.room)
  })

  it('give frozen objects in tests', async () => {
    const opened = await open()
    opened.say('one')
    const { page, room } = await read(opened, operator)
    const [message] = page.messages
    for (const each of [page, page.messages, message, message?.author, room, room?.agents])
      expect(Object.isFrozen(each)).toBe(true)
  })
})
