import type { Workspace } from './workspace.ts'

/** Makes a login token unknown, as logging out or removing a personal access token does. */
export function endLogin(workspace: Workspace, token: string): void {
  workspace.logins.delete(token)
  workspace.events.emit('loggedOut', token)
}
