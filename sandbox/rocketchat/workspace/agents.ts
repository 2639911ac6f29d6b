import type { Agent, Department } from '../model.ts'
import type { Workspace } from './workspace.ts'

/** The department with this id or name. */
export function findDepartment(workspace: Workspace, idOrName: string): Department | undefined {
  return (
    workspace.departments.get(idOrName) ??
    [...workspace.departments.values()].find(({ name }) => name === idOrName)
  )
}

/** The agents who take chats now, of one department or of all. */
export function onlineAgents(workspace: Workspace, departmentId?: string): Agent[] {
  const members = departmentId === undefined ? undefined : workspace.departments.get(departmentId)?.agentIds
  return [...workspace.agents.values()].filter(
    (agent) =>
      agent.status !== 'offline' &&
      agent.statusLivechat === 'available' &&
      agent.roles.includes('livechat-agent') &&
      (members === undefined || members.includes(agent._id)),
  )
}

/** Whether an agent can be given a room (docs/providers/rocketchat.md 12.2). */
export function isAvailable({ settings }: Workspace, { roles, status, statusLivechat }: Agent): boolean {
  if (roles.includes('bot')) return true
  if (statusLivechat !== 'available') return false
  if (status === 'away') return settings.Livechat_enabled_when_agent_idle
  return status !== 'offline' || settings.Livechat_accept_chats_with_no_agents
}

/** The agent for a new room: of those online, the one with the fewest open rooms. */
export function nextAgent(workspace: Workspace, departmentId?: string): Agent | undefined {
  const load = (agent: Agent): number =>
    [...workspace.rooms.values()].filter((room) => room.open && room.servedBy?._id === agent._id).length
  return onlineAgents(workspace, departmentId).sort((a, b) => load(a) - load(b))[0]
}

/** The fields of an agent that visitors see, by the two settings for it; undefined for an unknown id. */
export function agentInfo(
  workspace: Workspace,
  agentId: string,
): Omit<Agent, 'emails' | 'roles'> | { readonly hiddenInfo: true } | undefined {
  if (!workspace.settings.Livechat_show_agent_info) return { hiddenInfo: true }
  const agent = workspace.agents.get(agentId)
  if (!agent) return undefined
  const { roles: _roles, emails, ...shown } = agent
  return { ...shown, ...(workspace.settings.Livechat_show_agent_email && { emails }) }
}

/** The optional fields of a new agent. The defaults make one who is online and takes chats. */
export type NewAgent = Partial<Agent> & { readonly name: string }

/** An agent's document, completed with defaults. */
export function completeAgent(workspace: Workspace, input: NewAgent): Agent {
  const username = input.username ?? input.name.toLowerCase().replaceAll(/[^a-z]+/g, '.')
  return {
    _id: workspace.host.newId(),
    username,
    emails: [{ address: `${username}@roastery.example`, verified: true }],
    status: 'online',
    statusLivechat: 'available',
    roles: ['user', 'livechat-agent'],
    ...input,
  }
}

/** The optional fields of a new department. The defaults make an enabled one without a mail address. */
export type NewDepartment = Partial<Department> & { readonly name: string }

/** A department's document, completed with defaults. */
export function completeDepartment(workspace: Workspace, input: NewDepartment): Department {
  return {
    _id: workspace.host.newId(),
    description: '',
    email: '',
    enabled: true,
    showOnRegistration: true,
    showOnOfflineForm: true,
    agentIds: [],
    ...input,
  }
}
