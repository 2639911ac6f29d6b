import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { refusalDetails, type SecurityLog } from '../../diagnostics/security-log.ts'
import { sourceKey, type WorkLimits } from '../../limits/work-limits.ts'
import type { OperationScope } from '../operation-context.ts'

/** Dependencies of the limit on parsing. */
export interface ParsingLimitOptions {
  readonly workLimits: WorkLimits
  readonly security: SecurityLog
}

/**
 * Charges the CPU time of parsing and validating documents to their source, and rejects documents of a source that has
 * used up its limit. Cached documents cost nothing and are never rejected.
 */
export function parsingLimitPlugin({ workLimits, security }: ParsingLimitOptions): Plugin<OperationScope> {
  return {
    onParse({ context, parseFn, setParseFn }) {
      setParseFn((text, options) => {
        const source = sourceOf(context)
        const waitMs = workLimits.parsingWaitMs(source)
        if (waitMs > 0) {
          security.recordRefusal('rate_limit', refusalDetails(context.caller, addressOf(context)))
          throw parsingLimitError(waitMs)
        }
        return workLimits.measureParsing(source, () => parseFn(text, options))
      })
    },
    onValidate({ context, validateFn, setValidationFn }) {
      setValidationFn((...args) => {
        return workLimits.measureParsing(sourceOf(context), () => validateFn(...args))
      })
    },
  }
}

function sourceOf(scope: OperationScope): string {
  return sourceKey(scope.caller, addressOf(scope))
}

function addressOf({ clientAddress, preparingAddress = '' }: OperationScope): string {
  return clientAddress ?? preparingAddress
}

/** The error for a source that has used up its parsing time. */
export function parsingLimitError(retryAfterMs: number): GraphQLError {
  const headers = { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }
  return new GraphQLError(
    'Too many different documents: reuse the same documents with variables, or send fewer.',
    {
      extensions: { code: 'RATE_LIMITED', retryAfterMs, http: { status: 429, headers } },
    },
  )
}
