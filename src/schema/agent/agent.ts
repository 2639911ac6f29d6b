import { responsePathAsArray } from 'graphql'
import { ChatError } from '../../domain/errors.ts'
import type { Agent as AgentModel } from '../../domain/model.ts'
import { providerOf } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { Department } from '../department.ts'
import { toGraphQLInt } from '../graphql-int.ts'
import { Node } from '../node.ts'
import { Provider } from '../provider.ts'

export const Agent = builder.objectRef<AgentModel>('Agent').implement({
  description:
    'An agent of a provider’s account. All agents of a provider cost one call per five seconds, for all callers together.',
  interfaces: [Node],
  fields: (t) => ({
    provider: t.field({
      type: Provider,
      description: 'Provider that the agent belongs to.',
      resolve: (agent, _args, ctx) => providerOf(agent, ctx),
    }),
    nativeId: t.exposeString('nativeId', {
      description:
        'The provider’s id of the agent: a Rocket.Chat user id or a LiveChat e-mail address. Equal to the `Participant.nativeId` of the agent in rooms and messages.',
    }),
    name: t.exposeString('name', { nullable: true, description: 'Display name of the agent.' }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address of the agent.' }),
    avatarUrl: t.exposeString('avatarUrl', {
      nullable: true,
      description: 'Address of a picture of the agent; null if the provider does not report one.',
    }),
    acceptingChats: t.exposeBoolean('acceptingChats', {
      nullable: true,
      description:
        'Whether the provider routes new rooms to the agent, at most five seconds old; false for an agent that is offline. Null if the provider does not report it.',
    }),
    activeRooms: t.int({
      nullable: true,
      description:
        'Number of rooms that the agent serves now, at most five seconds old. Costs one more call per provider and five seconds, for all agents and callers together: at Rocket.Chat one per hundred agents and departments, at LiveChat one per hundred active rooms. Null for a LiveChat account with more than 500 active rooms.',
      resolve: async ({ provider, nativeId }, _args, { loaders }) => {
        const rooms = await loaders.activeRooms.load(provider)
        return rooms && (rooms.get(nativeId) ?? 0)
      },
    }),
    maxRooms: t.int({
      nullable: true,
      description: 'Number of rooms that the agent may serve at once; null if there is no limit.',
      resolve: ({ maxRooms }) => toGraphQLInt(maxRooms),
    }),
    departments: t.field({
      type: [Department],
      description:
        'Departments of the agent. If they cannot be read, the list is empty and the failure is in `errors`. Costs one call per provider and minute.',
      resolve: async ({ provider, departmentIds }, _args, ctx, info) => {
        try {
          const keys = departmentIds.map((departmentId) => ({ provider, departmentId }))
          const found = await Promise.all(keys.map((key) => ctx.loaders.departments.load(key)))
          return found.filter((department) => department !== null)
        } catch (error) {
          if (!(error instanceof ChatError)) throw error
          ctx.partialFailures.push({ path: responsePathAsArray(info.path), error })
          return []
        }
      },
    }),
  }),
})
