/** What one of the vendor's validators says of a value. It may coerce the value in place. */
export interface VendorVerdict {
  /** The first violation's text, or undefined where the value passes. */
  readonly violation: string | undefined
}

type Validator = ((value: unknown) => unknown) & { errors?: unknown }

/** Rocket.Chat's published request validators (@rocket.chat/rest-typings 6.13.1), by their exported names. */
export async function loadVendorValidators(): Promise<(name: string, value: unknown) => VendorVerdict> {
  // The package's index loads hundreds of files; this one has all of livechat. The name is kept from the type checker,
  // which would follow it into the server's whole source.
  const path: string = '@rocket.chat/rest-typings/dist/v1/omnichannel.js'
  const validators: Readonly<Record<string, unknown>> = await import(path)
  return (name, value) => {
    const validate = validators[name]
    if (!isValidator(validate)) throw new Error(`the vendor has no validator ${name}`)
    return { violation: validate(value) === true ? undefined : firstMessage(validate.errors) }
  }
}

function isValidator(value: unknown): value is Validator {
  return typeof value === 'function'
}

function firstMessage(errors: unknown): string {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return typeof first === 'object' && first !== null && 'message' in first ? String(first.message) : 'refused'
}
