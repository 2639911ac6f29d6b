import { describe, expect, it } from 'vitest'
import { SingleFlight } from '../../src/upstream/single-flight.ts'
import type { StopSignal } from '../../src/upstream/stop-signal.ts'

const patient = () => new AbortController().signal

/** Work that ends on demand, and records how often it was started and whether it was aborted. */
function controlled() {
  const signals: StopSignal[] = []
  const settle: { land: (value: string) => void; crash: (reason: Error) => void }[] = []
  const work = (signal: StopSignal): Promise<string> => {
    signals.push(signal)
    return new Promise((land, crash) => {
      settle.push({ land, crash })
      signal.addEventListener('abort', () => crash(new Error('aborted')), { once: true })
    })
  }
  return {
    work,
    runs: () => signals.length,
    isAborted: (run = 0) => signals[run]?.aborted,
    land: (value: string, run = 0) => settle[run]?.land(value),
    crash: (reason: Error, run = 0) => settle[run]?.crash(reason),
  }
}

describe('calls with the same key', () => {
  it('share one run while it is in flight', async () => {
    const flights = new SingleFlight<string>()
    const { work, runs, land } = controlled()
    const both = [flights.run('key', patient(), work), flights.run('key', patient(), work)]
    land('landed')
    expect(await Promise.all(both)).toEqual(['landed', 'landed'])
    expect(runs()).toBe(1)
  })

  it('share its failure, and nothing afterwards', async () => {
    const flights = new SingleFlight<string>()
    const { work, runs, land, crash } = controlled()
    const both = [flights.run('key', patient(), work), flights.run('key', patient(), work)]
    crash(new Error('crashed'))
    for (const call of both) await expect(call).rejects.toThrow('crashed')
    const next = flights.run('key', patient(), work)
    land('landed', 1)
    expect(await next).toBe('landed')
    expect(runs()).toBe(2)
  })

  it('share nothing after it has ended', async () => {
    const flights = new SingleFlight<string>()
    const { work, runs, land } = controlled()
    const first = flights.run('key', patient(), work)
    land('first')
    await first
    const second = flights.run('key', patient(), work)
    land('second', 1)
    expect(await second).toBe('second')
    expect(runs()).toBe(2)
  })
})

describe('calls with another key', () => {
  it('share nothing', async () => {
    const flights = new SingleFlight<string>()
    const { work, land } = controlled()
    const both = [flights.run('one', patient(), work), flights.run('two', patient(), work)]
    land('first', 0)
    land('second', 1)
    expect(await Promise.all(both)).toEqual(['first', 'second'])
  })
})

describe('a caller that disconnects', () => {
  it('stops waiting at once, with the reason, while others continue', async () => {
    const flights = new SingleFlight<string>()
    const { work, land, isAborted } = controlled()
    const leaving = new AbortController()
    const left = flights.run('key', leaving.signal, work)
    const staying = flights.run('key', patient(), work)
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    expect(isAborted()).toBe(false)
    land('landed')
    expect(await staying).toBe('landed')
  })

  it('aborts the run as the last caller, and the next caller starts a new run', async () => {
    const flights = new SingleFlight<string>()
    const { work, runs, land, isAborted } = controlled()
    const leaving = new AbortController()
    const left = flights.run('key', leaving.signal, work)
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    expect(isAborted()).toBe(true)
    const next = flights.run('key', patient(), work)
    land('landed', 1)
    expect(await next).toBe('landed')
    expect(runs()).toBe(2)
  })

  it('starts nothing if it disconnected before', async () => {
    const flights = new SingleFlight<string>()
    const { work, runs } = controlled()
    const gone = AbortSignal.abort(new Error('gone'))
    await expect(flights.run('key', gone, work)).rejects.toThrow('gone')
    expect(runs()).toBe(0)
  })
})
