import { GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Caller } from '../../chat/caller.ts'
import type { OperationScope } from '../context.ts'

export type Introspection = 'anyone' | 'operators' | 'off'

/** Whether this caller may ask the schema about itself. GraphiQL and field suggestions follow it. */
export function mayIntrospect(setting: Introspection, caller: Caller): boolean {
  return setting === 'anyone' || (setting === 'operators' && caller.role === 'OPERATOR')
}

/** Keeps the schema from whom it is not for: no introspection, and no "Did you mean" that tells field names. */
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
  }
}

function withoutSuggestion(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error
  const message = error.message.replace(/ Did you mean .+\?$/, '')
  return new GraphQLError(message, { nodes: error.nodes ?? null, extensions: error.extensions })
}
