/** The embedded PostgreSQL cannot run; the message is for the person who starts the app. */
export class PostgresProblem extends Error {}
