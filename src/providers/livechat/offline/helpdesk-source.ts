import { z } from 'zod'
import type { Batch, CallContext } from '../../../domain/adapter.ts'
import { resolveDayRange, toCalendarDay } from '../../../domain/calendar-days.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import type {
  OfflineMessageDraft,
  OfflineMessageItem,
  OfflineMessageQuery,
} from '../../../domain/offline-messages.ts'
import { readEach } from '../../shared/batch.ts'
import { translateErrorsWith, translateListErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { walkPages } from '../../shared/page-walk.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { hasErrorType, mayHaveBeenProcessed, toChatError } from '../errors.ts'
import type { HelpDeskClient, TicketPage, TicketPosition, WireTicket } from './helpdesk-client.ts'
import type { OfflineSource } from './offline-source.ts'

/** Resume token: creation time and id of the last ticket read, and the first day of the list. */
const resumeTokenSchema = z.tuple([z.string(), z.string(), z.iso.date()])

/** Reads and creates offline messages as HelpDesk tickets, which have times (docs/providers/livechat.md 1.5). */
export class HelpDeskSource implements OfflineSource {
  readonly #client: HelpDeskClient
  readonly #provider: string
  readonly #timeZone: string
  readonly #fetchTicket: HelpDeskClient['fetchTicket']
  /** Reads the list after a ticket page by page. */
  readonly #walkPages: (after: TicketPosition | null, call: CallContext) => AsyncIterable<TicketPage>

  constructor(client: HelpDeskClient, provider: string, timeZone: string) {
    this.#client = client
    this.#provider = provider
    this.#timeZone = timeZone
    const translateError = (error: unknown) => toChatError(error, provider)
    this.#fetchTicket = translateErrorsWith(translateError)((id, call) => client.fetchTicket(id, call))
    this.#walkPages = translateListErrorsWith(translateError)((first, call) =>
      walkPages({
        firstPage: first,
        readPage: (after) => client.listTickets(after, call),
        idsOf: ({ tickets }) => tickets.map(({ ID }) => ID),
        nextPage: nextPosition,
      }),
    )
  }

  get(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>> {
    return readEach(keys, async (key) => this.#map(await this.#fetchTicket(key, call)))
  }

  /** HelpDesk filters neither by text nor by groups (it has its own teams), so the list is read and filtered here. */
  async *list(
    query: OfflineMessageQuery,
    resumeToken: string | null,
    call: CallContext,
  ): AsyncGenerator<OfflineMessageItem> {
    if (query.departmentId !== null) return
    const resume = resumeToken === null ? null : decodeResumeToken(resumeToken)
    const { from, to } = resolveDayRange(query, this.#timeZone, resume?.from ?? null)
    let after = resume?.position ?? null
    for await (const { tickets } of this.#walkPages(after, call)) {
      for (const ticket of tickets) {
        if (ticket.ID === after?.ID) continue
        after = positionOf(ticket, after)
        const message = this.#map(ticket)
        const day = message.receivedOn
        if (day !== null && day < from) return
        if ((day !== null && day > to) || isFromAgent(ticket) || !containsText(ticket, query.text)) continue
        yield { message, resumeToken: JSON.stringify([after.createdAt, after.ID, from]) }
      }
    }
  }

  /** HelpDesk only counts the pages of the whole list. */
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
        throw new ChatError(
          'INVALID_INPUT',
          'At HelpDesk the department must be the id of one of its teams.',
          options,
        )
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
      name: ticket.requester.name || null,
      email: ticket.requester.email || null,
      text,
      rawText: text,
      // HelpDesk's teams are not LiveChat's groups.
      departmentId: null,
      receivedAt,
      receivedOn: receivedAt && toCalendarDay(this.#timeZone, receivedAt),
      delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
    }
  }
}

/** The list is sorted, so a ticket without a readable time takes the time of the one before it. */
function positionOf({ createdAt, ID }: WireTicket, previous: TicketPosition | null): TicketPosition {
  return { createdAt: createdAt ?? previous?.createdAt ?? new Date().toISOString(), ID }
}

function nextPosition(
  { tickets, hasMore }: TicketPage,
  previous: TicketPosition | null,
): TicketPosition | undefined {
  if (!hasMore || !tickets.some(({ createdAt }) => createdAt)) return undefined
  return tickets.reduce((position, ticket) => positionOf(ticket, position), previous) ?? undefined
}

function firstMessage({ events }: WireTicket) {
  return events.find(({ text }) => text)
}

function textOf(ticket: WireTicket): string {
  return firstMessage(ticket)?.text ?? ''
}

/** A ticket that an agent created is not an offline message. */
function isFromAgent(ticket: WireTicket): boolean {
  return firstMessage(ticket)?.authorType === 'agent'
}

function containsText(ticket: WireTicket, text: string | null): boolean {
  if (text === null) return true
  const { subject, requester } = ticket
  const searched = [textOf(ticket), subject, requester.name, requester.email].join('\n')
  return searched.toLowerCase().includes(text.toLowerCase())
}

function decodeResumeToken(text: string): { readonly position: TicketPosition; readonly from: string } {
  const [createdAt, ID, from] = parseResumeToken(resumeTokenSchema, text)
  return { position: { createdAt, ID }, from }
}
