import {
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type Source,
  type SourceLocation,
  visit,
} from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import type { Context } from '../../schema/context.ts'

type Variables = Readonly<Record<string, unknown>>

/**
 * Executes an operation that was compiled to a function. A result without `data` means that the variables are not valid
 * and nothing was executed.
 */
export type ExecuteCompiled = (
  context: Context,
  variables: Variables,
) => ExecutionResult | Promise<ExecutionResult>

/** Strings of the compiler that it replaces by code. A string of a document that contains one would become code. */
const COMPILER_MARKER = '__MAGIC_'

/** Compiles the only operation of a valid document. Returns null for one that the compiler does not support. */
export function compileOperation(schema: GraphQLSchema, document: DocumentNode): ExecuteCompiled | null {
  if (containsMarker(document)) return null
  const compiled = compileQuery(schema, document, undefined, { useExperimentalPathBasedSkipInclude: true })
  if (!isCompiledQuery(compiled)) return null
  const standardize = (result: ExecutionResult): ExecutionResult =>
    result.errors
      ? { ...result, errors: result.errors.map((error) => toStandardError(error, document)) }
      : result
  return (context, variables) => {
    const result = compiled.query(undefined, context, variables)
    return result instanceof Promise ? result.then(standardize) : standardize(result)
  }
}

function containsMarker(document: DocumentNode): boolean {
  let isFound = false
  visit(document, {
    StringValue({ value }) {
      if (!value.includes(COMPILER_MARKER)) return undefined
      isFound = true
      return BREAK
    },
  })
  return isFound
}

/** The compiler has an error class of its own, which knows lines and columns but neither source nor positions. */
function toStandardError(error: GraphQLError, { loc }: DocumentNode): GraphQLError {
  const { message, locations, path, originalError } = error
  return new GraphQLError(message, {
    source: loc?.source ?? null,
    positions: loc && locations ? locations.map((location) => positionOf(location, loc.source)) : null,
    path: path ?? null,
    originalError: originalError ?? null,
  })
}

/** The offset of a line and column in a text. Lines end as the GraphQL specification says. */
function positionOf({ line, column }: SourceLocation, { body }: Source): number {
  const lineBreak = /\r\n|[\n\r]/g
  let start = 0
  for (let current = 1; current < line && lineBreak.exec(body); current += 1) start = lineBreak.lastIndex
  return start + column - 1
}
