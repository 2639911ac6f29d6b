import { appendEvent, deleteEvent, markSeen, updateEvent } from '../store/events.ts'
import type { Licence } from '../store/licence.ts'
import { addAgent, addThreadMembers, presentAgents, requireActiveThread } from '../store/members.ts'
import type {
  Agent,
  Chat,
  Customer,
  EventDraft,
  Form,
  Group,
  RoutingStatus,
  StoredEvent,
  Tag,
  Thread,
} from '../store/model.ts'
import { moveInQueue } from '../store/queue.ts'
import { changeRoutingStatus, type Rules, routeToAgent } from '../store/routing.ts'
import { showSneakPeek, showTyping } from '../store/signals.ts'
import { createChat, endChat, openThread } from '../store/threads.ts'
import { transferChat } from '../store/transfers.ts'

/** Plain text for a message, or an event of another type. */
export type ChatMessageInput = string | Omit<EventDraft, 'authorId'>

/** The optional fields of a new customer. */
export type NewCustomer = Pick<Partial<Customer>, 'name' | 'email' | 'phoneNumber' | 'sessionFields'>

/** A chat that a customer starts. */
export interface NewChat {
  readonly customer?: NewCustomer
  readonly groupId?: number
  readonly say?: ChatMessageInput
  /** True leaves it as an offline message, with no agent (docs/providers/livechat.md 1.6). */
  readonly offline?: boolean
}

/**
 * Controls the conversations, for tests and the demo. Every call takes effect at once, as if it were done in
 * LiveChat. Unknown ids throw an Error; broken rules throw the API's error.
 */
export class ChatControl {
  readonly #rules: Rules
  readonly #licence: Licence

  constructor(rules: Rules) {
    this.#rules = rules
    this.#licence = rules.licence
  }

  get agents(): readonly Agent[] {
    return [...this.#licence.agents.values()]
  }

  get groups(): readonly Group[] {
    return [...this.#licence.groups.values()]
  }

  get tags(): readonly Tag[] {
    return this.#licence.tags
  }

  get customers(): readonly Customer[] {
    return [...this.#licence.customers.values()]
  }

  /** Every chat, oldest first. */
  get all(): readonly Chat[] {
    return [...this.#licence.chats.values()].sort((a, b) => a.createdAt - b.createdAt)
  }

  get(chatId: string): Chat {
    return existing(this.#licence.chats.get(chatId), `chat ${chatId}`)
  }

  addCustomer(fields: NewCustomer = {}): Customer {
    return this.#licence.addCustomer(fields)
  }

  /** Starts a chat of a new customer, served by the agent that routing finds. */
  start({ customer: fields = {}, groupId = 0, say, offline = false }: NewChat = {}): Chat {
    const customer = this.addCustomer(fields)
    const at = this.#licence.nextTimestamp()
    const chat = createChat(this.#licence, { customerId: customer.id, groupIds: [groupId], at })
    this.#open(chat, customer, offline)
    if (say !== undefined) this.customerSends(chat.id, say)
    return chat
  }

  /** Opens a new thread in an inactive chat. */
  resume(chatId: string): Thread {
    return this.#open(this.get(chatId), this.customerOf(chatId), false)
  }

  customerSends(chatId: string, say: ChatMessageInput): StoredEvent {
    return this.#say(chatId, say, this.customerOf(chatId).id)
  }

  /**
   * Sends as the named agent, or the one who serves the chat, or the first of the licence. The agent joins the chat
   * if necessary.
   */
  agentSends(chatId: string, say: ChatMessageInput, agentId?: string): StoredEvent {
    const chat = this.get(chatId)
    const agent = this.#agentFor(chat, agentId)
    if (!presentAgents(chat).some(({ id }) => id === agent.id)) {
      addAgent(this.#rules, chat, { agent, by: agent, visibility: 'all' }, this.#licence.nextTimestamp())
    }
    return this.#say(chatId, say, agent.id)
  }

  /** A note that customers never see. */
  agentNotes(chatId: string, text: string, agentId?: string): StoredEvent {
    const note: ChatMessageInput = { type: 'message', visibility: 'agents', fields: { text } }
    return this.#say(chatId, note, this.#agentFor(this.get(chatId), agentId).id)
  }

  customerDeletes(chatId: string, eventId: string): void {
    const chat = this.get(chatId)
    const thread = chat.threads.find(({ events }) => events.some(({ id }) => id === eventId))
    deleteEvent(chat, existing(thread, `event ${eventId}`), eventId, this.customerOf(chatId))
  }

  /**
   * Gives an event other fields, as only the platform can (docs/providers/livechat.md 3.4): no API edits a message, but
   * `event_updated` exists.
   */
  platformUpdates(chatId: string, eventId: string, fields: StoredEvent['fields']): StoredEvent {
    const chat = this.get(chatId)
    for (const thread of chat.threads) {
      const event = thread.events.find(({ id }) => id === eventId)
      if (event) return updateEvent(chat, thread, event, fields)
    }
    throw new Error(`the sandbox has no event ${eventId}`)
  }

  /** An agent types, or stops; the one who serves the chat by default. Nobody ends the indicator but this call. */
  agentTypes(chatId: string, isTyping = true, agentId?: string): void {
    const chat = this.get(chatId)
    const { id: authorId } = this.#agentFor(chat, agentId)
    showTyping(chat, { authorId, isTyping, visibility: 'all', at: this.#licence.nextTimestamp() })
  }

  /** The customer has typed this much, as a sneak peek shows. */
  customerTypes(chatId: string, text: string): void {
    const { id: authorId } = this.customerOf(chatId)
    showSneakPeek(this.get(chatId), { authorId, text, at: this.#licence.nextTimestamp() })
  }

  /** A user of the chat has seen everything up to now; the customer by default. */
  sees(chatId: string, userId = this.customerOf(chatId).id): void {
    markSeen(this.get(chatId), userId, this.#licence.nextTimestamp())
  }

  /** Puts the chat at a place in the queue, 1 is the first. When a chat leaves the queue, those behind it move up. */
  queueAt(chatId: string, position: number): void {
    moveInQueue(this.get(chatId), position, this.#licence.nextTimestamp())
  }

  /** Closes the active thread, by default as after thirty minutes of silence. */
  close(chatId: string, by: 'agent' | 'customer' | 'silence' = 'silence'): void {
    const chat = this.get(chatId)
    const closers = {
      agent: () => ({ agent: this.#agentFor(chat) }),
      customer: () => ({ customer: this.customerOf(chatId) }),
      silence: () => ({ silentMinutes: 30 }),
    }
    endChat(this.#licence, chat, closers[by]())
  }

  /** Transfers the chat, whether the target is online or not. */
  transfer(chatId: string, target: { readonly agentId: string } | { readonly groupId: number }): void {
    const chat = this.get(chatId)
    const to = 'agentId' in target ? this.#agent(target.agentId) : target.groupId
    transferChat(
      this.#rules,
      chat,
      { by: this.#agentFor(chat), to, force: true },
      this.#licence.nextTimestamp(),
    )
  }

  /** Takes the chat from its agent and queues it in its groups, or assigns it to the agent that their routing finds. */
  requeue(chatId: string): void {
    const chat = this.get(chatId)
    const transfer = { by: this.#agentFor(chat), to: null, force: true }
    transferChat(this.#rules, chat, transfer, this.#licence.nextTimestamp())
  }

  /** What customers are asked before a chat with this group; null asks nothing. */
  setPreChatForm(groupId: number, form: Form | null): void {
    this.#licence.setPreChatForm(groupId, form)
  }

  setRoutingStatus(agentId: string, status: RoutingStatus): void {
    changeRoutingStatus(this.#licence, this.#agent(agentId), status)
  }

  /** The customer of a chat. */
  customerOf(chatId: string): Customer {
    const user = this.get(chatId).users.find(({ type }) => type === 'customer')
    return existing(this.#licence.customers.get(user?.id ?? ''), `customer in chat ${chatId}`)
  }

  #open(chat: Chat, customer: Customer, offline: boolean): Thread {
    const agent = offline ? undefined : routeToAgent(this.#licence, chat.groupIds)
    const thread = openThread(this.#licence, chat, {
      groupIds: chat.groupIds,
      properties: offline ? { routing: { offline_message: true } } : {},
      active: true,
      continuous: offline,
      at: this.#licence.nextTimestamp(),
      requesterId: customer.id,
    })
    addThreadMembers(chat, thread, { customer, agents: agent ? [agent] : [] })
    return thread
  }

  #say(chatId: string, say: ChatMessageInput, authorId: string): StoredEvent {
    const chat = this.get(chatId)
    const event = typeof say === 'string' ? { type: 'message', fields: { text: say } } : say
    return appendEvent(chat, requireActiveThread(chat), { ...event, authorId }, this.#licence.nextTimestamp())
  }

  #agentFor(chat: Chat, agentId?: string): Agent {
    const serving = presentAgents(chat).find(({ visibility }) => visibility === 'all')?.id
    return this.#agent(agentId ?? serving ?? this.#licence.agents.keys().next().value ?? '')
  }

  #agent(id: string): Agent {
    return existing(this.#licence.agents.get(id), `agent ${id}`)
  }
}

function existing<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`the sandbox has no ${what}`)
  return found
}
