import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { isNestedTooDeep, TOO_DEEP_DETAIL } from '../../../domain/json.ts'

/** Allows only queries by GET, and responds 400 to malformed parameters. */
export function getRequestsPlugin(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || !requestParser) return
      setRequestParser((parsedRequest) => {
        if (hasDeepParameter(request.url)) throw requestError(400, TOO_DEEP_DETAIL)
        try {
          return requestParser(parsedRequest)
        } catch {
          throw requestError(400, 'The parameters `variables` and `extensions` take JSON.')
        }
      })
    },
    // The GraphQL engine itself rejects mutations.
    onSubscribe({ context, setResultAndStopExecution }) {
      if (context.request?.method !== 'GET') return
      setResultAndStopExecution({ errors: [requestError(405, 'Subscribe by POST, or over a WebSocket.')] })
    },
  }
}

/** Reads the parameters in the same way as the GraphQL engine. */
function hasDeepParameter(url: string): boolean {
  const parameters = new URLSearchParams(url.slice(url.indexOf('?') + 1))
  return ['variables', 'extensions'].some((name) => isNestedTooDeep(parameters.get(name) ?? ''))
}

function requestError(status: number, message: string): GraphQLError {
  const http = status === 405 ? { status, headers: { allow: 'POST' } } : { status }
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } })
}
