import { createYoga } from 'graphql-yoga'
import { listen } from './listen.ts'
import { createStockContext, stockSchema } from './pothos-schema.ts'

/** graphql-yoga as its documentation starts it, with a Pothos schema and a DataLoader for each kind of read. */
const yoga = createYoga({
  schema: stockSchema,
  logging: false,
  context: ({ request }) => createStockContext(request.headers.get('x-visitor-token')),
})
await listen(yoga, yoga.graphqlEndpoint)
