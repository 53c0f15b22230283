import type { ComponentProps } from "react";
import { Select } from "../ui/select";

export type Country = { code: string; name: string };

type Props = ComponentProps<"select"> & {
  countries: readonly Country[];
  /** Words of the choice "none of its own"; absent: one must be chosen. */
  inherited?: string;
};

export function CountrySelect({ countries, inherited, ...rest }: Props) {
  return (
    <Select {...rest}>
      {inherited ? <option value="">{inherited}</option> : null}
      {countries.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}
