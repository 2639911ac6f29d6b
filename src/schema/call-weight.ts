import { decodeId } from '../chat/ids.ts'

/** The upstream calls that a field at an operation's root may cost. */
export interface CallWeight {
  /** What it reads at a call each. Equal names in one operation are read once. */
  readonly reads?: readonly string[]
  /** Calls beside those reads. */
  readonly calls?: number
  /** Whether it writes for whoever asks, with or without a credential. */
  readonly isPublicWrite?: boolean
}

type Arguments = Readonly<Record<string, unknown>>

/** Weighs a root field by its arguments, before anything of its operation runs. */
export class CallWeigher {
  readonly weigh: (args: Arguments) => CallWeight

  constructor(weigh: (args: Arguments) => CallWeight) {
    this.weigh = weigh
  }
}

const NAME = 'callWeigher'

/** Options of a root field whose upstream calls are weighed. */
export function weighedCalls(weigh: (args: Arguments) => CallWeight) {
  return { extensions: { [NAME]: new CallWeigher(weigh) } }
}

/** Options of a root field that reads a thing for each global id in this argument; it refuses more than `most`. */
export function weighedByIds(argument: string, most = 1) {
  return weighedCalls((args) => {
    const ids = [args[argument]].flat()
    return { reads: ids.length > most ? [] : ids.filter(isCostly) }
  })
}

/** The weigher among a field's extensions; null for a field that costs no more than it resolves. */
export function weigherIn(extensions: Readonly<Record<string | symbol, unknown>>): CallWeigher | null {
  const weigher = extensions[NAME]
  return weigher instanceof CallWeigher ? weigher : null
}

/** Providers are known, and all departments of one come with one call. */
function isCostly(id: unknown): id is string {
  const type = typeof id === 'string' ? decodeId(id)?.type : undefined
  return type !== undefined && type !== 'Provider' && type !== 'Department'
}
