import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context, PartialFailure } from '../../../schema/context.ts'
import { toGraphQLError } from '../error-masking.ts'

/** Adds the errors of fields that could be resolved in part to each result. */
export function partialFailuresPlugin(): Plugin<Context> {
  return {
    onExecute: ({ args }) => {
      const { partialFailures }: Context = args.contextValue
      return {
        onExecuteDone({ result, setResult }) {
          if (!(Symbol.asyncIterator in result)) setResult(withPartialFailures(result, partialFailures))
        },
      }
    },
  }
}

/** Adds errors to a result: a provider that fails does not remove the data of the others. */
export function withPartialFailures(
  result: ExecutionResult,
  partial: readonly PartialFailure[],
): ExecutionResult {
  if (partial.length === 0) return result
  const errors = partial.map(({ error, path }) => toGraphQLError(error, { path }))
  return { ...result, errors: [...(result.errors ?? []), ...errors] }
}
