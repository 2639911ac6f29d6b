import { GraphQLError } from 'graphql'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { ChatError } from '../../../src/domain/errors.ts'
import { createMaskError } from '../../../src/server/graphql/error-masking.ts'
import { UpstreamError } from '../../../src/upstream/errors.ts'

function createMask() {
  const lines: Record<string, unknown>[] = []
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) })
  const counted: string[] = []
  const unexpected = { count: (place: string) => void counted.push(place) }
  return { maskError: createMaskError({ log, unexpected }), lines, counted }
}

/** Wraps an error like GraphQL does when a resolver throws it. */
function at(path: string[], originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, { path, originalError })
}

describe('what clients see of an error', () => {
  it('an expected error has its message, code, provider, field and retryAfterMs', () => {
    const { maskError, lines } = createMask()
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

  it('an expected error has no extensions for missing values', () => {
    const { maskError } = createMask()
    expect(maskError(new ChatError('NOT_FOUND', 'No such room.')).toJSON()).toEqual({
      message: 'No such room.',
      extensions: { code: 'NOT_FOUND' },
    })
  })

  it('an expected error is found at any depth of wrapping by GraphQL', () => {
    const { maskError } = createMask()
    const wrapped = at(['nodes'], at(['nodes', '0'], new ChatError('FORBIDDEN', 'No.')))
    expect(maskError(wrapped).toJSON()).toMatchObject({ message: 'No.', extensions: { code: 'FORBIDDEN' } })
  })

  it('errors of GraphQL itself are unchanged', () => {
    const { maskError, lines } = createMask()
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
  ])('%s is shown as a request id only', ([, error]) => {
    const { maskError, lines, counted } = createMask()
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

  it('every request id is different', () => {
    const { maskError } = createMask()
    const ids = [1, 2, 3].map(() => maskError(new Error('inside')).extensions['requestId'])
    expect(new Set(ids).size).toBe(3)
  })

  it.for([
    ['the runtime', new DOMException('This operation was aborted', 'AbortError')],
    ['an upstream call', new UpstreamError('aborted', null)],
  ])('an aborted request, reported as %s, is not logged', ([, error]) => {
    const { maskError, lines } = createMask()
    expect(maskError(error).extensions['code']).toBe('INTERNAL_SERVER_ERROR')
    expect(lines).toEqual([])
  })
})
