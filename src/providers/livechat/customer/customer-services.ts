import type { LiveChatOAuth } from '../settings.ts'
import { ContactDetails, type ContactDetailsOptions } from './contact-details.ts'
import { CustomerTokens, type CustomerTokensOptions } from './customer-tokens.ts'
import { Customers } from './customers.ts'
import { ReturningCustomers } from './returning-customers.ts'

/** Services of an account that may create customers. */
export interface CustomerServices {
  readonly tokens: CustomerTokens
  readonly newCustomers: Customers
  readonly returningCustomers: ReturningCustomers
}

export interface CustomerServicesOptions
  extends Omit<CustomerTokensOptions, 'clientId'>,
    Pick<ContactDetailsOptions, 'client'> {
  /** The app that creates the customers. */
  readonly oauth: LiveChatOAuth
}

/** Creates the services of an account whose credential is an app's OAuth bearer. */
export function createCustomerServices({ oauth, ...options }: CustomerServicesOptions): CustomerServices {
  const { provider, client, accountTokens } = options
  const tokens = new CustomerTokens({ ...options, clientId: oauth.clientId })
  const details = new ContactDetails(options)
  return {
    tokens,
    newCustomers: new Customers({ provider, client, customerTokens: tokens, details, accountTokens }),
    returningCustomers: new ReturningCustomers(provider, details),
  }
}
