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

/** A message that somebody types. */
interface TypedMessage {
  readonly chatId: string
  readonly by: 'agent' | 'customer'
  readonly text: string
}

/**
 * Creates simulated activity. Each call of the function is one step: the message that was being typed is sent, and in a served chat
 * somebody begins to type the next one, or the chat ends. With few chats left, a customer returns or appears. Apart from notes, the two
 * sides alternate. A chat that somebody starts at the API only gets answers: its customer is a person.
 */
export function createChatSimulation(chats: ChatControl, random: () => number): () => void {
  let typed: TypedMessage | null = null
  const simulated = new Set(chats.all.map(({ id }) => id))
  const isSimulated = ({ id }: Chat) => simulated.has(id)
  const typeNext = (): TypedMessage | null => {
    const peopled = chats.all.filter(({ users }) => users.some(({ type }) => type === 'customer'))
    const served = peopled.filter(isServed)
    const chat = served.length < CHATS_WANTED ? undefined : pick(random, served)
    if (chat && isSimulated(chat)) return talk(chats, chat, random)
    if (chat) return awaitsAnswer(chats, chat) ? answerOf(chat, random) : null
    const away = peopled.filter((other) => isSimulated(other) && !activeThread(other))
    const welcomed = welcome(chats, away, random)
    if (welcomed) simulated.add(welcomed.id)
    return null
  }
  return () => {
    if (typed) send(chats, typed)
    typed = typeNext()
    if (typed) showTyping(chats, typed)
  }
}

function isServed(chat: Chat): boolean {
  return activeThread(chat) !== undefined && presentAgents(chat).length > 0
}

// A client of the sandbox may have closed the chat meanwhile.
function send(chats: ChatControl, { chatId, by, text }: TypedMessage): void {
  if (!isServed(chats.get(chatId))) return
  if (by === 'customer') {
    chats.customerSends(chatId, text)
    return
  }
  chats.agentTypes(chatId, false)
  chats.agentSends(chatId, text)
}

/** Agents have an indicator; of customers, a sneak peek shows what they have typed so far. */
function showTyping(chats: ChatControl, { chatId, by, text }: TypedMessage): void {
  if (by === 'agent') chats.agentTypes(chatId)
  else chats.customerTypes(chatId, text.slice(0, Math.ceil(text.length / 2)))
}

/** The message that is typed next in a simulated customer's chat, if any. */
function talk(chats: ChatControl, chat: Chat, random: () => number): TypedMessage | null {
  const events = activeThread(chat)?.events ?? []
  if (events.length > EVENTS_AT_MOST) chats.close(chat.id, 'agent')
  else if (random() < 0.08) chats.agentNotes(chat.id, pick(random, noteLines) ?? '')
  else if (awaitsAnswer(chats, chat)) return answerOf(chat, random)
  else if (random() < 0.1) chats.close(chat.id, 'customer')
  else return { chatId: chat.id, by: 'customer', text: pick(random, customerLines) ?? '' }
  return null
}

function awaitsAnswer(chats: ChatControl, chat: Chat): boolean {
  const events = activeThread(chat)?.events ?? []
  const last = events.findLast(({ authorId, visibility }) => authorId && visibility === 'all')
  return last?.authorId === chats.customerOf(chat.id).id
}

function answerOf({ id }: Chat, random: () => number): TypedMessage {
  return { chatId: id, by: 'agent', text: pick(random, agentLines) ?? '' }
}

/** A customer returns or appears. Returns its chat; null where there are too many. */
function welcome(chats: ChatControl, away: readonly Chat[], random: () => number): Chat | null {
  const say = pick(random, customerLines) ?? ''
  const back = pick(random, away)
  const full = chats.all.length >= CHATS_AT_MOST
  if (back && (full || random() < 0.5)) {
    chats.resume(back.id)
    chats.customerSends(back.id, say)
    return back
  }
  if (full) return null
  return chats.start({ customer: pick(random, newCustomers) ?? {}, groupId: Math.floor(random() * 3), say })
}
