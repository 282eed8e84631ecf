import { useState } from "react";
import { NumberInput } from "@/design";

interface NumberBoxProps {
  label: string;
  value: number;
  step: number;
  min?: number;
  max?: number;
  disabled?: boolean;
  /** Called for whole numbers typed and for steps. */
  onChange: (value: number) => void;
}

const rounded = (n: number) => Number(n.toFixed(4));

/** A small labelled number. What is typed is kept as typed until the field is left. */
export function NumberBox({ label, value, step, min, max, disabled, onChange }: NumberBoxProps) {
  const [typed, setTyped] = useState<{ value: number | undefined }>();
  return (
    <label className="flex min-w-0 flex-col text-sm">
      <span className="text-muted">{label}</span>
      <NumberInput
        value={typed ? typed.value : rounded(value)}
        step={step}
        min={min}
        max={max}
        disabled={disabled}
        className="px-2!"
        onChange={(n) => {
          setTyped({ value: n });
          if (n !== undefined && n >= (min ?? -Infinity) && n <= (max ?? Infinity)) onChange(n);
        }}
        onBlur={() => setTyped(undefined)}
      />
    </label>
  );
}
