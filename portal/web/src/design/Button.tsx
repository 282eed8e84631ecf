import type { ComponentProps, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";
import { Icon, type IconName } from "./Icon";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

interface Looks {
  /** One primary at the most in a view; quiet ones have no line. */
  look?: ButtonLook;
  icon?: IconName;
  /** The key that does the same, shown on the button. */
  keys?: string;
}

const looks: Record<ButtonLook, string> = {
  primary: "bg-accent text-accent-ink border-transparent hover:brightness-110",
  secondary: "bg-raised text-ink border-line-strong hover:bg-sunken",
  quiet: "text-ink border-transparent hover:bg-sunken",
  danger: "bg-bad-soft text-bad border-bad hover:brightness-95",
};

const shape =
  "inline-flex items-center justify-center gap-2 rounded-lg border font-medium no-underline " +
  "min-h-(--row) pointer-coarse:min-h-11 cursor-pointer disabled:cursor-not-allowed disabled:opacity-55 " +
  "aria-disabled:cursor-not-allowed aria-disabled:opacity-55";

function classes(look: ButtonLook, extra: string) {
  return `${shape} px-3.5 py-1 ${looks[look]} ${extra}`;
}

function Inside({ icon, keys, children }: { icon?: IconName; keys?: string; children: ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <Keys of={keys} />}
    </>
  );
}

/** The name of a key, as printed on it. */
export function Keys({ of }: { of: string }) {
  return (
    <kbd className="rounded border border-current/35 px-1 font-mono text-[0.75em] leading-5 pointer-coarse:hidden">
      {of}
    </kbd>
  );
}

type ButtonProps = ComponentProps<"button"> & Looks & { /** Waits for an answer: says so, takes no clicks. */ busy?: boolean };

/** A button. Its type is "button" unless it submits a form. A busy one keeps the focus and does nothing. */
export function Button({ look = "secondary", icon, keys, busy, className = "", children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(busy && { "aria-busy": true, "aria-disabled": true, type: "button", onClick: undefined })}
      className={classes(look, className)}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} />}
      <Inside keys={keys}>{children}</Inside>
    </button>
  );
}

/** A link to a page of the portal that looks like a button. */
export function LinkButton({ look = "secondary", icon, keys, className = "", children, ...rest }: LinkProps & Looks) {
  return (
    <Link {...rest} className={classes(look, className)}>
      <Inside icon={icon} keys={keys}>
        {children}
      </Inside>
    </Link>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: IconName;
  /** Its name, for screen readers and as a tip. */
  label: string;
  look?: ButtonLook;
};

/** A button that shows an icon alone. */
export function IconButton({ icon, label, look = "quiet", className = "", ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={`${shape} aspect-square p-1 pointer-coarse:min-w-11 ${looks[look]} ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A turning ring; what waits says so in words. */
export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-[1.1em] shrink-0 animate-spin rounded-full border-2 border-current border-e-transparent"
    />
  );
}
