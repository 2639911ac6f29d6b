import type { Capability } from '../../../domain/capability.ts'
import type { Room } from '../../../domain/model.ts'
import { hasErrorType, LiveChatError } from '../errors.ts'

/** Why an agent cannot write to the visitor of a chat that another one serves (docs/providers/livechat.md 3.6). */
export const SERVED_BY_ANOTHER =
  'Another agent serves this chat, and LiveChat allows only one. Assign the chat to yourself to write in it.'

/** Capabilities whose use adds the caller's agent to the chat as a public one. A note does not. */
const JOINING_CAPABILITIES: readonly Capability[] = ['SEND_MESSAGE', 'SEND_FILE']

/**
 * Returns why the caller's agent cannot write in a room; null if it can, for another capability, and if `ownAgentId` is unknown.
 * In a room with several agents it can: then the account has the vendor's permission for that (docs/providers/livechat.md 12.1).
 */
export function agentLimitDenialReason(
  { status, agents }: Room,
  capability: Capability,
  ownAgentId: string | null,
): string | null {
  if (!JOINING_CAPABILITIES.includes(capability) || status === 'CLOSED' || ownAgentId === null) return null
  const [agent] = agents
  return agents.length === 1 && agent?.nativeId !== ownAgentId ? SERVED_BY_ANOTHER : null
}

/** "Public agents in chat limit reached": a 422 whose type was not recorded (docs/providers/livechat.md 3.6). */
export function isAgentLimitError(error: unknown): boolean {
  return (
    hasErrorType(error, 'limit_reached') ||
    (error instanceof LiveChatError && error.type === 'validation' && error.status === 422)
  )
}
