import { ApiError } from '../api-error.ts'
import { listOf, object, oneOf, reader, shape, text } from '../v3/input.ts'
import { HelpDeskError } from './errors.ts'
import type { Assignment, Ticket, TicketStatus, TicketStore } from './ticket-store.ts'

interface NewTicket {
  readonly requester: { readonly email: string; readonly name?: string }
  readonly message: { readonly text: string }
  readonly author?: { readonly type: 'client' | 'agent' }
  readonly subject?: string
  readonly status?: TicketStatus
  readonly priority?: number
  readonly teamIDs?: readonly string[]
  readonly tagIDs?: readonly string[]
  readonly assignment?: Assignment | null
  readonly customFields?: Readonly<Record<string, unknown>>
}

const id = shape({ 'ID!': text })

const readNewTicket = reader<NewTicket>(
  shape({
    'requester!': shape({ 'email!': { type: 'string', pattern: '^\\S+@\\S+$' }, name: { type: 'string' } }),
    'message!': shape({ 'text!': text }),
    author: shape({ 'type!': oneOf('client', 'agent') }),
    subject: { type: 'string' },
    status: oneOf('open', 'pending', 'onhold', 'solved', 'closed'),
    priority: { enum: [-10, 0, 10, 20] },
    teamIDs: listOf(text),
    tagIDs: listOf(text),
    assignment: {
      anyOf: [{ type: 'null' }, shape({ 'team!': id, agent: { anyOf: [{ type: 'null' }, id] } })],
    },
    customFields: object,
  }),
)

/**
 * `POST /v1/tickets` (docs/providers/livechat.md 1.5). As in the real API, `teamIDs` without `assignment` assigns
 * the default team, and then fails because that team is not among them. Throws HelpDeskError.
 */
export function createTicket(store: TicketStore, body: Buffer): Ticket {
  const { message, author, ...ticket } = readBody(body)
  const assignment =
    ticket.assignment === undefined ? { team: { ID: store.defaultTeam.ID } } : ticket.assignment
  const known = new Set(store.teams.map(({ ID }) => ID))
  for (const ID of ticket.teamIDs ?? []) {
    if (!known.has(ID)) throw new HelpDeskError(400, `Team ${ID} does not exist`)
  }
  if (ticket.teamIDs && assignment && !ticket.teamIDs.includes(assignment.team.ID)) {
    throw new HelpDeskError(400, 'Assigned team must be one of teamIDs')
  }
  return store.add({ ...ticket, assignment, text: message.text, authorType: author?.type ?? 'agent' })
}

function readBody(body: Buffer): NewTicket {
  try {
    return readNewTicket(JSON.parse(body.toString()))
  } catch (error) {
    throw new HelpDeskError(400, error instanceof ApiError ? error.message : 'Malformed JSON')
  }
}
