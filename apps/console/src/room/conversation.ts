import type { StateOf } from '@switchboard/client'
import type { ConsoleMessageFragment, ConsoleRoomPageQuery } from '../../generated/graphql.ts'

/** An open conversation. */
export interface Conversation {
  /** The operator's name. */
  readonly operator: string
  readonly room: StateOf<NonNullable<ConsoleRoomPageQuery['room']>>
  /** Oldest first. */
  readonly messages: readonly ConsoleMessageFragment[]
  readonly hasEarlier: boolean
  /** When it was last read again because events were missed, in milliseconds since 1970; null if none were. */
  readonly readAgainAt: number | null
}
