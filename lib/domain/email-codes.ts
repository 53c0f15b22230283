/** Our words for what mail providers and servers say: keys of `errors.provider`. */
export const EMAIL_CODES = {
  key: "email_key",
  suspended: "email_suspended",
  quota: "email_quota",
  login: "email_login",
  server: "email_server",
  sender: "email_sender",
  recipient: "email_recipient",
  refused: "email_refused",
  later: "email_later",
  rate: "email_rate",
  bounced: "email_bounced",
  suppressed: "email_suppressed",
  failed: "email_failed",
  canceled: "email_canceled",
  unreadable: "email_unreadable",
} as const;
