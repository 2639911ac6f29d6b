import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { refusalDetails, type SecurityLog } from '../../diagnostics/security-log.ts'
import { sourceKey, type WorkLimits } from '../../limits/work-limits.ts'
import type { OperationScope } from '../operation-context.ts'

/** What the limit on parsing is enforced with. */
export interface ParsingLimitOptions {
  readonly workLimits: WorkLimits
  readonly security: SecurityLog
}

/**
 * Counts the time that documents take to parse and validate, and refuses those of a source that has used up its own,
 * before they are parsed. Documents that are cached cost nothing and are never refused.
 */
export function parsingLimitPlugin({ workLimits, security }: ParsingLimitOptions): Plugin<OperationScope> {
  return {
    onParse({ context, parseFn, setParseFn }) {
      setParseFn((text, options) => {
        const source = scopeSource(context)
        const waitMs = workLimits.parsingWaitMs(source)
        if (waitMs > 0) {
          security.recordRefusal('rate_limit', refusalDetails(context.caller, addressIn(context)))
          throw parsingLimitError(waitMs)
        }
        return workLimits.measureParsing(source, () => parseFn(text, options))
      })
    },
    onValidate({ context, validateFn, setValidationFn }) {
      setValidationFn((...args) => {
        return workLimits.measureParsing(scopeSource(context), () => validateFn(...args))
      })
    },
  }
}

function scopeSource(scope: OperationScope): string {
  return sourceKey(scope.caller, addressIn(scope))
}

function addressIn({ clientAddress, preparingAddress: preparedFor = '' }: OperationScope): string {
  return clientAddress ?? preparedFor
}

/** The refusal of a source that has used up its time for parsing. */
export function parsingLimitError(retryAfterMs: number): GraphQLError {
  const headers = { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }
  return new GraphQLError(
    'Too much to parse: send the same documents again, with variables, or less of them.',
    {
      extensions: { code: 'RATE_LIMITED', retryAfterMs, http: { status: 429, headers } },
    },
  )
}
