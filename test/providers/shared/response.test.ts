import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  lenient,
  lenientList,
  parseResponse,
  partialList,
  requiredList,
} from '../../../src/providers/shared/response.ts'

const file = z.object({ url: z.string() })
const message = z.object({ id: z.string(), text: lenient(z.string()), files: lenientList(file) })
const page = z.object({ messages: requiredList(message, 3) })

describe('a list of a response', () => {
  it('leaves out items that cannot be read, and names the field of each, nested lists included', () => {
    const { parsed, unreadableFields } = parseResponse(page, {
      messages: [{ id: 'a', text: 1, files: [{ url: 'u' }, { url: 2 }] }, { id: 3, files: [] }, 'text'],
    })
    expect(parsed.data).toEqual({ messages: [{ id: 'a', text: null, files: [{ url: 'u' }] }] })
    expect([...unreadableFields]).toEqual(['url', 'id', ''])
  })

  it('names nothing of an earlier response', () => {
    parseResponse(page, { messages: [1] })
    expect(parseResponse(page, { messages: [] }).unreadableFields.size).toBe(0)
  })

  it('is cut to the rows that were requested', () => {
    const messages = ['a', 'b', 'c', 'd'].map((id) => ({ id, files: [] }))
    expect(page.parse({ messages }).messages.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('fails the response where it is absent or no list', () => {
    expect(parseResponse(page, {}).parsed.success).toBe(false)
    expect(parseResponse(page, { messages: { 0: 'a' } }).parsed.success).toBe(false)
  })

  it.each([
    [undefined, { rows: [], isIncomplete: false }],
    [[{ url: 'u' }], { rows: [{ url: 'u' }], isIncomplete: false }],
    [[{ url: 'u' }, {}], { rows: [{ url: 'u' }], isIncomplete: true }],
    ['text', { rows: [], isIncomplete: true }],
  ])('as a field, %j says whether all of it was read', (value, expected) => {
    expect(partialList(file).parse(value)).toEqual(expected)
  })
})
