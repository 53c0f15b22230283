type Fields = Record<string, unknown>;

/**
 * Structured log lines: `log.info({ channel: "sms", messageId }, "[SMS] sent")`.
 * At `info` and above: no message body, no secret, phone numbers through `maskAddress`.
 */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}
