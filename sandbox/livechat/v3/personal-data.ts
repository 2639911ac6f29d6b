import type { Customer } from '../store/model.ts'

/** The customer's own data, as both APIs show it. */
export function personalData(customer: Customer): object {
  const { name, email, avatar, phoneNumber, sessionFields } = customer
  return {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email, email_verified: false }),
    ...(avatar !== undefined && { avatar }),
    ...(phoneNumber !== undefined && { phone_number: phoneNumber }),
    ...(sessionFields.length > 0 && { session_fields: sessionFields }),
  }
}
