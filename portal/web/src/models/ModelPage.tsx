import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useEvents } from "@/api/events";
import { modelQuery, type ModelDetail } from "@/api/model";
import { Address, Amount, Badge, Copy, Fact, Facts, Loaded, Note, Page, Tabs, Time, useFormat } from "@/design";
import { Ask } from "./Ask";
import { Contributions } from "./Contributions";
import { History } from "./History";
import { Leaderboard } from "./Leaderboard";
import { Markets } from "./Markets";
import { Teach } from "./Teach";

/** One model: ask it, teach it, see who taught it what. */
export function ModelPage() {
  const { t } = useTranslation("models");
  const { id = "" } = useParams();
  const query = useQuery(modelQuery(id));
  useEvents({ stages: ["model"] }, { invalidate: [[`/models/${id}`]] });
  return (
    <Page title={query.data?.name ?? t("one")} back={{ to: "/models", label: t("title") }}>
      <Loaded query={query}>{(model) => <Views of={model} />}</Loaded>
    </Page>
  );
}

function Views({ of }: { of: ModelDetail }) {
  const { t } = useTranslation("models");
  const [params, setParams] = useSearchParams();
  const tabs = [
    { id: "ask", label: t("ask.title"), content: <Ask model={of} /> },
    { id: "teach", label: t("teach.title"), content: <Teach model={of} /> },
    { id: "given", label: t("given.title"), content: <Contributions model={of} /> },
    { id: "people", label: t("people.title"), content: <Leaderboard model={of} /> },
    ...(of.incentive === "bounty" ? [{ id: "markets", label: t("markets.title"), content: <Markets model={of} /> }] : []),
    { id: "about", label: t("about.title"), content: <About of={of} /> },
  ];
  return (
    <>
      {of.state === "replaced" && (
        <Note tone="warn" title={t("state.replaced")}>
          <Link to={`/models/${of.successor}`}>{t("successor")}</Link>
        </Note>
      )}
      {of.state === "retired" && <Note tone="warn" title={t("state.retired")} />}
      <Tabs label={of.name} tabs={tabs} value={params.get("view") ?? "ask"} onChange={(view) => setParams({ view }, { replace: true })} />
    </>
  );
}

function About({ of }: { of: ModelDetail }) {
  const { t } = useTranslation("models");
  const { number } = useFormat();
  return (
    <div className="flex flex-col gap-6">
      <Facts>
        <Fact label={t("about.id")}>
          <bdi className="font-mono">{of.id}</bdi> <Copy text={of.id} />
        </Fact>
        <Fact label={t("about.family")}>
          <bdi>{of.family}</bdi>
        </Fact>
        <Fact label={t("incentive")}>
          <Badge tone="accent">{t(`incentives.${of.incentive}`)}</Badge> {t(`explain.${of.incentive}`)}
        </Fact>
        {of.incentive === "deposit" && (
          <Fact label={t("deposit")}>
            <Amount ualy={of.next_deposit} />
          </Fact>
        )}
        <Fact label={t("about.size")}>{t("about.sizeOf", { classes: of.classes, features: number(of.features) })}</Fact>
        <Fact label={t("about.creator")}>
          <Address of={of.creator} to={`/explorer/parties/${of.creator}`} />
        </Fact>
        <Fact label={t("about.owner")}>{of.owner ? <Address of={of.owner} to={`/explorer/parties/${of.owner}`} /> : t("about.nobody")}</Fact>
        <Fact label={t("about.licence")}>
          <bdi>{of.licence}</bdi>
        </Fact>
        <Fact label={t("about.created")}>
          <Time at={of.created_at} absolute />
        </Fact>
        <Fact label={t("about.root")}>
          <bdi className="font-mono text-[0.9em] break-all">{of.root}</bdi> <Copy text={of.root} />
          <p className="text-sm text-muted">
            {t("about.rootMeans")} <code dir="ltr">alaya model verify {of.id}</code>
          </p>
        </Fact>
      </Facts>
      <History model={of} />
    </div>
  );
}
