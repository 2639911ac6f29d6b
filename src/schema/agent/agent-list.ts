import type { ChatAdapter } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { ChatError } from '../../domain/errors.ts'
import type { Agent as AgentModel } from '../../domain/model.ts'
import { requireOperator } from '../access/access-rule.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { parseGlobalId } from '../node.ts'
import { selectListProviders } from '../pagination/merged-connection.ts'
import { Agent } from './agent.ts'

const AgentFilter = builder.inputType('AgentFilter', {
  description: 'Filter of `agents`; an agent must match every field that is set.',
  fields: (t) => ({
    providers: t.stringList({ description: 'Only agents of these providers, by their configured names.' }),
    departmentId: t.id({ description: 'Only agents of this department, by its global id.' }),
    acceptingChats: t.boolean({
      description: 'Only agents for which `Agent.acceptingChats` has this value.',
    }),
  }),
})

/** Agents of an account, as the complexity limit counts them. */
const EXPECTED_AGENTS = 25

builder.queryField('agents', (t) =>
  t.field({
    type: [Agent],
    description:
      'Operators only. Agents of all providers, in the order of the providers and of each provider’s own list. Costs one call per provider and five seconds, for all callers together; at Rocket.Chat one per hundred agents. If a provider fails, its agents are missing and the failure is in `errors`.',
    access: requireOperator('READ'),
    complexity: { field: 1, multiplier: EXPECTED_AGENTS },
    args: { filter: t.arg({ type: AgentFilter, description: 'Filter applied to the list.' }) },
    resolve: async (_root, { filter }, ctx, info) => {
      const path = info.path.key
      const { departmentId, providers, acceptingChats } = filter ?? {}
      const department = departmentId
        ? parseGlobalId(departmentId, 'Department', 'filter.departmentId')
        : null
      const check = (adapter: ChatAdapter) => checkCapability(adapter, 'LIST_AGENTS', ctx.call.caller)
      const permitted = selectListProviders(providers, check, path, ctx)
      const adapters = department ? permitted.filter(({ name }) => name === department.provider) : permitted
      const lists = await Promise.all(adapters.map((adapter) => readAgents(adapter, path, ctx)))
      return lists.flat().filter(({ departmentIds, acceptingChats: isAccepting }) => {
        if (department && !departmentIds.includes(department.departmentId)) return false
        return typeof acceptingChats !== 'boolean' || isAccepting === acceptingChats
      })
    },
  }),
)

/** A provider that fails costs only its own agents. */
async function readAgents(
  adapter: ChatAdapter,
  path: string | number,
  ctx: Context,
): Promise<readonly AgentModel[]> {
  try {
    return await adapter.listAgents(ctx.call)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    ctx.partialFailures.push({ path: [path], error })
    return []
  }
}
