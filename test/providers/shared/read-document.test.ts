import { describe, expect, it } from 'vitest'
import {
  readList,
  readOptional,
  readPartialList,
  readRequired,
  readRequiredList,
  readString,
  required,
  toObject,
  UnreadableField,
  type UnreadableFields,
} from '../../../src/providers/shared/read-document.ts'

const readFile = (value: unknown) => ({ url: required(readString(toObject(value)['url']), 'url') })
const readMessage = (value: unknown, unreadableFields: UnreadableFields) => {
  const { id, text, files } = toObject(value)
  return {
    id: required(readString(id), 'id'),
    text: readString(text),
    files: readList(files, readFile, unreadableFields),
  }
}
const readMessages = (value: unknown, unreadableFields: UnreadableFields = new Set()) =>
  readRequiredList(value, 'messages', readMessage, unreadableFields, 3)

describe('a list of a response', () => {
  it('leaves out items that cannot be read, counts them, and names the field of each, nested lists included', () => {
    const unreadableFields = new Set<string>()
    const messages = [{ id: 'a', text: 1, files: [{ url: 'u' }, { url: 2 }] }, { id: 3, files: [] }, 'text']
    const rows = [{ id: 'a', text: null, files: [{ url: 'u' }] }]
    expect(readMessages(messages, unreadableFields)).toEqual({ rows, rowCount: 3 })
    expect([...unreadableFields]).toEqual(['url', 'id', ''])
  })

  it('is cut to the rows that were requested', () => {
    const messages = ['a', 'b', 'c', 'd'].map((id) => ({ id, files: [] }))
    expect(readMessages(messages).rows.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it.each([undefined, null, 'text', { 0: 'a' }])('fails the response where it is %j', (value) => {
    expect(() => readMessages(value)).toThrow(new UnreadableField('messages'))
  })

  it.each([undefined, null, 'text', { 0: 'a' }])('is empty as a field that is %j', (value) => {
    expect(readList(value, readFile, new Set())).toEqual([])
  })

  it.each([
    [undefined, { rows: [], isIncomplete: false }],
    [null, { rows: [], isIncomplete: false }],
    [[{ url: 'u' }], { rows: [{ url: 'u' }], isIncomplete: false }],
    [[{ url: 'u' }, {}], { rows: [{ url: 'u' }], isIncomplete: true }],
    ['text', { rows: [], isIncomplete: true }],
  ])('as a field, %j says whether all of it was read', (value, expected) => {
    expect(readPartialList(value, readFile, new Set())).toEqual(expected)
  })
})

describe('a document that an item cannot be read without', () => {
  it.each([
    [{ url: 2 }, 'file.url'],
    ['text', 'file'],
  ])('names the path of the field because of which %j cannot be read', (value, path) => {
    expect(() => readRequired(value, 'file', readFile, new Set())).toThrow(new UnreadableField(path))
  })
})

describe('an optional document', () => {
  it.each([undefined, null, 'text', [], { url: 2 }])('%j is null', (value) => {
    expect(readOptional(value, readFile, new Set())).toBeNull()
  })

  it('fails where its reader is wrong, not the document', () => {
    const fail = () => {
      throw new TypeError('a bug')
    }
    expect(() => readOptional({}, fail, new Set())).toThrow('a bug')
    expect(() => readList([{}], fail, new Set())).toThrow('a bug')
  })
})
