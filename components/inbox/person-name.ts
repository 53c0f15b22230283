import { formatAddress } from "@/lib/domain/format-address";
import type { PersonSummary } from "@/lib/domain/inbox";

/** What a person is called on the screen: the name, else the number as people write it. */
export function personName(
  person: Pick<PersonSummary, "name" | "address">,
  homeCountry: string,
): string {
  return person.name ?? formatAddress(person.address, homeCountry);
}
