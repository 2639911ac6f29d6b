import type { AccountSubscriberPlan } from '../clients/account-subscriber.ts'
import type { SubscriberPlan } from '../clients/subscriber-plan.ts'
import type { DisconnectMode } from '../clients/transport.ts'
import type { CallLimit, Deletion } from '../driver/simulated-provider.ts'

/** What goes wrong between the gateway and its provider. */
export type ProviderFault = 'too many' | 'error 500' | 'reset' | 'half body' | 'slow' | 'stall'

/** One step of a script. Rooms, gateways and subscribers are picked by number, modulo how many there are. */
export type Command =
  | {
      readonly do: 'say'
      readonly room: number
      readonly by: 'visitor' | 'agent' | 'bot'
      readonly through: 'provider' | 'gateway'
    }
  | { readonly do: 'burst'; readonly room: number; readonly count: number; readonly held: boolean }
  | { readonly do: 'say late'; readonly room: number; readonly byMs: number }
  | { readonly do: 'note' | 'close' | 'reopen' | 'change quietly' | 'flood'; readonly room: number }
  | { readonly do: 'edit' | 'preview'; readonly room: number; readonly pick: number }
  | { readonly do: 'delete'; readonly room: number; readonly pick: number; readonly how: Deletion }
  | { readonly do: 'hold clock' | 'release clock' | 'heal' }
  | { readonly do: 'trouble'; readonly trouble: ProviderFault; readonly times: number }
  | { readonly do: 'come'; readonly who: number; readonly gateway: number }
  | { readonly do: 'leave'; readonly who: number; readonly how: DisconnectMode }
  | { readonly do: 'touch'; readonly who: number; readonly gateway: number; readonly how: DisconnectMode }
  | { readonly do: 'stall' | 'read on'; readonly who: number }
  | { readonly do: 'restart'; readonly gateway: number }
  | { readonly do: 'intrude'; readonly room: number }
  /** The token of a room's visitor is refused from now on. */
  | { readonly do: 'revoke'; readonly room: number }
  /** The gateways' own account is refused for a while. */
  | { readonly do: 'refuse account' | 'grant account' }
  | { readonly do: 'watch'; readonly who: number; readonly gateway: number }
  | { readonly do: 'unwatch'; readonly who: number; readonly how: DisconnectMode }
  | { readonly do: 'leave offline'; readonly through: 'provider' | 'gateway'; readonly gateway: number }
  /** The rooms that are looked at are counted. */
  | { readonly do: 'count' }
  /** Everybody who listens is told of something: from then on nothing excuses what they are not told. */
  | { readonly do: 'hear' }
  | { readonly do: 'look'; readonly times: number }
  | { readonly do: 'turn'; readonly times: number }

/** Whether the provider tells of what happens: not at all, duly, twice, one late, every other one, or before it happens. */
export type WebhookTiming = 'none' | 'due' | 'twice' | 'late' | 'some' | 'early'

/** A world and what happens in it. */
export interface Scenario {
  readonly provider: 'rocketchat' | 'livechat'
  readonly skewMs: number
  readonly webhooks: WebhookTiming
  /** The room of each subscriber, by number, beside its plan. */
  readonly subscribers: readonly (Omit<SubscriberPlan, 'name'> & {
    readonly room: number
    /** Whether it is there before anything happens. */
    readonly early: boolean
  })[]
  /** Those who follow all rooms, or all offline messages. */
  readonly accountSubscribers: readonly (AccountSubscriberPlan & {
    /** Whether it is there before anything happens. */
    readonly early: boolean
  })[]
  /** Whether the provider limits calls: then there is one gateway only, which need not share. Rocket.Chat alone can. */
  readonly limit: CallLimit | null
  readonly commands: readonly Command[]
}
