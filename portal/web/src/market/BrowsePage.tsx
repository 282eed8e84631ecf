import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useEvents } from "@/api/events";
import { requestsQuery } from "@/api/market";
import { Button, Drawer, EmptyState, ErrorNote, Icon, LinkButton, Loading, Page, Pager, Select, useNow } from "@/design";
import { useAccount } from "@/wallet";
import { FilterPanel } from "./FilterPanel";
import { countFilters, fits, noFilters, queryOf, readFilters, sorts, writeFilters, type Filters } from "./filters";
import { RequestCard } from "./RequestCard";

/** The marketplace: all requests, chosen and put in order. */
export function BrowsePage() {
  const { t } = useTranslation("market");
  const [params, setParams] = useSearchParams();
  const filters = readFilters(params);
  const change = (part: Partial<Filters>) => setParams(writeFilters({ ...filters, ...part }), { replace: true });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<LinkButton to="/desk/new" icon="plus">{t("post")}</LinkButton>}>
      <Newcomer />
      <div className="grid items-start gap-6 lg:grid-cols-[15rem_1fr]">
        <aside aria-label={t("filters")} className="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto rounded-xl border border-line bg-raised p-4 max-lg:hidden">
          <FilterPanel filters={filters} onChange={change} />
        </aside>
        <section aria-label={t("results")} className="flex min-w-0 flex-col gap-4">
          <Bar filters={filters} onChange={change} />
          <Results filters={filters} onChange={change} />
        </section>
      </div>
    </Page>
  );
}

/** How it works, for whoever has no account yet. */
function Newcomer() {
  const { t } = useTranslation("market");
  if (useAccount()) return null;
  return (
    <section aria-label={t("how.title")} className="rounded-xl bg-accent-soft p-5">
      <div className="flex flex-wrap items-center justify-between gap-4 lg:flex-nowrap">
        <ol className="grid grow gap-x-6 gap-y-3 sm:grid-cols-3">
          {(["choose", "answer", "paid"] as const).map((step, i) => (
            <li key={step} className="flex gap-3">
              <span aria-hidden="true" className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent font-semibold text-accent-ink">{i + 1}</span>
              <span><strong className="block">{t(`how.${step}`)}</strong> <span className="text-sm">{t(`how.${step}Text`)}</span></span>
            </li>
          ))}
        </ol>
        <LinkButton to="/wallet" look="primary" icon="account" className="whitespace-nowrap">{t("how.start")}</LinkButton>
      </div>
    </section>
  );
}

interface Props {
  filters: Filters;
  onChange: (part: Partial<Filters>) => void;
}

function Bar({ filters, onChange }: Props) {
  const { t } = useTranslation("market");
  const [open, setOpen] = useState(false);
  const count = countFilters(filters);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <form
        role="search"
        className="relative grow basis-60"
        onSubmit={(e) => {
          e.preventDefault();
          onChange({ q: String(new FormData(e.currentTarget).get("q") ?? "").trim() });
        }}
      >
        <Icon name="search" className="pointer-events-none absolute inset-y-0 start-3 my-auto text-muted" />
        <input
          key={filters.q}
          name="q"
          type="search"
          dir="auto"
          maxLength={200}
          defaultValue={filters.q}
          aria-label={t("search")}
          placeholder={t("search")}
          className="min-h-(--row) w-full rounded-lg border border-line-strong bg-raised ps-9 pe-3 pointer-coarse:min-h-11 placeholder:text-muted"
        />
      </form>
      <Select aria-label={t("sort.label")} value={filters.sort} onChange={(e) => onChange({ sort: e.target.value })} className="w-auto! max-sm:grow">
        {sorts.map((sort) => (
          <option key={sort} value={sort}>{t(`sort.${sort}`)}</option>
        ))}
      </Select>
      <Button icon="filter" className="lg:hidden" onClick={() => setOpen(true)}>
        {count > 0 ? t("filtersSet", { count }) : t("filters")}
      </Button>
      <Drawer
        open={open}
        onOpenChange={setOpen}
        title={t("filters")}
        actions={<Button look="primary" onClick={() => setOpen(false)}>{t("show")}</Button>}
      >
        <FilterPanel filters={filters} onChange={onChange} />
      </Drawer>
    </div>
  );
}

function Results({ filters, onChange }: Props) {
  const { t } = useTranslation("market");
  const query = useInfiniteQuery({ ...requestsQuery(queryOf(filters, useNow(60_000))), placeholderData: keepPreviousData });
  useEvents({ stages: ["market"] }, { invalidate: [["/requests"]] });
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={9} />;
  const cards = query.data.pages.flatMap((page) => page.items).filter((card) => fits(card, filters));
  if (cards.length === 0 && !query.hasNextPage) {
    const filtered = countFilters(filters) > 0 || filters.q;
    return (
      <EmptyState
        icon="market"
        title={t(filtered ? "none.filtered" : "none.title")}
        action={
          filtered ? (
            <Button onClick={() => onChange(noFilters)}>{t("clear")}</Button>
          ) : (
            <Button onClick={() => onChange({ state: "all" })}>{t("none.all")}</Button>
          )
        }
      >
        {t(filtered ? "none.filteredText" : "none.text")}
      </EmptyState>
    );
  }
  return (
    <div aria-busy={query.isPlaceholderData} className={`flex flex-col gap-4 ${query.isPlaceholderData ? "opacity-60" : ""}`}>
      <p role="status" className="sr-only">{t("found", { count: cards.length })}</p>
      <ul className="flex flex-col gap-3">
        {cards.map((card) => (
          <RequestCard key={card.id} card={card} />
        ))}
      </ul>
      <Pager query={query} />
    </div>
  );
}
