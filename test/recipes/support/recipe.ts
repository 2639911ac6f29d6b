import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseAnswer, post } from '../../support/http.ts'
import { fillPlaceholders, readChapter } from './recipe-page.ts'

type Headers = Readonly<Record<string, string>>
/** The values of the placeholders that a step shows, without their angle brackets. */
type Values = Readonly<Record<string, string>>

/** A chapter of docs/recipes.md that a test follows. */
export interface Recipe {
  /** Sends the operation of this name with the variables of the page. Throws if the result has errors. */
  send(name: string, headers: Headers, values?: Values): Promise<RecipeResult>
  /** The same for an operation that some provider cannot do. */
  sendPartly(name: string, headers: Headers, values?: Values): Promise<PartialResult>
  /** Runs the command under this heading in a directory, at the test's gateway. Returns what it printed. */
  runCommand(heading: string, directory: string, values: Values): Promise<string>
  /** The operations and headings of commands that no call has used. */
  unused(): readonly string[]
}

/** The data of an operation. */
export interface RecipeResult {
  readonly data: unknown
  /** The text at a path such as `takeRoom.room.id`. Throws if there is none. */
  text(path: string): string
}

/** The data of an operation, and the codes of its errors with their providers. */
export interface PartialResult {
  readonly data: unknown
  readonly errors: readonly { readonly code: unknown; readonly provider: unknown }[]
}

/** The result of every mutation that a provider cannot do. */
export const UNSUPPORTED = { code: 'UNSUPPORTED' }

/** Opens the chapter with this heading at a gateway, by its GraphQL address. */
export function openRecipe(heading: string, url: string): Recipe {
  const { operations, commands } = readChapter(heading)
  const unused = new Set([...operations.keys(), ...commands.keys()])
  const take = <T>(steps: ReadonlyMap<string, T>, name: string): T => {
    const step = steps.get(name)
    if (step === undefined) throw new Error(`the chapter "${heading}" has no step ${name}`)
    unused.delete(name)
    return step
  }
  const send = async (name: string, headers: Headers, values: Values) => {
    const { query, variables } = take(operations, name)
    const operation = { query, variables: JSON.parse(fillPlaceholders(variables, values)) }
    return parseAnswer(await post(url, operation, headers))
  }
  return {
    async send(name, headers, values = {}) {
      const { data, errors } = await send(name, headers, values)
      if (errors) throw new Error(`${name} has errors: ${JSON.stringify(errors)}`)
      return { data, text: (path) => textAt(data, path) }
    },
    async sendPartly(name, headers, values = {}) {
      const { data, errors = [] } = await send(name, headers, values)
      const codes = errors.map(({ extensions = {} }) => ({
        code: extensions['code'],
        provider: extensions['provider'],
      }))
      return { data, errors: codes }
    },
    async runCommand(name, directory, values) {
      const command = fillPlaceholders(take(commands, name), values)
      const here = command.replaceAll('http://127.0.0.1:4000', new URL(url).origin)
      const { stdout } = await promisify(execFile)('bash', ['-ec', here], { cwd: directory })
      return stdout
    },
    unused: () => [...unused],
  }
}

function textAt(data: unknown, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>(
      (parent, key) => (typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined),
      data,
    )
  if (typeof value !== 'string') throw new Error(`no text at ${path} of ${JSON.stringify(data)}`)
  return value
}
