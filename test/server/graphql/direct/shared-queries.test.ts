import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { LazyAbort } from '../../../../src/server/graphql/direct/lazy-abort.ts'
import { type SharedExecution, SharedQueries } from '../../../../src/server/graphql/direct/shared-queries.ts'

/** Records the executions that are started, and lets a test end them. */
function createRecorder() {
  const executions: (SharedExecution & {
    readonly end: (value: string) => void
    readonly fail: () => void
  })[] = []
  const execute = (execution: SharedExecution) =>
    new Promise<string>((resolve, reject) => {
      executions.push({ ...execution, end: resolve, fail: () => reject(new Error('failed')) })
    })
  const queries = new SharedQueries<string>()
  const run = (key: string, disconnection = new LazyAbort()) => queries.run(key, disconnection, execute)
  const end = (at: number, value: string) => executions[at]?.end(value)
  return { executions, queries, run, end }
}

describe('overlapping queries', () => {
  it('with the same key share an execution and its result', async () => {
    const { run, executions, end } = createRecorder()
    const results = Promise.all([run('a'), run('a'), run('a')])
    expect(executions).toHaveLength(1)
    end(0, 'one')
    expect(await results).toEqual(['one', 'one', 'one'])
  })

  it('with other keys do not', async () => {
    const { run, executions, end } = createRecorder()
    const results = Promise.all([run('a'), run('b')])
    expect(executions).toHaveLength(2)
    end(0, 'one')
    end(1, 'two')
    expect(await results).toEqual(['one', 'two'])
  })

  it('share an error too', async () => {
    const { run, executions } = createRecorder()
    const results = Promise.allSettled([run('a'), run('a')])
    executions[0]?.fail()
    expect(await results).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    void run('a')
    expect(executions).toHaveLength(2)
  })

  it('do not join an execution that began a second ago', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const { run, executions, end } = createRecorder()
    const first = run('a')
    vi.advanceTimersByTime(999)
    const second = run('a')
    expect(executions).toHaveLength(1)
    vi.advanceTimersByTime(1)
    const third = run('a')
    expect(executions).toHaveLength(2)
    end(0, 'old')
    end(1, 'new')
    expect(await Promise.all([first, second, third])).toEqual(['old', 'old', 'new'])
  })

  it('do not join an execution that has ended, or that has received a response', async () => {
    const { run, executions, end } = createRecorder()
    const first = run('a')
    executions[0]?.close()
    const second = run('a')
    expect(executions).toHaveLength(2)
    // Closing an earlier execution does not close a later one.
    executions[0]?.close()
    const third = run('a')
    expect(executions).toHaveLength(2)
    end(0, 'old')
    end(1, 'new')
    expect(await Promise.all([first, second, third])).toEqual(['old', 'new', 'new'])
    void run('a')
    expect(executions).toHaveLength(3)
  })

  it('do not join an execution that began before a write ended', async () => {
    const { queries, run, executions, end } = createRecorder()
    const before = [run('a'), run('b')]
    queries.closeAll()
    const after = [run('a'), run('b'), run('a')]
    expect(executions).toHaveLength(4)
    for (const at of [0, 1, 2, 3]) end(at, String(at))
    expect(await Promise.all([...before, ...after])).toEqual(['0', '1', '2', '3', '2'])
  })
})

describe('a client that leaves', () => {
  it('aborts an execution that it alone waits for', () => {
    const { run, executions } = createRecorder()
    const client = new LazyAbort()
    void run('a', client)
    client.abort()
    expect(executions[0]?.signal.aborted).toBe(true)
    void run('a')
    expect(executions).toHaveLength(2)
  })

  it('before it has joined does not keep an execution alive', () => {
    const { run, executions } = createRecorder()
    const [gone, client] = [new LazyAbort(), new LazyAbort()]
    gone.abort()
    void run('a', client)
    void run('a', gone)
    expect(executions[0]?.signal.aborted).toBe(false)
    client.abort()
    expect(executions[0]?.signal.aborted).toBe(true)
    void run('b', gone)
    expect(executions[1]?.signal.aborted).toBe(true)
  })

  it('does not affect the others, until the last one leaves', async () => {
    const { run, executions, end } = createRecorder()
    const clients = [new LazyAbort(), new LazyAbort(), new LazyAbort()]
    const results = clients.map((client) => run('a', client))
    clients[0]?.abort()
    clients[1]?.abort()
    expect(executions[0]?.signal.aborted).toBe(false)
    // Another client can still join.
    void run('a')
    expect(executions).toHaveLength(1)
    end(0, 'one')
    expect(await Promise.all(results)).toEqual(['one', 'one', 'one'])
    // After the end nothing is aborted.
    clients[2]?.abort()
    expect(executions[0]?.signal.aborted).toBe(false)
  })
})
