import { createContext, useContext, useId, type ComponentProps, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface FieldState {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: boolean;
}

const Context = createContext<FieldState | null>(null);

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value and how to mend it. */
  error?: ReactNode;
  /** Those that are not are marked as optional. */
  required?: boolean;
  /** Shows neither "optional" nor a mark. */
  plain?: boolean;
  className?: string;
  /** One TextInput, TextArea, NumberInput, AmountInput or Select. */
  children: ReactNode;
}

/** A label, its control, a hint and an error, tied together for screen readers. */
export function Field({ label, hint, error, required, plain, className = "", children }: FieldProps) {
  const { t } = useTranslation("design");
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const state: FieldState = {
    id,
    required,
    "aria-describedby": described || undefined,
    "aria-invalid": error ? true : undefined,
  };
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="font-medium">
        {label}
        {!required && !plain && <span className="ms-2 text-sm font-normal text-muted">{t("optional")}</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <Context value={state}>{children}</Context>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** What is wrong with a value, below it. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="text-sm font-medium text-bad">
      {children}
    </p>
  );
}

/** The attributes that tie a control to the Field around it; given ones come first. */
export function useField<P extends object>(props: P): P & Partial<FieldState> {
  const { required, ...state } = useContext(Context) ?? {};
  return { ...state, ...(required && { required }), ...props };
}

const shape =
  "w-full rounded-lg border border-line-strong bg-raised px-3 py-1 text-ink min-h-(--row) pointer-coarse:min-h-11 " +
  "disabled:bg-sunken disabled:text-muted aria-invalid:border-bad aria-invalid:border-2";

export const inputShape = `${shape} placeholder:text-muted read-only:bg-sunken`;

/** One line of text. */
export function TextInput({ className = "", ...rest }: ComponentProps<"input">) {
  return <input type="text" dir="auto" {...useField(rest)} className={`${inputShape} ${className}`} />;
}

/** Several lines of text. */
export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea dir="auto" rows={4} {...useField(rest)} className={`${inputShape} py-2 ${className}`} />;
}

/** One of a list that is too long for radio buttons; its children are options. */
export function Select({ className = "", ...rest }: ComponentProps<"select">) {
  return <select {...useField(rest)} className={`${shape} cursor-pointer ${className}`} />;
}
