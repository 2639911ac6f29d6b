import type { CallContext } from '../../domain/adapter.ts'
import type { AgentCredential, AgentCredentials } from '../definition.ts'

/** Returns what the calling operator has of its own, by operator names; null if the service account acts for the caller. */
export function findOwn<T>(
  byOperator: ReadonlyMap<string, T>,
  { caller }: Pick<CallContext, 'caller'>,
): T | null {
  return caller.role === 'OPERATOR' ? (byOperator.get(caller.name) ?? null) : null
}

/** Creates something for each operator that has an agent of its own. `setting` names the credential in messages. */
export function createForOwnAgents<T>(
  agentCredentials: AgentCredentials,
  provider: string,
  create: (credential: AgentCredential, setting: string) => T,
): ReadonlyMap<string, T> {
  return new Map(
    [...agentCredentials].map(([operator, credential]) => {
      return [operator, create(credential, `${operator}.agents.${provider} in OPERATORS_FILE`)]
    }),
  )
}

/**
 * Names the author of a caller's writes for keys that make a repetition recognizable: the caller's own agent, else its role.
 * Operators without an agent of their own are one author, the service account.
 */
export function authorOf(
  call: CallContext,
  agents: ReadonlyMap<string, Pick<AgentCredential, 'agentId'>>,
): string {
  const { role } = call.caller
  const own = findOwn(agents, call)
  return own ? `${role} ${own.agentId}` : role
}
