import { responsePathAsArray } from 'graphql'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { Caller, Permission } from '../domain/caller.ts'
import { checkCapability } from '../domain/capability.ts'
import { ChatError } from '../domain/errors.ts'
import type { Agent as AgentModel } from '../domain/model.ts'
import { checkPermission } from '../domain/permission.ts'
import { anyone } from './access/access-rule.ts'
import { Agent } from './agent/agent.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Room } from './room/room-ref.ts'
import { readVisitorRooms } from './visitor/visitor-rooms.ts'

const ViewerRoleType = builder.enumType('ViewerRole', {
  description: 'Role of the caller, which depends on the credential that was sent.',
  values: {
    OPERATOR: { description: 'An operator, by an operator key or a JWT.' },
    VISITOR: { description: 'A visitor, by a provider’s visitor token.' },
    ANONYMOUS: { description: 'A caller that sent no credential.' },
  } as const,
})

const PermissionType = builder.enumType('Permission', {
  description:
    'A permission of an operator. The gateway’s configuration grants it; the claims of a JWT can restrict it.',
  values: {
    READ: { description: 'Queries and subscriptions: rooms, messages and offline messages.' },
    WRITE: { description: 'Mutations in rooms: send, edit and delete messages, close rooms.' },
    MANAGE: {
      description:
        'Status of other agents, and administration of offline messages: retry, discard and erase them.',
    },
  } satisfies Record<Permission, object>,
})

const Viewer = builder.objectRef<Caller>('Viewer').implement({
  description: 'The caller, as the credential of the request identifies it.',
  fields: (t) => ({
    role: t.expose('role', { type: ViewerRoleType, description: 'Role of the caller.' }),
    name: t.string({
      nullable: true,
      description: 'Configured name of the operator; null for visitors and anonymous callers.',
      resolve: (caller) => (caller.role === 'OPERATOR' ? caller.name : null),
    }),
    permissions: t.field({
      type: [PermissionType],
      description: 'Permissions of the operator; empty for visitors and anonymous callers.',
      resolve: (caller) => (caller.role === 'OPERATOR' ? caller.permissions : []),
    }),
    agents: t.field({
      type: [Agent],
      description:
        'The agents that this operator’s writes appear as, one per provider that it may use: its own, else the service account. Providers without operators have none. Needs the permission READ, and costs what `agents` costs: one call per provider and five seconds, for all callers together. If a provider fails, its agent is missing and the failure is in `errors`. Empty for visitors and anonymous callers.',
      resolve: async (caller, _args, ctx, info) => {
        if (caller.role !== 'OPERATOR') return []
        const path = responsePathAsArray(info.path)
        const forbidden = checkPermission(caller, 'READ')
        if (forbidden) {
          // The list is non-null: a thrown error would make the whole viewer null.
          ctx.partialFailures.push({ path, error: forbidden })
          return []
        }
        const found = await Promise.all(ctx.registry.all.map((adapter) => findOwnAgent(adapter, path, ctx)))
        return found.filter((agent) => agent !== null)
      },
    }),
    rooms: t.field({
      type: [Room],
      description:
        'A visitor’s own rooms, newest first; empty for other callers. Closed rooms are included at LiveChat, and at Rocket.Chat if the gateway has a service account there (the newest hundred). Costs one call, at Rocket.Chat up to three; selecting the state of a room costs one or two more where the list does not contain it. If the rooms cannot be read, the list is empty and the failure is in `errors`.',
      complexity: { field: 1, multiplier: 25 },
      args: {
        provider: t.arg.string({
          description:
            'Configured name of the provider that issued the visitor token. Needed only if the gateway has not seen the token yet and several providers may have issued it.',
        }),
      },
      resolve: (_caller, { provider }, ctx, info) =>
        readVisitorRooms(provider, responsePathAsArray(info.path), ctx),
    }),
  }),
})

/** A provider that fails costs only its own agent. */
async function findOwnAgent(
  adapter: ChatAdapter,
  path: readonly (string | number)[],
  ctx: Context,
): Promise<AgentModel | null> {
  if (checkCapability(adapter, 'LIST_AGENTS', ctx.call.caller)) return null
  try {
    return await adapter.findOwnAgent(ctx.call)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    ctx.partialFailures.push({ path, error })
    return null
  }
}

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'The caller of this request. Costs no call, except for its agents and rooms.',
    access: anyone,
    resolve: (_root, _args, { call }) => call.caller,
  }),
)
