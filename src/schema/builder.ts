import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import './access/access-plugin.ts'
import type { Context } from './context.ts'

/** The one builder; every file of this folder adds what GraphQL knows of one thing. */
export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Date: { Input: string; Output: string }
  }
}>({
  plugins: ['access', ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    // The server weighs an operation as a whole before it runs; see server/plugins/limits.ts.
    disabled: true,
    defaultComplexity: 1,
    defaultListMultiplier: 5,
  },
})

builder.queryType({ description: 'Reads. What the caller may not see is absent, not refused.' })
builder.mutationType({
  description:
    'Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them.',
})
builder.subscriptionType({
  description: 'Live events, over WebSocket (graphql-transport-ws) or server-sent events.',
})
