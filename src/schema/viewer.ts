import type { Caller, Permission } from '../domain/caller.ts'
import { anyone } from './access/access-rule.ts'
import { builder } from './builder.ts'

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
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'The caller of this request. Costs no call.',
    access: anyone,
    resolve: (_root, _args, { call }) => call.caller,
  }),
)
