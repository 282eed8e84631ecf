import { useId, type ComponentProps, type ReactNode } from "react";
import { FieldError } from "./Field";

const box = "mt-1 size-4.5 shrink-0 cursor-pointer accent-accent disabled:cursor-not-allowed";
const line = "flex gap-2.5 py-1 cursor-pointer pointer-coarse:min-h-11 pointer-coarse:items-center";

/** A yes or no with its sentence. */
export function Checkbox({ label, hint, onChange, ...rest }: Omit<ComponentProps<"input">, "onChange" | "type"> & {
  label: ReactNode;
  hint?: ReactNode;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <label className={line}>
      <input
        type="checkbox"
        aria-describedby={hint ? id : undefined}
        {...rest}
        onChange={(e) => onChange(e.target.checked)}
        className={box}
      />
      <span>
        {label}
        {hint && (
          <span id={id} className="block text-sm text-muted">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

export interface Option<T extends string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

interface RadioGroupProps<T extends string> {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  options: readonly Option<T>[];
  value: T | undefined;
  onChange: (value: T) => void;
  /** Side by side where there is room. */
  inline?: boolean;
}

/** One of a few, all in sight. */
export function RadioGroup<T extends string>({ label, hint, error, options, value, onChange, inline }: RadioGroupProps<T>) {
  const id = useId();
  return (
    <fieldset aria-describedby={hint ? `${id}-hint` : undefined} aria-invalid={error ? true : undefined}>
      <legend className="font-medium">{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <div className={inline ? "flex flex-wrap gap-x-6" : ""}>
        {options.map((option) => (
          <label key={option.value} className={line}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
              className={box}
            />
            <span>
              {option.label}
              {option.hint && <span className="block text-sm text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}
