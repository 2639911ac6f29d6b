/** A department's id as the number that LiveChat has for a group; null for what is no group's. */
export function parseGroupId(departmentId: string): number | null {
  return /^\d{1,9}$/.test(departmentId) ? Number(departmentId) : null
}
