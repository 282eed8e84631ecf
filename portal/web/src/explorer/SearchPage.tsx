import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { searchQuery, type Found } from "@/api/chain";
import { Badge, Card, EmptyState, ErrorNote, LinkButton, Loading, Page, Pager } from "@/design";

const places: Record<Found["kind"], (id: string) => string> = {
  request: (id) => `/requests/${id}`,
  dataset: (id) => `/datasets/${id}`,
  party: (id) => `/explorer/parties/${id}`,
  block: (id) => `/explorer/blocks/${id}`,
  tx: (id) => `/explorer/txs/${id}`,
  model: (id) => `/models/${id}`,
};

/** Everything that fits some words, an id, a hash or a height. */
export function SearchPage() {
  const { t } = useTranslation("explorer");
  const [params] = useSearchParams();
  const q = params.get("q") ?? "";
  return (
    <Page title={q ? t("search.title", { q }) : t("search.empty")} lead={t("search.lead")}>
      {q && <Results q={q} />}
    </Page>
  );
}

function Results({ q }: { q: string }) {
  const { t } = useTranslation("explorer");
  const query = useInfiniteQuery(searchQuery(q));
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const found = query.data.pages.flatMap((page) => page.items);
  if (found.length === 0) {
    return (
      <EmptyState title={t("search.none", { q })} icon="search" action={<LinkButton to="/">{t("search.browse")}</LinkButton>}>
        {t("search.noneNext")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-3">
        {found.map((one) => (
          <Card as="li" key={`${one.kind} ${one.id}`} className="flex flex-col gap-1">
            <div className="flex flex-wrap items-center gap-2">
              <Badge>{t(`search.kind.${one.kind}`)}</Badge>
              <Link to={places[one.kind](one.id)} className="font-medium">
                <bdi>{one.title || one.id}</bdi>
              </Link>
            </div>
            {one.summary && (
              <p dir="auto" className="text-muted">
                {one.summary}
              </p>
            )}
          </Card>
        ))}
      </ul>
      <Pager query={query} />
    </>
  );
}
