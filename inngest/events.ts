/**
 * The doorbells. None carries data that matters: the work is a row, and what an event names is only
 * where to look. Losing one loses nothing.
 */
export const DISPATCH_DUE = "outbound/due";
export const MEDIA_DUE = "media/due";
export const WEBHOOKS_DUE = "webhooks/due";
export const JOB_DUE = "jobs/due";
