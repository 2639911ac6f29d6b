import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind, validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../../schema/context.ts'
import { countExpandedSelections, countFieldPairs, hasMoreLines } from './document-size.ts'
import { type OperationWeight, requestsCost, withCost } from './operation-cost.ts'
import { findCallExcess } from './upstream-call-limit.ts'

/**
 * Far above what a dashboard asks, far below what hurts. Complexity counts fields, lists by what they may hold;
 * `selections` are those of a document with its fragments expanded, `fieldPairs` its fields of the same name.
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

/** Refuses operations that would cost too much, before anything of them runs, and reports the cost on request. */
export function operationLimitPlugins(): Plugin<Context>[] {
  const { tokens, aliases } = operationLimits
  return [
    { onParse: refuseLongAndNested, onValidate: stopAtErrors },
    maxTokensPlugin({ n: tokens, onReject: [refuse(`The document has more than ${tokens} tokens`)] }),
    maxAliasesPlugin({
      n: aliases,
      allowList: [],
      onReject: [refuse(`The operation has more than ${aliases} aliases`)],
    }),
    weighingPlugin(),
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
 * Bounds the text before it is parsed, and the parsed document before any rule of validation sees it: what follows may
 * expand fragments. A line costs as each error's location is counted in lines.
 */
function refuseLongAndNested({ params: { source } }: BeforeParse): (parsed: Parsed) => void {
  const text = typeof source === 'string' ? source : source.body
  if (hasMoreLines(text, operationLimits.lines))
    throw tooMuch(`The document has more than ${operationLimits.lines} lines`)
  return ({ result, replaceParseResult }) => {
    const fault = isDocument(result) ? faultOf(result) : null
    if (fault !== null) replaceParseResult(tooMuch(fault))
  }
}

function faultOf(document: DocumentNode): string | null {
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

/** Validation goes on after an error, and each error costs as much as finding its place in the text. */
function stopAtErrors({ setValidationFn }: BeforeValidation): void {
  setValidationFn((schema, document, rules) =>
    validate(schema, document, rules, { maxErrors: operationLimits.errors }),
  )
}

/** For the plugins' `onReject`: what is thrown there replaces their own error, which has no code. */
function refuse(fault: string): () => never {
  return () => {
    throw tooMuch(fault)
  }
}

/** Weighs each operation once, for the limits and for its cost. The events of a subscription state no cost. */
function weighingPlugin(): Plugin<Context> {
  return {
    onExecute({ args, context, setResultAndStopExecution }) {
      const { weight, fault } = measure(args, context)
      if (fault) return void setResultAndStopExecution({ errors: [fault] })
      if (!requestsCost(context.params)) return undefined
      return {
        async onExecuteDone({ result, setResult }) {
          if (!(Symbol.asyncIterator in result))
            setResult(await withCost(result, weight, operationLimits, context))
        },
      }
    },
    onSubscribe({ args, context, setResultAndStopExecution }) {
      const fault = findLimitViolation(args, context)
      if (fault) setResultAndStopExecution({ errors: [fault] })
    },
  }
}

/** What is too heavy, or unclear, about an operation; null where nothing is. */
export function findLimitViolation(args: ExecutionArgs, context: Context): GraphQLError | null {
  return measure(args, context).fault
}

/** An operation's weight, or why it is refused. */
type Measured =
  | { readonly weight: OperationWeight; readonly fault: null }
  | { readonly weight: null; readonly fault: GraphQLError }

function measure(args: ExecutionArgs, context: Context): Measured {
  const { schema, document, variableValues, operationName } = args
  try {
    const weight = complexityFromQuery(onlyOperation(document, operationName), {
      schema,
      ctx: context,
      variables: variableValues ?? {},
    })
    const over = (['depth', 'breadth', 'complexity'] as const).find(
      (measured) => weight[measured] > operationLimits[measured],
    )
    const excess = over && `The operation's ${over} of ${weight[over]} is more than ${operationLimits[over]}`
    const fault = excess ?? findCallExcess(args, context.upstreamCalls)
    return fault === null ? { weight, fault } : { weight: null, fault: tooMuch(fault) }
  } catch (error) {
    // Variables or arguments of the wrong kind. Execution would skip the one field and run the others unweighed.
    const fault = error instanceof GraphQLError ? error.message : 'What is asked is unclear.'
    return { weight: null, fault: refusal('BAD_USER_INPUT', fault) }
  }
}

function tooMuch(fault: string): GraphQLError {
  return refusal('OPERATION_TOO_COMPLEX', `${fault}; ask for less at a time.`)
}

/** As with an invalid document: 400, or 200 where the client takes plain `application/json`. */
function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { spec: true, status: 400 } } })
}

/** The operation that will run, alone with the fragments: another one in the document must not be weighed for it. */
function onlyOperation(document: DocumentNode, operationName: string | null | undefined): DocumentNode {
  const operation = getOperationAST(document, operationName)
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition === operation,
  )
  return { ...document, definitions }
}
