import type { Label } from "@/records/form";
import { Keys } from "@/design";
import { Guess } from "../../view/Guess";
import { Swatch } from "../../view/Swatch";

interface OptionProps {
  label: Label;
  /** Radio buttons of one name are one choice. */
  type: "radio" | "checkbox";
  name: string;
  checked: boolean;
  disabled: boolean;
  onPick: () => void;
  keys?: string;
  /** The model that guessed it. */
  guess?: string;
}

/** One label to choose: a native button within a row that can be hit anywhere. */
export function Option({ label, type, name, checked, disabled, onPick, keys, guess }: OptionProps) {
  const line = checked ? "border-accent bg-accent-soft" : guess ? "border-dashed border-info" : "border-line-strong";
  return (
    <label
      className={`flex min-h-9 grow cursor-pointer items-center gap-2 rounded-lg border px-3 py-1 pointer-coarse:min-h-11 ${line}
        has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:cursor-not-allowed`}
    >
      <input
        type={type}
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={onPick}
        className="size-4 shrink-0 accent-accent outline-none"
      />
      <Swatch color={label.color} />
      <span dir="auto" className="min-w-0 grow text-start">
        {label.name ?? label.id}
      </span>
      {guess && <Guess model={guess} />}
      {keys && <Keys of={keys} />}
    </label>
  );
}
