import type { TicketDraft, TicketStatus } from '../helpdesk/ticket-store.ts'
import { seedOfflineMessages } from './offline-messages.ts'

const STATUSES: readonly TicketStatus[] = ['open', 'open', 'pending', 'solved', 'onhold', 'closed']

/** The seeded tickets: the same offline messages as tickets, some of them answered, in the trash, or marked as spam. */
export function seedTickets(now: number, timeZone: string, teamIds: readonly string[]): TicketDraft[] {
  return seedOfflineMessages(now, timeZone).map(({ visitorName, email, text, at = now, skill = 0 }, n) => {
    const [firstLine = ''] = text.split('\n')
    const team = teamIds[skill % teamIds.length]
    return {
      requester: { email, ...(visitorName && { name: visitorName }) },
      text,
      subject: firstLine.slice(0, 80),
      status: STATUSES[n % STATUSES.length] ?? 'open',
      silo: n === 7 ? 'spam' : n === 11 ? 'trash' : 'tickets',
      at,
      ...(team !== undefined && { teamIDs: [team], assignment: { team: { ID: team }, agent: null } }),
    }
  })
}
