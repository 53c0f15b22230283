import { useMemo } from "react";
import type { Carriage } from "@/lib/domain/carries-mms";
import { appendLinks } from "@/lib/domain/linked-text";
import { measureSegments } from "@/lib/domain/segments";
import { useInbox } from "../inbox/inbox-context";
import { MAX_UNITS } from "./segment-meter";
import type { Uploads } from "./use-uploads";

type Written = { text: string; uploads: Uploads; carriage: Carriage };

/** What is written as it will be sent, its files' links counted in, and whether it may be as it is. */
export function useReadiness({ text, uploads, carriage }: Written) {
  const links = useLinks({ uploads, carriage });
  const sent = appendLinks(text, links);
  const measure = useMemo(() => measureSegments(sent), [sent]);
  const isTooLong = measure.units > MAX_UNITS;
  const isEmpty = text.trim() === "" && uploads.media.length === 0;
  const isReady = !isEmpty && !isTooLong && !uploads.isBusy && !uploads.hasFault;
  return { links, sent, measure, isTooLong, isEmpty, isReady };
}

/** In the place of the links that the server will sign: their length is all that counts here. */
function useLinks({ carriage, uploads }: Omit<Written, "text">): readonly string[] {
  const { linkUnits } = useInbox().viewer;
  const count = carriage === "link" ? uploads.media.length : 0;
  return useMemo(() => Array<string>(count).fill("x".repeat(linkUnits)), [count, linkUnits]);
}
