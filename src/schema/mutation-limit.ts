import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'
import type { MutationFailure } from './errors.ts'

/**
 * Makes each field of Mutation count against its caller's limit before anything else. Over the limit it answers
 * RateLimitedError and does nothing. This wraps the whole type, so that a new mutation cannot lack it.
 */
export function withMutationLimit(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field
    field.resolve = async (source, args, context: Context, info): Promise<unknown> => {
      const { initialCaller, clientAddress, mutationLimits } = context
      const failed = await mutationLimits.consume(initialCaller, clientAddress)
      return failed ? ({ failed } satisfies MutationFailure) : resolve(source, args, context, info)
    }
  }
  return schema
}
