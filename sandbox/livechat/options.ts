import type { ClassicErrorForm } from './classic/errors.ts'
import type { OfflineMessageOrder } from './classic/offline-message-store.ts'
import type { StartInterval } from './interval.ts'
import type { LiveChatSwitches } from './switches.ts'
import type { StartTimeout } from './timeout.ts'

/** How a LiveChat sandbox starts; every option has a default. */
export interface LiveChatSandboxOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** Epoch milliseconds; the real clock by default. */
  readonly now?: () => number
  /** Fills the licence with demo data; true by default. Its agents, groups and tags are there in any case. */
  readonly seed?: boolean
  /** Simulates new chats and messages until `close`; false by default. */
  readonly lively?: boolean
  /** Milliseconds between two new offline messages while lively; 20 000 by default. */
  readonly livelyIntervalMs?: number
  /** Milliseconds between two steps of the chats while lively; 3 000 by default. */
  readonly livelyChatIntervalMs?: number
  /** The timer behind `lively`; an unref'ed setInterval by default. */
  readonly startInterval?: StartInterval
  /** The timer of RTM's deadlines and of tokens that expire; an unref'ed setTimeout by default. */
  readonly startTimeout?: StartTimeout
  /** Agent login of the classic API, and the id of the sandbox's own agent in the others. */
  readonly login?: string
  /** API key of the classic API. */
  readonly apiKey?: string
  /** IANA time zone of the licence, by which the classic date window counts days; UTC by default. */
  readonly timeZone?: string
  /** Order of the classic list, undocumented on the real one; newest first by default. */
  readonly order?: OfflineMessageOrder
  /** The form of the classic API's errors; `error` by default. */
  readonly errorForm?: ClassicErrorForm
  /** Initial values of switches. All of them can be changed later. */
  readonly switches?: Partial<LiveChatSwitches>
}

/** The default agent login. */
export const DEFAULT_LOGIN = 'agent@switchboard.test'
/** The default API key. */
export const DEFAULT_API_KEY = 'sandbox-api-key'

/** The credentials of clients. The tokens are the same in every sandbox. */
export interface LiveChatCredentials {
  /** Basic user of the classic API. */
  readonly login: string
  /** Basic password of the classic API. */
  readonly apiKey: string
  /** Basic user of the v3 APIs and of HelpDesk. */
  readonly accountId: string
  /** Basic password of the v3 APIs and of HelpDesk, with every scope. */
  readonly personalAccessToken: string
  /** An OAuth token of the same agent, for `Bearer`; valid for eight hours. */
  readonly accessToken: string
  readonly refreshToken: string
  readonly clientId: string
  readonly clientSecret: string
  readonly organizationId: string
}

/** The credentials that do not depend on options. */
export const FIXED_CREDENTIALS = {
  accountId: 'd24fa41e-bc16-41b8-a15b-9ca45ff7e0cf',
  personalAccessToken: 'dal:sandbox-personal-access-token',
  accessToken: 'dal:sandbox-access-token',
  refreshToken: 'dal:sandbox-refresh-token',
  clientId: '9cbf3a968289727cb3cdfe83ab1d9836',
  clientSecret: 'sandbox-client-secret',
} as const
