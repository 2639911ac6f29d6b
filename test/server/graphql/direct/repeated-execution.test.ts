import {
  type GraphQLFieldConfigArgumentMap,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  Kind,
  parse,
} from 'graphql'
import { expect, it } from 'vitest'
import type { Context } from '../../../../src/schema/context.ts'
import { compileOperation } from '../../../../src/server/graphql/direct/compiled-operation.ts'

const args: GraphQLFieldConfigArgumentMap = { text: { type: new GraphQLNonNull(GraphQLString) } }
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      echo: {
        type: GraphQLString,
        args,
        resolve: (_source, received) => {
          const text: unknown = received['text']
          received['text'] = 'changed by the resolver'
          return text
        },
      },
    },
  }),
})

it('each execution of a prepared operation has the arguments of the request', async () => {
  const document = parse('query ($text: String!) { echo(text: $text) literal: echo(text: "literal") }')
  const [definition] = document.definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the document has no operation')
  const operation = compileOperation(schema, document, definition)
  const [first, second] = [operation.prepare({ text: 'first' }), operation.prepare({ text: 'second' })]
  const context = {} as Context
  for (const [variables, echo] of [
    [first, 'first'],
    [second, 'second'],
    [first, 'first'],
  ] as const) {
    const result = variables && (await operation.execute(variables, context))
    expect({ ...result?.data }).toEqual({ echo, literal: 'literal' })
  }
})
