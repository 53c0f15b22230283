/** A field that is wrong: where in the body, query or path, and what would be right. */
export type FieldFault = { path: string; message: string };

/** What a door answers instead of data: RFC 9457 with a machine word of ours. */
export type Problem = {
  status: number;
  /** Machine word, stable: clients decide by it. */
  code: string;
  /** A sentence that says what is wrong and how to mend it. */
  detail?: string;
  errors?: FieldFault[];
  /** Further members of the document, such as what is new in a conversation that moved on. */
  data?: Record<string, unknown>;
  headers?: Record<string, string>;
};

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  416: "Range not satisfiable",
  422: "Not valid",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

/** The problem as an `application/problem+json` answer. */
export function problemResponse(problem: Problem): Response {
  const { status, code, detail, errors, data } = problem;
  const document = {
    type: `urn:carillon:problem:${code}`,
    title: TITLES[status] ?? "Error",
    status,
    ...(detail === undefined ? {} : { detail }),
    code,
    ...(errors === undefined ? {} : { errors }),
    ...data,
  };
  return new Response(JSON.stringify(document), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...problem.headers,
    },
  });
}
