import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { createShortIds, createUuids } from '../ids.ts'
import { createRandom } from '../random.ts'
import type { ChatChange } from './chat-changes.ts'
import type { Agent, Chat, Customer, Form, Group, Tag, Thread } from './model.ts'
import type { RoutingChange } from './routing.ts'
import { createMonotonicClock, type MicrosTimestamp } from './timestamps.ts'

/** The data of one LiveChat licence, in memory. The rules are in the other files of this folder. */
export class Licence {
  readonly organizationId = '390e44e6-f1e6-4368-b6dd-74b14508c2e0'
  readonly agents = new Map<string, Agent>()
  readonly groups = new Map<number, Group>()
  /** Pre-chat forms by group; a group without one asks nothing. */
  readonly preChatForms = new Map<number, Form>()
  #configurationVersion = 1
  readonly tags: Tag[] = []
  readonly customers = new Map<string, Customer>()
  readonly chats = new Map<string, Chat>()
  /** Emits the changes of chats and of routing statuses, after the write. */
  readonly changes = new EventEmitter<{ change: [change: ChatChange]; routing: [change: RoutingChange] }>()
  readonly #chatsOfCustomer = new Map<string, readonly Chat[]>()
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The current time, never the same twice. */
  readonly nextTimestamp: () => MicrosTimestamp
  readonly newShortId: (firstLetter: string) => string
  readonly newUuid: () => string

  constructor(now: () => number) {
    const random = createRandom(20_260_103)
    this.now = now
    this.nextTimestamp = createMonotonicClock(now)
    this.newShortId = createShortIds(random)
    this.newUuid = createUuids(random)
  }

  /** Another with each change of the widget's configuration. */
  get configurationVersion(): string {
    return String(this.#configurationVersion)
  }

  /** Gives a group another pre-chat form, or none. */
  setPreChatForm(groupId: number, form: Form | null): void {
    this.#configurationVersion += 1
    if (form) this.preChatForms.set(groupId, form)
    else this.preChatForms.delete(groupId)
  }

  addAgent(agent: Omit<Agent, 'accountId' | 'customerSideId'> & { accountId?: string }): Agent {
    const added: Agent = {
      ...agent,
      accountId: agent.accountId ?? this.newUuid(),
      customerSideId: createHash('md5').update(agent.id).digest('hex'),
    }
    this.agents.set(added.id, added)
    return added
  }

  /** Registers a customer. Fields that are not given stay unset, as with a new customer token. */
  addCustomer(given: Partial<Omit<Customer, 'tickets'>> = {}): Customer {
    const customer: Customer = {
      id: this.newUuid(),
      createdAt: this.nextTimestamp(),
      sessionFields: [],
      country: 'Poland',
      countryCode: 'PL',
      city: 'Wroclaw',
      timeZone: 'Europe/Warsaw',
      ...given,
      tickets: [],
    }
    this.customers.set(customer.id, customer)
    return customer
  }

  /** The chats in which the customer takes part; normally one (docs/providers/livechat.md 4). */
  chatsOf(customerId: string): readonly Chat[] {
    return this.#chatsOfCustomer.get(customerId) ?? []
  }

  /** Assigns a chat to a customer. */
  assignChat(customerId: string, chat: Chat): void {
    this.#chatsOfCustomer.set(customerId, [...this.chatsOf(customerId), chat])
  }
}

/** The threads before and after one in its chat. */
export function neighbours(chat: Chat, thread: Thread): { previous?: Thread; next?: Thread } {
  const at = chat.threads.indexOf(thread)
  const [previous, next] = [chat.threads[at - 1], chat.threads[at + 1]]
  return { ...(previous && { previous }), ...(next && { next }) }
}

/** The newest thread of a chat, if it has any. */
export const lastThread = (chat: Chat): Thread | undefined => chat.threads.at(-1)

/** The thread that takes events now, if any. */
export const activeThread = (chat: Chat): Thread | undefined => {
  const last = lastThread(chat)
  return last?.active ? last : undefined
}
