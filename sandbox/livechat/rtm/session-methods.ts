import type { RtmSession } from './session.ts'

/** The methods of a logged-in connection that exist over RTM only, for both sides. */
export const sessionMethods: ReadonlyMap<string, (payload: unknown, session: RtmSession) => unknown> =
  new Map([['ping', () => ({})]])
