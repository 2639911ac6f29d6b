import { type ExecutionResult, GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Caller } from '../../../domain/caller.ts'
import type { OperationScope } from '../operation-context.ts'

/** Who may ask the schema about itself. */
export type Introspection = 'anyone' | 'operators' | 'off'

/** Whether this caller may ask the schema about itself. GraphiQL and field suggestions follow it. */
export function mayIntrospect(setting: Introspection, caller: Caller): boolean {
  return setting === 'anyone' || (setting === 'operators' && caller.role === 'OPERATOR')
}

/** Keeps the schema from whom it is not for: no introspection, and no "Did you mean" that tells its names. */
export function introspectionPlugin(setting: Introspection): Plugin<OperationScope> {
  return {
    onValidate({ context, addValidationRule }) {
      if (mayIntrospect(setting, context.caller)) return undefined
      // The rule's name is part of the validation cache's key: callers who may ask are cached apart.
      addValidationRule(NoSchemaIntrospectionCustomRule)
      return ({ valid, result, setResult }) => {
        if (!valid) setResult(Array.from<unknown, unknown>(result, withoutSuggestion))
      }
    },
    // Values of variables are looked at only here, and complained about with suggestions too.
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

interface Done {
  readonly result: ExecutionResult | AsyncIterable<unknown>
  setResult(result: ExecutionResult): void
}

function hideSuggestions({ result, setResult }: Done): undefined {
  if (Symbol.asyncIterator in result || !result.errors) return
  setResult({ ...result, errors: result.errors.map(withoutSuggestion) })
}

function withoutSuggestion<T>(error: T): T | GraphQLError {
  if (!(error instanceof GraphQLError)) return error
  const message = error.message.replace(/ Did you mean .+\?$/, '')
  if (message === error.message) return error
  const { nodes, path, originalError, extensions } = error
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions,
  })
}
