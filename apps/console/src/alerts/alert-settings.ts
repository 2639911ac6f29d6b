import * as z from 'zod/mini'

const STORED_AS = 'switchboard-alerts'

const settings = z.object({ sound: z.boolean(), notifications: z.boolean() })

/** How the console calls the operator. Both are off until the operator switches them on in this browser. */
export type AlertSettings = z.infer<typeof settings>

export function loadAlertSettings(): AlertSettings {
  try {
    return settings.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null'))
  } catch {
    return { sound: false, notifications: false }
  }
}

export function storeAlertSettings(chosen: AlertSettings): void {
  localStorage.setItem(STORED_AS, JSON.stringify(chosen))
}
