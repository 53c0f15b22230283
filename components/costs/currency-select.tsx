import type { ComponentProps } from "react";
import { Select } from "../ui/select";
import type { Currency } from "./currencies";

type Props = ComponentProps<"select"> & { currencies: readonly Currency[] };

export function CurrencySelect({ currencies, ...rest }: Props) {
  return (
    <Select {...rest}>
      {currencies.map(({ code, name }) => (
        <option key={code} value={code}>
          {code} · {name}
        </option>
      ))}
    </Select>
  );
}
