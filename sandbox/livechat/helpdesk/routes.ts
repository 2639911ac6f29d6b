import type { WireRequest, WireResponse, WireRoute } from '../../wire-server.ts'
import type { LiveChatSwitches } from '../switches.ts'
import type { TokenStore } from '../token-store.ts'
import { createTicket } from './create-ticket.ts'
import { HelpDeskError, helpDeskResponse } from './errors.ts'
import { listTickets } from './list-tickets.ts'
import type { TicketStore } from './ticket-store.ts'

/**
 * HelpDesk (api.helpdesk.com/v1), on the same port: today's store of offline messages
 * (docs/providers/livechat.md 1.5).
 */
export function helpDeskRoutes(options: {
  readonly store: TicketStore
  readonly tokens: TokenStore
  readonly switches: LiveChatSwitches
}): WireRoute[] {
  const { store, tokens, switches } = options
  const route = (
    method: 'GET' | 'POST',
    path: string,
    work: (request: WireRequest) => WireResponse,
  ): WireRoute => ({
    method,
    path,
    handle: (request) =>
      helpDeskResponse(switches.helpdeskErrorForm, () => {
        if (!tokens.agentOf(request.headers.authorization)) throw new HelpDeskError(401, 'Unauthorized')
        return work(request)
      }),
  })
  return [
    route('GET', '/v1/tickets', ({ rawQuery }) => listTickets(store, rawQuery)),
    route('POST', '/v1/tickets', ({ body }) => ({ status: 201, body: createTicket(store, body) })),
    route('GET', '/v1/tickets/:ID', ({ params }) => {
      const ticket = store.get(params['ID'] ?? '')
      if (!ticket) throw new HelpDeskError(404, 'Ticket not found')
      return { status: 200, body: ticket }
    }),
  ]
}
