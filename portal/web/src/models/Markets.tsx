import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { marketsQuery, type ModelDetail, type ModelMarket } from "@/api/model";
import { Address, Amount, Badge, Card, EmptyState, ErrorNote, Fact, Facts, Loading, Pager, Section, Time } from "@/design";

const phases = ["sampling", "joining", "opening", "revealing", "drawing", "scoring", "done"] as const;

/** Calls for improvement: who pays how much, and what can be done when. */
export function Markets({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  const query = useInfiniteQuery(marketsQuery(model.id));
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={6} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <EmptyState title={t("markets.none")}>
        <code dir="ltr">alaya model market open {model.id} test.tsv --bounty 100aly</code>
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      {rows.map((market) => (
        <Market key={market.number} of={market} />
      ))}
      <Pager query={query} />
    </div>
  );
}

function Market({ of }: { of: ModelMarket }) {
  const { t } = useTranslation("models");
  const ended = of.state === "failed" || of.state === "void";
  const now = phases.indexOf(of.state as (typeof phases)[number]);
  const by: Partial<Record<(typeof phases)[number], number>> = {
    sampling: of.sample_by, joining: of.join_by, opening: of.open_by, revealing: of.reveal_by,
  };
  return (
    <Section title={t("markets.number", { number: of.number })} actions={<Badge tone={ended ? "bad" : of.state === "done" ? "good" : "accent"}>{t(`markets.phase.${of.state}`)}</Badge>}>
      <Card className="flex flex-col gap-4">
        <ol className="flex flex-wrap gap-2">
          {phases.map((phase, i) => {
            const limit = by[phase];
            return (
              <li
                key={phase}
                aria-current={i === now ? "step" : undefined}
                className={`rounded-lg border px-3 py-1.5 text-sm ${i === now ? "border-accent bg-accent-soft font-medium" : i < now ? "border-line bg-sunken text-muted" : "border-line text-muted"}`}
              >
                {t(`markets.phase.${phase}`)}
                {limit !== undefined && (
                  <span className="block">
                    <Time at={limit} />
                  </span>
                )}
              </li>
            );
          })}
        </ol>
        <p>{t(`markets.now.${of.state}`)}</p>
        <Facts>
          <Fact label={t("markets.bounty")}>
            <Amount ualy={of.bounty} />
          </Fact>
          <Fact label={t("markets.stake")}>
            <Amount ualy={of.stake} />
          </Fact>
          <Fact label={t("markets.provider")}>
            <Address of={of.provider} to={`/explorer/parties/${of.provider}`} />
          </Fact>
          <Fact label={t("markets.batches")}>{t("markets.batchesOf", { batches: of.batches, opened: of.opened, settled: of.settled })}</Fact>
        </Facts>
      </Card>
    </Section>
  );
}
