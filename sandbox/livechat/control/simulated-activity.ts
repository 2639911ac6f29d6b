import { pick } from '../random.ts'
import { agentLines, customerLines, newCustomers, noteLines } from '../seed/small-talk.ts'
import { activeThread } from '../store/licence.ts'
import { presentAgents } from '../store/members.ts'
import type { Chat } from '../store/model.ts'
import type { ChatControl } from './chat-control.ts'

/** With fewer open chats than this, a customer returns. */
const CHATS_WANTED = 4
/** With this many chats, no new customers appear; earlier ones return. */
const CHATS_AT_MOST = 40
/** Limits the growth of a thread. */
const EVENTS_AT_MOST = 60

/**
 * One step of simulated activity: in a served chat, a message is sent, or the chat ends. With few chats left, a
 * customer returns or appears. Apart from notes, the two sides alternate.
 */
export function simulateChatStep(chats: ChatControl, random: () => number): void {
  const peopled = chats.all.filter(({ users }) => users.some(({ type }) => type === 'customer'))
  const served = peopled.filter((chat) => activeThread(chat) && presentAgents(chat).length > 0)
  const chat = served.length < CHATS_WANTED ? undefined : pick(random, served)
  const away = peopled.filter((other) => !activeThread(other))
  if (chat) talk(chats, chat, random)
  else welcome(chats, away, random)
}

function talk(chats: ChatControl, chat: Chat, random: () => number): void {
  const events = activeThread(chat)?.events ?? []
  const last = events.findLast(({ authorId, visibility }) => authorId && visibility === 'all')
  const customerSpokeLast = last?.authorId === chats.customerOf(chat.id).id
  if (events.length > EVENTS_AT_MOST) chats.close(chat.id, 'agent')
  else if (random() < 0.08) chats.agentNotes(chat.id, pick(random, noteLines) ?? '')
  else if (customerSpokeLast) chats.agentSends(chat.id, pick(random, agentLines) ?? '')
  else if (random() < 0.1) chats.close(chat.id, 'customer')
  else chats.customerSends(chat.id, pick(random, customerLines) ?? '')
}

function welcome(chats: ChatControl, away: readonly Chat[], random: () => number): void {
  const say = pick(random, customerLines) ?? ''
  const back = pick(random, away)
  const full = chats.all.length >= CHATS_AT_MOST
  if (back && (full || random() < 0.5)) {
    chats.resume(back.id)
    chats.customerSends(back.id, say)
  } else if (!full) {
    chats.start({ customer: pick(random, newCustomers) ?? {}, groupId: Math.floor(random() * 3), say })
  }
}
