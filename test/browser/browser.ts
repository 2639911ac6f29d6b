import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { beforeAll, describe, onTestFinished } from 'vitest'

/** The headless shell is first: it has no windows of its own, so that a page costs a quarter of the processor time. */
const CHROMIUM_PATHS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Headless, offline, and with nothing running in the background that would call home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Milliseconds for each wait of a test: a browser on a busy machine takes its time. */
export const WAIT_TIMEOUT_MS = 60_000

const executablePath = [process.env['CHROMIUM_PATH'], ...CHROMIUM_PATHS].find(
  (path) => path && existsSync(path),
)

/** The browser of this process, for all files that it runs. It ends with the process, whose end breaks the pipe between them. */
let launched: Promise<Browser> | null = null

/** Opens a page in a new browser context, which is closed at the end of the test. `complaints` collects its errors and warnings. */
export type OpenPage = (
  url: string,
  options?: BrowserContextOptions,
) => Promise<Page & { readonly complaints: readonly string[] }>

/** Defines tests that drive a browser. Without one they are skipped with a message, but fail in CI. */
export function describeInBrowser(name: string, tests: (open: OpenPage) => void): void {
  if (executablePath === undefined) {
    if (process.env['CI']) throw new Error('CI needs Chromium: apt-get install chromium-headless-shell')
    process.stderr.write(`skipped, because there is no Chromium (set CHROMIUM_PATH): ${name}\n`)
    describe.skip(name, () => {})
    return
  }
  describe(name, { timeout: 5 * WAIT_TIMEOUT_MS }, () => {
    let browser: Browser
    beforeAll(async () => {
      launched ??= chromium.launch({ executablePath, args: FLAGS })
      browser = await launched
    }, WAIT_TIMEOUT_MS)
    tests(async (url, options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        // Animations cost processor time, and what moves cannot be measured or clicked.
        reducedMotion: 'reduce',
        ...options,
      })
      onTestFinished(() => context.close())
      context.setDefaultTimeout(WAIT_TIMEOUT_MS)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(url)
      return Object.assign(page, { complaints })
    })
  })
}
