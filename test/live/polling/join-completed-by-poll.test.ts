import { pino } from 'pino'
import { expect, it } from 'vitest'
import { type Cursor, pageEndCursor } from '../../../src/cursor/cursor.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RecentMessages } from '../../../src/domain/messages.ts'
import { FIRST_POSITION } from '../../../src/domain/model.ts'
import { Hub } from '../../../src/live/hub.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'

const HOUR_MS = 3_600_000
const operator = createOperatorCaller('tester')
const visitor: Caller = { role: 'VISITOR', token: 'token' }
const page = [message('gone', 1_000), message('here', 2_000)]

/** A room whose reads the test answers, and a cursor of a page with a deleted message. */
function openRoom() {
  const pending: { readonly role: string; readonly respond: (recent: RecentMessages) => void }[] = []
  const adapter = {
    ...new FakeRoom().adapter,
    readRecentMessages: (_roomId: string, _from: unknown, { caller }: { readonly caller: Caller }) =>
      new Promise<RecentMessages>((respond) => void pending.push({ role: caller.role, respond })),
  }
  const hub = new Hub({
    pollInterval: { activeMs: HOUR_MS, idleMs: HOUR_MS },
    log: pino({ level: 'silent' }),
  })
  const subscribe = (caller: Caller, start: { readonly since: Date } | { readonly after: Cursor }) =>
    hub.subscribe({
      adapter,
      roomId: 'room',
      caller,
      start,
      isWanted: () => true,
      wantsRoomState: false,
      signal: new AbortController().signal,
      clientAddress: null,
    })
  const respond = async (role: string) => {
    await waitUntil(() => pending.some((read) => read.role === role))
    const [read] = pending.splice(
      pending.findIndex((one) => one.role === role),
      1,
    )
    read?.respond({ messages: page.slice(1), from: null })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { hub, subscribe, respond, isPending: (role: string) => pending.some((read) => read.role === role) }
}

it('a joining subscriber starts with what was read since it came, even if each of its own reads completes after a poll', async () => {
  const { hub, subscribe, respond, isPending } = openRoom()
  const subscribing = subscribe(operator, { since: new Date() })
  await respond('OPERATOR')
  await subscribing
  hub.requestPoll('fake', 'room')
  await waitUntil(() => isPending('OPERATOR'))
  const after = pageEndCursor(page, FIRST_POSITION)
  if (!after) throw new Error('the page is empty')
  const joining = subscribe(visitor, { after })
  let isIn = false
  void joining.then(() => {
    isIn = true
  })
  for (let round = 0; round < 3 && !isIn; round += 1) {
    await waitUntil(() => isPending('OPERATOR') && isPending('VISITOR'))
    await respond('OPERATOR')
    // The next poll starts before the response to the joining read arrives.
    hub.requestPoll('fake', 'room')
    await respond('VISITOR')
  }
  const [gap] = [await (await joining).next()]
  expect(gap?.value?.change).toMatchObject({ type: 'Gap', reason: 'CURSOR_EXPIRED', from: null })
  hub.close()
})
