import { unsupported } from '../../domain/capability.ts'
import type { CapabilityImplementations } from '../shared/chat-adapter.ts'
import { translateErrorsWith } from '../shared/error-translation.ts'
import type { AgentDirectory } from './agent/agent-directory.ts'
import { toChatError } from './errors.ts'
import type { supportsOf } from './supports.ts'

/** Creates the entries of the capabilities for agents. `directory` is null without a service account. */
export function agentCapabilities(
  directory: AgentDirectory | null,
  supports: Pick<ReturnType<typeof supportsOf>, 'LIST_AGENTS' | 'SET_AGENT_STATUS'>,
  provider: string,
): Pick<CapabilityImplementations, 'LIST_AGENTS' | 'SET_AGENT_STATUS'> {
  const translateErrors = translateErrorsWith((error) => toChatError(error, provider))
  return {
    LIST_AGENTS: directory
      ? {
          ...supports.LIST_AGENTS,
          methods: {
            listAgents: translateErrors((call) => directory.list(call)),
            countActiveRooms: translateErrors((call) => directory.countActiveRooms(call)),
            findOwnAgentId: async (call) => directory.ownId(call),
            findOwnAgent: translateErrors((call) => directory.findOwn(call)),
          },
        }
      : unsupported(supports.LIST_AGENTS.denialReason),
    SET_AGENT_STATUS: directory
      ? {
          ...supports.SET_AGENT_STATUS,
          methods: {
            setAgentStatus: translateErrors((agentId, acceptingChats, call) =>
              directory.setStatus(agentId, acceptingChats, call),
            ),
          },
        }
      : unsupported(supports.SET_AGENT_STATUS.denialReason),
  }
}
