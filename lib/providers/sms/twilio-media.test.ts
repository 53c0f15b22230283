import { expect, test } from "vitest";
import { type FetchFile, fetchTwilioMedia } from "./twilio-media";

const FILE = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
const STAND_IN = "http://127.0.0.1:4010";

async function askedFor(url: string, apiOrigin: string | null) {
  const asked: { url: string; authorization: string | undefined; trusted: string | null }[] = [];
  const fetchFile: FetchFile = async (target, { headers, trustedOrigin }) => {
    asked.push({ url: target, authorization: headers.authorization, trusted: trustedOrigin });
    return { ok: true, bytes: Buffer.from("x"), contentType: "image/png" };
  };
  const account = { id: "1", provider: "twilio" as const, sid: "AC1", token: "t", apiOrigin };
  await fetchTwilioMedia({ account, apiOrigin, url, maxBytes: 10, fetchFile });
  return asked;
}

const BASIC = `Basic ${Buffer.from("AC1:t").toString("base64")}`;

test.each([
  [`https://api.twilio.com${FILE}`, null, `https://api.twilio.com${FILE}`],
  [`https://api.twilio.com${FILE}`, STAND_IN, `${STAND_IN}${FILE}`],
  [`${STAND_IN}${FILE}`, STAND_IN, `${STAND_IN}${FILE}`],
])(
  "R417 Twilio's own address %s (stand-in: %s) gets the account's credentials",
  async (url, apiOrigin, target) => {
    expect(await askedFor(url, apiOrigin)).toEqual([
      { url: target, authorization: BASIC, trusted: apiOrigin },
    ]);
  },
);

test.each([
  ["https://media.example.test/file", null],
  [`http://api.twilio.com${FILE}`, null],
  [`https://api.twilio.com:8443${FILE}`, null],
  [`https://api.twilio.com.example.test${FILE}`, null],
  ["https://media.example.test/file", STAND_IN],
])("R417 a foreign address %s (stand-in: %s) gets none", async (url, apiOrigin) => {
  expect(await askedFor(url, apiOrigin)).toMatchObject([{ url, authorization: undefined }]);
});

test("R417 what is no address is refused for good", async () => {
  const account = { id: "1", provider: "twilio" as const, sid: "AC1", token: "t", apiOrigin: null };
  const fetchFile: FetchFile = async () => {
    throw new Error("nothing is to be fetched");
  };
  const input = { account, apiOrigin: null, url: "not an address", maxBytes: 10, fetchFile };
  expect(await fetchTwilioMedia(input)).toMatchObject({ ok: false, isFinal: true });
});
