import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { datasetQuery, type DatasetDetail } from "@/api/dataset";
import { useEvents } from "@/api/events";
import { Address, Badge, EmptyState, Fact, Facts, Loaded, Note, Page, Section, Tabs, Time } from "@/design";
import { ClassChart } from "./ClassChart";
import { Controls } from "./Controls";
import { Files } from "./Files";
import { labelOf } from "./label";
import { LabelCard } from "./LabelCard";
import { LineageGraph } from "./LineageGraph";
import { Records } from "./Records";
import { Verification } from "./Verification";

/** One dataset: what it is made of, how good it is, what is in it, where it comes from, how to check it. */
export function DatasetPage() {
  const { id = "" } = useParams();
  const query = useQuery(datasetQuery(id));
  useEvents({ stages: ["dataset"] }, { invalidate: [[`/datasets/${id}`]] });
  return <Loaded query={query} lines={14}>{(dataset) => <Shown dataset={dataset} />}</Loaded>;
}

function Shown({ dataset: d }: { dataset: DatasetDetail }) {
  const { t } = useTranslation(["dataset", "market"]);
  const [params, setParams] = useSearchParams();
  const label = labelOf(d);
  const gone = d.state === "tombstoned";
  const tabs = [
    {
      id: "label",
      label: t("tab.label"),
      content: label ? (
        <div className="flex flex-col gap-8">
          <LabelCard label={label} />
          <ClassChart label={label} />
          <Controls controls={label.quality.controls ?? []} />
        </div>
      ) : (
        <EmptyState title={t("noLabel")}>{t("noLabelText")}</EmptyState>
      ),
    },
    { id: "records", label: t("tab.records"), content: gone ? <EmptyState title={t("tombstone.title")} /> : <Records dataset={d.id} /> },
    { id: "lineage", label: t("tab.lineage"), content: <LineageGraph lineage={d.lineage} /> },
    { id: "verify", label: t("tab.verify"), content: <Verification dataset={d} /> },
    { id: "files", label: t("tab.files"), content: <Files dataset={d} /> },
  ];
  return (
    <Page
      title={d.title || d.id}
      lead={<span dir="auto">{d.summary}</span>}
      back={{ to: "/datasets", label: t("title") }}
      actions={
        <span className="flex flex-wrap gap-1.5">
          <Badge tone={gone ? "bad" : "good"} icon={gone ? "alert" : "check"}>{t(gone ? "tombstone.badge" : "published")}</Badge>
          <Badge><bdi>v{d.semver}</bdi></Badge>
        </span>
      }
    >
      {gone && <Note tone="bad" title={t("tombstone.title")}><p dir="auto">{d.reason}</p></Note>}
      <Tabs
        label={t("tab.all")}
        tabs={tabs}
        value={params.get("tab") ?? "label"}
        onChange={(tab) => setParams(tab === "label" ? {} : { tab }, { replace: true, preventScrollReset: true })}
      />
      <Versions of={d} />
    </Page>
  );
}

function Versions({ of: d }: { of: DatasetDetail }) {
  const { t } = useTranslation("dataset");
  return (
    <Section title={t("versions")}>
      <Facts>
        <Fact label={t("owner")}><Address of={d.owner} to={`/explorer/parties/${d.owner}`} /></Fact>
        {d.versions.map((v) => (
          <Fact key={v.version} label={<bdi>v{v.semver}</bdi>}>
            <Time at={v.published_at} absolute /> · {t("recordCount", { count: v.records, n: v.records })}
            {v.state === "tombstoned" && <> · {t("tombstone.badge")}</>}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
