import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  validate,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../../schema/context.ts'
import type { OperationScope } from '../operation-context.ts'
import { type OperationWeight, requestsCost, withCost } from './cost-extension.ts'
import { countExpandedSelections, countFieldPairs, hasMoreLines } from './document-size.ts'
import { type CallEstimate, estimateCalls, findCallExcess } from './upstream-call-limit.ts'

/**
 * Limits far above what a dashboard needs, and far below what harms the gateway. Complexity counts fields, those of a
 * list as often as it may have entries. `selections` are counted with all fragments expanded, `fieldPairs` are pairs of
 * fields with the same response name.
 */
export const operationLimits = {
  lines: 4_000,
  tokens: 2_000,
  selections: 10_000,
  fieldPairs: 30_000,
  errors: 20,
  aliases: 50,
  depth: 12,
  breadth: 1_000,
  complexity: 50_000,
} as const

/** Rejects operations that exceed a limit before they run, and reports the cost of an operation on request. */
export function operationLimitPlugins(): Plugin<Context & Pick<OperationScope, 'charge'>>[] {
  const { tokens, aliases } = operationLimits
  return [
    { onParse: limitDocumentSize, onValidate: limitValidationErrors },
    maxTokensPlugin({
      n: tokens,
      onReject: [throwLimitError(`The document has more than ${tokens} tokens`)],
    }),
    maxAliasesPlugin({
      n: aliases,
      allowList: [],
      onReject: [throwLimitError(`The operation has more than ${aliases} aliases`)],
    }),
    complexityPlugin(),
  ]
}

interface BeforeParse {
  readonly params: { readonly source: string | { readonly body: string } }
}

interface Parsed {
  readonly result: unknown
  replaceParseResult(error: GraphQLError): void
}

/**
 * Bounds the text before it is parsed, and the parsed document before it is validated, because validation rules may
 * expand fragments. Lines are limited because GraphQL counts them to locate each error.
 */
function limitDocumentSize({ params: { source } }: BeforeParse): (parsed: Parsed) => void {
  const text = typeof source === 'string' ? source : source.body
  if (hasMoreLines(text, operationLimits.lines))
    throw limitError(`The document has more than ${operationLimits.lines} lines`)
  return ({ result, replaceParseResult }) => {
    const violation = isDocument(result) ? findSizeViolation(result) : null
    if (violation !== null) replaceParseResult(limitError(violation))
  }
}

function findSizeViolation(document: DocumentNode): string | null {
  if (countExpandedSelections(document) > operationLimits.selections)
    return `The document's fragments expand to more than ${operationLimits.selections} selections`
  return countFieldPairs(document) > operationLimits.fieldPairs
    ? `The document repeats fields: more than ${operationLimits.fieldPairs} pairs have the same name`
    : null
}

function isDocument(result: unknown): result is DocumentNode {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === Kind.DOCUMENT
}

interface BeforeValidation {
  setValidationFn(fn: typeof validate): void
}

/** Limits the errors of validation, because each one costs the time to find its location in the text. */
function limitValidationErrors({ setValidationFn }: BeforeValidation): void {
  setValidationFn((schema, document, rules) =>
    validate(schema, document, rules, { maxErrors: operationLimits.errors }),
  )
}

/** For `onReject` of the plugins: the thrown error replaces theirs, which has no code. */
function throwLimitError(fault: string): () => never {
  return () => {
    throw limitError(fault)
  }
}

/** Measures each operation once, for the limits and for its cost. The events of a subscription do not report a cost. */
function complexityPlugin(): Plugin<Context & Pick<OperationScope, 'charge'>> {
  return {
    onExecute({ args, context, setResultAndStopExecution }) {
      const { charge = runFree } = context
      const measurement = charge(() => measureOperation(args))
      const error = findViolation(measurement, context)
      if (error) return void setResultAndStopExecution({ errors: [error] })
      const { weight } = measurement
      if (!weight || !requestsCost(context.params)) return undefined
      return {
        async onExecuteDone({ result, setResult }) {
          if (!(Symbol.asyncIterator in result))
            setResult(await withCost(result, weight, operationLimits, context))
        },
      }
    },
    onSubscribe({ args, context, setResultAndStopExecution }) {
      const error = findLimitViolation(args, context)
      if (error) setResultAndStopExecution({ errors: [error] })
    },
  }
}

function runFree<Result>(work: () => Result): Result {
  return work()
}

/** The error for an operation that exceeds a limit or cannot be measured; null for any other. */
export function findLimitViolation(args: ExecutionArgs, context: Context): GraphQLError | null {
  return findViolation(measureOperation(args), context)
}

/** An operation's weight and upstream calls, or the error of one that is too heavy or cannot be measured. */
export type OperationMeasurement =
  | { readonly weight: OperationWeight; readonly calls: CallEstimate; readonly error: null }
  | { readonly weight: null; readonly calls: null; readonly error: GraphQLError }

/** An operation whose complexity is measured. */
type MeasuredOperation = Pick<ExecutionArgs, 'schema' | 'document' | 'variableValues' | 'operationName'>
type Operation = ReturnType<typeof getOperationAST>

const NO_CALLS: CallEstimate = { calls: 0, publicWrites: 0 }

/** Measures an operation. The result depends on the document and its variables only, not on the caller. */
export function measureOperation(args: MeasuredOperation): OperationMeasurement {
  const { schema, document, variableValues, operationName } = args
  const operation = getOperationAST(document, operationName)
  try {
    const variables = coerceVariables(args, operation)
    const weight = complexityFromQuery(onlyOperation(document, operation), {
      schema,
      variables: variableValues ?? {},
    })
    const exceeded = (['depth', 'breadth', 'complexity'] as const).find(
      (measure) => weight[measure] > operationLimits[measure],
    )
    if (exceeded === undefined) {
      const calls = operation ? estimateCalls(schema, document, operation, variables) : NO_CALLS
      return { weight, calls, error: null }
    }
    const fault = `The operation's ${exceeded} of ${weight[exceeded]} is more than ${operationLimits[exceeded]}`
    return { weight: null, calls: null, error: limitError(fault) }
  } catch (error) {
    // Variables or arguments have the wrong types. Execution would skip that field, and run the others unmeasured.
    const message =
      error instanceof GraphQLError ? error.message : 'The arguments of the operation are not valid.'
    return { weight: null, calls: null, error: badRequestError('BAD_USER_INPUT', message) }
  }
}

/**
 * Throws the first error of the variables. Later measurements and the execution would find all of them, which takes seconds
 * for the hundreds of thousands that a request can contain.
 */
function coerceVariables(
  { schema, variableValues }: MeasuredOperation,
  operation: Operation,
): Record<string, unknown> {
  const definitions = operation?.variableDefinitions ?? []
  const { coerced, errors } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: 1 })
  if (coerced) return coerced
  throw errors[0]
}

/** The error for an operation that exceeds a limit of every caller, or of this one; null for any other. */
function findViolation({ calls, error }: OperationMeasurement, context: Context): GraphQLError | null {
  return error ?? (calls && findCallExcessError(calls, context))
}

/** The error for an operation that may need more upstream calls than this caller may cause; null for any other. */
export function findCallExcessError(calls: CallEstimate, { upstreamCalls }: Context): GraphQLError | null {
  const excess = findCallExcess(calls, upstreamCalls)
  return excess === null ? null : limitError(excess)
}

function limitError(fault: string): GraphQLError {
  return badRequestError('OPERATION_TOO_COMPLEX', `${fault}; ask for less at a time.`)
}

/** Like an invalid document: status 400, or 200 for a client that accepts plain `application/json`. */
function badRequestError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { spec: true, status: 400 } } })
}

/** The operation that will run, with all fragments but without the other operations of the document. */
function onlyOperation(document: DocumentNode, operation: Operation): DocumentNode {
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition === operation,
  )
  return { ...document, definitions }
}
