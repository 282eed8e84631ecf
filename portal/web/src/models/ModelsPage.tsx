import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useEvents } from "@/api/events";
import { modelsQuery, type Model } from "@/api/model";
import { Badge, Card, EmptyState, ErrorNote, Field, Loading, Note, Page, Pager, Select, TextInput, useFormat } from "@/design";

const incentives = ["points", "deposit", "bounty"] as const;

/** Public models: free to ask, better with every good contribution. */
export function ModelsPage() {
  const { t } = useTranslation("models");
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) =>
    setParams((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <search className="grid gap-4 sm:grid-cols-2">
        <Field label={t("words")} plain>
          <TextInput type="search" maxLength={200} value={params.get("q") ?? ""} onChange={(e) => set("q", e.target.value)} />
        </Field>
        <Field label={t("incentive")} plain>
          <Select value={params.get("incentive") ?? ""} onChange={(e) => set("incentive", e.target.value)}>
            <option value="">{t("any")}</option>
            {incentives.map((one) => (
              <option key={one} value={one}>
                {t(`incentives.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </search>
      <List q={params.get("q") ?? ""} incentive={params.get("incentive") ?? ""} />
      <Note title={t("own.title")}>
        {t("own.text")} <code dir="ltr">alaya model create model.yaml</code> · <code dir="ltr">alaya model simulate</code>
      </Note>
    </Page>
  );
}

function List({ q, incentive }: { q: string; incentive: string }) {
  const { t } = useTranslation("models");
  const query = useInfiniteQuery(modelsQuery({ q, incentive }));
  useEvents({ stages: ["model"] }, { invalidate: [["/models"]] });
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={6} />;
  const found = query.data.pages.flatMap((page) => page.items);
  if (found.length === 0) {
    return (
      <EmptyState title={t(q || incentive ? "none" : "noneYet")} icon="model">
        {t("noneNext")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {found.map((model) => (
          <ModelCard key={model.id} of={model} />
        ))}
      </ul>
      <Pager query={query} />
    </>
  );
}

function ModelCard({ of }: { of: Model }) {
  const { t } = useTranslation("models");
  const { number } = useFormat();
  return (
    <Card as="li" className="flex flex-col gap-2">
      <h2 className="font-semibold">
        <Link to={`/models/${of.id}`}>
          <bdi>{of.name}</bdi>
        </Link>
      </h2>
      <div className="flex flex-wrap gap-2">
        <Badge tone="accent">{t(`incentives.${of.incentive}`)}</Badge>
        <Badge>
          <bdi>{of.family}</bdi>
        </Badge>
        {of.state !== "live" && <Badge tone="warn">{t(`state.${of.state}`)}</Badge>}
      </div>
      <p className="text-muted">{t("learnt", { count: of.contributions, items: number(of.contributions) })}</p>
    </Card>
  );
}
