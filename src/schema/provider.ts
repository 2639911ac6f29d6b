import { responsePathAsArray } from 'graphql'
import type { ChatAdapter } from '../domain/adapter.ts'
import { ChatError } from '../domain/errors.ts'
import type { ProviderHealth as HealthModel } from '../domain/model.ts'
import { anyone } from './access/access-plugin.ts'
import { builder } from './builder.ts'
import { Department } from './department.ts'
import { CapabilityType, HealthStatusType, ProviderKindType } from './enums.ts'
import { Node } from './node.ts'
import { capabilitiesOf } from './offline-message/offline-message-access.ts'

const ProviderHealth = builder.objectRef<HealthModel>('ProviderHealth').implement({
  description:
    'How a provider answered lately. Nothing is called only to know it, but where nothing is known.',
  fields: (t) => ({
    status: t.field({
      type: HealthStatusType,
      description: 'The short of it.',
      resolve: ({ status }) => status,
    }),
    checkedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the provider was last called.',
      resolve: ({ checkedAt }) => checkedAt,
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is not UP.' }),
  }),
})

export const Provider = builder.objectRef<ChatAdapter>('Provider').implement({
  description: 'One configured account of a chat backend. Two accounts of one kind are two providers.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'The configured name, unique in a gateway: `rocketchat` and `livechat` unless the configuration says otherwise.',
    }),
    kind: t.field({
      type: ProviderKindType,
      description: 'Which kind of backend it is.',
      resolve: ({ kind }) => kind,
    }),
    health: t.field({
      type: ProviderHealth,
      description: 'How it answered lately.',
      resolve: (adapter, _args, { call }) => adapter.getHealth(call),
    }),
    capabilities: t.field({
      type: [CapabilityType],
      description: 'What it can do, as configured, for those who may.',
      resolve: capabilitiesOf,
    }),
    online: t.boolean({
      nullable: true,
      description:
        'Whether somebody is there to answer a new conversation, as of at most a minute ago: where it is false, show the offline form. Null where the provider does not tell it.',
      resolve: (adapter, _args, ctx) => adapter.isOnline(ctx.call),
    }),
    departments: t.field({
      type: [Department],
      description:
        'The departments that it shows; none, with the failure in `errors`, where it cannot be asked.',
      resolve: async (adapter, _args, ctx, info) => {
        try {
          return await adapter.listDepartments(ctx.call)
        } catch (error) {
          // The list is non-null: thrown, one provider's failure would take every provider's answer along.
          if (!(error instanceof ChatError)) throw error
          ctx.partialFailures.push({ path: responsePathAsArray(info.path), error })
          return []
        }
      },
    }),
  }),
})

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    description:
      'The configured providers, in the order of the configuration; for an operator, those that it may use.',
    access: anyone,
    resolve: (_root, _args, { registry }) => registry.all,
  }),
)
