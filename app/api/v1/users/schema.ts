import { z } from "zod";
import { ROLES } from "@/lib/domain/words";
import { id, idParams, line, locale, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";

export const user = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    phoneNumber: z.string().nullable().meta({ description: "E.164", example: "+33612345678" }),
    isActive: z.boolean(),
    locale,
    timeZone: z.string().nullable(),
    createdAt: time,
  })
  .meta({ id: "User" });

const phoneNumber = z
  .string()
  .max(40)
  .nullable()
  .meta({ description: "Any way of writing it; stored as E.164; null takes it away" });

const createBody = z.strictObject({
  name: line(200),
  email: line(254),
  role: z.enum(ROLES).default("agent"),
  phoneNumber: phoneNumber.optional(),
  password: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "Without one the answer carries a link to choose it, once, for 7 days" }),
});

const updateBody = z.strictObject({
  role: z.enum(ROLES).optional(),
  phoneNumber: phoneNumber.optional(),
  isActive: z.boolean().optional(),
});

const common = { tag: "Users", role: "admin" } as const;

export const listUsers = defineOperation({
  ...common,
  method: "GET",
  path: "/users",
  summary: "The people who may sign in, in the order they joined",
  scope: "users:read",
  query: z.object(pageQuery),
  response: { status: 200, description: "A page of users", schema: pageOf(user) },
});

export const createUser = defineOperation({
  ...common,
  method: "POST",
  path: "/users",
  summary: "Make somebody a user of this workspace",
  scope: "users:write",
  body: createBody.meta({
    id: "UserInput",
    example: {
      name: "Léa Bernard",
      email: "lea@example.org",
      role: "agent",
      phoneNumber: "0612345678",
    },
  }),
  response: {
    status: 201,
    description: "The user; `passwordLink` when no password was given",
    schema: user.extend({ passwordLink: z.string().nullable() }).meta({ id: "NewUser" }),
  },
  refusals: [
    { status: 403, code: "role_too_high" },
    { status: 409, code: "email_taken" },
    { status: 409, code: "number_taken" },
    { status: 422, code: "weak_password" },
    { status: 422, code: "invalid_email" },
    { status: 422, code: "invalid_phone_number" },
  ],
  isIdempotent: true,
});

export const getUser = defineOperation({
  ...common,
  method: "GET",
  path: "/users/{id}",
  summary: "One user",
  scope: "users:read",
  params: idParams,
  response: { status: 200, description: "The user", schema: user },
});

export const updateUser = defineOperation({
  ...common,
  method: "PATCH",
  path: "/users/{id}",
  summary: "Change a user's role, phone number or whether they may sign in",
  scope: "users:write",
  params: idParams,
  body: updateBody.meta({ example: { phoneNumber: "+33612345678" } }),
  response: { status: 200, description: "The user as they are now", schema: user },
  refusals: [
    { status: 403, code: "role_too_high" },
    { status: 409, code: "last_owner" },
    { status: 409, code: "number_taken" },
    { status: 422, code: "invalid_phone_number" },
  ],
});

export const deleteUser = defineOperation({
  ...common,
  method: "DELETE",
  path: "/users/{id}",
  summary: "Shut a user out of this workspace at once; what they wrote stays",
  scope: "users:write",
  params: idParams,
  response: { status: 204, description: "Shut out" },
  refusals: [
    { status: 403, code: "role_too_high" },
    { status: 409, code: "last_owner" },
  ],
});
