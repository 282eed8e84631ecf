import { useState, type ComponentProps } from "react";
import { decimal, parseAly } from "./format";
import { inputShape, useField } from "./Field";

type InputProps = Omit<ComponentProps<"input">, "value" | "onChange" | "type">;

/** A number; undefined while what is typed is none. */
export function NumberInput({ value, onChange, className = "", ...rest }: InputProps & {
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const field = useField(rest);
  return (
    <input
      type="number"
      inputMode="decimal"
      dir="ltr"
      {...field}
      value={value ?? ""}
      onChange={(e) => onChange(Number.isNaN(e.target.valueAsNumber) ? undefined : e.target.valueAsNumber)}
      className={`${inputShape} tabular-nums ${className}`}
    />
  );
}

/** An amount typed in ALY and given in ualy; undefined while what is typed is none. */
export function AmountInput({ value, onChange, className = "", ...rest }: InputProps & {
  value: string | undefined;
  onChange: (ualy: string | undefined) => void;
}) {
  const field = useField(rest);
  const [text, setText] = useState(value === undefined ? "" : decimal(BigInt(value)));
  const typed = parseAly(text);
  const shown = value === undefined || typed === value ? text : decimal(BigInt(value));
  return (
    <span dir="ltr" className="relative block">
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        {...field}
        value={shown}
        onChange={(e) => {
          setText(e.target.value);
          onChange(parseAly(e.target.value));
        }}
        className={`${inputShape} pe-12 tabular-nums ${className}`}
      />
      <span aria-hidden="true" className="absolute inset-y-0 end-3 flex items-center text-sm text-muted">
        ALY
      </span>
    </span>
  );
}
