import type { Chat, LiveChatSandbox, StoredEvent } from '../../../../sandbox/livechat/index.ts'

const MINUTE_MICROS = 60_000_000

/** How one thread goes: after how many microseconds each event follows the one before, and which are notes. */
export interface ThreadPlan {
  readonly gaps: readonly number[]
  readonly notes?: readonly number[]
}

/** A chat whose threads hold exactly these events, at these times: the sandbox's own clock has no say in it. */
export function createPlannedChat(
  sandbox: LiveChatSandbox,
  plans: readonly ThreadPlan[],
  start: number,
): Chat {
  const chat = sandbox.chats.start({ customer: { name: 'Cy' } })
  const author = sandbox.chats.customerOf(chat.id).id
  chat.threads.splice(0)
  let micros = start * 1000
  plans.forEach(({ gaps, notes = [] }, index) => {
    const id = `R${index}THREAD${String(index).padStart(3, '0')}`
    const createdAt = micros
    const events = gaps.map((gap, at): StoredEvent => {
      micros += gap
      const visibility = notes.includes(at) ? 'agents' : 'all'
      const fields = { text: `${index}.${at}` }
      return {
        id: `${id}_${at + 1}`,
        type: 'message',
        authorId: author,
        createdAt: micros,
        visibility,
        deleted: false,
        fields,
      }
    })
    chat.threads.push({
      id,
      createdAt,
      groupIds: [0],
      userIds: [author],
      events,
      tags: [],
      active: index === plans.length - 1,
      properties: {},
      lastNumber: events.length,
    })
    // The next thread may begin in the very microsecond in which this one ended.
    if (gaps.some((gap) => gap > 0)) micros += index % 2 === 0 ? 0 : MINUTE_MICROS
  })
  return chat
}

/** What a caller of one kind may read of a chat, oldest first by time and then by id, as the store has it. */
export function storedIds(chat: Chat, view: 'agents' | 'all'): string[] {
  return chat.threads
    .flatMap(({ events }) => events)
    .filter(({ visibility }) => view === 'agents' || visibility === 'all')
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)
}
