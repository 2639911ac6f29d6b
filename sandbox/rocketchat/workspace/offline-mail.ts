import type { OfflineMail } from '../model.ts'
import { findDepartment } from './agents.ts'
import type { Workspace } from './workspace.ts'

/** An offline message as the form sends it. */
export interface OfflineForm {
  readonly name: string
  readonly email: string
  readonly message: string
  readonly department?: string | null
  readonly host?: string | null
}

/**
 * Sends an offline message as one mail, in the real server's steps (docs/providers/rocketchat.md 3): form on,
 * address given, domain has a mail server, recipient known. Returns the mail, or undefined where a step failed;
 * callers cannot tell which one.
 */
export function sendOfflineMail(workspace: Workspace, form: OfflineForm): OfflineMail | undefined {
  const { settings } = workspace
  if (!settings.Livechat_display_offline_form || form.email === '') return undefined
  if (settings.Livechat_validate_offline_email && !hasMailServer(form.email)) return undefined
  const department = form.department ? findDepartment(workspace, form.department) : undefined
  const to = department?.email || settings.Livechat_offline_email
  if (to === '') return undefined
  const mail: OfflineMail = {
    name: form.name,
    email: form.email,
    message: form.message,
    ...(form.department && { department: form.department }),
    ...(form.host && { host: form.host }),
    to,
    at: new Date(workspace.host.now()),
  }
  workspace.mails.push(mail)
  workspace.events.emit('mail', mail)
  return mail
}

/** Stands for the DNS lookup: any dotted domain has a mail server, but none below `.invalid`. */
function hasMailServer(email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  return domain.includes('.') && !domain.endsWith('.invalid')
}
