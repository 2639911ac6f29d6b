import type { CallContext } from '../../domain/adapter.ts'
import { type CapabilityManifest, unsupported } from '../../domain/capability.ts'
import type { Agent } from '../../domain/model.ts'
import type { CapabilityImplementations } from './chat-adapter.ts'
import type { translateErrorsWith } from './error-translation.ts'

type AgentCapability = 'LIST_AGENTS' | 'SET_AGENT_STATUS'

/** The agents of an account. Its methods are those of `ChatAdapter`, and throw the provider's errors. */
export interface AccountAgents {
  list(call: CallContext): Promise<readonly Agent[]>
  countActiveRooms(call: CallContext): Promise<ReadonlyMap<string, number> | null>
  findOwnId(call: CallContext): Promise<string | null>
  findOwn(call: CallContext): Promise<Agent | null>
  setStatus(agentId: string, acceptingChats: boolean, call: CallContext): Promise<void>
}

/** Creates the entries of the capabilities for agents. `agents` is null for an account without an agent's credential. */
export function agentCapabilities(
  agents: AccountAgents | null,
  supports: Pick<CapabilityManifest, AgentCapability>,
  translateErrors: ReturnType<typeof translateErrorsWith>,
): Pick<CapabilityImplementations, AgentCapability> {
  if (!agents) {
    return {
      LIST_AGENTS: unsupported(supports.LIST_AGENTS.denialReason),
      SET_AGENT_STATUS: unsupported(supports.SET_AGENT_STATUS.denialReason),
    }
  }
  return {
    LIST_AGENTS: {
      ...supports.LIST_AGENTS,
      methods: {
        listAgents: translateErrors((call) => agents.list(call)),
        countActiveRooms: translateErrors((call) => agents.countActiveRooms(call)),
        findOwnAgentId: translateErrors((call) => agents.findOwnId(call)),
        findOwnAgent: translateErrors((call) => agents.findOwn(call)),
      },
    },
    SET_AGENT_STATUS: {
      ...supports.SET_AGENT_STATUS,
      methods: {
        setAgentStatus: translateErrors((agentId, acceptingChats, call) =>
          agents.setStatus(agentId, acceptingChats, call),
        ),
      },
    },
  }
}
