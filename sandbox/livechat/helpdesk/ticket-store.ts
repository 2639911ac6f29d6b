import type { Licence } from '../store/licence.ts'
import { timestampOf } from '../store/timestamps.ts'

/** The state of a ticket (docs/providers/livechat.md 1.5). */
export type TicketStatus = 'open' | 'pending' | 'onhold' | 'solved' | 'closed'
/** The folder of a ticket. */
export type Silo = 'tickets' | 'archive' | 'trash' | 'spam'

/** A team that tickets are assigned to. */
export interface Team {
  readonly ID: string
  readonly name: string
}

/** A message of a ticket. The schema of ticket events is not published; these are the fields that client code reads. */
export interface TicketEvent {
  readonly ID: string
  readonly type: 'message'
  readonly createdAt: string
  readonly author: { readonly type: 'client' | 'agent'; readonly name?: string; readonly email?: string }
  readonly message: { readonly text: string }
  readonly isPrivate: boolean
}

/** A ticket as it goes over the wire, times in ISO 8601 (docs/providers/livechat.md 1.5). */
export interface Ticket {
  readonly ID: string
  readonly shortID: string
  readonly silo: Silo
  readonly subject: string
  readonly status: TicketStatus
  readonly priority: number
  readonly teamIDs: readonly string[]
  readonly tagIDs: readonly string[]
  readonly assignment: Assignment | null
  readonly customFields: Readonly<Record<string, unknown>>
  readonly requester: { readonly email: string; readonly name?: string }
  readonly events: readonly TicketEvent[]
  readonly createdAt: string
  readonly updatedAt: string
  readonly lastMessageAt: string
}

/** The team that a ticket is assigned to, and optionally one of its agents. */
export interface Assignment {
  readonly team: { readonly ID: string }
  readonly agent?: { readonly ID: string } | null
}

/** The fields of a new ticket. */
export interface TicketDraft {
  readonly requester: { readonly email: string; readonly name?: string }
  readonly text: string
  /** `client` for an inbound message, which is the default here. */
  readonly authorType?: 'client' | 'agent'
  readonly subject?: string
  readonly status?: TicketStatus
  readonly silo?: Silo
  readonly priority?: number
  readonly teamIDs?: readonly string[]
  readonly tagIDs?: readonly string[]
  readonly assignment?: Assignment | null
  readonly customFields?: Readonly<Record<string, unknown>>
  /** Epoch milliseconds; now by default. */
  readonly at?: number
}

/** The tickets of the licence, in order of creation. */
export class TicketStore {
  readonly #licence: Licence
  readonly #tickets: Ticket[] = []
  readonly teams: readonly Team[]

  constructor(licence: Licence) {
    this.#licence = licence
    this.teams = ['Support', 'Sales', 'Billing'].map((name) => ({ ID: licence.newUuid(), name }))
  }

  /** The team of tickets without an assignment. */
  get defaultTeam(): Team {
    const [first = { ID: '', name: '' }] = this.teams
    return first
  }

  get all(): readonly Ticket[] {
    return this.#tickets
  }

  get(id: string): Ticket | undefined {
    return this.#tickets.find(({ ID }) => ID === id)
  }

  /**
   * Stores a ticket, and links it to the customer with that e-mail address, if there is one
   * (docs/providers/livechat.md 1.5).
   */
  add(draft: TicketDraft): Ticket {
    const at = draft.at ?? this.#licence.now()
    const createdAt = new Date(at).toISOString()
    const { requester } = draft
    const author = { type: draft.authorType ?? ('client' as const), ...requester }
    const ticket: Ticket = {
      ID: this.#licence.newUuid(),
      shortID: this.#licence.newShortId('T').slice(0, 6),
      silo: draft.silo ?? 'tickets',
      subject: draft.subject ?? '(no subject)',
      status: draft.status ?? 'open',
      priority: draft.priority ?? 0,
      teamIDs: draft.teamIDs ?? [this.defaultTeam.ID],
      tagIDs: draft.tagIDs ?? [],
      assignment:
        draft.assignment === undefined
          ? { team: { ID: this.defaultTeam.ID }, agent: null }
          : draft.assignment,
      customFields: draft.customFields ?? {},
      requester,
      events: [
        {
          ID: this.#licence.newUuid(),
          type: 'message',
          createdAt,
          author,
          message: { text: draft.text },
          isPrivate: false,
        },
      ],
      createdAt,
      updatedAt: createdAt,
      lastMessageAt: createdAt,
    }
    this.#tickets.push(ticket)
    for (const customer of this.#licence.customers.values()) {
      if (customer.email === requester.email) {
        customer.tickets.push({ ticketId: ticket.ID, createdAt: timestampOf(at) })
      }
    }
    return ticket
  }
}
