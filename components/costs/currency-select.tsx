import type { ComponentProps } from "react";
import { Select } from "../ui/select";
import type { Currency } from "./currencies";

type Props = ComponentProps<"select"> & {
  currencies: readonly Currency[];
  /** Without the names. */
  isShort?: boolean;
};

export function CurrencySelect({ currencies, isShort = false, ...rest }: Props) {
  return (
    <Select {...rest}>
      {currencies.map(({ code, name }) => (
        <option key={code} value={code}>
          {isShort ? code : `${code} · ${name}`}
        </option>
      ))}
    </Select>
  );
}
