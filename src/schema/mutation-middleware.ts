import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'
import { allowanceOf } from './mutation-allowance.ts'
import type { MutationFailure } from './mutation-failure.ts'

/**
 * Wraps every field of Mutation, so that a new mutation cannot lack it: counts the mutation against its caller's limit
 * (beyond the limit it returns RateLimitedError and does nothing), and runs it as the caller of the request and with nothing
 * loaded: mutations of one operation run in series, `startRoom` continues as the new visitor, and each changes what the ones
 * before it have loaded.
 */
export function withMutationMiddleware(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field
    const allowance = allowanceOf(field.extensions)
    field.resolve = async (source, args, context: Context, info): Promise<unknown> => {
      const { initialCaller, clientAddress, mutationLimits } = context
      const error = await mutationLimits.consume(initialCaller, clientAddress, allowance)
      if (error) return { error } satisfies MutationFailure
      context.actAs(initialCaller)
      try {
        return await resolve(source, args, context, info)
      } finally {
        context.onMutationEnd()
      }
    }
  }
  return schema
}
