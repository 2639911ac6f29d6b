import { z } from 'zod'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { notFound } from '../../domain/errors.ts'
import { checkPermission } from '../../domain/permission.ts'
import { operators } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import type { Context } from '../context.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Agent } from './agent.ts'

interface AgentKey {
  readonly provider: string
  readonly agentId: string
}

const SetAgentStatusPayload = builder
  .objectRef<{ readonly agent: AgentKey }>('SetAgentStatusPayload')
  .implement({
    description: 'Payload of `setAgentStatus`: the status is set.',
    fields: (t) => ({
      agent: t.field({
        type: Agent,
        description:
          'The agent as it is now. A Rocket.Chat agent that is offline accepts chats once it is online: until then `acceptingChats` is false. Costs one call.',
        resolve: async ({ agent }, _args, { loaders }) => {
          const found = await loaders.agents.load(agent)
          if (found) return found
          throw notFound('agent', agent.provider)
        },
      }),
    }),
  })

const SetAgentStatusInput = builder.inputType('SetAgentStatusInput', {
  description: 'Input of `setAgentStatus`.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Global id of the agent.' }),
    acceptingChats: t.boolean({
      required: true,
      description: 'Whether the provider routes new rooms to the agent.',
    }),
  }),
})

const setAgentStatusInput = z.object({ agentId: z.string(), acceptingChats: z.boolean() })

builder.mutationField('setAgentStatus', (t) =>
  t.field({
    type: mutationResultType('SetAgentStatusResult', SetAgentStatusPayload),
    description:
      'Operators only. Sets whether the provider routes new rooms to an agent. The agent that this operator writes as needs the permission WRITE, any other agent MANAGE. Returns ConflictError if the provider keeps the current status: Rocket.Chat outside business hours, LiveChat for an agent that is offline. Rocket.Chat stores the status of an agent that is offline; `Agent.acceptingChats` stays false until the agent is online. Costs one call; at LiveChat one more per minute, which finds the operator’s own agent.',
    access: operators,
    ...withCallCost({ otherCalls: 2 }),
    args: {
      input: t.arg({ type: SetAgentStatusInput, required: true, description: 'The agent and its status.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(setAgentStatusInput, args.input)
        const agent = parseGlobalId(input.agentId, 'Agent', 'agentId')
        const adapter = requireCapability(providerOf(agent, ctx), 'SET_AGENT_STATUS', ctx)
        await requireStatusPermission(adapter, agent.agentId, ctx)
        await adapter.setAgentStatus(agent.agentId, input.acceptingChats, ctx.call)
        return { agent }
      }),
  }),
)

/** Throws FORBIDDEN unless the operator may set the status: WRITE for its own agent, MANAGE for any other. */
async function requireStatusPermission(adapter: ChatAdapter, agentId: string, { call }: Context) {
  const forOwn = checkPermission(call.caller, 'WRITE')
  const forOthers = checkPermission(call.caller, 'MANAGE')
  if (!forOwn && !forOthers) return
  if (forOwn && forOthers) throw forOthers
  const isOwn = (await adapter.findOwnAgentId(call)) === agentId
  const forbidden = isOwn ? forOwn : forOthers
  if (forbidden) throw forbidden
}
