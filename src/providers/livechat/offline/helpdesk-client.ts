import type { CallContext } from '../../../domain/adapter.ts'
import type { UpstreamClient, UpstreamRequest } from '../../../upstream/client.ts'
import { toPathSegment } from '../../shared/path-segment.ts'
import {
  fieldOf,
  readList,
  readNonEmptyString,
  readRequiredList,
  readString,
  required,
  toObject,
  type UnreadableFields,
} from '../../shared/read-document.ts'
import { toRequestOptions } from '../../shared/request-options.ts'
import { ResponseFormat } from '../../shared/response-format.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import type { AgentAuthorization } from '../auth/authorization.ts'
import type { CredentialHealth } from '../auth/credential-health.ts'
import { hasErrorType, LiveChatError } from '../errors.ts'
import { parseMicros } from '../timestamps.ts'

/** HelpDesk is reported to reject generic user agents (docs/providers/livechat.md 1.5). */
const USER_AGENT = 'switchboard-gateway'
/** The most tickets in a page. */
const PAGE_SIZE = 100
/** A page contains a hundred tickets with all their events. */
const MAX_LIST_BYTES = 8 * 1024 * 1024

export type WireTicket = Readonly<ReturnType<typeof readTicket>>

const listTicketsResponse = new ResponseFormat((value, unreadableFields) =>
  readRequiredList(value, '', readTicket, unreadableFields, PAGE_SIZE),
)
const ticketResponse = new ResponseFormat(readTicket)
/** The ticket's id; null if the response lacks it. */
const createTicketResponse = new ResponseFormat((value) => readNonEmptyString(fieldOf(value, 'ID')))

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
  const send = async <T>(
    request: Omit<UpstreamRequest, 'headers' | 'signal'>,
    format: ResponseFormat<T>,
    call: CallContext,
  ): Promise<T> => {
    for (let hasRenewedToken = false; ; hasRenewedToken = true) {
      const usedHeader = agent.header
      const headers = { authorization: usedHeader, 'user-agent': USER_AGENT }
      const response = await upstream.send({ ...request, headers, ...toRequestOptions(call) })
      if (response.status < 400) {
        credentialHealth.markAccepted(agent.settingName)
        return reader.read(format, response.body, { source: request.route, log: call.log })
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
        ticketResponse,
        call,
      ),
    async createTicket({ teamId, ...ticket }, call) {
      // Without an assignment the default team conflicts with `teamIDs` (docs/providers/livechat.md 1.5).
      const team =
        teamId === null ? {} : { teamIDs: [teamId], assignment: { team: { ID: teamId }, agent: null } }
      const body = { ...ticket, ...team, author: { type: 'client' } }
      const request = { method: 'POST', route: '/tickets', path: '/tickets', body } as const
      return send(request, createTicketResponse, call)
    },
  }
}

function readTicket(value: unknown, unreadableFields: UnreadableFields) {
  const { ID, createdAt, subject, requester, events } = toObject(value)
  return {
    ID: required(readNonEmptyString(ID), 'ID'),
    createdAt: readDateTime(createdAt),
    subject: readString(subject),
    requester: {
      email: readString(fieldOf(requester, 'email')),
      name: readString(fieldOf(requester, 'name')),
    },
    events: readList(events, readTicketEvent, unreadableFields),
  }
}

/** The vendor does not document a ticket's events. Known clients read these fields (docs/providers/livechat.md 1.5). */
function readTicketEvent(value: unknown) {
  const { type, author, message } = toObject(value)
  return {
    type: readString(type),
    authorType: readString(fieldOf(author, 'type')),
    text: readString(fieldOf(message, 'text')),
  }
}

/** Null for anything but an RFC 3339 time. */
function readDateTime(value: unknown): string | null {
  const text = readString(value)
  return text !== null && parseMicros(text) !== null ? text : null
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
