import { useEffect, useId, type ReactNode } from "react";
import { Link } from "react-router";
import { Icon } from "./Icon";

/** Names the window after the page. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · Alaya` : "Alaya";
  }, [title]);
}

interface PageProps {
  /** Its heading, and the window's title. */
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** The page above it. */
  back?: { to: string; label: string };
  children?: ReactNode;
}

/** The frame of a page: one heading, what can be done, content. */
export function Page({ title, lead, actions, back, children }: PageProps) {
  useTitle(title);
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-80">
          {back && (
            <Link to={back.to} className="inline-flex min-h-6 items-center gap-1 text-sm no-underline hover:underline">
              <Icon name="previous" />
              {back.label}
            </Link>
          )}
          <h1 className="text-2xl font-semibold tracking-tight text-balance">
            <bdi>{title}</bdi>
          </h1>
          {lead && <div className="mt-1 max-w-prose text-muted">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page under a heading of its own. */
export function Section({ title, lead, actions, children, className = "" }: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`flex flex-col gap-3 ${className}`}>
      <header className="flex flex-wrap items-end justify-between gap-2">
        <div>
          <h2 id={id} className="text-lg font-semibold">
            {title}
          </h2>
          {lead && <p className="text-muted">{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
