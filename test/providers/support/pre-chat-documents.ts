import { graphql } from '../../generated/index.ts'

/** The pre-chat forms of all providers and of their departments. */
export const PreChatForms = graphql(`query TestPreChatForms {
  providers {
    name
    preChatForm { ...TestPreChatForm }
    departments { name preChatForm { ...TestPreChatForm } }
  }
}
fragment TestPreChatForm on PreChatForm {
  fields { key kind label required options { value label } }
}`)

/** The forms of all providers themselves. */
export const ProviderForms = graphql(`query TestProviderForms {
  providers { name online preChatForm { fields { key kind required } } }
}`)
