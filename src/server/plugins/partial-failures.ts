import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import { toGraphQLError } from '../errors.ts'

/** Tells failures that cost only a part of a field beside the answer: one provider down never empties another's part. */
export function partialFailuresPlugin(): Plugin<Context> {
  return {
    onExecute: ({ args }) => {
      const { partial }: Context = args.contextValue
      return {
        onExecuteDone({ result, setResult }) {
          if (partial.length === 0 || Symbol.asyncIterator in result) return
          const told = partial.map(({ error, path }) => toGraphQLError(error, { path }))
          setResult({ ...result, errors: [...(result.errors ?? []), ...told] })
        },
      }
    },
  }
}
