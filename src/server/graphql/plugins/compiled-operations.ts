import type { GraphQLParams, Plugin } from 'graphql-yoga'
import { sourceKey, type WorkLimits } from '../../limits/work-limits.ts'
import type { OperationCache } from '../direct/operation-cache.ts'
import type { OperationScope } from '../operation-context.ts'

/**
 * Executes compiled operations, and compiles documents that are sent again. It must be the last plugin, so that only
 * operations within all limits are compiled. The CPU time is charged like that of parsing.
 */
export function compiledOperationsPlugin(
  operations: OperationCache,
  workLimits: WorkLimits,
): Plugin<OperationScope & { readonly params?: GraphQLParams }> {
  return {
    onExecute({ context, args, setExecuteFn }) {
      const text = context.params?.query
      if (text === undefined) return
      const source = sourceKey(context.caller, context.clientAddress ?? '')
      const operation = operations.record(text, args.document, (work) =>
        workLimits.measureParsing(source, work),
      )
      if (!operation) return
      const variables = operation.prepare(args.variableValues ?? {})
      // The engine words the errors of variables.
      if (variables) setExecuteFn(({ contextValue }) => operation.execute(variables, contextValue))
    },
  }
}
