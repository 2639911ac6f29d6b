import type { Caller } from '../domain/caller.ts'
import { anyone } from './access/access-plugin.ts'
import { builder } from './builder.ts'
import { PermissionType, ViewerRoleType } from './enums.ts'

const Viewer = builder.objectRef<Caller>('Viewer').implement({
  description: 'Who is asking.',
  fields: (t) => ({
    role: t.field({
      type: ViewerRoleType,
      description: 'Operator by key or JWT, visitor by the provider’s token, else anonymous.',
      resolve: ({ role }) => role,
    }),
    name: t.string({
      nullable: true,
      description: 'An operator’s configured name.',
      resolve: (caller) => (caller.role === 'OPERATOR' ? caller.name : null),
    }),
    permissions: t.field({
      type: [PermissionType],
      description: 'What the caller may do as an operator; empty for visitors and anonymous callers.',
      resolve: (caller) => (caller.role === 'OPERATOR' ? caller.permissions : []),
    }),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who is asking.',
    access: anyone,
    resolve: (_root, _args, { call }) => call.caller,
  }),
)
