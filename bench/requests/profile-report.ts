import type { ProfiledCall, ProfiledFunction } from './cpu-profile.ts'

const FUNCTIONS_SHOWN = 40
const INCLUSIVE_SHOWN = 25
/** Groups below this share are summed up. */
const MIN_GROUP_SHARE = 0.004
const IDLE = '(idle)'
/** Work of V8 other than running functions. */
const V8_WORK: ReadonlySet<string> = new Set(['(garbage collector)', '(program)', IDLE, '(root)'])

interface Total {
  readonly label: string
  readonly group: string
  micros: number
}

/** The work of the profiled process: requests, and processor time of all its threads in microseconds. */
export interface ProfiledWork {
  readonly requests: number
  readonly cpuMicros: number
}

/**
 * Formats where a process spent its time: by package or folder of `src`, by function, and by function of `src` with
 * all that it calls. Shares are of the samples that were not idle. Microseconds are shares of the processor time per
 * request, because a sample cannot tell whether the process really had the processor.
 */
export function formatProfile(
  title: string,
  calls: readonly ProfiledCall[],
  { requests, cpuMicros }: ProfiledWork,
): string {
  const busy = calls.filter(({ callee }) => callee.name !== IDLE)
  const busyMicros = sumOf(busy)
  const idleShare = 1 - busyMicros / sumOf(calls)
  const columns = (micros: number): string => {
    const share = micros / busyMicros
    return `${((share * cpuMicros) / requests).toFixed(1).padStart(10)} ${(100 * share).toFixed(1).padStart(5)} %`
  }
  const groups = totalsOf(busy, ({ callee }) => ({ label: '', group: groupOf(callee) }))
  const shown = groups.filter(({ micros }) => micros >= MIN_GROUP_SHARE * busyMicros)
  const rest = groups.slice(shown.length).reduce((sum, { micros }) => sum + micros, 0)
  const functions = totalsOf(busy, (call) => ({ label: describe(call), group: groupOf(call.callee) }))
  return [
    `## ${title}`,
    `${requests} requests, ${(cpuMicros / requests).toFixed(0)} µs of CPU each, ${(100 * idleShare).toFixed(0)} % idle\n`,
    'µs/request   share  self time by package or folder',
    ...shown.map(({ group, micros }) => `${columns(micros)}  ${group}`),
    `${columns(rest)}  ${groups.length - shown.length} others\n`,
    `µs/request   share  self time of the first ${FUNCTIONS_SHOWN} functions`,
    ...functions
      .slice(0, FUNCTIONS_SHOWN)
      .map(({ label, group, micros }) => `${columns(micros)}  ${group.padEnd(26)} ${label}`),
    `\nµs/request   share  time of functions of src with all that they call`,
    ...inclusiveTotals(busy)
      .slice(0, INCLUSIVE_SHOWN)
      .map(({ label, group, micros }) => `${columns(micros)}  ${group.padEnd(26)} ${label}`),
    '',
  ].join('\n')
}

function sumOf(calls: readonly ProfiledCall[]): number {
  return calls.reduce((sum, { selfMicros }) => sum + selfMicros, 0)
}

/** Sums self times by label and group, largest first. */
function totalsOf(
  calls: readonly ProfiledCall[],
  name: (call: ProfiledCall) => Omit<Total, 'micros'>,
): readonly Total[] {
  const totalsByKey = new Map<string, Total>()
  for (const call of calls) add(totalsByKey, name(call), call.selfMicros)
  return sorted(totalsByKey)
}

/** A function that calls itself counts once. */
function inclusiveTotals(calls: readonly ProfiledCall[]): readonly Total[] {
  const totalsByKey = new Map<string, Total>()
  for (const { selfMicros, ...start } of calls) {
    const counted = new Set<string>()
    for (let call: Pick<ProfiledCall, 'callee' | 'caller'> | null = start; call; call = call.caller) {
      const group = groupOf(call.callee)
      const label = locate(call.callee)
      if (!group.startsWith('src') || counted.has(label)) continue
      counted.add(label)
      add(totalsByKey, { label, group }, selfMicros)
    }
  }
  return sorted(totalsByKey)
}

function add(totalsByKey: Map<string, Total>, name: Omit<Total, 'micros'>, micros: number): void {
  const key = `${name.group} ${name.label}`
  const total = totalsByKey.get(key) ?? { ...name, micros: 0 }
  total.micros += micros
  totalsByKey.set(key, total)
}

function sorted(totalsByKey: ReadonlyMap<string, Total>): readonly Total[] {
  return [...totalsByKey.values()].sort((a, b) => b.micros - a.micros)
}

/** The package, the folder of `src` (two levels), the module of Node, or V8's name of its own work. */
function groupOf({ name, url, isNative }: ProfiledFunction): string {
  const packageName = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]
  if (packageName !== undefined) return packageName
  const sources = /\/dist\/(src(?:\/[^/]+){0,2})\//.exec(url)?.[1]
  if (sources !== undefined) return sources
  if (url.startsWith('node:')) return `node:${nodeModuleOf(url)}`
  if (url.startsWith('wasm:')) return 'wasm (llhttp of undici)'
  if (V8_WORK.has(name)) return name
  return isNative ? 'natives' : 'generated code'
}

/** `http` for `node:_http_server`, `streams` for `node:internal/streams/readable`. */
function nodeModuleOf(url: string): string {
  const [, folder = ''] = /^node:(?:internal\/)?(\w+)/.exec(url) ?? []
  return folder.startsWith('_') ? (folder.split('_')[1] ?? '') : folder
}

/** Natives such as `parse` are listed by caller. */
function describe({ callee, caller }: ProfiledCall): string {
  return callee.isNative && caller && !V8_WORK.has(callee.name)
    ? `${callee.name} of ${locate(caller.callee)}`
    : locate(callee)
}

function locate({ name, url, line }: ProfiledFunction): string {
  const file = url.replace(/^.*\/(?:dist|node_modules)\//, '').replace(/^node:/, '')
  return file === '' ? name : `${name}  ${file}:${line}`
}
