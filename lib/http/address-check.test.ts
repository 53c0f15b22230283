import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkAddress, checkHost, fetchChecked } from "./address-check";

const resolve = async (host: string) =>
  ({
    "public.test": ["93.184.216.34"],
    "mixed.test": ["93.184.216.34", "10.0.0.1"],
    "loop.test": ["127.0.0.1"],
  })[host] ?? [];

const policy = { trustedOrigins: ["http://127.0.0.1:4010"], resolve };

describe("checkHost", () => {
  const hosts = { trustedHosts: ["relay"], resolve };

  it("names the addresses of a public host, and leaves a trusted one to its name", async () => {
    const addresses = ["93.184.216.34"];
    expect(await checkHost("public.test", hosts)).toEqual({ ok: true, addresses });
    expect(await checkHost("2606:4700::1111", hosts)).toMatchObject({ ok: true });
    expect(await checkHost("relay", hosts)).toEqual({ ok: true, addresses: null });
  });

  it.each(["mixed.test", "loop.test", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])(
    "refuses %s",
    async (host) => {
      const reason = "leads into a private network";
      expect(await checkHost(host, hosts)).toEqual({ ok: false, isFinal: true, reason });
    },
  );

  it("takes a host that no name server knows for a fault that may pass", async () => {
    expect(await checkHost("nobody.test", hosts)).toMatchObject({ ok: false, isFinal: false });
  });
});

describe("checkAddress", () => {
  it.each([
    "https://public.test/x.jpg",
    "http://93.184.216.34:8080/",
    "http://[2606:4700::1111]/",
    "http://127.0.0.1:4010/Media/ME1",
  ])("lets %s pass", async (url) => {
    expect(await checkAddress(url, policy)).toMatchObject({ ok: true });
  });

  it.each([
    "http://127.0.0.1/",
    "http://127.0.0.1:4011/",
    "http://localhost.test/",
    "http://loop.test/",
    "http://mixed.test/",
    "http://10.1.2.3/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://224.0.0.1/",
    "file:///etc/passwd",
    "ftp://public.test/",
    "https://user:pass@public.test/",
    "not an address",
    "",
  ])("refuses %s", async (url) => {
    expect(await checkAddress(url, policy)).toMatchObject({ ok: false });
  });
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((done) => server.once("listening", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("fetchChecked", () => {
  const limits = { maxBytes: 1000, timeoutMs: 5000, resolve };

  it("R417 follows a redirect without taking the credentials along", async () => {
    const seen: (string | undefined)[] = [];
    const cdn = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(200, { "content-type": "image/png" }).end("bytes");
    });
    const api = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: `${cdn}/file` }).end();
    });
    const fetched = await fetchChecked(`${api}/Media/ME1`, {
      ...limits,
      trustedOrigins: [api, cdn],
      headers: { authorization: "Basic x" },
    });
    expect(fetched).toEqual({ ok: true, bytes: Buffer.from("bytes"), contentType: "image/png" });
    expect(seen).toEqual(["Basic x", undefined]);
  });

  it("checks where a redirect leads", async () => {
    const inner = await serve((_, response) => response.end("secret"));
    const api = await serve((_, response) => response.writeHead(302, { location: inner }).end());
    const fetched = await fetchChecked(api, { ...limits, trustedOrigins: [api] });
    expect(fetched).toMatchObject({ ok: false, isFinal: true });
  });

  it("ends a circle of redirects, a file too large and a server that is gone", async () => {
    const circle = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
    const large = await serve((_, response) => response.end("x".repeat(1001)));
    const get = (url: string) => fetchChecked(url, { ...limits, trustedOrigins: [url] });
    expect(await get(circle)).toMatchObject({ ok: false, isFinal: true });
    expect(await get(large)).toMatchObject({ ok: false, isFinal: true });
    servers.splice(0).forEach((server) => {
      server.close();
      server.closeAllConnections();
    });
    expect(await get(large)).toMatchObject({ ok: false, isFinal: false });
  });

  it("takes a host that no name server knows for a fault that may pass", async () => {
    const fetched = await fetchChecked("https://nobody.test/file", {
      ...limits,
      resolve: async () => [],
      trustedOrigins: [],
    });
    expect(fetched).toMatchObject({ ok: false, isFinal: false });
  });

  it("connects to the address that was checked, whatever the name says later", async () => {
    const origin = await serve((_, response) => response.end("x"));
    const url = origin.replace("127.0.0.1", "loop.test");
    expect(await fetchChecked(url, { ...limits, trustedOrigins: [] })).toMatchObject({
      ok: false,
      isFinal: true,
      reason: "the address leads into a private network",
    });
  });
});
