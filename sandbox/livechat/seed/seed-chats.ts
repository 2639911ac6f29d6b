import { appendEvent, appendSystemMessage } from '../store/events.ts'
import type { Licence } from '../store/licence.ts'
import { addAgent, addThreadMembers, presentAgents } from '../store/members.ts'
import type { Agent, Chat, Customer, EventDraft, Thread } from '../store/model.ts'
import type { Rules } from '../store/routing.ts'
import { type Closer, closeThread, createChat, openThread } from '../store/threads.ts'
import { type MicrosTimestamp, timestampOf } from '../store/timestamps.ts'
import { transferChat } from '../store/transfers.ts'
import { longChat } from './chats/long.ts'
import { offlineChats } from './chats/offline.ts'
import { orderChats } from './chats/orders.ts'
import type { ChatScript, ScriptedMessage, Step, ThreadScript } from './chats/script.ts'
import { supportChats } from './chats/support.ts'

const MINUTE_MS = 60_000
const BETWEEN_STEPS_MS = 35_250
const SILENCE_MINUTES = 30

/** Creates the demo conversations in the licence, each at its time before now. */
export function seedChats(rules: Rules, self: string): void {
  const scripts = [...orderChats(self), longChat(self), ...supportChats(self), ...offlineChats]
  for (const script of scripts) playChat(rules, script)
}

function playChat(rules: Rules, script: ChatScript): void {
  const { licence } = rules
  const begin = timestampOf(licence.now() - (script.threads[0]?.minutesAgo ?? 0) * MINUTE_MS)
  const customer = licence.addCustomer({ ...script.customer, createdAt: begin - 1_200_345 })
  const chat = createChat(licence, { customerId: customer.id, groupIds: [script.groupId], at: begin })
  chat.properties = script.properties ?? {}
  for (const thread of script.threads) playThread(rules, { chat, customer, script }, thread)
}

interface Stage {
  readonly chat: Chat
  readonly customer: Customer
  readonly script: ChatScript
}

function playThread(rules: Rules, { chat, customer, script }: Stage, play: ThreadScript): void {
  const { licence } = rules
  const start = timestampOf(licence.now() - play.minutesAgo * MINUTE_MS)
  const thread = openThread(licence, chat, {
    groupIds: chat.groupIds,
    properties: play.properties ?? {},
    active: true,
    continuous: play.offline ?? false,
    at: start,
  })
  const agent = play.offline ? undefined : licence.agents.get(script.agentId ?? '')
  addThreadMembers(chat, thread, { customer, agents: agent ? [agent] : [] })
  const times = timesOf(play.steps, start)
  play.steps.forEach((step, n) => {
    playStep(rules, chat, thread, step, times[n] ?? start)
  })
  dress(thread, play)
  const closer = closerOf(play, customer, currentAgent(licence, chat))
  if (closer) closeThread(chat, closer, (times.at(-1) ?? start) + SILENCE_MINUTES * MINUTE_MS * 1000)
}

// Consecutive messages of one side are within a millisecond: only microseconds give their order.
function timesOf(steps: readonly Step[], start: MicrosTimestamp): MicrosTimestamp[] {
  let at = start
  return steps.map((step, n) => {
    at += step.by === steps[n - 1]?.by ? 417 : BETWEEN_STEPS_MS * 1000
    return at
  })
}

function playStep(rules: Rules, chat: Chat, thread: Thread, step: Step, at: MicrosTimestamp): void {
  const { licence } = rules
  const agent = currentAgent(licence, chat)
  const customerId = chat.users.find(({ type }) => type === 'customer')?.id
  switch (step.by) {
    case 'system':
      appendSystemMessage(chat, thread, { type: step.type, text: step.text }, at)
      return
    case 'join': {
      const joining = licence.agents.get(step.agentId)
      if (joining) addAgent(rules, chat, { agent: joining, by: joining, visibility: step.visibility }, at)
      return
    }
    case 'transfer': {
      const to = licence.agents.get(step.to)
      if (agent && to) transferChat(rules, chat, { by: agent, to, force: true }, at)
      return
    }
    case 'note':
      appendEvent(chat, thread, { ...draftOf(step.say, agent?.id), visibility: 'agents' }, at)
      return
    default: {
      const authorId = step.by === 'customer' ? customerId : agent?.id
      const event = appendEvent(chat, thread, draftOf(step.say, authorId), at)
      event.deleted = step.deleted ?? false
    }
  }
}

function draftOf(say: ScriptedMessage, authorId: string | undefined): EventDraft {
  const event = typeof say === 'string' ? { type: 'message', fields: { text: say } } : say
  return { ...event, ...(authorId !== undefined && event.type !== 'system' && { authorId }) }
}

function dress(thread: Thread, play: ThreadScript): void {
  thread.tags.push(...(play.tags ?? []))
  if (play.restrictedAccess !== undefined) thread.restrictedAccess = play.restrictedAccess
  if (play.queuePosition === undefined) return
  thread.queue = { position: play.queuePosition, waitSeconds: 90, queuedAt: thread.createdAt }
}

function closerOf(play: ThreadScript, customer: Customer, agent: Agent | undefined): Closer | undefined {
  if (play.closedBy === 'silence') return { silentMinutes: SILENCE_MINUTES }
  if (play.closedBy === 'customer') return { customer }
  return play.closedBy && agent ? { agent } : undefined
}

function currentAgent(licence: Licence, chat: Chat): Agent | undefined {
  const serving = presentAgents(chat).find(({ visibility }) => visibility === 'all')
  return licence.agents.get(serving?.id ?? '')
}
