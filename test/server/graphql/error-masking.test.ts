import { GraphQLError } from 'graphql'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { ChatError } from '../../../src/domain/errors.ts'
import { createMaskError } from '../../../src/server/graphql/error-masking.ts'
import { UpstreamError } from '../../../src/upstream/errors.ts'

function scene() {
  const lines: Record<string, unknown>[] = []
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) })
  const counted: string[] = []
  const unexpected = { count: (place: string) => void counted.push(place) }
  return { maskError: createMaskError({ log, unexpected }), lines, counted }
}

/** As GraphQL wraps what a resolver throws. */
function at(path: string[], originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, { path, originalError })
}

describe('what clients see of an error', () => {
  it('an expected failure is its message, code, provider, field and time to wait', () => {
    const { maskError, lines } = scene()
    const failure = new ChatError('RATE_LIMITED', 'Too many.', {
      provider: 'rocketchat',
      field: 'text',
      retryAfterMs: 0,
      cause: new Error('secret of the upstream'),
    })
    expect(maskError(at(['room', 'messages'], failure)).toJSON()).toEqual({
      message: 'Too many.',
      path: ['room', 'messages'],
      extensions: { code: 'RATE_LIMITED', provider: 'rocketchat', field: 'text', retryAfterMs: 0 },
    })
    expect(lines).toEqual([])
  })

  it('an expected failure says nothing of what it does not know', () => {
    const { maskError } = scene()
    expect(maskError(new ChatError('NOT_FOUND', 'No such room.')).toJSON()).toEqual({
      message: 'No such room.',
      extensions: { code: 'NOT_FOUND' },
    })
  })

  it('an expected failure is found however deep GraphQL wraps it', () => {
    const { maskError } = scene()
    const wrapped = at(['nodes'], at(['nodes', '0'], new ChatError('FORBIDDEN', 'No.')))
    expect(maskError(wrapped).toJSON()).toMatchObject({ message: 'No.', extensions: { code: 'FORBIDDEN' } })
  })

  it('what GraphQL says of the request stays what it is', () => {
    const { maskError, lines } = scene()
    const own = new GraphQLError('Cannot query field.', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
    const about = new GraphQLError('Variable "$n" got invalid value "x".', {
      originalError: new GraphQLError('Int cannot represent "x".'),
    })
    expect([maskError(own), maskError(about)]).toEqual([own, about])
    expect(lines).toEqual([])
  })

  it.for([
    ['an error', new Error('inside')],
    ['an error in a field', at(['room'], new TypeError('inside'))],
    ['no error at all', 'inside'],
    ['nothing at all', undefined],
  ])('%s is only an id', ([, error]) => {
    const { maskError, lines, counted } = scene()
    const { message, extensions } = maskError(error).toJSON()
    expect(counted).toEqual(['graphql'])
    const requestId = lines[0]?.['requestId']
    expect({ message, extensions }).toEqual({
      message: 'Something went wrong.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    })
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(lines).toHaveLength(1)
  })

  it('every id is another', () => {
    const { maskError } = scene()
    const ids = [1, 2, 3].map(() => maskError(new Error('inside')).extensions['requestId'])
    expect(new Set(ids).size).toBe(3)
  })

  it.for([
    ['the runtime', new DOMException('This operation was aborted', 'AbortError')],
    ['an upstream call', new UpstreamError('aborted', null)],
  ])('that the caller left, as %s tells it, is no line of the log', ([, error]) => {
    const { maskError, lines } = scene()
    expect(maskError(error).extensions['code']).toBe('INTERNAL_SERVER_ERROR')
    expect(lines).toEqual([])
  })
})
