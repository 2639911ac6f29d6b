/** Tells the developer of the page, in the browser's console, why the chat does not work. */
export function reportToDeveloper(problem: string): void {
  // biome-ignore lint/suspicious/noConsole: the widget has no other way to reach the developer of the page.
  console.error(`Switchboard chat: ${problem}`)
}
