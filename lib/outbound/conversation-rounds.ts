/** Names the one conversation of a person and a sender before it has an id. */
export function conversationKey(integrationId: string, personId: string): string {
  return `${integrationId} ${personId}`;
}

type Placed = { readonly key: string; readonly address: { readonly value: string } };

/**
 * A conversation is at one address: a person with two numbers, both written to by one sender, is written
 * to in two rounds. Everybody else is in the first.
 *
 * @param placed each with its `conversationKey`
 */
export function inRounds<T extends Placed>(placed: readonly T[]): T[][] {
  const rounds: T[][] = [];
  const addresses = new Map<string, string[]>();
  for (const one of placed) {
    const known = addresses.get(one.key) ?? [];
    if (!known.includes(one.address.value)) known.push(one.address.value);
    addresses.set(one.key, known);
    const nth = known.indexOf(one.address.value);
    rounds[nth] = [...(rounds[nth] ?? []), one];
  }
  return rounds;
}
