import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseAnswer, post } from '../../support/http.ts'
import type { TestGateway } from '../../support/test-gateway.ts'
import type { Provider } from './recipe-gateway.ts'
import { fillPlaceholders, readChapter, type StatedCosts } from './recipe-page.ts'

type Headers = Readonly<Record<string, string>>
/** The values of the placeholders that a step shows, without their angle brackets. */
type Values = Readonly<Record<string, string>>

type Sandboxes = Pick<TestGateway, 'url' | 'rocketChat' | 'liveChat'>

/** A chapter of docs/recipes.md that a test follows. */
export interface Recipe {
  /**
   * Sends the operation of this name with the variables of the page. Throws if the result has errors, or if a provider of
   * the recipe received another number of calls than the page states.
   */
  send(
    name: string,
    headers: Headers,
    values?: Values,
    checkedProviders?: readonly Provider[],
  ): Promise<RecipeResult>
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

/** Opens the chapter with this heading at a gateway. The calls of `checkedProviders` are compared with the stated costs. */
export function openRecipe(
  heading: string,
  sandboxes: Sandboxes,
  checkedProviders: readonly Provider[],
): Recipe {
  const { url } = sandboxes
  const { operations, commands } = readChapter(heading)
  const unused = new Set([...operations.keys(), ...commands.keys()])
  const take = <T>(steps: ReadonlyMap<string, T>, name: string): T => {
    const step = steps.get(name)
    if (step === undefined) throw new Error(`the chapter "${heading}" has no step ${name}`)
    unused.delete(name)
    return step
  }
  /** Runs a step. Throws if a provider received another number of calls than the page states. */
  const runAtCost = async <T>(
    name: string,
    costs: StatedCosts,
    run: () => Promise<T>,
    checked = checkedProviders,
  ): Promise<T> => {
    const before = callCounts(sandboxes)
    const result = await run()
    const after = callCounts(sandboxes)
    for (const provider of checked) {
      const calls = after[provider] - before[provider]
      const { min, max } = costs[provider]
      if (calls < min || calls > max) throw new Error(`${name} costs ${calls} calls at ${provider}`)
    }
    return result
  }
  const send = async (name: string, headers: Headers, values: Values, checked?: readonly Provider[]) => {
    const { query, variables, costs } = take(operations, name)
    const operation = { query, variables: JSON.parse(fillPlaceholders(variables, values)) }
    const reply = await runAtCost(name, costs, () => post(url, operation, headers), checked)
    return parseAnswer(reply)
  }
  return {
    async send(name, headers, values = {}, checked) {
      const { data, errors } = await send(name, headers, values, checked)
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
      const { command, costs } = take(commands, name)
      const filled = fillPlaceholders(command, values)
      const here = filled.replaceAll('http://127.0.0.1:4000', new URL(url).origin)
      const run = () => promisify(execFile)('bash', ['-ec', here], { cwd: directory })
      return (await runAtCost(name, costs, run)).stdout
    },
    unused: () => [...unused],
  }
}

function callCounts({ rocketChat, liveChat }: Sandboxes): Readonly<Record<Provider, number>> {
  return { rocketchat: rocketChat.calls.length, livechat: liveChat.calls.length }
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
