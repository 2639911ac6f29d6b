import { type ExecutionResult, GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Caller } from '../../../domain/caller.ts'
import { locationOf } from '../error-masking.ts'
import type { OperationScope } from '../operation-context.ts'

/** The callers that may use introspection. */
export type Introspection = 'anyone' | 'operators' | 'off'

/** Whether this caller may use introspection, and so GraphiQL and suggestions of field names. */
export function mayIntrospect(setting: Introspection, caller: Caller): boolean {
  return setting === 'anyone' || (setting === 'operators' && caller.role === 'OPERATOR')
}

/** Hides the schema from other callers: rejects introspection, and removes "Did you mean" suggestions from errors. */
export function introspectionPlugin(setting: Introspection): Plugin<OperationScope> {
  return {
    onValidate({ context, addValidationRule }) {
      if (mayIntrospect(setting, context.caller)) return undefined
      // The name of the rule is part of the validation cache's key, so these callers have cache entries of their own.
      addValidationRule(NoSchemaIntrospectionCustomRule)
      return ({ valid, result, setResult }) => {
        if (!valid) setResult(Array.from<unknown, unknown>(result, withoutSuggestion))
      }
    },
    // Values of variables are validated only at execution, and those errors contain suggestions too.
    onExecute({ context }) {
      if (mayIntrospect(setting, context.caller)) return undefined
      return { onExecuteDone: hideSuggestions }
    },
    onSubscribe({ context }) {
      if (mayIntrospect(setting, context.caller)) return undefined
      return { onSubscribeResult: hideSuggestions }
    },
  }
}

interface ExecutionDone {
  readonly result: ExecutionResult | AsyncIterable<unknown>
  setResult(result: ExecutionResult): void
}

function hideSuggestions({ result, setResult }: ExecutionDone): undefined {
  if (Symbol.asyncIterator in result || !result.errors) return
  setResult({ ...result, errors: result.errors.map(withoutSuggestion) })
}

/** Removes a "Did you mean" suggestion from an error. Any other value stays as it is. */
export function withoutSuggestion<T>(error: T): T | GraphQLError {
  if (!(error instanceof GraphQLError)) return error
  const message = error.message.replace(/ Did you mean .+\?$/, '')
  if (message === error.message) return error
  const { originalError = null, extensions } = error
  return new GraphQLError(message, { ...locationOf(error), originalError, extensions })
}
