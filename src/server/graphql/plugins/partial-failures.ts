import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context, PartialFailure } from '../../../schema/context.ts'
import { toGraphQLError } from '../error-masking.ts'

/** Tells failures that cost only a part of a field beside each answer. */
export function partialFailuresPlugin(): Plugin<Context> {
  return {
    onExecute: ({ args }) => {
      const { partialFailures: partial }: Context = args.contextValue
      return {
        onExecuteDone({ result, setResult }) {
          if (!(Symbol.asyncIterator in result)) setResult(withPartialFailures(result, partial))
        },
      }
    },
  }
}

/** An answer with the failures that cost only a part of it: one provider down never empties another's part. */
export function withPartialFailures(
  result: ExecutionResult,
  partial: readonly PartialFailure[],
): ExecutionResult {
  if (partial.length === 0) return result
  const told = partial.map(({ error, path }) => toGraphQLError(error, { path }))
  return { ...result, errors: [...(result.errors ?? []), ...told] }
}
