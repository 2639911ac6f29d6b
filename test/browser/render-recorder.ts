import type { Page } from 'playwright-core'
import { z } from 'zod'

/**
 * Runs in the page before its scripts: stands in for React's developer tools, which learn of each commit, also in production.
 * As they do, it compares each fiber with the one before: a function component that was rendered has the flag 1.
 */
const RECORD = `(() => {
  const rendered = new Set()
  const [FUNCTION, HOST, MEMO, SIMPLE_MEMO] = [0, 5, 14, 15]
  const record = ({ tag, flags, child }) => {
    if (![FUNCTION, MEMO, SIMPLE_MEMO].includes(tag) || (flags & 1) === 0 || child?.tag !== HOST) return
    const element = child.stateNode
    if (element.matches('a.room')) rendered.add('row: ' + element.querySelector('.who bdi').textContent)
    if (element.matches('.message-row')) rendered.add('message: ' + element.querySelector('.text')?.textContent)
  }
  const visit = (fiber, before) => {
    record(fiber)
    if (before && fiber.child === before.child) return
    for (let child = fiber.child; child; child = child.sibling) visit(child, child.alternate)
  }
  globalThis.takeRendered = () => {
    const names = [...rendered].sort()
    rendered.clear()
    return names
  }
  globalThis.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    checkDCE: () => {},
    onCommitFiberRoot: (_id, { current }) => visit(current, current.alternate),
    onCommitFiberUnmount: () => {},
    onPostCommitFiberRoot: () => {},
    onScheduleFiberRoot: () => {},
  }
})()`

const names = z.array(z.string())

/** Records which rows and messages a page renders, from its next load on. */
export async function recordRenders(page: Page): Promise<void> {
  await page.addInitScript(RECORD)
}

/** The rows and messages that were rendered since the last call, each once, as `row: visitor` and `message: text`. */
export async function takeRendered(page: Page): Promise<readonly string[]> {
  return names.parse(await page.evaluate('takeRendered()'))
}
