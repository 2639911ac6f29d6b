import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'
import type { MutationFailure } from './mutation-failure.ts'

/**
 * Wraps every field of Mutation, so that a new mutation cannot lack it: counts the mutation against its caller's limit
 * (beyond the limit it returns RateLimitedError and does nothing), and runs it as the caller of the request. Mutations of one
 * operation run in series, and `startRoom` continues as the new visitor.
 */
export function withMutationMiddleware(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field
    field.resolve = async (source, args, context: Context, info): Promise<unknown> => {
      const { call, initialCaller, clientAddress, mutationLimits } = context
      const error = await mutationLimits.consume(initialCaller, clientAddress)
      if (error) return { error } satisfies MutationFailure
      if (call.caller !== initialCaller) context.actAs(initialCaller)
      try {
        return await resolve(source, args, context, info)
      } finally {
        context.onMutationEnd()
      }
    }
  }
  return schema
}
