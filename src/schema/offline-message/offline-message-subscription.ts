import { requireOperator } from '../access/access-rule.ts'
import { requireProviders } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { OfflineMessage } from './offline-message.ts'
import { checkOfflineListAccess } from './offline-message-access.ts'

builder.subscriptionField('offlineMessageAdded', (t) =>
  t.field({
    type: OfflineMessage,
    description:
      'Operators only. Each new offline message once: when the gateway accepts it, or when it appears in the provider’s own list. It starts at the current time; `offlineMessages` lists earlier messages.',
    access: requireOperator('READ'),
    args: {
      providers: t.arg.stringList({
        description: 'Only messages of these providers, by their configured names. Without it, of all.',
      }),
    },
    shared: { startArgument: null },
    subscribe: (_root, { providers }, ctx) => {
      const { caller, signal } = ctx.call
      const adapters = requireProviders(providers, (adapter) => checkOfflineListAccess(adapter, caller), ctx)
      return ctx.offlineMessageFeed.subscribe({ providers: adapters.map(({ name }) => name), signal })
    },
    resolve: (message, _args, ctx) => {
      ctx.renewLoaders()
      return message
    },
  }),
)
