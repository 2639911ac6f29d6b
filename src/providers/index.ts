import type { ProviderDefinition } from './definition.ts'
import { liveChat } from './livechat/definition.ts'
import { rocketChat } from './rocketchat/definition.ts'

/**
 * Every kind of provider, in the order in which their accounts are listed. Configuration, the GraphQL enum
 * `ProviderKind`, adapters, delivery spacing and rate-limit detection follow from this list.
 */
export const providerDefinitions = [rocketChat, liveChat] as const

/** One configured account of any kind. */
export type ProviderConfig = ConfigOf<(typeof providerDefinitions)[number]>

type ConfigOf<Definition> = Definition extends ProviderDefinition<infer Config> ? Config : never
