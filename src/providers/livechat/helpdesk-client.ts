import { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import type { Upstream, UpstreamRequest } from '../../upstream/client.ts'
import type { AnswerReader } from '../answer-reader.ts'
import { parseJson } from '../json.ts'
import { pathSegment } from '../path-segment.ts'
import { requestOptions } from '../request-options.ts'
import { countedRowsOf, listOf, maybe } from '../wire.ts'
import type { AgentAuthorization } from './authorization.ts'
import type { CredentialWatch } from './credential-watch.ts'
import { isRefusedFor, LiveChatRefusal } from './refusal.ts'

/** Generic agents are reported to be turned away (docs/providers/livechat.md 1.5). */
const USER_AGENT = 'switchboard-gateway'
/** The most tickets that a page holds. */
export const PAGE_SIZE = 100
/** A hundred tickets come with all their events. */
const LONGEST_LIST = 8 * 1024 * 1024

const person = z.object({ email: maybe(z.string()), name: maybe(z.string()) })

/**
 * The schema of a ticket's events is not published: what client code was seen to read
 * (docs/providers/livechat.md 1.5).
 */
const event = z.object({
  type: maybe(z.string()),
  author: maybe(z.object({ type: maybe(z.string()) })),
  message: maybe(z.object({ text: maybe(z.string()) })),
})

const ticket = z.object({
  ID: z.string().min(1),
  createdAt: maybe(z.iso.datetime({ offset: true })),
  subject: maybe(z.string()),
  requester: maybe(person),
  events: listOf(event),
})
const tickets = countedRowsOf(ticket, PAGE_SIZE)
const created = z.object({ ID: maybe(z.string().min(1)) }).catch({ ID: null })
/** A ticket, as far as it is read. */
export type WireTicket = z.output<typeof ticket>

/** A place in the list by creation: the last row read. */
export interface TicketPlace {
  readonly createdAt: string
  readonly ID: string
}

/** A page of the list; `full` where more may follow. */
export interface TicketPage {
  readonly tickets: readonly WireTicket[]
  readonly full: boolean
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
  list(after: TicketPlace | null, call: Call): Promise<TicketPage>
  one(id: string, call: Call): Promise<WireTicket>
  /** Gives its id; null where the answer does not tell it: it was created all the same. */
  create(ticket: NewTicket, call: Call): Promise<string | null>
}

/** Throws LiveChatRefusal, UnreadableAnswer or UpstreamError. */
export function createHelpDeskClient(
  upstream: Upstream,
  agent: AgentAuthorization,
  watch: CredentialWatch,
  reader: AnswerReader,
): HelpDeskClient {
  const send = async <T extends z.ZodType>(
    request: Omit<UpstreamRequest, 'headers' | 'signal'>,
    answer: T,
    call: Call,
  ): Promise<z.output<T>> => {
    for (let renewed = false; ; renewed = true) {
      const used = agent.header
      const headers = { authorization: used, 'user-agent': USER_AGENT }
      const response = await upstream.send({ ...request, headers, ...requestOptions(call) })
      if (response.status < 400) {
        watch.accept(agent.setting)
        return reader.read(answer, parseJson(response.text), request.route, call.log)
      }
      const refusal = new LiveChatRefusal('helpdesk', response)
      if (!isRefusedFor(refusal, 'authentication')) throw refusal
      if (!renewed && (await agent.renew(used, call))) continue
      watch.refuse(agent.setting, call.log)
      throw refusal
    }
  }

  return {
    async list(after, call) {
      const route = '/tickets'
      const request = { method: 'GET', route, path: listPath(after), answerBytes: LONGEST_LIST } as const
      const { rows, size } = await send(request, tickets, call)
      return { tickets: rows, full: size >= PAGE_SIZE }
    },
    one: (id, call) =>
      send({ method: 'GET', route: '/tickets/:id', path: `/tickets/${pathSegment(id)}` }, ticket, call),
    async create({ teamId, ...given }, call) {
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

function listPath(after: TicketPlace | null): string {
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
