import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { isNestedTooDeep, TOO_DEEP_DETAIL } from '../../../domain/json.ts'

/** GET is for queries only, and what is malformed in its parameters is the client's fault. */
export function getRequestsPlugin(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || !requestParser) return
      setRequestParser((asked) => {
        if (hasDeepParameter(request.url)) throw refusal(400, TOO_DEEP_DETAIL)
        try {
          return requestParser(asked)
        } catch {
          throw refusal(400, 'The parameters `variables` and `extensions` take JSON.')
        }
      })
    },
    // The engine itself refuses mutations.
    onSubscribe({ context, setResultAndStopExecution }) {
      if (context.request?.method !== 'GET') return
      setResultAndStopExecution({ errors: [refusal(405, 'Subscribe by POST, or over a WebSocket.')] })
    },
  }
}

/** Reads the parameters as the engine does. */
function hasDeepParameter(url: string): boolean {
  const parameters = new URLSearchParams(url.slice(url.indexOf('?') + 1))
  return ['variables', 'extensions'].some((name) => isNestedTooDeep(parameters.get(name) ?? ''))
}

function refusal(status: number, message: string): GraphQLError {
  const http = status === 405 ? { status, headers: { allow: 'POST' } } : { status }
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } })
}
