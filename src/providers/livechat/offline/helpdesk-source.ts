import { z } from 'zod'
import type {
  Batch,
  CallContext,
  OfflineMessageDraft,
  OfflineMessageItem,
  OfflineMessageQuery,
} from '../../../domain/adapter.ts'
import { resolveDayRange, toCalendarDay } from '../../../domain/calendar-days.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import { readEach } from '../../shared/batch.ts'
import { translateListErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { walkPages } from '../../shared/page-walk.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { hasErrorType, mayHaveBeenProcessed, toChatError } from '../errors.ts'
import type { HelpDeskClient, TicketPage, TicketPosition, WireTicket } from './helpdesk-client.ts'
import type { OfflineSource } from './offline-source.ts'

/** Where a reader of the list stands: the ticket last read, and the list's first day. */
const resumeShape = z.tuple([z.string(), z.string(), z.iso.date()])

/** Offline messages that HelpDesk keeps as tickets, with their times (docs/providers/livechat.md 1.5). */
export class HelpDeskSource implements OfflineSource {
  readonly #client: HelpDeskClient
  readonly #provider: string
  readonly #timeZone: string
  /** The list after a ticket, a page at a time. */
  readonly #pages: (after: TicketPosition | null, call: CallContext) => AsyncIterable<TicketPage>

  constructor(client: HelpDeskClient, provider: string, timeZone: string) {
    this.#client = client
    this.#provider = provider
    this.#timeZone = timeZone
    this.#pages = translateListErrorsWith((error) => toChatError(error, provider))((first, call) =>
      walkPages({
        firstPage: first,
        readPage: (after) => client.listTickets(after, call),
        idsOf: ({ tickets }) => tickets.map(({ ID }) => ID),
        nextPage: nextPlace,
      }),
    )
  }

  get(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>> {
    return readEach(keys, async (key) => this.#map(await this.#guard(this.#client.fetchTicket(key, call))))
  }

  /**
   * HelpDesk filters by neither words nor groups (it has teams of its own): it is read newest first, and what was
   * not asked for is left out.
   */
  async *list(
    query: OfflineMessageQuery,
    resumeAt: string | null,
    call: CallContext,
  ): AsyncGenerator<OfflineMessageItem> {
    if (query.departmentId !== null) return
    const resume = resumeAt === null ? null : parseResume(resumeAt)
    const { from, to } = resolveDayRange(query, this.#timeZone, resume?.from ?? null)
    let after = resume?.at ?? null
    for await (const { tickets } of this.#pages(after, call)) {
      for (const ticket of tickets) {
        if (ticket.ID === after?.ID) continue
        after = placeOf(ticket, after)
        const message = this.#map(ticket)
        const day = message.receivedOn
        if (day !== null && day < from) return
        if ((day !== null && day > to) || isAgents(ticket) || !holds(ticket, query.text)) continue
        yield { message, resumeToken: JSON.stringify([after.createdAt, after.ID, from]) }
      }
    }
  }

  /** HelpDesk counts the whole list's pages only. */
  async count(): Promise<null> {
    return null
  }

  async send(
    { name, email, text, department }: OfflineMessageDraft,
    call: CallContext,
  ): Promise<string | null> {
    const ticket = { requester: { email, name }, message: { text }, teamId: department }
    try {
      return await this.#client.createTicket(ticket, call)
    } catch (error) {
      if (mayHaveBeenProcessed(error)) throw outcomeUnknown(this.#provider, error)
      if (department !== null && hasErrorType(error, 'validation')) {
        const options = { provider: this.#provider, field: 'department', cause: error }
        throw new ChatError('INVALID_INPUT', 'HelpDesk takes the id of one of its teams.', options)
      }
      throw toChatError(error, this.#provider)
    }
  }

  #map(ticket: WireTicket): OfflineMessage {
    const receivedAt = ticket.createdAt ? new Date(ticket.createdAt) : null
    const text = textOf(ticket)
    return {
      type: 'OfflineMessage',
      provider: this.#provider,
      key: ticket.ID,
      nativeId: ticket.ID,
      name: ticket.requester?.name || null,
      email: ticket.requester?.email || null,
      text,
      rawText: text,
      // A team is no group.
      departmentId: null,
      receivedAt,
      receivedOn: receivedAt && toCalendarDay(this.#timeZone, receivedAt),
      delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
    }
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw toChatError(error, this.#provider)
    }
  }
}

/** Where a time cannot be read the list's order tells it as well as need be. */
function placeOf({ createdAt, ID }: WireTicket, before: TicketPosition | null): TicketPosition {
  return { createdAt: createdAt ?? before?.createdAt ?? new Date().toISOString(), ID }
}

function nextPlace(
  { tickets, hasMore: full }: TicketPage,
  before: TicketPosition | null,
): TicketPosition | undefined {
  if (!full || !tickets.some(({ createdAt }) => createdAt)) return undefined
  return tickets.reduce((place, ticket) => placeOf(ticket, place), before) ?? undefined
}

function firstMessage({ events }: WireTicket) {
  return events.find(({ message }) => message?.text)
}

function textOf(ticket: WireTicket): string {
  return firstMessage(ticket)?.message?.text ?? ''
}

/** A ticket that an agent opened is nobody's offline message. */
function isAgents(ticket: WireTicket): boolean {
  return firstMessage(ticket)?.author?.type === 'agent'
}

function holds(ticket: WireTicket, words: string | null): boolean {
  if (words === null) return true
  const { subject, requester } = ticket
  const all = [textOf(ticket), subject, requester?.name, requester?.email].join('\n')
  return all.toLowerCase().includes(words.toLowerCase())
}

function parseResume(text: string): { readonly at: TicketPosition; readonly from: string } {
  const [createdAt, ID, from] = parseResumeToken(resumeShape, text)
  return { at: { createdAt, ID }, from }
}
