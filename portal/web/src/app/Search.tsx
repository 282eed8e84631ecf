import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { Icon, Keys } from "@/design";

/** Searches everything there is; the key "/" leads here. */
export function Search() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const typing = e.target instanceof HTMLElement && e.target.closest("input, textarea, select, [contenteditable], [role=dialog], [data-keys]");
      if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || typing) return;
      e.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <search className="min-w-0 grow basis-40 md:max-w-sm">
      <form
        className="relative"
        onSubmit={(e) => {
          e.preventDefault();
          const q = input.current?.value.trim();
          if (q) void navigate(`/search?${new URLSearchParams({ q }).toString()}`);
        }}
      >
        <Icon name="search" className="pointer-events-none absolute inset-y-0 start-3 my-auto text-muted" />
        <input
          ref={input}
          type="search"
          dir="auto"
          key={params.get("q") ?? ""}
          defaultValue={params.get("q") ?? ""}
          maxLength={200}
          aria-label={t("search")}
          placeholder={t("search")}
          className="min-h-(--row) w-full rounded-lg border border-line-strong bg-raised ps-9 pe-3 pointer-coarse:min-h-11 placeholder:text-muted"
        />
        <span className="pointer-events-none absolute inset-y-0 end-3 hidden items-center text-muted lg:flex" aria-hidden="true">
          <Keys of="/" />
        </span>
      </form>
    </search>
  );
}
