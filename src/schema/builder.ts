import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import './access/access-plugin.ts'
import './shared-subscription-option.ts'
import type { Context } from './context.ts'

/** The only schema builder; the other files of this folder add their types and fields to it. */
export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Date: { Input: string; Output: string }
  }
}>({
  plugins: ['access', 'sharedSubscription', ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    // The server checks an operation as a whole before it runs; see server/graphql/plugins/operation-limits.ts.
    disabled: true,
    defaultComplexity: 1,
    defaultListMultiplier: 5,
  },
})

builder.queryType({
  description:
    'Read operations. An object that the caller is not allowed to see is absent, as if it did not exist.',
})
builder.mutationType({
  description:
    'Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller.',
})
builder.subscriptionType({
  description: 'Live events, over WebSocket (graphql-transport-ws) or server-sent events.',
})
