import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ObserveOperation, OperationReport } from '../../diagnostics/operation-report.ts'
import { codeOfErrors } from '../error-masking.ts'
import type { OperationScope } from '../operation-context.ts'

/** Reports the operations that the GraphQL engine executes or rejects. Shared subscriptions do not run through it. */
export function operationReportsPlugin(observe: ObserveOperation): Plugin<OperationScope> {
  const reject = ({ caller, preparingAddress }: OperationScope, code: string) => {
    // The document of a shared execution is also checked before it runs.
    if (preparingAddress === undefined) observe({ type: 'invalid', name: null, caller, code, seconds: null })
  }
  return {
    onParse:
      ({ context }) =>
      ({ result }) => {
        if (result instanceof Error) reject(context, codeOfErrors([result], 'GRAPHQL_PARSE_FAILED'))
      },
    onValidate:
      ({ context }) =>
      ({ valid, result }) => {
        if (!valid) reject(context, codeOfErrors(result, 'GRAPHQL_VALIDATION_FAILED'))
      },
    onExecute({ args, context }) {
      const startedAt = performance.now()
      const { type, name } = describeOperation(args)
      return {
        onExecuteDone({ result }) {
          if (Symbol.asyncIterator in result) return
          const seconds = (performance.now() - startedAt) / 1000
          observe({ type, name, caller: context.caller, code: codeOf(result), seconds })
        },
      }
    },
    onSubscribe({ args, context }) {
      const { type, name } = describeOperation(args)
      return {
        onSubscribeResult({ result }) {
          const code = Symbol.asyncIterator in result ? 'OK' : codeOf(result)
          observe({ type, name, caller: context.caller, code, seconds: null })
        },
      }
    },
  }
}

function codeOf({ errors }: ExecutionResult): string {
  return codeOfErrors(errors ?? [])
}

function describeOperation({
  document,
  operationName,
}: Pick<ExecutionArgs, 'document' | 'operationName'>): Pick<OperationReport, 'type' | 'name'> {
  const operation = getOperationAST(document, operationName)
  return { type: operation?.operation ?? 'invalid', name: operation?.name?.value ?? null }
}
