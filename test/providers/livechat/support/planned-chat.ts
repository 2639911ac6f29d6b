import type { Chat, LiveChatSandbox, StoredEvent } from '../../../../sandbox/livechat/index.ts'

const MINUTE_MICROS = 60_000_000

/** One thread: the microseconds between each event and the one before, and which events are notes. */
export interface ThreadPlan {
  readonly gaps: readonly number[]
  readonly notes?: readonly number[]
}

/** Creates a chat with exactly these events at these times, independent of the sandbox's clock. */
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
    // The next thread may start in the same microsecond in which this one ended.
    if (gaps.some((gap) => gap > 0)) micros += index % 2 === 0 ? 0 : MINUTE_MICROS
  })
  return chat
}

/** The ids of the stored events that a role may read, oldest first by time and then by id. */
export function storedIds(chat: Chat, view: 'agents' | 'all'): string[] {
  return chat.threads
    .flatMap(({ events }) => events)
    .filter(({ visibility }) => view === 'agents' || visibility === 'all')
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)
}
