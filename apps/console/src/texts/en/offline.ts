import type { OfflineMessageState } from '../../../generated/graphql.ts'
import { plural } from './general.ts'

/** The offline messages. */
export const offline = {
  title: 'Offline messages',
  noneOfWeek: 'Nobody has left a message in the last seven days.',
  noneFound: 'No message matches these filters.',
  clearFilters: 'Clear the filters',
  sender: 'Somebody',
  provider: 'Provider',
  delivery: 'Delivery',
  from: 'From',
  to: 'To',
  text: 'Search the texts',
  total: (count: string) => `${count} in all.`,
  totalOfWeek: (count: string) => `${count} in the last seven days.`,
  arrived: (count: number) =>
    plural(count, { one: 'One more has come: show it', other: `${count} more have come: show them` }),
  attempts: (count: number) => plural(count, { one: '1 attempt', other: `${count} attempts` }),
  nextAttempt: (time: string) => `next at ${time}`,
  sendAgain: 'Send again',
  unconfirmed:
    'No answer came when it was sent, so it may have arrived. Check at the provider before you send it again.',
  sendAgainUnconfirmed: 'Send again, though it may have arrived',
  discard: 'Discard',
  readAgain: 'Read the list again',
  states: {
    RECEIVED: 'At the provider',
    QUEUED: 'Waiting to be sent',
    SENT: 'Sent',
    UNCONFIRMED: 'Unconfirmed',
    FAILED: 'Failed',
    DISCARDED: 'Discarded',
  } satisfies Readonly<Record<OfflineMessageState, string>>,
}
