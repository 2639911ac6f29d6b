import type { AccountSubscriberPlan } from '../clients/account-subscriber.ts'
import type { SubscriberPlan } from '../clients/subscriber-plan.ts'
import type { DisconnectMode } from '../clients/transport.ts'
import type { CallLimit, Deletion } from '../driver/simulated-provider.ts'

/** A fault between the gateway and its provider. */
export type ProviderFault = 'rate limit' | 'error 500' | 'reset' | 'half body' | 'slow' | 'stall'

/** A fault of the provider's push. */
export type SimulatedPushFault =
  | 'refuse upgrades'
  | 'refuse logins'
  | 'refuse requests'
  | 'half-open'
  | 'silent'
  | 'hold'
  | 'hold replies'
  | 'lag'
  | 'duplicate'
  | 'reorder'

/** Connections to the database break and are refused, or stay open without an answer. */
export type DatabaseInterruption = 'disconnect' | 'stall'

/** One command of a scenario. Rooms, gateways and clients are numbers, modulo how many there are. */
export type Command =
  | {
      readonly type: 'send'
      readonly room: number
      readonly by: 'visitor' | 'agent' | 'bot'
      readonly through: 'provider' | 'gateway'
    }
  | { readonly type: 'send burst'; readonly room: number; readonly count: number; readonly held: boolean }
  | { readonly type: 'send late'; readonly room: number; readonly byMs: number }
  | { readonly type: 'add note' | 'close' | 'reopen' | 'change silently' | 'flood'; readonly room: number }
  | { readonly type: 'edit' | 'preview'; readonly room: number; readonly pick: number }
  | { readonly type: 'delete'; readonly room: number; readonly pick: number; readonly how: Deletion }
  | { readonly type: 'hold clock' | 'release clock' | 'clear faults' }
  | { readonly type: 'inject fault'; readonly fault: ProviderFault; readonly times: number }
  /** `pick` chooses the status or the error; `ofHalf` limits it to every other connection. */
  | {
      readonly type: 'inject push fault'
      readonly fault: SimulatedPushFault
      readonly pick: number
      readonly ofHalf: boolean
    }
  | { readonly type: 'clear push faults' | 'push garbage' | 'push oversized' }
  /** Waits a while until the rooms of all connected clients are pushed. */
  | { readonly type: 'wait for push' }
  /** Cuts all connections, or every other one. */
  | { readonly type: 'cut push'; readonly ofHalf: boolean }
  /** The provider ends its connections with one of its reasons. */
  | { readonly type: 'end push'; readonly pick: number }
  | { readonly type: 'connect'; readonly client: number; readonly gateway: number }
  | { readonly type: 'disconnect'; readonly client: number; readonly how: DisconnectMode }
  | {
      readonly type: 'connect briefly'
      readonly client: number
      readonly gateway: number
      readonly how: DisconnectMode
    }
  | { readonly type: 'pause reading' | 'resume reading'; readonly client: number }
  | { readonly type: 'restart gateway'; readonly gateway: number }
  /** Moves a client to another gateway at once. */
  | {
      readonly type: 'hop'
      readonly client: number
      readonly gateway: number
      readonly how: DisconnectMode
    }
  /** Replaces a replica that loses its database first: it releases nothing, as after `kill -9`. */
  | { readonly type: 'kill gateway'; readonly gateway: number }
  /** Breaks a replica's connections to the database, or stalls them, until they are restored. */
  | {
      readonly type: 'interrupt database'
      readonly gateway: number
      readonly how: DatabaseInterruption
    }
  | { readonly type: 'restore database'; readonly gateway: number }
  | { readonly type: 'subscribe as stranger'; readonly room: number }
  /** Revokes the token of a room's visitor for good. */
  | { readonly type: 'revoke token'; readonly room: number }
  /** Revokes and restores the gateways' own account. */
  | { readonly type: 'revoke account' | 'restore account' }
  | { readonly type: 'connect account'; readonly client: number; readonly gateway: number }
  | { readonly type: 'disconnect account'; readonly client: number; readonly how: DisconnectMode }
  | { readonly type: 'send offline'; readonly through: 'provider' | 'gateway'; readonly gateway: number }
  /** Compares the number of polled rooms with the number of subscribed ones. */
  | { readonly type: 'check pollers' }
  /** Sends to every connected client until each has received something. From then on no gap is allowed. */
  | { readonly type: 'expect delivery' }
  | { readonly type: 'wait for polls'; readonly times: number }
  | { readonly type: 'yield'; readonly times: number }

/** When the provider's webhooks arrive: never, at once, twice, one late, every other one, or before the change. */
export type WebhookTiming = 'none' | 'due' | 'twice' | 'late' | 'some' | 'early'

/** The setup of a simulation, and what happens in it. */
export interface Scenario {
  readonly provider: 'rocketchat' | 'livechat'
  readonly skewMs: number
  readonly webhooks: WebhookTiming
  /** Whether the gateways use the provider's push. */
  readonly push: boolean
  /** Each subscriber's plan, and the number of its room. */
  readonly subscribers: readonly (Omit<SubscriberPlan, 'name'> & {
    readonly room: number
    /** Whether it connects before the first command. */
    readonly early: boolean
  })[]
  /** Subscribers of all rooms, or of all offline messages. */
  readonly accountSubscribers: readonly (AccountSubscriberPlan & {
    /** Whether it connects before the first command. */
    readonly early: boolean
  })[]
  /** The provider's rate limit, with one gateway that need not share it; null for none. Rocket.Chat only. */
  readonly limit: CallLimit | null
  /** The number of gateways that share one PostgreSQL database; null for gateways that share nothing. */
  readonly replicas: number | null
  readonly commands: readonly Command[]
}

/** Whether a replica dies or loses its database: what it has delivered may be in no log then. */
export function losesReplicas({ commands }: Pick<Scenario, 'commands'>): boolean {
  return commands.some(({ type }) => type === 'kill gateway' || type === 'interrupt database')
}
