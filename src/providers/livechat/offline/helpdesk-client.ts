import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient, UpstreamRequest } from '../../../upstream/client.ts'
import { parseJson } from '../../shared/json.ts'
import { toPathSegment } from '../../shared/path-segment.ts'
import { toRequestOptions } from '../../shared/request-options.ts'
import { countedList, lenient, lenientList } from '../../shared/response.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import { hasErrorType, LiveChatError } from '../errors.ts'

/** Generic agents are reported to be turned away (docs/providers/livechat.md 1.5). */
const USER_AGENT = 'switchboard-gateway'
/** The most tickets that a page holds. */
export const PAGE_SIZE = 100
/** A hundred tickets come with all their events. */
const LONGEST_LIST = 8 * 1024 * 1024

const person = z.object({ email: lenient(z.string()), name: lenient(z.string()) })

/**
 * The schema of a ticket's events is not published: what client code was seen to read
 * (docs/providers/livechat.md 1.5).
 */
const event = z.object({
  type: lenient(z.string()),
  author: lenient(z.object({ type: lenient(z.string()) })),
  message: lenient(z.object({ text: lenient(z.string()) })),
})

const ticket = z.object({
  ID: z.string().min(1),
  createdAt: lenient(z.iso.datetime({ offset: true })),
  subject: lenient(z.string()),
  requester: lenient(person),
  events: lenientList(event),
})
const tickets = countedList(ticket, PAGE_SIZE)
const created = z.object({ ID: lenient(z.string().min(1)) }).catch({ ID: null })
/** A ticket, as far as it is read. */
export type WireTicket = z.output<typeof ticket>

/** A place in the list by creation: the last row read. */
export interface TicketPosition {
  readonly createdAt: string
  readonly ID: string
}

/** A page of the list; `full` where more may follow. */
export interface TicketPage {
  readonly tickets: readonly WireTicket[]
  readonly hasMore: boolean
}

/** What a new ticket is made of. */
export interface NewTicket {
  readonly requester: { readonly email: string; readonly name: string }
  readonly message: { readonly text: string }
  /** A team's id. */
  readonly teamId: string | null
}

/** HelpDesk's tickets, today's store of offline messages (docs/providers/livechat.md 1.5). */
export interface HelpDeskClient {
  /** Newest first; behind `after`, which is a keyset cursor of both its halves. */
  listTickets(after: TicketPosition | null, call: CallContext): Promise<TicketPage>
  fetchTicket(id: string, call: CallContext): Promise<WireTicket>
  /** Gives its id; null where the answer does not tell it: it was created all the same. */
  createTicket(ticket: NewTicket, call: CallContext): Promise<string | null>
}

/** Throws LiveChatRefusal, UnreadableAnswer or UpstreamError. */
export function createHelpDeskClient(
  upstream: UpstreamClient,
  agent: AgentAuthorization,
  watch: CredentialHealth,
  reader: ResponseReader,
): HelpDeskClient {
  const send = async <T extends z.ZodType>(
    request: Omit<UpstreamRequest, 'headers' | 'signal'>,
    answer: T,
    call: CallContext,
  ): Promise<z.output<T>> => {
    for (let renewed = false; ; renewed = true) {
      const used = agent.header
      const headers = { authorization: used, 'user-agent': USER_AGENT }
      const response = await upstream.send({ ...request, headers, ...toRequestOptions(call) })
      if (response.status < 400) {
        watch.markAccepted(agent.settingName)
        return reader.read(answer, parseJson(response.text), request.route, call.log)
      }
      const refusal = new LiveChatError('helpdesk', response)
      if (!hasErrorType(refusal, 'authentication')) throw refusal
      if (!renewed && (await agent.renew(used, call))) continue
      watch.markRejected(agent.settingName, call.log)
      throw refusal
    }
  }

  return {
    async listTickets(after, call) {
      const route = '/tickets'
      const request = { method: 'GET', route, path: listPath(after), maxResponseBytes: LONGEST_LIST } as const
      const { rows, rowCount } = await send(request, tickets, call)
      return { tickets: rows, hasMore: rowCount >= PAGE_SIZE }
    },
    fetchTicket: (id, call) =>
      send({ method: 'GET', route: '/tickets/:id', path: `/tickets/${toPathSegment(id)}` }, ticket, call),
    async createTicket({ teamId, ...given }, call) {
      // A team without an assignment would be refused for the default team's sake
      // (docs/providers/livechat.md 1.5).
      const team =
        teamId === null ? {} : { teamIDs: [teamId], assignment: { team: { ID: teamId }, agent: null } }
      const body = { ...given, ...team, author: { type: 'client' } }
      const request = { method: 'POST', route: '/tickets', path: '/tickets', body } as const
      return (await send(request, created, call)).ID ?? null
    },
  }
}

function listPath(after: TicketPosition | null): string {
  const search = new URLSearchParams({
    silo: 'tickets',
    sortBy: 'createdAt',
    order: 'desc',
    pageSize: String(PAGE_SIZE),
  })
  if (after) {
    search.set('next.value', after.createdAt)
    search.set('next.ID', after.ID)
  }
  return `/tickets?${search}`
}
