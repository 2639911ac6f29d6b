import type { WireResponse } from '../../wire-server.ts'
import { HelpDeskError } from './errors.ts'
import type { Ticket, TicketStore } from './ticket-store.ts'

const SORTS = ['createdAt', 'updatedAt', 'lastMessageAt'] as const
const SILOS = ['tickets', 'archive', 'trash', 'spam']
const STATUSES = ['open', 'pending', 'onhold', 'solved', 'closed']
const KNOWN = new Set([
  ...['silo', 'sortBy', 'order', 'pageSize', 'page', 'status'],
  ...['next.value', 'next.ID', 'prev.value', 'prev.ID'],
])

interface Cursor {
  readonly value: string
  readonly ID: string
}

/**
 * `GET /v1/tickets` (docs/providers/livechat.md 1.5): a bare array. The next page is asked for with the sort
 * value and the ID of the last row, both or neither; `x-total-pages` counts pages of the whole list. An
 * unknown argument is refused rather than silently ignored.
 */
export function listTickets(store: TicketStore, rawQuery: string): WireResponse {
  const query = new URLSearchParams(rawQuery)
  for (const name of query.keys()) {
    if (!KNOWN.has(name)) throw new HelpDeskError(400, `Unknown parameter ${name}`)
  }
  const sortBy = oneOf(query, 'sortBy', SORTS)
  const sign = oneOf(query, 'order', ['desc', 'asc']) === 'asc' ? 1 : -1
  const silo = oneOf(query, 'silo', SILOS)
  const status = query.has('status') ? oneOf(query, 'status', STATUSES) : undefined
  const pageSize = integer(query, 'pageSize', 20, 100)
  const rows = store.all
    .filter((ticket) => ticket.silo === silo && (status === undefined || ticket.status === status))
    .sort((a, b) => compare(cursorOf(a, sortBy), cursorOf(b, sortBy)) * sign)
  const headers = { 'x-total-pages': String(Math.ceil(rows.length / pageSize)) }
  const [next, prev] = [cursor(query, 'next'), cursor(query, 'prev')]
  const behind = (ticket: Ticket, edge: Cursor) => compare(cursorOf(ticket, sortBy), edge) * sign
  if (next)
    return { status: 200, headers, body: rows.filter((row) => behind(row, next) > 0).slice(0, pageSize) }
  if (prev)
    return { status: 200, headers, body: rows.filter((row) => behind(row, prev) < 0).slice(-pageSize) }
  const from = (integer(query, 'page', 1, 100_000) - 1) * pageSize
  return { status: 200, headers, body: rows.slice(from, from + pageSize) }
}

function oneOf<T extends string>(query: URLSearchParams, name: string, values: readonly T[]): T {
  const given = query.get(name)
  const value = given === null ? values[0] : values.find((one) => one === given)
  if (value === undefined) throw new HelpDeskError(400, `${name} must be one of ${values.join(', ')}`)
  return value
}

function integer(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const given = query.get(name)
  if (given === null) return fallback
  const value = /^\d+$/.test(given) ? Number(given) : 0
  if (value < 1 || value > most) throw new HelpDeskError(400, `${name} must be between 1 and ${most}`)
  return value
}

function cursor(query: URLSearchParams, direction: 'next' | 'prev'): Cursor | undefined {
  const [value, ID] = [query.get(`${direction}.value`), query.get(`${direction}.ID`)]
  if (value === null && ID === null) return undefined
  if (!value || !ID || Number.isNaN(Date.parse(value))) {
    throw new HelpDeskError(400, `${direction}.value and ${direction}.ID are both required`)
  }
  return { value: new Date(value).toISOString(), ID }
}

function cursorOf(ticket: Ticket, sortBy: (typeof SORTS)[number]): Cursor {
  return { value: ticket[sortBy], ID: ticket.ID }
}

function compare(a: Cursor, b: Cursor): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1
  return a.ID < b.ID ? -1 : Number(a.ID > b.ID)
}
