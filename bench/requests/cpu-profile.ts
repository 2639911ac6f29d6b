import { readFileSync } from 'node:fs'

/** A function of a CPU profile. `url` is empty for natives and generated code, which have `isNative` or not. */
export interface ProfiledFunction {
  readonly name: string
  readonly url: string
  /** From 1. */
  readonly line: number
  readonly isNative: boolean
}

/** A node of the call tree with the time that was spent in it alone, in microseconds. */
export interface ProfiledCall {
  readonly callee: ProfiledFunction
  /** Null for the root. */
  readonly caller: ProfiledCall | null
  selfMicros: number
}

interface RawNode {
  readonly id: number
  readonly callFrame: {
    readonly functionName: string
    readonly scriptId: string | number
    readonly url: string
    readonly lineNumber: number
  }
  readonly children?: readonly number[]
}

/** The file that Node writes with `--cpu-prof`. Times are microseconds of the machine's monotonic clock. */
interface RawProfile {
  readonly nodes: readonly RawNode[]
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** A span of the clock of `process.hrtime`, in microseconds. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** Reads a profile file. */
export class CpuProfile {
  readonly #raw: RawProfile

  constructor(file: string) {
    this.#raw = JSON.parse(readFileSync(file, 'utf8')) as RawProfile
  }

  /** The calls that ran within a span, with their self time. */
  callsWithin({ from, to }: TimeSpan): readonly ProfiledCall[] {
    const { samples, timeDeltas, startTime } = this.#raw
    const callsById = this.#buildTree()
    let now = startTime
    for (const [index, id] of samples.entries()) {
      now += timeDeltas[index] ?? 0
      // A sample stands for the time until the next one.
      const lasted = timeDeltas[index + 1] ?? 0
      const call = callsById.get(id)
      if (call && now >= from && now < to) call.selfMicros += lasted
    }
    return Array.from(callsById.values()).filter(({ selfMicros }) => selfMicros > 0)
  }

  #buildTree(): ReadonlyMap<number, ProfiledCall> {
    const callsById = new Map<number, ProfiledCall>()
    const parentsById = new Map(
      this.#raw.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
    )
    // A node is listed after its parent.
    for (const { id, callFrame } of this.#raw.nodes) {
      const { functionName, scriptId, url, lineNumber } = callFrame
      const callee = {
        name: functionName || '(anonymous)',
        url,
        line: lineNumber + 1,
        isNative: url === '' && Number(scriptId) === 0,
      }
      const caller = callsById.get(parentsById.get(id) ?? Number.NaN) ?? null
      callsById.set(id, { callee, caller, selfMicros: 0 })
    }
    return callsById
  }
}
