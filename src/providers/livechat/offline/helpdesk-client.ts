import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { parseJson } from '../../../domain/json.ts'
import type { UpstreamClient, UpstreamRequest } from '../../../upstream/client.ts'
import { toPathSegment } from '../../shared/path-segment.ts'
import { toRequestOptions } from '../../shared/request-options.ts'
import { countedList, lenient, lenientList } from '../../shared/response.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import { hasErrorType, LiveChatError } from '../errors.ts'

/** HelpDesk is reported to reject generic user agents (docs/providers/livechat.md 1.5). */
const USER_AGENT = 'switchboard-gateway'
/** The most tickets in a page. */
const PAGE_SIZE = 100
/** A page contains a hundred tickets with all their events. */
const MAX_LIST_BYTES = 8 * 1024 * 1024

const personSchema = z.object({ email: lenient(z.string()), name: lenient(z.string()) })

/** The vendor does not document a ticket's events. Known clients read these fields (docs/providers/livechat.md 1.5). */
const ticketEventSchema = z.object({
  type: lenient(z.string()),
  author: lenient(z.object({ type: lenient(z.string()) })),
  message: lenient(z.object({ text: lenient(z.string()) })),
})

const ticketSchema = z.object({
  ID: z.string().min(1),
  createdAt: lenient(z.iso.datetime({ offset: true })),
  subject: lenient(z.string()),
  requester: lenient(personSchema),
  events: lenientList(ticketEventSchema),
})
const listTicketsResponse = countedList(ticketSchema, PAGE_SIZE)
const createTicketResponse = z.object({ ID: lenient(z.string().min(1)) }).catch({ ID: null })
export type WireTicket = z.output<typeof ticketSchema>

/** A position in the list, which is sorted by creation time: the last row read. */
export interface TicketPosition {
  readonly createdAt: string
  readonly ID: string
}

/** A page of the list; `hasMore` if another page may follow. */
export interface TicketPage {
  readonly tickets: readonly WireTicket[]
  readonly hasMore: boolean
}

export interface NewTicket {
  readonly requester: { readonly email: string; readonly name: string }
  readonly message: { readonly text: string }
  /** A team's id. */
  readonly teamId: string | null
}

/** Client of HelpDesk's tickets, where new accounts keep their offline messages (docs/providers/livechat.md 1.5). */
export interface HelpDeskClient {
  /** Newest first, after the position `after`; both its fields together are the vendor's keyset cursor. */
  listTickets(after: TicketPosition | null, call: CallContext): Promise<TicketPage>
  fetchTicket(id: string, call: CallContext): Promise<WireTicket>
  /** Returns the ticket's id; null if the response lacks it, though the ticket was created. */
  createTicket(ticket: NewTicket, call: CallContext): Promise<string | null>
}

/** Throws LiveChatError, UnreadableResponse or UpstreamError. */
export function createHelpDeskClient(
  upstream: UpstreamClient,
  agent: AgentAuthorization,
  credentialHealth: CredentialHealth,
  reader: ResponseReader,
): HelpDeskClient {
  const send = async <T extends z.ZodType>(
    request: Omit<UpstreamRequest, 'headers' | 'signal'>,
    responseSchema: T,
    call: CallContext,
  ): Promise<z.output<T>> => {
    for (let hasRenewedToken = false; ; hasRenewedToken = true) {
      const usedHeader = agent.header
      const headers = { authorization: usedHeader, 'user-agent': USER_AGENT }
      const response = await upstream.send({ ...request, headers, ...toRequestOptions(call) })
      if (response.status < 400) {
        credentialHealth.markAccepted(agent.settingName)
        return reader.read(responseSchema, parseJson(response.text), request.route, call.log)
      }
      const error = new LiveChatError('helpdesk', response)
      if (!hasErrorType(error, 'authentication')) throw error
      if (!hasRenewedToken && (await agent.renew(usedHeader, call))) continue
      credentialHealth.markRejected(agent.settingName, call.log)
      throw error
    }
  }

  return {
    async listTickets(after, call) {
      const route = '/tickets'
      const request = {
        method: 'GET',
        route,
        path: listPath(after),
        maxResponseBytes: MAX_LIST_BYTES,
      } as const
      const { rows, rowCount } = await send(request, listTicketsResponse, call)
      return { tickets: rows, hasMore: rowCount >= PAGE_SIZE }
    },
    fetchTicket: (id, call) =>
      send(
        { method: 'GET', route: '/tickets/:id', path: `/tickets/${toPathSegment(id)}` },
        ticketSchema,
        call,
      ),
    async createTicket({ teamId, ...ticket }, call) {
      // Without an assignment the default team conflicts with `teamIDs` (docs/providers/livechat.md 1.5).
      const team =
        teamId === null ? {} : { teamIDs: [teamId], assignment: { team: { ID: teamId }, agent: null } }
      const body = { ...ticket, ...team, author: { type: 'client' } }
      const request = { method: 'POST', route: '/tickets', path: '/tickets', body } as const
      return (await send(request, createTicketResponse, call)).ID ?? null
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
