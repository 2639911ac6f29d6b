import type { Caller } from '../chat/caller.ts'
import { builder } from './builder.ts'
import { ViewerRoleType } from './enums.ts'

const Viewer = builder.objectRef<Caller>('Viewer').implement({
  description: 'Who is asking.',
  fields: (t) => ({
    role: t.field({
      type: ViewerRoleType,
      description: 'Operator by key, visitor by the provider’s token, else anonymous.',
      resolve: ({ role }) => role,
    }),
    name: t.string({
      nullable: true,
      description: 'An operator’s configured name.',
      resolve: (caller) => (caller.role === 'OPERATOR' ? caller.name : null),
    }),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({ type: Viewer, description: 'Who is asking.', resolve: (_root, _args, { call }) => call.caller }),
)
